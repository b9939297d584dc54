"""What of a diary row may be blacked out when a person is erased, and that nothing else of it ever changes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction

from cases.apps import REDACTABLE
from cases.models import CaseEvent
from tests.factories.cases import REPORTED_AT, make_case, walk

pytestmark = [pytest.mark.database, pytest.mark.django_db]

KEPT_COLUMNS = {"old_status": "accepted", "move": "accept", "reason": "x", "is_visible": False, "actor_role": "manager"}


@pytest.fixture
def row(world):
    """A closing, whose notes stand in words, before and after."""
    return walk(make_case(world=world), "close-other", world=world, at=REPORTED_AT + timedelta(hours=1))


def test_the_words_of_closing_notes_can_be_taken_out_of_before_and_after(row):
    assert "Hana" in row.after["closing_notes"]
    after = row.after | {"closing_notes": ""}
    CaseEvent.objects.filter(pk=row.pk).update(before={"columns": {}, "clocks": []}, after=after, words="")
    row.refresh_from_db()
    assert (row.after["closing_notes"], row.before["columns"]) == ("", {})


@pytest.mark.parametrize("column", KEPT_COLUMNS)
def test_no_other_column_changes(row, column):
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseEvent.objects.filter(pk=row.pk).update(**{column: KEPT_COLUMNS[column]})


def test_every_column_with_free_words_is_redactable():
    """A new text or JSON column must be thought about here."""
    free = {
        field.column
        for field in CaseEvent._meta.fields
        if isinstance(field, (models.TextField, models.JSONField)) and not isinstance(field, models.CharField)
    }
    assert free | {"actor_name", "address"} == set(REDACTABLE)
