"""Several cases sent to a company in one action, and the list that they stand on."""

from datetime import timedelta

from cases import batch, workflow
from cases.models import Case
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, a_fault, evidence_for, fresh, make_report
from works.models import DefectList

SENT_AT = REPORTED_AT + timedelta(hours=1)
COSMETIC = {"location": "LIV", "tile": "wall", "kind": "CRK-H", "words": "A hairline crack beside the window."}


def make_new_cases(*, world, count=3, priority="P3", photos=0, at=REPORTED_AT, unit=None, person=None, access=""):
    """New cases of one report at Hana's home, all of one priority."""
    faults = [a_fault(photos=photos, **COSMETIC) for _ in range(count)]
    report = make_report(world=world, faults=faults, at=at, unit=unit, person=person)
    rows = Case.objects.filter(report_item__report=report)
    rows.update(priority_id=priority, **({"access_note": access} if access else {}))
    return [fresh(case) for case in rows.order_by("pk")]


def send_together(cases, *, world, at=SENT_AT, due=None):
    """Accept-and-send of ticked rows: one confirmed action."""
    amira = world.actor("amira")

    def act(case):
        given = evidence_for("accept-and-send", world=world, at=at)
        if due:
            given["due_at"] = due.isoformat()
        return lambda mailing: workflow.move(
            case, "accept-and-send", by=amira, at=at, seen_version=case.version, mailing=mailing, **given
        )

    outcomes = batch.carry_out([(case, act(case)) for case in cases], by=amira, at=at)
    assert [outcome.refusal for outcome in outcomes] == [None] * len(cases)
    return DefectList.objects.order_by("number").last()


def make_list(*, world, count=3, at=SENT_AT, reported_at=REPORTED_AT, **facts):
    """An issued list of so many items of P3."""
    return send_together(make_new_cases(world=world, count=count, at=reported_at, **facts), world=world, at=at)


def contractor_mails():
    """What was written to the company, oldest first."""
    return list(OutgoingMail.objects.filter(recipient="lim@demo.example").order_by("pk"))


def homeowner_mails():
    """What was written to Hana, oldest first."""
    return list(OutgoingMail.objects.filter(recipient="hana@demo.example").order_by("pk"))
