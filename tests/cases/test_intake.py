"""From what came in to cases: three dates, who reported, what opens at once, who is alerted."""

import re
from datetime import timedelta

import pytest

from accounts.choices import Role
from cases import intake, verdicts
from cases.choices import Channel, ReportState
from cases.evidence import MoveRefused
from cases.intake import Arrival, Reporter
from cases.models import Case, CoverageVerdict, Report
from outbox.models import OutgoingMail
from tests.factories import accounts, homeowners, units
from tests.factories.cases import REPORTED_AT, a_fault, make_report

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DOOR = {"kind": "STIFF", "location": "LIV", "tile": "door", "words": "The door rubs."}


def danger(words="Water runs over the lamp."):
    """A fault that one answer makes P1."""
    kind = a_fault().defect_type
    found = (
        (question.key, answer) for question in kind.asked for answer, code in question.raises_to.items() if code == "P1"
    )
    key, answer = next(found)
    return a_fault(answers={key: answer}, words=words)


def file(world, *, reported=REPORTED_AT, received=REPORTED_AT, at=REPORTED_AT, notice=None, faults=None):
    return intake.file_report(
        world.unit,
        reporter=Reporter("Hana Yusof", "hana@demo.example", person=world.hana),
        arrival=Arrival(Channel.PHONE, reported, received, notice, raw_words="Hello, it leaks."),
        faults=[a_fault()] if faults is None else faults,
        by=world.amira.actor(),
        at=at,
    )


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind)


def test_three_dates_stay_and_the_received_one_starts_the_clocks(world):
    report = file(world, reported=REPORTED_AT - 2 * DAY, received=REPORTED_AT - DAY)
    case = Case.objects.get()
    assert (report.reported_at, report.received_at, report.logged_at) == (
        REPORTED_AT - 2 * DAY,
        REPORTED_AT - DAY,
        REPORTED_AT,
    )
    assert (report.raw_words, report.logged_by_name) == ("Hello, it leaks.", "Amira Rahman")
    assert case.received_at == REPORTED_AT - DAY
    assert case.clocks.get(kind="rectify").started_at == REPORTED_AT - DAY


@pytest.mark.parametrize(
    ("reported", "received", "field"),
    [(REPORTED_AT, REPORTED_AT + DAY, "received_at"), (REPORTED_AT, REPORTED_AT - DAY, "reported_at")],
)
def test_dates_out_of_order_are_named(world, reported, received, field):
    with pytest.raises(MoveRefused) as refused:
        file(world, reported=reported, received=received)
    assert refused.value.field == field


def test_a_report_needs_a_defect(world):
    with pytest.raises(MoveRefused, match="at least one"):
        file(world, faults=[])
    assert not Report.objects.exists()


def test_a_known_reporter_gets_cases_at_once(world):
    report = make_report(world=world, faults=[a_fault(), a_fault(**DOOR)])
    assert (report.state, Case.objects.count()) == (ReportState.VERIFIED, 2)
    assert [case.officer for case in Case.objects.all()] == [world.amira] * 2
    assert {party.homeowner for case in Case.objects.all() for party in case.parties.all()} == {world.hana}


def test_an_unknown_reporter_waits_and_the_officer_is_asked_to_verify(world):
    report = make_report(world=world, person=False, faults=[a_fault(), a_fault(**DOOR)], channel=Channel.LINK)
    asked = mails("verify").get()
    assert (asked.recipient, asked.subject) == (
        "amira@demo.example",
        f"Please verify: 2 defects, A-12-3 ({report.reference})",
    )
    assert f"/intake/{report.reference}/" in asked.body_text
    assert "The door rubs." in asked.body_text
    assert (report.state, Case.objects.count(), mails("alert").count()) == (ReportState.UNVERIFIED, 0, 0)
    receipt = mails("receipt").get()
    assert receipt.recipient == "unknown@demo.example"
    assert "/portal/reports/" not in receipt.body_text


def test_danger_becomes_a_case_at_once_whoever_reported_it(world):
    make_report(world=world, person=False, faults=[a_fault(**DOOR), danger()])
    case = Case.objects.get()
    assert (case.priority_id, case.is_safety, case.report_item.position) == ("P1", True, 2)
    told = mails("safety").values_list("recipient", flat=True)
    assert sorted(told) == ["amira@demo.example", "mo@demo.example"]


def test_verifying_opens_the_rest_and_tells_the_reporter(world):
    report = make_report(world=world, person=False, faults=[a_fault(**DOOR), danger()])
    opened = intake.verify(report, world.hana, how=["phone"], by=world.amira.actor(), at=REPORTED_AT + DAY)
    assert [case.report_item.position for case in opened] == [1]
    assert Case.objects.count() == 2
    assert all(case.parties.filter(homeowner=world.hana).exists() for case in Case.objects.all())
    assert mails("verified").count() == 1
    assert mails("alert").values_list("recipient", flat=True).get() == "amira@demo.example"
    report.refresh_from_db()
    assert (report.verified_by_name, report.verified_how) == ("Amira Rahman", ["phone"])


def test_verifying_twice_is_refused(world):
    report = make_report(world=world, person=False)
    given = {"how": [], "by": world.amira.actor(), "at": REPORTED_AT}
    intake.verify(report, world.hana, **given)
    with pytest.raises(MoveRefused, match="already"):
        intake.verify(report, world.hana, **given)


def test_only_somebody_who_holds_the_home_is_the_reporter(world):
    report = make_report(world=world, person=False)
    with pytest.raises(MoveRefused) as refused:
        intake.verify(report, world.noor, how=[], by=world.amira.actor(), at=REPORTED_AT)
    assert refused.value.field == "person"


def test_somebody_who_needs_care_is_known_once_the_reporter_is(world):
    type(world.hana).objects.filter(pk=world.hana.pk).update(is_vulnerable=True)
    world.hana.refresh_from_db()
    report = make_report(world=world, person=False)
    (case,) = intake.verify(report, world.hana, how=[], by=world.amira.actor(), at=REPORTED_AT)
    assert (case.is_vulnerable, case.priority_id) == (True, "P1")


def test_refusing_says_why_and_opens_nothing(world):
    report = make_report(world=world, person=False)
    with pytest.raises(MoveRefused) as refused:
        intake.refuse(report, words="no", by=world.amira.actor(), at=REPORTED_AT)
    assert refused.value.field == "words"
    intake.refuse(report, words="This home is not one of ours.", by=world.amira.actor(), at=REPORTED_AT)
    assert "This home is not one of ours." in mails("refused").get().body_text
    assert not Case.objects.exists()


def test_one_alert_for_each_defect_names_priority_fault_home_and_cover(world):
    make_report(world=world, faults=[a_fault(photos=1)])
    mail = mails("alert").get()
    assert mail.recipient == "amira@demo.example"
    assert re.match(r"New P2: Master bathroom: .+, ceiling, .*A-12-3 \(KRM-1\)$", mail.subject)
    for words in ("Hana reported this Tue 3 Mar, 20:14, with 1 photo", "covered, 5", "First answer due"):
        assert words in mail.body_text
    assert "/cases/KRM-1/" in mail.body_text


def test_many_defects_are_one_alert_that_leads_to_the_triage_sheet(world):
    make_report(world=world, faults=[a_fault(**DOOR) for _ in range(5)])
    mail = mails("alert").get()
    assert "5 defects" in mail.subject
    assert "/cases/triage/R-" in mail.body_text


def test_two_defects_are_one_alert_with_the_reporters_words(world):
    make_report(world=world, faults=[a_fault(), a_fault(**DOOR)])
    mail = mails("alert").get()
    assert "Water is dripping from the ceiling." in mail.body_text
    assert "The door rubs." in mail.body_text


def test_nobody_is_alerted_of_what_they_entered_and_the_manager_of_a_danger_still_is(world):
    file(world)
    assert not mails("alert").exists()
    file(world, faults=[danger()])
    assert mails("alert").get().recipient == "mo@demo.example"


def test_an_officer_is_not_asked_to_verify_what_that_officer_entered(world):
    for by in (world.amira, world.mo):
        intake.file_report(
            world.unit,
            reporter=Reporter("Zed", "zed@demo.example"),
            arrival=Arrival(Channel.PHONE, REPORTED_AT, REPORTED_AT, None),
            faults=[a_fault(**DOOR)],
            by=by.actor(),
            at=REPORTED_AT,
        )
    assert mails("verify").get().recipient == "amira@demo.example"


def test_a_report_of_different_urgency_names_the_most_urgent(world):
    make_report(world=world, faults=[a_fault(**DOOR), danger()])
    assert mails("alert").get(recipient="amira@demo.example").subject.startswith("New P1: 2 items, ")


def test_an_alert_does_not_say_the_same_words_twice(world):
    make_report(world=world, faults=[a_fault(kind=None, tile="", words="Frame is bent")])
    body = mails("alert").get().body_text
    assert body.count("Frame is bent") == 1


def test_many_that_follow_many_dangers_are_alerted_too(world):
    report = make_report(world=world, person=False, faults=[danger() for _ in range(4)] + [a_fault(**DOOR)] * 4)
    before = OutgoingMail.objects.filter(recipient="amira@demo.example").count()
    intake.verify(report, world.hana, how=[], by=world.amira.actor(), at=REPORTED_AT + DAY)
    assert OutgoingMail.objects.filter(recipient="amira@demo.example").count() == before + 1


def test_an_officer_who_is_the_manager_gets_one_alert(world):
    type(world.development).objects.filter(pk=world.development.pk).update(default_officer=world.mo)
    world.unit.refresh_from_db()
    make_report(world=world, unit=type(world.unit).objects.get(pk=world.unit.pk), faults=[danger()])
    mail = mails("alert").get()
    assert (mail.recipient, mail.subject.startswith("New P1")) == ("mo@demo.example", True)


def test_without_an_officer_the_manager_is_alerted(world):
    type(world.amira).objects.filter(pk=world.amira.pk).update(is_active=False)
    make_report(world=world, unit=type(world.unit).objects.get(pk=world.unit.pk))
    assert Case.objects.get().officer is None
    assert mails("alert").get().recipient == "mo@demo.example"


def test_the_receipt_is_the_written_record(world):
    report = make_report(world=world, faults=[danger(), a_fault(**DOOR)])
    mail = mails("receipt").get()
    assert mail.subject == f"We have your report: 2 defects in A-12-3 ({report.reference})"
    for words in (
        "We received this on Tue 3 Mar, 20:14; this e-mail is your written record.",
        "Water runs over the lamp.",
        "The door rubs.",
        "Do this now",
        "+60321239999",
        "Amira writes to you by",
    ):
        assert words in mail.body_text
    assert not re.search(r"\bP[1-4]\b", mail.body_text)


def test_the_receipt_names_the_part_that_was_picked(world):
    make_report(world=world, faults=[a_fault(kind="", tile="window", words="It rattles at night.")])
    assert ": Window" in OutgoingMail.objects.get(kind="receipt").body_text


def test_the_receipt_carries_every_picture(world):
    report = make_report(world=world, faults=[a_fault(photos=2), a_fault(**DOOR, photos=1)])
    sent = {attachment.file_id for item in report.items.all() for attachment in item.attachments.all()}
    assert {picture.file_id for picture in mails("receipt").get().pictures.all()} == sent


def test_a_written_report_is_a_notice_and_a_call_is_not(world):
    written = make_report(world=world)
    spoken = file(world)
    assert (written.is_written_notice, spoken.is_written_notice) == (True, False)
    assert Case.objects.get(report_item__report=spoken).written_at is None


def test_references_count_in_each_development(world):
    other = units.make_development(code="ELM", default_officer=world.amira)
    home = units.make_unit(development=other, number="3")
    homeowners.make_tenure(unit=home, homeowner=world.hana)
    for unit in (world.unit, home, world.unit):
        make_report(world=world, unit=unit)
    references = list(Case.objects.order_by("pk").values_list("reference", "reference_key"))
    assert references == [("KRM-1", "krm1"), ("ELM-1", "elm1"), ("KRM-2", "krm2")]
    assert sorted(Report.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_everybody_who_owns_the_home_is_a_party(world):
    rashid = homeowners.make_homeowner(name="Rashid Yusof", email="rashid@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rashid, role="joint-owner")
    make_report(world=world)
    assert sorted(Case.objects.get().parties.values_list("homeowner__name", "role")) == [
        ("Hana Yusof", "reporter"),
        ("Rashid Yusof", "claimant"),
    ]


def test_what_staff_found_starts_hidden_and_mails_no_homeowner(world):
    make_report(world=world, channel=Channel.STAFF)
    assert Case.objects.get().is_visible is False


def test_water_at_a_light_is_an_emergency(world):
    """The part that was named counts, not only the room."""
    make_report(world=world, faults=[a_fault(tile="socket", location="LIV"), a_fault(location="LIV")])
    assert list(Case.objects.order_by("pk").values_list("priority_id", flat=True)) == ["P1", "P2"]


def test_the_third_report_of_a_fault_is_more_urgent_than_three_faults_of_one_report(world):
    make_report(world=world, faults=[a_fault(**DOOR) for _ in range(4)])
    assert set(Case.objects.values_list("priority_id", flat=True)) == {"P3"}
    fresh_home = world.next_door
    for number in range(3):
        make_report(world=world, unit=fresh_home, person=world.noor, at=REPORTED_AT + number * DAY,
                    faults=[a_fault(**DOOR)])  # fmt: skip
    assert list(Case.objects.filter(unit=fresh_home).order_by("pk").values_list("priority_id", flat=True)) == [
        "P3",
        "P3",
        "P2",
    ]


def test_the_first_verdict_stays_as_it_was_when_received(world):
    make_report(world=world)
    case = Case.objects.get()
    first = CoverageVerdict.objects.get(case=case, side="owner", is_first=True)
    verdicts.record(case, why="asked again", by=world.amira.actor(), at=REPORTED_AT + 40 * DAY)
    again = CoverageVerdict.objects.get(pk=first.pk)
    assert (again.status, again.days_left, again.sentence) == (first.status, first.days_left, first.sentence)
    assert (again.is_first, again.is_in_force) == (True, False)
    assert CoverageVerdict.objects.get(case=case, side="owner", is_in_force=True).days_left == first.days_left - 40


def test_a_manager_of_no_development_is_told_when_it_names_none(world):
    type(world.development).objects.filter(pk=world.development.pk).update(manager=None, default_officer=None)
    accounts.make_user(role=Role.MANAGER, email="zita@demo.example")
    make_report(world=world, unit=type(world.unit).objects.get(pk=world.unit.pk))
    assert sorted(mails("alert").values_list("recipient", flat=True)) == ["mo@demo.example", "zita@demo.example"]
