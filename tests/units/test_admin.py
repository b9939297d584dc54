"""The administrator's pages: everything goes through verbs, what is in use is only looked at."""

from datetime import date

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from ledger.models import AuditEntry
from tests.factories import units as make
from tests.factories.accounts import make_user
from units.models import Development, DevelopmentTarget, HandoverEvent, Policy, PolicyAssignment, StaffScope, Unit

pytestmark = pytest.mark.django_db

NO_INLINES = {
    f"{prefix}-{count}": "0"
    for prefix in ("blocks", "targets", "staff_scopes", "handover_events")
    for count in ("TOTAL_FORMS", "INITIAL_FORMS")
}

FIELDS = [
    "code",
    "name",
    "address",
    "country",
    "zone",
    "calendar",
    "office_phone",
    "office_email",
    "office_hours",
    "emergency_phone",
    "public_emergency_number",
    "currency",
    "appeal_days",
    "guidance",
]


@pytest.fixture
def ada(client_for):
    """The administrator at a browser."""
    return client_for(make_user(role="administrator", name="Ada Wong"))


def at(name, *args):
    return reverse(f"admin:units_{name}", args=args)


def typed(development, **changes):
    """The development's form as it is shown, with changes."""
    said = {column: getattr(development, column) for column in FIELDS}
    return {**said, "calendar": development.calendar_id, **NO_INLINES, **changes}


@pytest.mark.parametrize(
    "model",
    ["development", "block", "unit", "calendar", "policy", "policyassignment", "handoverevent", "staffscope"],
)
def test_every_list_and_search_opens(ada, model):
    unit = make.make_unit(block=make.make_block())
    make.hand_over(unit, date(2024, 3, 15))
    make.assign_policy(make.make_policy(), unit)
    make.limit_officer(make_user(), unit.development)

    page = ada.get(at(f"{model}_changelist"), {"q": "a"})
    assert page.status_code == 200
    assert ada.get(at(f"{model}_add")).status_code == 200


def test_a_change_is_saved_and_in_the_audit(ada):
    development = make.make_development(code="KRM")
    answer = ada.post(at("development_change", development.pk), typed(development, office_phone="+60355550000"))

    assert answer.status_code == 302
    assert Development.objects.get().office_phone == "+60355550000"
    entry = AuditEntry.objects.get(action="units.changed")
    assert (entry.about, entry.about_id, entry.actor_name) == ("development", development.pk, "Ada Wong")
    assert (entry.old, entry.new) == ({"office_phone": "+60321234567"}, {"office_phone": "+60355550000"})


def test_saving_without_a_change_leaves_no_entry(ada):
    development = make.make_development()
    ada.post(at("development_change", development.pk), typed(development))

    assert not AuditEntry.objects.exists()


def test_rows_of_an_inline_are_in_the_audit_when_added_and_taken_away(ada):
    development, officer = make.make_development(), make_user()
    url = at("development_change", development.pk)
    row = {
        "staff_scopes-TOTAL_FORMS": "1",
        "staff_scopes-0-user": officer.pk,
        "staff_scopes-0-development": development.pk,
    }
    with zeal_ignore():  # Django's own forms of rows fetch the chosen user one by one
        ada.post(url, typed(development, **row))
        scope = StaffScope.objects.get()
        row |= {"staff_scopes-INITIAL_FORMS": "1", "staff_scopes-0-id": scope.pk, "staff_scopes-0-DELETE": "on"}
        ada.post(url, typed(development, **row))

    assert not StaffScope.objects.exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["units.added", "units.removed"]


def test_reserved_code_is_refused_at_its_field(ada):
    development = make.make_development(code="KRM")
    page = ada.post(at("development_change", development.pk), typed(development, code="WO"))

    assert "WO already begins other references" in page.content.decode()
    assert Development.objects.get().code == "KRM"


@pytest.mark.parametrize("model", ["development", "unit", "block", "calendar", "handoverevent"])
def test_what_others_stand_on_is_not_deleted(ada, model):
    unit = make.make_unit(block=make.make_block())
    rows = {
        "development": unit.development,
        "unit": unit,
        "block": unit.block,
        "calendar": unit.development.calendar,
        "handoverevent": make.hand_over(unit, date(2024, 3, 15)),
    }

    assert ada.post(at(f"{model}_delete", rows[model].pk), {"post": "yes"}).status_code == 403


def event(**said):
    return {"kind": "vp-taken", "on": "2024-03-15", "note": "", "reason": "", **said}


def test_handover_is_recorded_through_its_verb(ada):
    unit = make.make_unit()
    answer = ada.post(at("handoverevent_add"), event(unit=unit.pk))

    assert answer.status_code == 302
    recorded = HandoverEvent.objects.get()
    assert (recorded.unit, recorded.on, recorded.recorded_by_name) == (unit, date(2024, 3, 15), "Ada Wong")
    assert AuditEntry.objects.filter(action="handover.recorded").count() == 1


def test_handover_is_corrected_by_a_further_row(ada):
    wrong = make.hand_over(make.make_unit(), date(2024, 3, 15))
    said = event(unit=wrong.unit_id, on="2024-03-16", corrects=wrong.pk, reason="Misread")
    assert ada.post(at("handoverevent_add"), said).status_code == 302

    assert [row.on for row in HandoverEvent.objects.in_force()] == [date(2024, 3, 16)]
    page = ada.post(at("handoverevent_add"), said)
    assert page.status_code == 200
    assert HandoverEvent.objects.count() == 2


def test_handover_is_withdrawn(ada):
    wrong = make.hand_over(make.make_unit(), date(2024, 3, 15))
    ada.post(
        at("handoverevent_add"), event(unit=wrong.unit_id, corrects=wrong.pk, is_withdrawal="on", reason="Other home")
    )

    assert not HandoverEvent.objects.in_force()


def test_correction_without_a_reason_is_refused_on_the_form(ada):
    wrong = make.hand_over(make.make_unit(), date(2024, 3, 15))
    page = ada.post(at("handoverevent_add"), event(unit=wrong.unit_id, corrects=wrong.pk))

    assert "Say why the date is corrected." in page.content.decode()
    assert HandoverEvent.objects.count() == 1


def test_recorded_handover_is_only_looked_at(ada):
    recorded = make.hand_over(make.make_unit(), date(2024, 3, 15))

    assert ada.post(at("handoverevent_change", recorded.pk), event(unit=recorded.unit_id)).status_code == 403


def test_policy_in_use_is_only_looked_at(ada):
    policy = make.make_policy()
    url = at("policy_change", policy.pk)
    assert 'name="name"' in ada.get(url).content.decode()
    make.assign_policy(policy, make.make_unit())

    assert 'name="name"' not in ada.get(url).content.decode()
    assert 'name="rules-0-length_amount"' not in ada.get(url).content.decode()
    assert ada.post(url, {"name": "Other"}).status_code == 403
    assert ada.post(at("policy_delete", policy.pk), {"post": "yes"}).status_code == 403


def test_next_version_is_drafted_from_the_list(ada):
    policy = make.make_policy(code="plain")
    ada.post(at("policy_changelist"), {"action": "draft_next", "_selected_action": [policy.pk]})

    assert list(Policy.objects.filter(code="plain").values_list("version", flat=True)) == [2, 1]


def test_assignment_is_made_and_taken_away_with_entries(ada):
    policy, unit = make.make_policy(), make.make_unit()
    ada.post(at("policyassignment_add"), {"policy": policy.pk, "unit": unit.pk, "from_on": "2024-01-01"})
    assignment = PolicyAssignment.objects.get()
    policy.refresh_from_db()
    assert policy.is_used

    ada.post(at("policyassignment_delete", assignment.pk), {"post": "yes"})
    assert not PolicyAssignment.objects.exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"policy.assigned", "units.removed"}


def test_report_links_are_ended_from_the_list(ada):
    unit = make.make_unit()
    ada.post(at("unit_changelist"), {"action": "revoke_links", "_selected_action": [unit.pk]})

    assert Unit.objects.get().link_version == 2


def test_officers_have_no_admin(client_for):
    assert client_for(make_user()).get(at("development_changelist")).status_code in {302, 403}


def test_target_of_a_development_is_typed_in_its_inline(ada):
    from catalogue.models import Priority

    Priority.objects.create(code="P2", label="Urgent", meaning="Soon")
    development = make.make_development()
    row = {
        "targets-TOTAL_FORMS": "1",
        "targets-0-development": development.pk,
        "targets-0-priority": "P2",
        "targets-0-clock": "inspect",
        "targets-0-amount": "2",
        "targets-0-unit": "days",
    }
    ada.post(at("development_change", development.pk), typed(development, **row))

    assert DevelopmentTarget.objects.get().amount == 2
