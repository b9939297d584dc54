"""What the database itself refuses, whatever the code above forgets. Runs on both databases."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction

from cases import talk
from cases.choices import Status
from cases.models import (
    Attachment,
    Case,
    CaseEvent,
    CaseParty,
    Clock,
    ClosingLetter,
    CoverageVerdict,
    DecisionRequest,
    DraftItem,
    Hold,
    Message,
    Notice,
    Report,
    ReportDraft,
    ReportItem,
    SavedView,
    SignOff,
    SignOffLine,
)
from ledger import triggers
from ledger.actors import SYSTEM
from tests.factories.accounts import make_user
from tests.factories.cases import REPORTED_AT, a_fault, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = REPORTED_AT + timedelta(hours=1)


@pytest.fixture
def case(world):
    make_case(world=world)
    return make_case(world=world, faults=[a_fault(photos=1)])


def rows(case):
    """One row of each table to spoil."""
    event = case.events.order_by("pk").first()
    talk.note(case, words="Another row of the diary.", by=SYSTEM, at=AT)
    hold = {"case": case, "reason": "drying", "pauses": True, "started_at": AT, "event": event, "started_by_name": "A"}
    asked = {"case": case, "kind": "escalation", "seen_version": 1, "author_name": "A", "author_role": "officer"}
    Hold.objects.create(**hold, kind="hold", until_at=AT + timedelta(days=1))
    DecisionRequest.objects.create(**asked, asked_at=AT, author_user_id=7)
    Message.objects.create(case=case, lane="internal", words="Old pipe.", author_name="A", at=AT)
    draft = ReportDraft.objects.create(unit=case.unit, started_at=AT, saved_at=AT)
    DraftItem.objects.create(draft=draft, position=1)
    SavedView.objects.create(user=make_user(email="views@demo.example"), name="Mine", query="", is_default=True)
    ClosingLetter.objects.create(
        number=1, case=case, event=event, issued_at=AT, notes="Wear.", ask_again_until=AT.date(), signed_by="A"
    )
    signed = SignOff.objects.create(number=1, unit=case.unit, how="portal", name="A", at=AT, list_hash="0" * 64)
    SignOffLine.objects.create(
        signoff=signed, case=case, position=1, cycle=1, seen_version=1, title="A", answer="later"
    )


# table, what is written into its newest row, the constraint that refuses it
SPOILT = [
    (Case, {"status": "limbo"}, "cases_case_status"),
    (Case, {"ball": "moon"}, "cases_case_ball"),
    (Case, {"closed_at": AT}, "cases_case_closed_has_date"),
    (Case, {"status": Status.CLOSED_COMPLETE}, "cases_case_closed_has_date"),
    (Case, {"update_due_at": None}, "cases_case_open_has_next"),
    (Case, {"ball": "nobody"}, "cases_case_open_has_next"),
    (Case, {"status": Status.WITH_CONTRACTOR}, "cases_case_contractor_named"),
    (
        Case,
        {"status": Status.CLOSED_OUT_OF_SCOPE, "closed_at": AT, "closure_reason": "wear"},
        "cases_case_out_of_scope_reasoned",
    ),
    (
        Case,
        {"status": Status.CLOSED_OUT_OF_SCOPE, "closed_at": AT, "closing_notes": "Because.", "closure_reason": "x"},
        "cases_case_out_of_scope_reasoned",
    ),
    (Case, {"status": Status.CLOSED_OTHER, "closed_at": AT, "closure_reason": "wear"}, "cases_case_other_reasoned"),
    (Case, {"duplicate_of": models.F("pk")}, "cases_case_not_own_duplicate"),
    (Case, {"damage_of": models.F("pk")}, "cases_case_not_own_damage"),
    (Hold, {"until_at": AT - timedelta(days=1)}, "cases_hold_forward"),
    (DecisionRequest, {"state": "approved"}, "cases_decision_dated"),
    (DecisionRequest, {"decided_by_id": 7}, "cases_decision_not_by_author"),
    (Attachment, {"case": None, "report_item": None}, "cases_attachment_has_owner"),
    (Notice, {"case": None, "report": None}, "cases_notice_has_subject"),
    (Notice, {"mail": None}, "cases_notice_mail_exists"),
    (Report, {"is_written_notice": True, "notice_received_at": None}, "cases_report_notice_date"),
    (Report, {"verified_at": None}, "cases_report_verified_date"),
    (Report, {"logged_at": REPORTED_AT - timedelta(days=1)}, "cases_report_received_before_logged"),
    (Report, {"reported_at": AT}, "cases_report_reported_before_received"),
    (SavedView, {"name": ""}, "cases_savedview_named"),
    (ClosingLetter, {"notes": ""}, "cases_closingletter_notes"),
    (ClosingLetter, {"withdrawn_at": AT}, "cases_closingletter_withdrawn_whole"),
]

IMPLIED = "cases_case_status"
"""A status outside the list is neither open nor closed, so either constraint may be the one that answers."""

# table, what differs from a copy of its newest row, the constraint that refuses the copy
TWICE = [
    (SignOff, {"number": 2, "how": "post"}, "cases_signoff_how"),
    (SignOff, {"number": 2, "signature_sha256": "1"}, "cases_signoff_signature_whole"),
    (SignOff, {"number": 2, "how": "finger"}, "cases_signoff_witnessed"),
    (SignOffLine, {"position": 2}, "cases_signoffline_case_once"),
    (SignOffLine, {"case_id": lambda: second_case().pk}, "cases_signoffline_position"),
    (SignOffLine, {"position": 2, "case_id": lambda: second_case().pk, "answer": "x"}, "cases_signoffline_answer"),
    (CaseParty, {}, "cases_caseparty_once"),
    (Clock, {}, "cases_clock_once"),
    (Hold, {"kind": "ask"}, "cases_hold_one_pause"),
    (Hold, {"pauses": False}, "cases_hold_one_of_a_kind"),
    (CoverageVerdict, {}, "cases_verdict_one_in_force"),
    (DecisionRequest, {}, "cases_decision_one_waiting"),
    (DraftItem, {}, "cases_draftitem_position"),
    (ReportItem, {}, "cases_reportitem_position"),
    (Message, {"direction": "in"}, "cases_message_incoming_is_resident"),
    (Message, {"lane": "moon"}, "cases_message_lane"),
    (
        Clock,
        {"kind": "statutory", "sequence": 9, "paused_seconds": 1},
        "cases_clock_statutory_never_pauses",
    ),
    (SavedView, {"is_default": False}, "cases_savedview_name_once"),
    (SavedView, {"name": "Late"}, "cases_savedview_one_default"),
    (
        ClosingLetter,
        {"number": 2, "event_id": lambda: CaseEvent.objects.latest("pk").pk},
        "cases_closingletter_one_in_force",
    ),
]


def copy(row, **changes):
    """The same row once more, as a statement to run."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    values |= {name: value() if callable(value) else value for name, value in changes.items()}
    if "public_id" in values:
        values.pop("public_id")
    return lambda: type(row).objects.create(**values)


def second_case():
    """Another case than the newest line is about."""
    return Case.objects.exclude(signoff_lines__isnull=False).latest("pk")


def refusal(act):
    """What the database says to it, nothing when it lets it through; it is forgotten either way."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""


def test_the_database_refuses_every_spoilt_row(case):
    rows(case)
    through = []
    for model, change, name in SPOILT:
        row = model.objects.order_by("pk").last()
        said = refusal(lambda m=model, pk=row.pk, change=change: m.objects.filter(pk=pk).update(**change))
        if name not in said and not (name == IMPLIED and said):
            through.append((name, change))
    for model, change, name in TWICE:
        row = model.objects.order_by("pk").last()
        if not refusal(copy(row, **change)):
            through.append((name, change))
    assert through == []


def test_one_case_comes_of_one_item(case):
    assert refusal(copy(case, reference="KRM-99", reference_key="krm99"))


def test_every_constraint_of_the_room_is_tried():
    from django.apps import apps

    named = {
        constraint.name for model in apps.get_app_config("cases").get_models() for constraint in model._meta.constraints
    }
    assert {row[2] for row in SPOILT + TWICE} == named


APPEND_ONLY = {
    CaseEvent: (
        "kind",
        "call",
        {"words": "", "note": "", "actor_name": "", "address": "", "evidence": {}, "before": {}, "after": {}},
    ),
    Message: ("lane", "resident", {"words": "", "author_name": "", "with_whom": ""}),
    ReportItem: ("position", 9, {"words": "", "answers": {}}),
    SignOff: ("list_hash", "1", {"name": "", "address": "", "witness_name": ""}),
    SignOffLine: ("answer", "accepted", {"words": ""}),
}


@pytest.mark.parametrize("model", list(APPEND_ONLY), ids=lambda model: model.__name__)
def test_what_was_said_and_done_is_never_changed_or_deleted(case, model):
    rows(case)
    row = model.objects.order_by("pk").last()
    column, value, redacted = APPEND_ONLY[model]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete(using="default")
    assert model.objects.filter(pk=row.pk).update(**redacted) == 1


def test_only_what_erasure_may_blank_can_change():
    allowed = {model._meta.db_table: set(row[2]) for model, row in APPEND_ONLY.items()}
    registered = {name: set(columns) for name, columns in triggers.registered().items() if name.startswith("cases_")}
    assert registered == allowed
