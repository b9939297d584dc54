"""A world with an officer, and cases of Hana's home made quickly."""

from copy import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case, ReportItem
from tests.factories.cases import a_fault, fresh, make_report


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cases(world, now):
    """`cases(3)`: so many new cases of Hana's, reported yesterday in one report."""

    def make(amount=1, **facts):
        at = now - timedelta(days=1)
        report = make_report(world=world, at=at, faults=[a_fault(**facts) for _ in range(amount)])
        return [fresh(case) for case in Case.objects.filter(report_item__report=report).order_by("pk")]

    return make


@pytest.fixture
def copies(now):
    """`copies(case, 90)`: so many more cases like this one, an hour apart on the clock."""

    def make(case, amount):
        report = case.report_item.report
        last = report.items.count()
        items = ReportItem.objects.bulk_create(
            ReportItem(report=report, position=last + n, location=case.location, words="Another")
            for n in range(1, amount + 1)
        )
        rows = []
        for number, item in enumerate(items, start=1):
            row = copy(case)
            row.pk, row.report_item = None, item
            row.reference, row.reference_key = f"KRM-{9000 + number}", f"krm{9000 + number}"
            row.clock_due_at = now + timedelta(hours=number // 2)
            rows.append(row)
        return Case.objects.bulk_create(rows)

    return make


@pytest.fixture
def references():
    """`references(response)`: the references of the rows shown, in their order."""

    def read(response):
        assert response.status_code == 200, response
        return [row["reference"] for row in response.context["rows"]]

    return read
