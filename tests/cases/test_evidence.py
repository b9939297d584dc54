"""What each move must bring: taken away one by one, each refusal names its field and says a sentence."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from cases import holds
from cases.choices import Status
from cases.evidence import MoveRefused
from cases.models import Case
from tests.factories import contractors
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(days=2)
OWNER = "hana"

# state, move, by, evidence taken away or spoilt, field to blame, words of the sentence
MISSING = [
    ("new", "accept-and-send", "amira", {"company_id": None}, "company", "Choose the contractor"),
    ("new", "accept-and-send", "amira", {"company_id": "stranger"}, "company", "not appointed"),
    ("new", "accept-and-send", "amira", {"due_at": None}, "due_at", "Give the contractor a date"),
    ("new", "accept-and-send", "amira", {"due_at": AT.isoformat()}, "due_at", "date is over"),
    ("new", "close-complete", "amira", {"basis": "guess"}, "basis", "basis"),
    ("new", "close-complete", "amira", {"words": "fixed"}, "words", "in a sentence"),
    ("new", "close-out-of-scope", "amira", {"reason": ""}, "reason", "Choose a reason."),
    ("new", "close-out-of-scope", "amira", {"reason": "withdrawn"}, "reason", "from the list"),
    ("new", "close-out-of-scope", "amira", {"words": ""}, "words", "in a sentence"),
    ("new", "close-out-of-scope", "amira", {"rule": ""}, "rule", "Quote the rule"),
    ("new", "close-other", "amira", {"reason": None}, "reason", "Choose a reason."),
    ("new", "close-other", "amira", {"reason": "wear"}, "reason", "from the list"),
    ("new", "close-other", "amira", {"reason": "withdrawn", "words": ""}, "words", "in a sentence"),
    ("new", "close-other", "amira", {"reason": "settled", "words": ""}, "words", "in a sentence"),
    ("new", "close-other", "amira", {"reason": "duplicate"}, "duplicate_of", "Name the case that stays"),
    ("new", "close-other", "amira", {"reason": "duplicate", "duplicate_of_id": "self"}, "duplicate_of", "that stays"),
    ("new", "close-other", "amira", {"reason": "duplicate", "duplicate_of_id": "hidden"}, "duplicate_of", "is hidden"),
    ("new", "close-other", "amira", {"reason": "passed-on"}, "passed_to", "to whom"),
    ("new", "close-other", "amira", {"reason": "passed-on", "passed_to": "Gas Board"}, "follow_up_on", "follow it up"),
    ("new", "close-other", "amira", {"reason": "no-access"}, "reason", "told twice"),
    ("with-contractor", "report-done", "amira", {"said_by": ""}, "said_by", "who told you"),
    ("with-contractor", "report-done", "amira", {"proof": ""}, "proof", "on what proof"),
    ("with-contractor", "take-back", "amira", {"words": "wrong"}, "words", "in a sentence"),
    ("with-contractor", "ask-sign-off", "amira", {"checked_by": ""}, "checked_by", "who checked"),
    ("with-contractor", "ask-sign-off", "amira", {"basis": ""}, "basis", "basis"),
    ("awaiting-homeowner", "send-back", "amira", {"words": "wet"}, "words", "in a sentence"),
    ("awaiting-homeowner", "confirm", "amira", {"name": ""}, "name", "name of the person"),
    ("awaiting-homeowner", "confirm", "amira", {"proof": ""}, "proof", "on what proof"),
    ("awaiting-homeowner", "confirm", OWNER, {"name": " "}, "name", "name of the person"),
    ("awaiting-homeowner", "not-right", OWNER, {"words": ""}, "words", "what is not right"),
    ("closed-complete", "reopen", OWNER, {"words": ""}, "words", "in a sentence"),
]


def refusal(world, case, move, by, taken):
    """Field and sentence of the refusal; nothing when the move was made. The database forgets it."""
    stand_ins = {
        "stranger": contractors.otto().company.pk,
        "self": case.pk,
        "hidden": Case.objects.filter(is_visible=False).values_list("pk", flat=True).first(),
    }
    given = {name: stand_ins.get(value, value) for name, value in taken.items()}
    try:
        walk(fresh(case), move, world=world, at=AT, by=world.actor(by), **given)
    except MoveRefused as refused:
        return refused.field, refused.sentence
    return None


@pytest.mark.parametrize("status", ["new", "with-contractor", "awaiting-homeowner", "closed-complete"])
def test_whatever_is_missing_is_named_at_its_field(world, status):
    case = make_case(world=world, status=Status(status))
    hidden = make_case(world=world)
    Case.objects.filter(pk=hidden.pk).update(is_visible=False)
    wrong = []
    for state, move, by, taken, field, words in MISSING:
        if state == status:
            with transaction.atomic():
                found = refusal(world, case, move, by, taken)
                transaction.set_rollback(True)
            if not found or found[0] != field or words not in found[1]:
                wrong.append((move, taken, found))
    assert wrong == []


def test_done_needs_a_new_after_photo_each_time(world):
    from cases import workflow
    from tests.factories.cases import evidence_for

    case = make_case(world=world, status=Status.TO_CHECK)
    walk(case, "send-back", world=world, at=AT)
    case = fresh(case)
    given = evidence_for("report-done", world=world, at=AT)
    with pytest.raises(MoveRefused) as refused:
        workflow.move(case, "report-done", by=world.amira.actor(), at=AT, seen_version=case.version, **given)
    assert refused.value.field == "photos"
    walk(case, "report-done", world=world, at=AT + timedelta(hours=1))
    assert fresh(case).status == Status.TO_CHECK


def test_wet_work_says_how_it_was_repaired(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    Case.objects.filter(pk=case.pk).update(trade_id="WPF")
    with pytest.raises(MoveRefused) as refused:
        walk(fresh(case), "report-done", world=world, at=AT, method_note="")
    assert refused.value.field == "method_note"


def test_the_homeowner_confirms_without_other_proof(world):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    walk(case, "confirm", world=world, at=AT, by=world.actor("hana"), proof="")
    assert fresh(case).status == Status.CLOSED_COMPLETE


def test_no_access_closes_after_two_notices_to_the_homeowner(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    by = world.amira.actor()
    for number in (1, 2):
        with pytest.raises(MoveRefused):
            walk(fresh(case), "close-other", world=world, at=AT, reason="no-access")
        at = AT + timedelta(days=number)
        holds.hold(fresh(case), reason="no-access", until_at=at + timedelta(days=1), words="", by=by, at=at)
        holds.resume(fresh(case), how="early", by=by, at=at + timedelta(hours=1))
    walk(fresh(case), "close-other", world=world, at=AT + timedelta(days=3), reason="no-access")
    assert fresh(case).step == "closed-no-access"


@pytest.mark.parametrize("facts", [{"priority_id": "P2"}, {"trade_id": "WPF"}, {"cover_ends_on": date(2026, 4, 1)}])
def test_a_grave_refusal_is_the_managers(world, facts):
    case = make_case(world=world, status=Status.IN_REVIEW)
    Case.objects.filter(pk=case.pk).update(**{"priority_id": "P3", "trade_id": "PNT", "element_id": None, **facts})
    event = walk(fresh(case), "close-out-of-scope", world=world, at=AT)
    assert (event.kind, fresh(case).status) == ("decision-asked", Status.IN_REVIEW)


def test_a_structural_element_makes_a_refusal_grave_whatever_its_trade(world):
    from catalogue.models import Element

    case = make_case(world=world, status=Status.IN_REVIEW)
    element = Element.objects.exclude(component_tag="").filter(trade_id="PNT").first() or Element.objects.first()
    Element.objects.filter(pk=element.pk).update(component_tag="structural")
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT", element=element)
    assert walk(fresh(case), "close-out-of-scope", world=world, at=AT).kind == "decision-asked"


def test_a_plain_refusal_is_the_officers(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT", element_id=None)
    walk(fresh(case), "close-out-of-scope", world=world, at=AT)
    assert fresh(case).status == Status.CLOSED_OUT_OF_SCOPE


@pytest.mark.parametrize("cover", ["expired", "unclear", "not-started"])
def test_accepting_without_sure_cover_is_the_managers(world, cover):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(cover_status=cover)
    event = walk(fresh(case), "accept", world=world, at=AT, why="Reported in time by phone.")
    assert event.kind == "decision-asked"


def test_settling_is_the_managers(world):
    event = walk(make_case(world=world), "close-other", world=world, at=AT, reason="settled")
    assert event.kind == "decision-asked"


def test_a_manager_reopens_after_all_windows_and_an_officer_asks_for_it(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    Case.objects.filter(pk=case.pk).update(cover_ends_on=date(2026, 3, 5))
    late = REPORTED_AT + timedelta(days=60)
    with transaction.atomic():
        assert walk(fresh(case), "reopen", world=world, at=late).kind == "decision-asked"
        transaction.set_rollback(True)
    assert walk(fresh(case), "reopen", world=world, at=late, by=world.mo.actor()).kind == "move"


def test_the_appeal_window_lasts_to_the_end_of_its_last_day(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    Case.objects.filter(pk=case.pk).update(cover_ends_on=date(2026, 3, 5))
    case = fresh(case)
    last_evening = (case.closed_at + timedelta(days=30)).astimezone(case.development.tz).replace(hour=23)
    with pytest.raises(MoveRefused, match="over"):
        walk(fresh(case), "reopen", world=world, at=last_evening + timedelta(hours=2), by=world.actor("hana"))
    walk(case, "reopen", world=world, at=last_evening, by=world.actor("hana"))
    assert fresh(case).status == Status.IN_REVIEW
