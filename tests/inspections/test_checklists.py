"""Checklists: defaults, what fits a visit, pasted points."""

from datetime import UTC, datetime

import pytest

from cases.evidence import MoveRefused
from inspections import checklists
from inspections.models import Checklist
from ledger.actors import SYSTEM
from tests.factories.accounts import ada

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, tzinfo=UTC)


def test_defaults_are_added_once_and_leave_what_was_changed(defaults):
    Checklist.objects.filter(code="check").update(name="Our own", is_retired=True)
    assert sum(checklists.install_defaults().values()) == 0
    assert Checklist.objects.get(code="check").name == "Our own"


def test_only_lists_of_the_kind_and_trade_are_shown(defaults):
    shown = {row.code for row in Checklist.objects.fitting("check", {"WPF"})}
    assert shown == {"check", "waterproofing"}


def test_pasted_points_replace_the_old_ones_and_known_ones_come_back(defaults):
    row = Checklist.objects.get(code="check")
    kept = row.points.first()
    checklists.save(row, "- Smell\n\n* Sound\nSmell", by=SYSTEM, at=AT)
    assert checklists.lines_of(row) == "Smell\nSound"
    checklists.save(row, kept.words, by=SYSTEM, at=AT)
    assert row.points.get(is_retired=False) == kept


@pytest.mark.parametrize("text", ["", " \n-", "x" * 201, "\n".join(map(str, range(101)))])
def test_a_list_that_makes_no_sense_is_refused(defaults, text):
    with pytest.raises(MoveRefused):
        checklists.points_in(text)


def test_the_administrator_pastes_a_new_list(defaults, client_for):
    given = {"name": "Handover", "kind": "initial", "trade": "", "order": "9", "lines": "Keys\nMeters"}
    client_for(ada()).post("/admin/inspections/checklist/add/", given)
    assert checklists.lines_of(Checklist.objects.get(name="Handover")) == "Keys\nMeters"
