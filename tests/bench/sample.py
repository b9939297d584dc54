"""`python -m tests.bench.sample N`: what to look for in this installation, as JSON."""

import json
import random
import sys

import django

django.setup()

from django.db.models import Count, Max  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from cases.choices import Status  # noqa: E402
from cases.models import Case  # noqa: E402
from catalogue.choices import PriorityCode  # noqa: E402

LATER = {"dashboard": "dashboard", "export": "case_export"}


def main(count):
    chance = random.Random(1)
    last = Case.objects.aggregate(last=Max("pk"))["last"]
    keys = [chance.randint(1, last) for _ in range(count)]
    some = list(Case.objects.filter(pk__in=keys).select_related("report_item__report", "unit", "development"))
    fresh = Case.objects.filter(status=Status.IN_REVIEW, cover_status="covered").exclude(priority_id=PriorityCode.P0)
    mail = [case for case in some if case.report_item.report.reporter_phone]
    return {
        "cases": [case.reference for case in some],
        "fresh": list(fresh.order_by("-pk").values_list("reference", flat=True)[: 4 * count]),
        "phones": [case.report_item.report.reporter_phone.removeprefix("+60") for case in mail],
        "homes": [case.unit.number for case in some],
        "people": [case.report_item.report.reporter_name for case in some],
        "rare": [" ".join(case.report_item.words.split()[-4:]).strip(".") for case in mail],
        "developments": [case.development.code for case in some],
        "trades": [code for code, _n in of_trades()[:3]],
        "routes": {name: route(view) for name, view in LATER.items()},
        "total": Case.objects.count(),
    }


def of_trades():
    """Trades with their cases, the most frequent first."""
    return sorted(Case.objects.order_by().values_list("trade").annotate(n=Count("pk")), key=lambda row: -row[1])


def route(view):
    """The address of a page that may not have been built yet."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
