"""The page of one case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import duplicates, holds, intake, talk, verdicts
from cases.choices import Status
from cases.models import Case, CaseEvent, Notice
from tests.desk.case_page.pages import text_of
from tests.factories.accounts import ada
from tests.factories.cases import a_fault, fresh, make_case, make_report, walk
from tests.factories.homeowners import make_homeowner, make_tenure
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db

CASE_QUERIES = 17


def page(client, case, query=""):
    response = client.get(f"/cases/{case.reference}/{query}")
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.parametrize("status", list(Status))
def test_every_state_has_its_page(desk, a_case, world, start, status):
    case = a_case(status) if status != Status.CLOSED_OUT_OF_SCOPE else a_case(Status.IN_REVIEW)

    assert case.reference in page(desk, case)


def test_the_page_tells_what_was_reported_and_by_whom(desk, a_case):
    text = page(desk, a_case(photos=2))

    for words in ("Water is dripping from the ceiling.", "What Hana Yusof reported", "tel:+60", "Covered", "R-"):
        assert words in text
    assert text.count('class="pic"') == 2


def test_any_spelling_leads_to_the_one_we_write(desk, a_case):
    case = a_case()
    number = case.reference.split("-")[1]
    for spelling in (f"krm{number}", f"Krm_{number}", f"krm-0{number}", f"KRM {number}", f"krm/{number}"):
        response = desk.get(f"/cases/{spelling}/")
        assert (response.status_code, response["Location"]) == (302, f"/cases/{case.reference}/"), spelling
    response = desk.get(f"/cases/krm{number}/edit/?queue=new")
    assert response["Location"] == f"/cases/{case.reference}/edit/?queue=new"


@pytest.mark.parametrize("path", ["KRM-999999", "nonsense", "KRM-1%00", "R-1"])
def test_an_unknown_case_is_missing(desk, a_case, path):
    a_case()

    assert desk.get(f"/cases/{path}/").status_code == 404


def test_a_case_of_another_development_is_missing_like_an_unknown_one(world, client_for, a_case):
    case = a_case()
    limit_officer(world.amira, make_development(code="TJM"))
    client = client_for(world.amira)
    for part in ("", "edit/", "moves/accept/", "messages/", "calls/", "files/"):
        assert client.get(f"/cases/{case.reference}/{part}").status_code == 404
        if part:
            assert client.post(f"/cases/{case.reference}/{part}").status_code == 404


def test_the_page_is_the_offices_and_only_the_desk_acts(world, client_for, a_case):
    case = a_case()
    for stranger in (world.hana.user, world.company.contacts.get().user):
        assert client_for(stranger).get(f"/cases/{case.reference}/").status_code == 403
    reader = client_for(ada())
    text = reader.get(f"/cases/{case.reference}/").content.decode()
    assert "Update resident" not in text
    for part in ("moves/accept/", "edit/", "messages/", "replies/read/"):
        assert reader.post(f"/cases/{case.reference}/{part}").status_code == 403


def test_opening_the_page_changes_nothing(desk, a_case, world, start):
    case = a_case()
    talk.reply(case, words="Is there any news?", by=world.actor("hana"), at=start + timedelta(hours=1))
    before = CaseEvent.objects.count()

    page(desk, case)

    assert fresh(case).has_unread_reply
    assert fresh(case).version == case.version
    assert CaseEvent.objects.count() == before


def test_mark_read_takes_the_reply_out_of_the_queue(desk, a_case, world, start):
    case = a_case()
    talk.reply(case, words="Is there any news?", by=world.actor("hana"), at=start + timedelta(hours=1))

    response = desk.post(f"/cases/{case.reference}/replies/read/", {"idempotency_key": "k"})

    assert response.status_code == 302
    assert not fresh(case).has_unread_reply
    assert "Mark read" not in page(desk, case)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_is_flat(desk, a_case, world, start, queries, rows):
    case = a_case(Status.WITH_CONTRACTOR, photos=rows)
    for number in range(rows):
        at = start + timedelta(hours=4, minutes=number)
        talk.update(case, words=f"News number {number}", by=world.actor("amira"), at=at)
        talk.note(case, words="Only for us", by=world.actor("amira"), at=at)
    page(desk, case)

    with queries(CASE_QUERIES):
        page(desk, case)
    with queries(CASE_QUERIES + 1):
        page(desk, case, "?queue=new")


def test_the_story_can_be_read_by_part(desk, a_case, world):
    case, at = a_case(), timezone.now()
    talk.note(case, words="The neighbour had this too", by=world.actor("amira"), at=at)
    talk.update(case, words="Dear Hana, we come tomorrow", by=world.actor("amira"), at=at)

    everything, with_hana, notes = (page(desk, case, query) for query in ("", "?story=talk", "?story=notes"))

    assert "The neighbour had this too" in everything
    assert "we come tomorrow" in everything
    assert "The neighbour had this too" not in with_hana.split('id="story"')[1]
    assert "we come tomorrow" not in notes.split('id="story"')[1]


def test_old_entries_are_folded_and_counted(desk, a_case, world, start):
    case = a_case()
    for number in range(12):
        talk.note(case, words=f"Note {number}", by=world.actor("amira"), at=start + timedelta(minutes=number))

    assert "Show 5 earlier entries, back to" in page(desk, case)


def test_a_case_in_the_same_place_is_named_once(desk, a_case):
    first, second = a_case(), a_case()

    open_one = text_of(desk.get(f"/cases/{second.reference}/"))
    assert f"Looks related: {first.reference}" in open_one
    assert "is open in the same place" not in open_one

    Case.objects.filter(pk=first.pk).update(status="closed-complete", closed_at=timezone.now(), ball="nobody")
    closed_one = text_of(desk.get(f"/cases/{second.reference}/"))
    assert f"{first.reference}, same place, repaired" in closed_one
    assert "Looks related" not in closed_one


def test_a_likely_duplicate_is_shown_with_the_way_to_join(desk, a_case, world, start):
    other = make_case(world=world, at=start - timedelta(days=3))
    case = a_case()
    assert duplicates.likely(case) == [other]

    text = page(desk, case)

    assert f"/moves/close-other/?reason=duplicate&amp;duplicate_of={other.reference}" in text


def test_pictures_of_a_joined_report_stand_with_the_survivors(desk, a_case, world, start):
    kept = make_case(world=world, at=start - timedelta(days=1), faults=[a_fault(photos=1)])
    case = a_case(photos=2)
    data = {"seen_version": case.version, "reason": "duplicate", "duplicate_of": kept.reference, "words": ""}
    assert desk.post(f"/cases/{case.reference}/moves/close-other/", data).status_code == 302

    text = page(desk, kept)

    assert text.count('class="pic"') == 3
    assert f'href="/cases/{case.reference}/"' in text


def test_a_queue_shows_its_place_and_its_neighbours(desk, world, start):
    cases = [make_case(world=world, at=start + timedelta(hours=number)) for number in range(3)]
    first, second, third = sorted(cases, key=lambda case: (case.clock_due_at, case.pk))

    text = page(desk, second, "?queue=new")

    assert "2 of 3 in New" in text
    assert f"/cases/{first.reference}/?queue=new" in text
    assert f"/cases/{third.reference}/?queue=new" in text
    assert "in New" not in page(desk, second, "?queue=password")


def test_save_and_next_goes_on_in_the_queue(desk, world, start):
    cases = [make_case(world=world, at=start + timedelta(hours=number)) for number in range(2)]
    first, second = sorted(cases, key=lambda case: (case.clock_due_at, case.pk))

    data = {"kind": "update", "words": "Dear Hana, I look into it.", "queue": "new", "then": "next"}
    response = desk.post(f"/cases/{first.reference}/messages/", data)
    last = desk.post(f"/cases/{second.reference}/messages/", data)

    assert response["Location"] == f"/cases/{second.reference}/?queue=new"
    assert last["Location"] == "/my-day/?done=new"


def test_a_new_owner_is_the_person_of_the_page(desk, a_case, world):
    case, today = a_case(), timezone.now().date()
    held = world.unit.tenures.get(homeowner=world.hana)
    held.until_on = today - timedelta(days=1)
    held.save()
    make_tenure(unit=world.unit, homeowner=make_homeowner(name="Farid Aziz"), from_on=today - timedelta(days=1))

    text = page(desk, case)

    assert "What Hana Yusof reported" in text
    assert "Owner of A-12-3" in text
    assert text.count("Farid Aziz") >= 2


def test_who_reported_is_not_known_yet(desk, world, start):
    report = make_report(world=world, person=False, at=start, channel="link", faults=[a_fault(kind="SHOCK")])
    case = report.items.get().case

    assert "Nobody has checked yet who Unknown Person is" in page(desk, case)


def test_cover_when_received_stands_beside_the_answer_of_today(desk, a_case, world, start):
    case = a_case()
    assert "Same answer as on the day it was received" in page(desk, case)

    case.received_at = start - timedelta(days=4 * 365)
    verdicts.record(case, why="received date changed", by=world.actor("amira"), at=timezone.now())

    text = page(desk, case)
    assert "Cover not started" in text
    assert "When received" in text
    assert "Asked again: received date changed." in text


def test_a_hold_shows_paused_days_and_what_never_pauses(desk, a_case, world, start):
    case = a_case(Status.IN_REVIEW)
    until = timezone.now() + timedelta(days=3)
    holds.hold(
        case, reason="material", until_at=until, words="", by=world.actor("amira"), at=start + timedelta(hours=5)
    )

    text = page(desk, case)

    assert "On hold until" in text
    assert "1 day paused" in text
    assert "due-paused" in text


def test_why_this_priority_is_said(desk, a_case):
    case = a_case(location="LIV", kind="LEAK", answers={})
    case.priority_reasons = ["Water near a socket: raised to P1."]
    case.save(update_fields=["priority_reasons"])

    assert "Water near a socket: raised to P1." in page(desk, case)


def test_the_receipt_of_the_report_stands_where_it_was_entered(desk, world, start):
    make_report(world=world, at=start, faults=[a_fault(), a_fault(words="The other wall is wet too.")])
    for case in Case.objects.all():
        assert "Hana Yusof, e-mail" in page(desk, case)


def test_a_receipt_on_paper_is_done_from_the_case_that_shows_it(desk, world, start):
    world.hana.prefers_letter = True
    world.hana.save()
    make_report(world=world, at=start)
    case, notice = Case.objects.get(), Notice.objects.get(report__isnull=False)
    assert "Hana Yusof, letter or phone to do" in page(desk, case)

    other = make_case(world=world, at=start, unit=world.next_door, person=world.noor)
    assert desk.post(f"/cases/{other.reference}/notices/{notice.pk}/done/").status_code == 404
    assert desk.post(f"/cases/{case.reference}/notices/{notice.pk}/done/").status_code == 302

    notice.refresh_from_db()
    assert notice.done_by_name == "Amira Rahman"


def test_who_confirmed_a_reporter_did_not_enter_the_report(desk, world, start):
    report = make_report(world=world, at=start, person=False, name="Zed Tan", channel="link")
    intake.verify(report, world.hana, how=["phone"], by=world.actor("mo"), at=start + timedelta(hours=1))
    text = page(desk, Case.objects.get())
    assert "Zed Tan" in text.split("entered the report")[0][-200:]
    assert "known since Mo Tan confirmed who reported" in text


def test_what_the_contractor_has_not_said_yet_reads_as_a_sentence(desk, a_case):
    text = page(desk, a_case(Status.WITH_CONTRACTOR))
    assert "Lim has not accepted it yet. Due" in text
    assert "please accept" not in text.lower()


def test_what_the_homeowner_picked_reaches_the_officer(desk, world):
    report = make_report(world=world, faults=[a_fault(kind="", tile="window", words="It rattles at night.")])
    case = report.items.get().case
    assert "Picked: <b>Window</b>" in page(desk, case)


def test_the_main_button_fits_a_repair_that_is_not_right(desk, a_case, world):
    case = a_case(Status.AWAITING_HOMEOWNER, photos=1)
    walk(case, "not-right", world=world, at=timezone.now(), by=world.actor("hana"))
    acts = desk.get(f"/cases/{case.reference}/").context["actions"]
    assert "/moves/send-back/" in acts.main.url
    assert "/moves/ask-sign-off/" in acts.second.url


def test_the_main_button_of_a_case_on_hold_resumes_it(desk, a_case, world):
    case = a_case(Status.WITH_CONTRACTOR)
    by, at = world.actor("amira"), timezone.now()
    holds.hold(case, reason="material", until_at=at + timedelta(days=4), words="", by=by, at=at)
    acts = desk.get(f"/cases/{case.reference}/").context["actions"]
    assert acts.main.url.endswith("/resume/")
    assert acts.main not in acts.everyday
