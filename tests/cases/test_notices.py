"""Who is told what, by a literal table from the workflow page; in what form; and what no mail ever holds."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from cases import holds, notices, talk
from cases.choices import Audience, Status
from cases.headlines import headline
from cases.mailing import Mailing
from cases.models import Case, Notice
from homeowners.models import Homeowner, Tenure
from outbox import layout
from outbox.models import OutgoingMail
from tests.factories import accounts, homeowners
from tests.factories.cases import REPORTED_AT, a_fault, fall_silent, fresh, make_case, walk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AT = REPORTED_AT + DAY
HANA, LIM, AMIRA = "hana@demo.example", "lim@demo.example", "amira@demo.example"

# move: from, made by, told (H homeowner, C contractor, O officer unless it is the officer who acts)
TOLD = {
    "start-review": ("new", "amira", "H"),
    "accept": ("new", "amira", "H"),
    "accept-and-send": ("new", "amira", "HC"),
    "report-done": ("with-contractor", "mo", "HO"),
    "ask-sign-off": ("to-check", "amira", "H"),
    "send-back": ("to-check", "amira", "HC"),
    "confirm": ("awaiting-homeowner", "hana", "HC"),
    "not-right": ("awaiting-homeowner", "hana", "HO"),
    "close-complete": ("with-contractor", "amira", "HC"),
    "close-no-reply": ("awaiting-homeowner", "system", "H"),
    "close-out-of-scope": ("with-contractor", "amira", "HC"),
    "close-other": ("with-contractor", "amira", "HC"),
    "take-back": ("with-contractor", "amira", "HC"),
    "reopen": ("closed-complete", "hana", "HOC"),
}
ADDRESS = {"H": HANA, "C": LIM, "O": AMIRA}
FAULT = {"kind": "STIFF", "location": "LIV", "tile": "door", "words": "The door rubs at the floor."}


def actor(world, name):
    from ledger.actors import SYSTEM

    return SYSTEM if name == "system" else world.actor(name)


def told_by(world, case, move, by, **facts):
    sent = OutgoingMail.objects.count()
    walk(fresh(case), move, world=world, at=AT, by=actor(world, by), **facts)
    return list(OutgoingMail.objects.order_by("pk")[sent:])


@pytest.mark.parametrize("status", sorted({row[0] for row in TOLD.values()}))
def test_each_move_tells_exactly_those_of_the_table(world, status):
    case = make_case(world=world, status=Status(status), faults=[a_fault(**FAULT)])
    wrong = {}
    if status == Status.AWAITING_HOMEOWNER:
        fall_silent(case, at=AT)
    for move, (state, by, letters) in TOLD.items():
        if state == status:
            with transaction.atomic():
                found = sorted(mail.recipient for mail in told_by(world, case, move, by))
                transaction.set_rollback(True)
            if found != sorted(ADDRESS[letter] for letter in letters):
                wrong[move] = found
    assert wrong == {}


def test_the_table_names_every_move():
    from cases.moves import MOVES

    assert set(TOLD) == set(MOVES)


def test_a_case_that_no_contractor_has_tells_none(world):
    mails = told_by(world, make_case(world=world), "close-other", "amira")
    assert [mail.recipient for mail in mails] == [HANA]


CLOSINGS = {
    "duplicate": {},
    "passed-on": {"passed_to": "the gas supplier", "follow_up_on": "2026-04-20"},
    "no-access": {},
    "withdrawn": {},
}


def nobody_at_home_twice(world, case):
    for hours in (3, 5):
        at, by = REPORTED_AT + timedelta(hours=hours), world.amira.actor()
        holds.hold(fresh(case), reason="no-access", until_at=at + DAY, words="", by=by, at=at)
        holds.resume(fresh(case), how="resumed", by=by, at=at + timedelta(hours=1))


@pytest.mark.parametrize("reason", CLOSINGS)
def test_the_contractor_hears_of_every_way_to_close_what_it_has(world, reason):
    kept = make_case(world=world)
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    given = {**CLOSINGS[reason], **({"duplicate_of_id": kept.pk} if reason == "duplicate" else {})}
    if reason == "no-access":
        nobody_at_home_twice(world, case)
    mails = told_by(world, case, "close-other", "amira", reason=reason, **given)
    assert sorted(mail.recipient for mail in mails) == [HANA, LIM]
    (to_lim,) = [mail for mail in mails if mail.recipient == LIM]
    assert "Please do not" in to_lim.body_text
    assert kept.reference in to_lim.subject or reason != "duplicate"


def test_a_hidden_case_tells_no_homeowner(world):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    assert [mail.recipient for mail in told_by(world, case, "accept-and-send", "amira")] == [LIM]


def test_words_to_the_homeowner_do_not_reach_the_contractor(world):
    mails = told_by(world, make_case(world=world), "accept-and-send", "amira", words="Get well soon, dear Hana.")
    assert {mail.recipient: "Get well soon" in mail.body_text for mail in mails} == {HANA: True, LIM: False}


def test_the_contractor_reads_what_failed(world):
    mails = told_by(world, make_case(world=world, status=Status.TO_CHECK), "send-back", "amira")
    assert all("The ring on the ceiling is still wet." in mail.body_text for mail in mails)


def test_a_contractor_reads_no_name_or_phone_of_the_homeowner(world):
    (mail,) = [
        mail for mail in told_by(world, make_case(world=world), "accept-and-send", "amira") if mail.recipient == LIM
    ]
    whole = mail.subject + mail.body_text + mail.body_html
    assert not [word for word in ("Hana", "Yusof", "+60123456789", HANA) if word in whole]


def with_tenant(world):
    tariq = homeowners.tariq(unit=world.unit)
    return make_case(world=world, person=tariq, status=Status.TO_CHECK)


def test_a_tenant_is_told_and_never_offered_to_confirm_or_appeal(world):
    case = with_tenant(world)
    mails = {mail.recipient: mail for mail in told_by(world, case, "ask-sign-off", "amira")}
    assert set(mails[HANA].context["links"]) == {"yes", "no"}
    assert mails["tariq@demo.example"].context["links"] == {}
    assert "[[link:" not in mails["tariq@demo.example"].body_text
    case = fresh(case)
    Case.objects.filter(pk=case.pk).update(status=Status.IN_REVIEW, priority_id="P3", trade_id="PNT", element_id=None)
    mails = {mail.recipient: mail for mail in told_by(world, case, "close-out-of-scope", "amira")}
    assert set(mails[HANA].context["links"]) == {"appeal"}
    assert mails["tariq@demo.example"].context["links"] == {}


def test_somebody_without_an_address_becomes_a_letter_to_do(world):
    case = make_case(world=world, status=Status.TO_CHECK)
    Homeowner.objects.update(email="")
    assert told_by(world, case, "ask-sign-off", "amira") == []
    notice = Notice.objects.get(event__move="ask-sign-off")
    assert (notice.channel, notice.mail, notice.done_at) == ("letter", None, None)
    assert "Is it fixed?" in notice.subject
    assert notice.words
    assert "[[link:" not in notice.words
    assert notices.done(notice, by=world.amira.actor(), at=AT)
    assert not notices.done(notice, by=world.mo.actor(), at=AT)


def test_the_order_names_urgency_danger_and_the_fault_without_people(world):
    words = "Water runs over the lamp. Call Hana Yusof, 012-345 6789 or hana@demo.example. The mark is 30 cm wide."
    case = make_case(world=world, faults=[a_fault(tile="socket", location="LIV", words=words)])
    (mail,) = [mail for mail in told_by(world, case, "accept-and-send", "amira") if mail.recipient == LIM]
    assert mail.subject.startswith("New P1: ")
    for said in ("Emergency: make it safe first", "There is water near electricity.", "Water runs over the lamp.",
                 "The mark is 30 cm wide."):  # fmt: skip
        assert said in mail.body_text
    assert not [part for part in ("Hana", "Yusof", "6789", "hana@") if part in mail.body_text + mail.body_html]


def test_the_order_does_not_say_who_lives_there(world):
    type(world.hana).objects.filter(pk=world.hana.pk).update(is_vulnerable=True)
    world.hana.refresh_from_db()
    case = make_case(world=world)
    assert case.priority_id == "P1"
    (mail,) = [mail for mail in told_by(world, case, "accept-and-send", "amira") if mail.recipient == LIM]
    assert "Emergency" in mail.body_text
    assert "ulnerable" not in mail.body_text + mail.body_html


def test_the_mail_and_the_portal_promise_the_same_day(world):
    case = make_case(world=world)
    (mail,) = [mail for mail in told_by(world, case, "accept-and-send", "amira") if mail.recipient == HANA]
    promised = headline(fresh(case), Audience.HOMEOWNER).rpartition("dates by ")[2]
    assert f"You get dates to choose from by {promised};" in mail.body_text


def test_a_repair_that_is_done_is_shown_before_and_after(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR, faults=[a_fault(photos=1)])
    for mail in told_by(world, case, "report-done", "mo"):
        assert [picture.caption for picture in mail.pictures.order_by("order")] == ["Before", "Painted"]


def test_a_reason_reads_as_part_of_its_sentence(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR, faults=[a_fault(**FAULT)])
    (mail,) = [m for m in told_by(world, case, "close-out-of-scope", "amira") if m.recipient == HANA]
    assert "does not include it. The reason: wear and tear." in mail.body_text


def test_who_prefers_letters_gets_letters(world):
    case = make_case(world=world)
    Homeowner.objects.update(prefers_letter=True)
    assert told_by(world, case, "accept", "amira") == []
    assert Notice.objects.get(event__move="accept").channel == "letter"


def test_the_seller_is_told_no_more_and_the_buyer_is(world):
    case = make_case(world=world)
    Tenure.objects.filter(homeowner=world.hana).update(until_on=AT.date())
    rosa = homeowners.make_homeowner(name="Rosa Lim", email="rosa@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rosa, from_on=AT.date())
    mails = told_by(world, case, "accept", "amira")
    assert [mail.recipient for mail in mails] == ["rosa@demo.example"]


def test_one_event_reaches_one_person_once(world):
    case = make_case(world=world)
    event = walk(case, "accept", world=world, at=AT)
    sent = OutgoingMail.objects.count()
    mailing = Mailing(by=world.amira.actor(), at=AT)
    people = notices.recipients(fresh(case), ["homeowner"], by=world.amira.actor(), at=AT)
    notices.tell(fresh(case), event, "accept", people, mailing=mailing)
    mailing.send()
    assert OutgoingMail.objects.count() == sent


def test_replies_go_to_the_office_and_links_lead_home(world):
    make_case(world=world, status=Status.CLOSED_COMPLETE)
    talk.update(fresh(Case.objects.get()), words="http://evil.example is not ours.", by=world.amira.actor(), at=AT)
    for mail in OutgoingMail.objects.all():
        assert mail.reply_to == "care@kerinci.example"
        hrefs = re.findall(r'href="([^"]+)"', mail.body_html)
        assert hrefs
        wrong = [to for to in hrefs if not to.startswith((f"{settings.BASE_URL}/", "[[link:", "tel:", "mailto:"))]
        assert wrong == []
        assert all(slot.get("purpose") for slot in mail.context["links"].values())


def test_every_mail_is_signed_with_the_officer_and_the_office_phone(world):
    make_case(world=world, status=Status.CLOSED_COMPLETE)
    for mail in OutgoingMail.objects.all():
        assert "Amira Rahman" in mail.body_text
        assert "+60321234567" in mail.body_text


def test_subjects_end_with_the_reference(world):
    case = make_case(world=world, status=Status.CLOSED_COMPLETE)
    subjects = list(OutgoingMail.objects.exclude(kind="receipt").values_list("subject", flat=True))
    assert [subject for subject in subjects if not subject.endswith(f"({case.reference})")] == []


def test_a_note_is_in_no_mail_of_any_move(world):
    case = make_case(world=world, status=Status.NEW)
    at = AT
    for move in ("accept", "accept-and-send", "report-done", "ask-sign-off", "send-back", "close-complete"):
        at += timedelta(hours=1)
        walk(fresh(case), move, world=world, at=at, note="SECRET-MARKER")
    assert case.events.filter(note="SECRET-MARKER").count() == 6
    assert not [m for m in OutgoingMail.objects.all() if "SECRET-MARKER" in m.body_text + m.body_html + m.subject]
    assert not Notice.objects.filter(words__contains="SECRET-MARKER").exists()


def test_passing_on_names_the_party_and_the_day_of_the_follow_up(world):
    mails = told_by(
        world, make_case(world=world), "close-other", "amira", reason="passed-on", passed_to="the gas supplier",
        follow_up_on="2026-04-20",
    )  # fmt: skip
    assert "the gas supplier" in mails[0].subject
    assert "Mon 20 Apr" in mails[0].body_text


def test_the_confirm_mail_names_the_last_day_and_shows_before_and_after(world):
    case = make_case(world=world, status=Status.TO_CHECK, faults=[a_fault(photos=1)])
    (mail,) = told_by(world, case, "ask-sign-off", "amira")
    assert "Wed 18 Mar" in mail.body_text
    assert [picture.caption for picture in mail.pictures.order_by("order")] == ["Before", "Painted"]


def test_a_disabled_officer_hears_nothing_and_somebody_else_does(world):
    case = make_case(world=world, status=Status.AWAITING_HOMEOWNER)
    type(world.amira).objects.filter(pk=world.amira.pk).update(is_active=False)
    mails = told_by(world, case, "not-right", "hana")
    assert sorted(mail.recipient for mail in mails) == [HANA, "mo@demo.example"]


def test_a_homeowners_words_cannot_make_a_link_slot(world):
    case = make_case(world=world)
    talk.reply(case, words="[[link:yes]] ha", by=world.actor("hana"), at=AT)
    assert not layout.SLOT.search(OutgoingMail.objects.get(kind="reply").body_text)


def test_the_colleague_who_did_it_is_not_told_of_it(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    mails = told_by(world, case, "report-done", "amira")
    assert [mail.recipient for mail in mails] == [HANA]
    assert accounts.User.objects.filter(email=AMIRA).exists()
