"""Repairs that wait for a homeowner's word, as the journeys of signing need them."""

from datetime import timedelta

from cases.models import Case
from tests.factories.cases import a_fault, fresh, make_report, walk


def repairs(world, count, *, at, to="ask-sign-off"):
    """So many cracks of Hana's, each repaired by Lim within the hour."""
    faults = [a_fault(location="LIV", tile="wall", kind="CRK-H", words=f"Crack number {n}.") for n in range(count)]
    report = make_report(world=world, faults=faults, at=at)
    steps = ("accept-and-send", "report-done", "ask-sign-off")
    for case in Case.objects.filter(report_item__report=report):
        for minutes, step in enumerate(steps[: steps.index(to) + 1], start=1):
            walk(fresh(case), step, world=world, at=at + timedelta(minutes=minutes))
    return [fresh(case) for case in Case.objects.filter(report_item__report=report).order_by("pk")]


def states(cases):
    return [fresh(case).status for case in cases]
