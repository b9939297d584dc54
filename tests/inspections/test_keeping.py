"""What becomes of a booked visit when a move takes it away from its case, and when that move was a mistake."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from zeal import zeal_ignore

from cases import workflow
from cases.choices import Status
from cases.mailing import Mailing
from cases.rehearsal import rehearse
from inspections import visits
from inspections.choices import VisitState
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world, walk

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENS = datetime(2026, 3, 10, 9, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
CLOSES = OPENS + 3 * HOUR
AT = REPORTED_AT + 6 * HOUR
WHY = "That was the wrong case, sorry."


@pytest.fixture
def world(defaults):
    return make_world()


def book(world, *cases, kind="initial", at=REPORTED_AT + 5 * HOUR, days=0):
    window = {"starts_at": OPENS + days * DAY, "ends_at": CLOSES + days * DAY}
    return visits.book(
        [fresh(case) for case in cases], kind=kind, who="Amira", by=world.actor("amira"), at=at, **window
    )


def now(visit):
    return Visit.objects.get(pk=visit.pk)


def correct(world, case, at=AT + HOUR):
    case = fresh(case)
    by = world.actor("mo")
    return workflow.correct(case, by=by, at=at, seen_version=case.version, words=WHY)


def last_mail():
    return OutgoingMail.objects.order_by("pk").last()


LEAVING = [
    (Status.IN_REVIEW, "initial", "close-other"),
    (Status.IN_REVIEW, "initial", "accept-and-send"),
    (Status.WITH_CONTRACTOR, "rectification", "close-complete"),
    (Status.WITH_CONTRACTOR, "rectification", "take-back"),
    (Status.WITH_CONTRACTOR, "rectification", "report-done"),
    (Status.TO_CHECK, "check", "ask-sign-off"),
    (Status.TO_CHECK, "check", "send-back"),
    (Status.AWAITING_HOMEOWNER, "check", "confirm"),
]


@pytest.mark.parametrize(("status", "kind", "move"), LEAVING, ids=[row[2] for row in LEAVING])
def test_a_move_that_takes_the_visit_away_cancels_it_and_correct_books_it_again(world, status, kind, move):
    case = make_case(world=world, status=status)
    visit = book(world, case, kind=kind)
    sent = OutgoingMail.objects.count()
    walk(fresh(case), move, world=world, at=AT)

    off = now(visit)
    assert (off.state, off.ended_at) == (VisitState.CANCELLED, AT)
    assert case.reference in off.cancel_reason
    mails = list(OutgoingMail.objects.order_by("pk"))[sent:]
    home = [mail for mail in mails if mail.recipient == "hana@demo.example"]
    assert len(home) == 1, "the move's own mail tells, no second one"
    assert "The visit booked for Tue 10 Mar, 09:00-12:00 is cancelled." in home[0].body_text

    correct(world, case)
    back = now(visit)
    assert (back.state, back.ended_at, back.cancel_reason) == (VisitState.BOOKED, None, "")
    assert (fresh(case).visit_kind, fresh(case).visit_starts_at) == (kind, OPENS)
    assert [row.reason for row in case.events.filter(kind="visit").order_by("pk")][-2:] == [
        "visit-cancelled",
        "visit-again",
    ]


def test_the_preview_of_the_move_says_so_and_leaves_the_visit_booked(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    visit = book(world, case)
    shown = rehearse(
        lambda mailing: workflow.move(
            fresh(case),
            "close-other",
            by=world.actor("amira"),
            at=AT,
            seen_version=fresh(case).version,
            mailing=mailing,
            reason="withdrawn",
            words="Hana told us she does not need it.",
        ),
        by=world.actor("amira"),
        at=AT,
    )
    assert "is cancelled" in shown.letters[0].letter.lead
    assert now(visit).state == VisitState.BOOKED


def test_a_move_without_a_visit_says_nothing_of_one(world):
    walk(make_case(world=world), "close-other", world=world, at=AT)
    assert "visit" not in last_mail().body_text.lower()


def test_a_visit_for_several_cases_goes_on_without_this_one(world):
    one, two = (make_case(world=world, status=Status.IN_REVIEW) for _ in range(2))
    visit = book(world, one, two)
    walk(fresh(one), "close-other", world=world, at=AT)
    assert now(visit).state == VisitState.BOOKED
    assert [case.reference for case in visit.cases.all()] == [two.reference]
    assert "We no longer come for this on Tue 10 Mar, 09:00-12:00." in last_mail().body_text
    assert fresh(two).visit_starts_at == OPENS
    correct(world, one)
    assert set(visit.cases.values_list("pk", flat=True)) == {one.pk, two.pk}
    assert fresh(one).visit_starts_at == OPENS
    walk(fresh(one), "close-other", world=world, at=AT + 2 * HOUR)
    walk(fresh(two), "close-other", world=world, at=AT + 3 * HOUR)
    assert now(visit).state == VisitState.CANCELLED


def test_a_form_of_the_visit_that_was_open_meanwhile_is_refused(world):
    one, two = (make_case(world=world, status=Status.IN_REVIEW) for _ in range(2))
    visit = book(world, one, two)
    walk(fresh(one), "close-other", world=world, at=AT)
    assert now(visit).version == visit.version + 1


def test_every_visit_ahead_ends_with_the_case(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    both = [book(world, case), book(world, case, days=2)]
    walk(fresh(case), "close-other", world=world, at=AT)
    assert [now(visit).state for visit in both] == [VisitState.CANCELLED] * 2


def test_a_visit_that_has_begun_is_left_to_whoever_is_there(world):
    case = make_case(world=world, status=Status.TO_CHECK)
    visit = book(world, case, kind="check")
    walk(fresh(case), "ask-sign-off", world=world, at=OPENS + HOUR)
    assert now(visit).state == VisitState.BOOKED
    assert "cancelled" not in last_mail().body_text


def test_a_visit_whose_time_is_over_is_not_booked_again(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    visit = book(world, case)
    walk(fresh(case), "close-other", world=world, at=AT)
    correct(world, case, at=CLOSES + HOUR)
    assert now(visit).state == VisitState.CANCELLED
    assert (fresh(case).visit_kind, fresh(case).visit_starts_at, fresh(case).step) == ("", None, "in-review")


def test_correcting_the_sending_ends_the_repair_visit_that_came_of_it(world):
    """The inspection comes back, the repair visit of the wrong contractor goes, and the mail says so."""
    case = make_case(world=world, status=Status.IN_REVIEW)
    inspection = book(world, case)
    walk(fresh(case), "accept-and-send", world=world, at=AT)
    repair = book(world, case, kind="rectification", days=3, at=AT + HOUR)
    correct(world, case, at=AT + 2 * HOUR)
    assert (now(inspection).state, now(repair).state) == (VisitState.BOOKED, VisitState.CANCELLED)
    assert (fresh(case).visit_kind, fresh(case).step) == ("initial", "inspection-booked")
    mail = OutgoingMail.objects.filter(kind="correct", recipient="hana@demo.example").get()
    assert "The visit booked for Fri 13 Mar, 09:00-12:00 is cancelled." in mail.body_text


@time_machine.travel(AT + HOUR, tick=False)
def test_list_and_page_show_the_visit_as_it_is(world, client_for):
    one, two = (make_case(world=world, status=Status.IN_REVIEW) for _ in range(2))
    visit = book(world, one, two)
    walk(fresh(one), "close-other", world=world, at=AT)
    client = client_for(world.amira)
    (row,) = client.get("/inspections/").context["rows"]
    assert [case.reference for case in row[1]] == [two.reference]
    walk(fresh(two), "close-other", world=world, at=AT)
    assert client.get("/inspections/").context["rows"] == []
    page = client.get(f"/inspections/{visit.reference}/")
    assert f"No longer needed: {two.reference}" in page.content.decode()
    assert page.context["may_act"] is False


@pytest.fixture
def came(world):
    """Two inspected cases' visit, its window over."""
    return book(world, *(make_case(world=world, status=Status.IN_REVIEW) for _ in range(2)))


def finish(world, visit, **facts):
    given = {"finding": "Pipe above leaks, quokka.", "seen_version": visit.version, "at": CLOSES, **facts}
    visits.finish(visit, by=world.actor("amira"), **given)


def test_the_result_of_an_inspection_is_one_mail_for_all_its_cases(world, came):
    sent = OutgoingMail.objects.count()
    finish(world, came)
    (mail,) = list(OutgoingMail.objects.order_by("pk"))[sent:]
    assert (mail.kind, mail.recipient) == ("visit-inspected", "hana@demo.example")
    assert mail.subject.startswith("Inspected: 2 items")
    assert "We inspected this on Tue 10 Mar." in mail.body_text
    assert "quokka" not in mail.body_text + mail.body_html
    for case in came.cases.all():
        assert case.reference in mail.body_text
        event = case.events.get(reason="visit-done")
        assert (event.is_visible, event.words, event.notices.count()) == (True, "", 1)


def test_the_result_promises_the_answer(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    finish(world, book(world, case))
    case, mail = fresh(case), last_mail()
    assert mail.subject.startswith("Inspected: ")
    assert case.step == "inspected"
    assert case.clocks.filter(kind="update", stopped_at=None).get().started_at == CLOSES
    from units.wording import day

    promised = day(case.update_due_at.astimezone(world.development.tz).date())
    assert f"You have our answer by {promised}." in mail.body_text


@pytest.mark.parametrize(
    ("status", "kind", "subject"),
    [
        (Status.WITH_CONTRACTOR, "rectification", "Repair visit took place"),
        (Status.TO_CHECK, "check", "Check visit took place"),
    ],
)
def test_a_repair_or_check_visit_that_took_place_is_told(world, status, kind, subject):
    finish(world, book(world, make_case(world=world, status=status), kind=kind))
    assert last_mail().subject.startswith(subject)
    assert "We came on Tue 10 Mar." in last_mail().body_text


def test_of_a_case_that_closed_meanwhile_or_is_hidden_nobody_hears(world, came):
    one, two = came.cases.order_by("pk")
    walk(fresh(one), "close-other", world=world, at=OPENS + HOUR)
    type(two).objects.filter(pk=two.pk).update(is_visible=False)
    sent = OutgoingMail.objects.count()
    finish(world, came)
    assert OutgoingMail.objects.count() == sent
    assert not one.events.get(reason="visit-done").is_visible


def test_a_visit_that_has_not_begun_cannot_have_taken_place(world, came):
    with pytest.raises(visits.MoveRefused, match="not begun"):
        finish(world, came, at=OPENS - timedelta(minutes=1))


def test_the_page_says_who_will_be_told_before_it_is_saved(world, came, client_for):
    address = f"/inspections/{came.reference}/"
    client = client_for(world.amira)
    with time_machine.travel(AT, tick=False):
        early = client.get(address)
        assert early.context["letters"] == []
        assert "Save" not in early.content.decode().split("Another time")[0].split("It took place")[1]
    with time_machine.travel(CLOSES, tick=False):
        client = client_for(world.amira)
        sent = OutgoingMail.objects.count()
        with zeal_ignore():  # every case is really told and undone, each on its own
            page = client.get(address).content.decode()
        assert "1 person will be told" in page
        assert "hana@demo.example" in page
        assert (OutgoingMail.objects.count(), now(came).state) == (sent, VisitState.BOOKED)
        client.post(address + "done/", {"finding": "Pipe above leaks.", "seen_version": now(came).version})
        assert (OutgoingMail.objects.count(), now(came).state) == (sent + 1, VisitState.DONE)


def test_a_given_mailing_is_left_to_its_owner(world, came):
    mailing = Mailing(by=world.actor("amira"), at=CLOSES)
    sent = OutgoingMail.objects.count()
    finish(world, came, mailing=mailing)
    assert (OutgoingMail.objects.count(), len(mailing.letters())) == (sent, 1)
