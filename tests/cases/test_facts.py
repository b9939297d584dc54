"""Facts, dates, safety, the contractor's word, visibility: what may change, what it needs, who is told."""

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.choices import Role
from cases import facts, files, moved_dates
from cases.choices import ClockKind, EventKind, Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case
from catalogue.models import Location, Priority
from outbox.models import OutgoingMail
from tests.factories import accounts, units
from tests.factories.cases import REPORTED_AT, fresh, make_case
from tests.factories.documents import make_stored_file
from units.wording import day

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AT = REPORTED_AT + timedelta(hours=5)
WHY = "The tiles come by ship."


def mails_since(number):
    return [(mail.kind, mail.recipient) for mail in OutgoingMail.objects.order_by("pk")[number:]]


def edit(world, case, **changes):
    return facts.edit(case, seen_version=case.version, by=world.amira.actor(), at=AT, **changes)


def hidden_case(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    return fresh(case)


def test_old_and_new_facts_stand_in_the_diary_and_the_reporters_words_stay(world):
    case = make_case(world=world)
    words, case_fault = case.report_item.words, case.fault
    event = edit(world, case, fault="leak, basin", location=Location.objects.get(code="KIT"))
    assert (event.before["fault"], event.after["fault"]) == (case_fault, "leak, basin")
    assert event.before["location"] != event.after["location"]
    assert fresh(case).report_item.words == words


def test_nothing_changed_leaves_no_row(world):
    case = make_case(world=world)
    assert edit(world, case, fault=case.fault) is None
    assert fresh(case).version == case.version


def test_the_second_editor_is_told_so(world):
    case = make_case(world=world)
    theirs = fresh(case)
    edit(world, case, fault="leak, basin")
    with pytest.raises(StaleCase):
        edit(world, theirs, fault="leak, shower")
    assert fresh(case).fault == "leak, basin"


@pytest.mark.parametrize("lower", ["P4", "P0"])
def test_a_lower_priority_needs_a_reason(world, lower):
    case = make_case(world=world)
    wanted = Priority.objects.get(code=lower)
    with pytest.raises(MoveRefused) as refused:
        edit(world, case, priority=wanted)
    assert refused.value.field == "why"
    edit(world, fresh(case), priority=wanted, why="Only a stain, it is dry now.")
    assert fresh(case).priority_id == lower


def test_a_priority_without_a_repair_target_ends_that_clock(world):
    case = make_case(world=world)
    assert case.rectify_due_at
    edit(world, case, priority=Priority.objects.get(code="P4"), why="Only a stain, it is dry now.")
    case = fresh(case)
    assert (case.rectify_due_at, case.clocks.filter(kind=ClockKind.RECTIFY).exists()) == (None, False)


def test_the_highest_priority_makes_a_case_a_safety_case(world):
    case = make_case(world=world)
    edit(world, case, priority=Priority.objects.get(code="P1"))
    assert fresh(case).is_safety
    edit(world, fresh(case), priority=Priority.objects.get(code="P3"), why="It is only a drop, I saw it.")
    assert not fresh(case).is_safety


def test_a_new_place_or_trade_asks_for_cover_again(world):
    case = make_case(world=world)
    edit(world, case, location=Location.objects.get(code="KIT"))
    verdicts = case.verdicts.filter(side="owner")
    assert [verdict.is_in_force for verdict in verdicts] == [False, True]
    assert verdicts.get(is_first=True).is_in_force is False


def test_a_case_moved_to_another_home_belongs_to_its_people(world):
    case = make_case(world=world)
    edit(world, case, unit=world.next_door)
    open_parties = case.parties.filter(until=None)
    assert [party.homeowner for party in open_parties] == [world.noor]


def test_a_case_stays_in_its_development(world):
    other = units.make_unit(development=units.make_development(code="ELM"))
    with pytest.raises(MoveRefused) as refused:
        edit(world, make_case(world=world), unit=other)
    assert refused.value.field == "unit"


def test_the_new_officer_is_told_and_the_giver_is_not(world):
    case = make_case(world=world)
    sara = accounts.make_user(role=Role.OFFICER, email="sara@demo.example", name="Sara Lee")
    sent = OutgoingMail.objects.count()
    facts.assign(case, sara, seen_version=case.version, by=world.amira.actor(), at=AT)
    facts.assign(fresh(case), world.amira, seen_version=fresh(case).version, by=world.amira.actor(), at=AT)
    assert mails_since(sent) == [("assigned", "sara@demo.example")]
    rows = case.events.filter(kind="assigned").order_by("pk")
    assert [(row.before["officer"], row.after["officer"]) for row in rows] == [
        (str(world.amira), str(sara)),
        (str(sara), str(world.amira)),
    ]
    assert not case.events.filter(kind="edited").exists()


def test_another_officer_and_another_fact_are_two_rows(world):
    case = make_case(world=world)
    edit(world, case, officer=None, fault="leak at the basin")
    rows = {row.kind: row.after for row in case.events.filter(kind__in=["assigned", "edited"])}
    assert rows == {"assigned": {"officer": None}, "edited": {"fault": "leak at the basin"}}


def test_showing_a_hidden_case_tells_the_homeowner_and_hiding_it_nobody(world):
    case = hidden_case(world)
    sent = OutgoingMail.objects.count()
    edit(world, case, is_visible=True)
    assert mails_since(sent) == [("made-visible", "hana@demo.example")]
    edit(world, fresh(case), is_visible=False)
    assert len(mails_since(sent)) == 1


def move_date(world, case, which, due, words=WHY, at=AT):
    return moved_dates.change_date(
        case, which, due=due, words=words, seen_version=case.version, by=world.amira.actor(), at=at
    )


@pytest.mark.parametrize(
    ("which", "column"),
    [("rectify", "rectify_due_at"), ("update", "update_due_at"), ("company", "work_due_at")],
)
def test_a_moved_date_is_mailed_with_its_reason_and_the_old_one_stays_on_record(world, which, column):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    old, due = getattr(case, column), REPORTED_AT + 21 * DAY
    sent = OutgoingMail.objects.count()
    event = move_date(world, case, which, due)
    assert getattr(fresh(case), column) == due
    assert (event.before["due"], event.after["due"]) == (old.isoformat(), due.isoformat())
    assert mails_since(sent) == [("date", "hana@demo.example")]
    mail = OutgoingMail.objects.latest("pk")
    assert "to Tue 24 Mar" in mail.body_text
    assert WHY in mail.body_text
    assert "from Tue 24 Mar" not in mail.body_text


def test_the_first_due_date_survives_every_slip(world):
    case = make_case(world=world)
    first = case.clocks.get(kind=ClockKind.RECTIFY).first_due_at
    move_date(world, case, "rectify", REPORTED_AT + 21 * DAY)
    move_date(world, fresh(case), "rectify", REPORTED_AT + 28 * DAY)
    assert case.clocks.get(kind=ClockKind.RECTIFY).first_due_at == first
    assert case.events.filter(kind=EventKind.DATE).count() == 2


@pytest.mark.parametrize(
    ("which", "due", "words", "field"),
    [
        ("moon", AT + DAY, WHY, "which"),
        ("rectify", AT - DAY, WHY, "due"),
        ("rectify", AT + DAY, "late", "words"),
        ("company", AT + DAY, WHY, "which"),
    ],
)
def test_a_moved_date_is_refused_at_its_field(world, which, due, words, field):
    case = make_case(world=world)
    with transaction.atomic(), pytest.raises(MoveRefused) as refused:
        move_date(world, case, which, due, words)
    assert refused.value.field == field


def test_the_received_date_waits_for_a_manager_who_then_moves_cover_and_clocks(world):
    from cases import decisions

    case = make_case(world=world)
    due = case.rectify_due_at
    earlier = REPORTED_AT - 3 * DAY
    moved_dates.ask_received_date(
        case, received_at=earlier, why="The letter was stamped on Friday.", seen_version=case.version,
        by=world.amira.actor(), at=AT,
    )  # fmt: skip
    assert fresh(case).received_at == REPORTED_AT
    decisions.approve(case.decisions.get(), by=world.mo.actor(), at=AT, seen_version=case.version)
    case = fresh(case)
    assert (case.received_at, case.rectify_due_at) == (earlier, due - 3 * DAY)
    assert case.verdicts.filter(side="owner").count() == 2


@pytest.mark.parametrize(("days", "why", "field"), [(1, "It came in later.", "received_at"), (-1, "", "why")])
def test_the_received_date_is_past_and_has_a_reason(world, days, why, field):
    case = make_case(world=world)
    with pytest.raises(MoveRefused) as refused:
        moved_dates.ask_received_date(
            case, received_at=AT + days * DAY, why=why, seen_version=case.version, by=world.amira.actor(), at=AT
        )
    assert refused.value.field == field


def test_escalating_puts_the_case_before_the_manager_and_changes_nothing_outside(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    step = case.step
    sent = OutgoingMail.objects.count()
    facts.escalate(case, why="Third broken promise of this company.", by=world.amira.actor(), at=AT)
    case = fresh(case)
    assert (case.ball, case.step, case.escalated_at) == ("manager", step, AT)
    assert mails_since(sent) == [("decision-asked", "mo@demo.example")]


def test_made_safe_needs_words_and_tells_the_homeowner(world):
    case = make_case(world=world)
    with pytest.raises(MoveRefused) as refused:
        facts.made_safe(case, words="done", by=world.amira.actor(), at=AT)
    assert refused.value.field == "words"
    sent = OutgoingMail.objects.count()
    facts.made_safe(case, words="The water to this bathroom is off.", by=world.amira.actor(), at=AT)
    assert (fresh(case).made_safe_at, mails_since(sent)) == (AT, [("made-safe", "hana@demo.example")])


def test_a_file_shown_is_mailed_once_and_hidden_again_in_silence(world):
    case = make_case(world=world)
    (photo,) = files.attach(case, [make_stored_file()], role="cause", by=world.amira.actor(), at=AT)
    sent = OutgoingMail.objects.count()
    for is_visible in (True, True, False):
        facts.show_file(photo, is_visible=is_visible, by=world.amira.actor(), at=AT)
    assert mails_since(sent) == [("picture", "hana@demo.example")]
    assert case.events.filter(kind=EventKind.VISIBILITY).count() == 2


def test_staffs_files_start_hidden_and_are_counted(world):
    case = make_case(world=world)
    (photo,) = files.attach(case, [make_stored_file()], role="cause", by=world.amira.actor(), at=AT)
    assert (photo.is_visible, fresh(case).has_photo) == (False, True)
    with pytest.raises(MoveRefused) as refused:
        files.attach(case, [photo.file] * files.MOST_FILES, role="cause", by=world.amira.actor(), at=AT)
    assert refused.value.field == "photos"


def test_no_mail_promises_news_on_a_day_that_is_over(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    promised = case.update_due_at
    late = promised + 5 * DAY
    (photo,) = files.attach(case, [make_stored_file()], role="cause", by=world.amira.actor(), at=late)
    facts.show_file(photo, is_visible=True, by=world.amira.actor(), at=late)
    told = OutgoingMail.objects.get(kind="picture").body_text
    assert day(promised.astimezone(case.development.tz).date()) not in told
    assert fresh(case).update_due_at > late
