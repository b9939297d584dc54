"""A report by the link of a home, without an account: little is shown, everything is bounded."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases import link_drafts
from cases.models import Case, DraftPhoto, Report, ReportDraft
from ledger.actors import SYSTEM
from outbox.models import OutgoingMail
from tests.factories import documents
from tests.factories import units as make_units
from tests.portal.reporting.taps import TOM, WORDS, begin, describe, draft, send, words
from units import report_links

pytestmark = pytest.mark.django_db


def test_the_page_names_the_home_and_no_person(client, world, link):
    page = words(client.get(link))

    assert "A-12-3" in page
    assert "Hana" not in page
    assert "Amira" not in page
    assert world.development.office_phone in page


@pytest.mark.parametrize("page", ["", "review/", "1/", "1/room/", "sent/"])
def test_a_forged_link_is_a_kind_404(client, world, page):
    answer = client.get(f"/report/not-a-token/{page}")

    assert answer.status_code == 404
    assert "This link no longer works" in words(answer)
    assert world.development.office_phone in words(answer)
    assert world.development.emergency_phone in words(answer)


@pytest.mark.parametrize("page", ["save/", "discard/", "1/save/", "1/photos/", "", "1/"])
def test_nothing_is_taken_by_a_revoked_link(client, world, link, page):
    begin(client, link)
    report_links.revoke(world.unit, by=SYSTEM, at=timezone.now())
    answer = client.post(f"{link}{page}", {"room": "KIT", "words": WORDS})

    assert answer.status_code == 404
    assert [row.name for row in answer.context["offices"]] == ["Kerinci Residences"]
    assert draft().items.get().words == ""


def test_the_draft_of_one_browser_is_not_shown_to_another(client, link):
    review = describe(client, link, photos=[documents.sent(documents.jpeg())])
    photo = f"{link}photos/{DraftPhoto.objects.get().file.public_id}/"
    assert WORDS in words(client.get(review))
    assert client.get(photo).status_code == 200

    stranger = Client()
    assert stranger.get(review)["Location"] == link
    assert stranger.get(photo)["Location"] == link
    assert stranger.get(link).context["resume"] is None
    begin(stranger, link)
    assert WORDS not in words(stranger.get(f"{link}1/"))
    assert stranger.get(photo).status_code == 404


def test_a_forged_cookie_opens_nothing(client, link):
    describe(client, link)
    stranger = Client()
    stranger.cookies["report"] = str(draft().key)

    assert stranger.get(f"{link}review/")["Location"] == link


def test_the_cookie_of_one_home_opens_nothing_at_another(client, world, link):
    describe(client, link)
    next_door = f"/report/{report_links.token(world.next_door)}/"
    stranger = Client()
    stranger.cookies["report"] = client.cookies["report"].value

    assert stranger.get(f"{next_door}review/")["Location"] == next_door


def test_the_draft_of_a_signed_in_person_has_no_link_page(client, world, link):
    review = describe(client, link)
    ReportDraft.objects.update(user=world.hana.user)

    assert client.get(review).status_code == 302
    assert client.get(link).context["resume"] is None


def test_a_stranger_sends_and_reads_the_number_and_nothing_else(client, link):
    receipt = client.get(send(client, describe(client, link), **TOM)["Location"])
    report = Report.objects.get()

    assert report.reference in words(receipt)
    assert "We check first who reported it" in words(receipt)
    assert not report.is_verified
    assert not Case.objects.exists()
    assert "Hana" not in words(receipt)
    assert "Amira" not in words(receipt)


def test_the_receipt_does_not_tell_whether_the_register_knows_the_reporter(client, world, link):
    known = {"reporter_name": "Hana Yusof", "reporter_email": "hana@demo.example", "claimed_role": "owner"}
    mine = words(client.get(send(client, describe(client, link), **known)["Location"]))
    stranger = Client()
    theirs = words(stranger.get(send(stranger, describe(stranger, link), **TOM)["Location"]))

    first, second = Report.objects.order_by("pk")
    assert (first.is_verified, second.is_verified) == (True, False)
    assert body(mine).replace(first.reference, "") == body(theirs).replace(second.reference, "")


def body(page):
    return page[page.index("<main") : page.index("</main>")]


def test_the_receipt_is_only_for_the_browser_that_sent_it(client, link):
    receipt = send(client, describe(client, link), **TOM)["Location"]

    assert Client().get(receipt)["Location"] == link


def test_a_tenant_gets_a_receipt_without_owner_data_and_the_owner_is_asked(client, link):
    send(client, describe(client, link), **TOM)

    receipt = OutgoingMail.objects.get(recipient="tom@example.com")
    assert "Hana" not in receipt.body_text
    assert "hana@" not in receipt.body_text
    assert OutgoingMail.objects.get(recipient="hana@demo.example").subject.startswith("Is this your tenant?")


def test_a_danger_goes_on_at_once(client, link):
    address = begin(client, link)
    client.post(address, {"part": "ceiling"})
    client.post(address, {"kind": "LEAK"})
    review = client.post(address, {"go": "next", "words": WORDS, "q-near-power": "yes"})["Location"]
    send(client, review, **TOM)

    assert Case.objects.get().priority_id == "P1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reporter_name": ""}, "reporter_name"),
        ({"reporter_email": ""}, "reporter_email"),
        ({"reporter_email": "no address"}, "reporter_email"),
        ({"reporter_email": "", "reporter_phone": "call me"}, "reporter_phone"),
        ({"claimed_role": "the king"}, "claimed_role"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_kept(client, link, change, field):
    review = describe(client, link)
    answer = send(client, review, **{**TOM, "access_wishes": "Ring twice.", **change})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Ring twice." in words(client.get(review))
    assert not Report.objects.exists()


def test_a_phone_number_is_enough(client, link):
    facts = {**TOM, "reporter_email": "", "reporter_phone": "012-345 6780"}
    send(client, describe(client, link), **facts)

    assert Report.objects.get().reporter_phone == "+60123456780"


def test_one_address_begins_only_so_many_reports_an_hour(link):
    answers = [Client().post(link, {"room": "MBA"}).status_code for _ in range(link_drafts.PER_ADDRESS + 2)]

    assert answers == [302] * link_drafts.PER_ADDRESS + [429, 429]
    assert ReportDraft.objects.count() == link_drafts.PER_ADDRESS
    refused = Client().post(link, {"room": "MBA"})
    assert "Too many reports were begun here" in words(refused)
    ReportDraft.objects.update(started_at=timezone.now() - timedelta(minutes=61))
    assert Client().post(link, {"room": "MBA"}).status_code == 302


def test_many_addresses_cannot_flood_one_home(link):
    for number in range(link_drafts.PER_HOME):
        Client(REMOTE_ADDR=f"10.0.0.{number}").post(link, {"room": "MBA"})

    assert Client(REMOTE_ADDR="10.0.9.9").post(link, {"room": "MBA"}).status_code == 429


def test_one_network_counts_as_one_address(world, link):
    next_door = f"/report/{report_links.token(world.next_door)}/"
    for number in range(link_drafts.PER_ADDRESS):
        Client(REMOTE_ADDR=f"2001:db8::{number:x}").post(link, {"room": "MBA"})

    assert Client(REMOTE_ADDR="2001:db8::ffff").post(next_door, {"room": "MBA"}).status_code == 429


def test_a_signed_in_person_is_not_counted(hana, link):
    for _ in range(link_drafts.PER_ADDRESS):
        Client().post(link, {"room": "MBA"})

    assert hana.post("/portal/report/", {"room": "MBA"}).status_code == 302


def test_a_browser_with_a_draft_adds_to_it_whatever_the_hour_holds(client, link):
    describe(client, link)
    for number in range(link_drafts.PER_HOME):
        Client(REMOTE_ADDR=f"10.0.0.{number}").post(link, {"room": "MBA"})

    assert client.post(link, {"room": "KIT"}).status_code == 302


def test_pictures_of_a_stranger_are_bounded_before_they_are_looked_at(client, link):
    address = begin(client, link)
    ReportDraft.objects.update(photos_taken=link_drafts.MOST_PHOTOS)
    answer = client.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg())})

    assert answer.status_code == 422
    assert "At most 60 pictures" in answer.json()["error"]
    form = client.post(address, {"go": "next", "words": WORDS, "photos": [documents.sent(documents.jpeg())]})
    assert form.status_code == 422
    assert "photos" in form.context["form"].errors
    assert not DraftPhoto.objects.exists()
    assert draft().items.get().words == WORDS


def test_defects_of_a_stranger_are_bounded(client, link, monkeypatch):
    monkeypatch.setattr("cases.drafts.MOST_ITEMS_BY_LINK", 2)
    describe(client, link)
    describe(client, link)
    answer = client.post(link, {"room": "KIT"})

    assert answer.status_code == 422
    assert "at most 2 defects" in words(answer)


def test_each_taken_picture_counts_also_when_it_is_removed(client, link):
    address = begin(client, link)
    kept = client.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg())}).json()["id"]
    client.post(f"{address}save/", {"photos-remove": kept})

    assert draft().photos_taken == 1
    assert not DraftPhoto.objects.exists()


def test_a_stranger_reads_no_date_of_the_home(client, link, world):
    marks = {"types": ["SCRATCH"], "is_snag_only": True}
    make_units.assign_policy(make_units.make_policy(rules=[marks, {"code": "all"}]), world.unit)
    address = begin(client, link)
    client.post(address, {"part": "wall"})
    client.post(address, {"kind": "SCRATCH"})
    said = client.get(address).context["cover"]

    assert said == "Faults of this kind are not always part of the cover (defect liability period) of a home."


def test_a_stranger_is_told_that_cover_may_have_ended(client, world):
    old = make_units.make_unit(development=world.development, number="B-1")
    make_units.hand_over(old, date(2020, 7, 24))
    address = begin(client, f"/report/{report_links.token(old)}/")
    client.post(address, {"part": "wall"})
    client.post(address, {"kind": "PAINT"})

    said = client.get(address).context["cover"]
    assert said == "The cover (defect liability period) of this home for such a fault may have ended."


def test_who_is_signed_in_and_holds_the_home_reports_by_account(hana, client_for, world, link):
    assert hana.get(link)["Location"] == "/portal/report/?home=KRM-A-12-3"
    assert client_for(world.noor.user).get(link).status_code == 200
