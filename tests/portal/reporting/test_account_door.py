"""A signed-in person's report: whose draft it is, how long it lasts, and nobody else's business."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import drafts
from cases.models import DraftPhoto, Report, ReportDraft
from homeowners.models import Tenure
from portal.reporting import passes
from tests.factories import accounts, documents
from tests.factories import homeowners as people
from tests.portal.reporting.taps import START, WORDS, begin, describe, draft, send, words

pytestmark = pytest.mark.django_db


def test_one_home_goes_straight_on_to_the_rooms(hana):
    page = hana.get(START)

    assert "Where is it?" in words(page)
    assert "Home A-12-3" in words(page)
    assert not ReportDraft.objects.exists()


def test_several_homes_are_asked_for(hana, world):
    people.make_tenure(unit=world.next_door, homeowner=world.hana, role="joint-owner")
    page = hana.get(START)

    assert "Which home is it?" in words(page)
    chosen = page.context["choices"][1]["url"]
    assert chosen == "/portal/report/?home=KRM-A-12-4"
    begin(hana, chosen)
    assert draft().unit == world.next_door


def test_an_account_without_a_home_is_told_whom_to_call(client_for, world):
    page = client_for(accounts.farid()).get(START)

    assert "No home is linked to your account" in words(page)


def test_a_home_of_somebody_else_is_not_offered(hana, world):
    assert "Which home is it?" in words(hana.get(f"{START}?home=KRM-A-12-4"))
    hana.post(f"{START}?home=KRM-A-12-4", {"room": "MBA"})
    assert not ReportDraft.objects.exists()


def test_a_room_that_the_home_cannot_have_begins_nothing_but_the_draft(hana):
    assert hana.post(START, {"room": "NO-SUCH"})["Location"] == f"{START}?home=KRM-A-12-3"
    assert hana.post(START, {"room": "LIFT"})["Location"] == f"{START}?home=KRM-A-12-3"


def test_a_management_body_reports_common_places(client_for, world):
    body, area = people.make_management_body(development=world.development, email="jmb@demo.example")
    page = client_for(body.user).get(START)

    places = page.context["places"]
    assert {place.group for place in [*places.first, *places.more]} == {"common"}
    assert "Where in the common area?" in words(page)


@pytest.mark.parametrize("role", ["tenant", "representative", "joint-owner"])
def test_everybody_who_holds_the_home_reports(client_for, world, role):
    person = people.make_homeowner(name="Tariq Aziz", email="tariq@demo.example")
    people.make_tenure(unit=world.unit, homeowner=person, role=role)
    browser = client_for(person.user)

    send(browser, describe(browser))
    assert Report.objects.get().reporter == person


@pytest.mark.parametrize("page", ["", "1/", "1/room/", "review"])
def test_the_draft_of_another_person_is_not_there(hana, client_for, world, page):
    describe(hana)
    address = f"{START}{draft().key}/{page}".replace("review", "")
    noor = client_for(world.noor.user)

    assert noor.get(address).status_code == 404
    assert noor.post(address, {"words": "mine now"}).status_code == 404
    assert draft().items.get().words == WORDS


def test_the_draft_of_a_joint_owner_is_not_shared(hana, client_for, world):
    review = describe(hana)
    spouse = people.make_homeowner(name="Imran Yusof", email="imran@demo.example")
    people.make_tenure(unit=world.unit, homeowner=spouse, role="joint-owner")
    browser = client_for(spouse.user)

    assert browser.get(review).status_code == 404
    assert browser.get(START).context["resume"] is None


@pytest.mark.parametrize("page", ["save/", "discard/", "1/save/", "1/photos/"])
def test_what_changes_the_draft_of_another_person_is_not_there_either(hana, client_for, world, page):
    describe(hana)
    answer = client_for(world.noor.user).post(f"{START}{draft().key}/{page}", {"words": "mine now"})

    assert answer.status_code == 404
    assert ReportDraft.objects.filter(user=world.hana.user).count() == 1


def test_a_picture_of_another_draft_is_not_there(hana, client_for, world):
    describe(hana, photos=[documents.sent(documents.jpeg())])
    photo = DraftPhoto.objects.get()
    noor = client_for(world.noor.user)
    describe(noor)

    own = f"{START}{photo.item.draft.key}/photos/{photo.file.public_id}/"
    assert hana.get(own).status_code == 200
    assert noor.get(own).status_code == 404
    assert noor.get(f"{START}{draft().key}/photos/{photo.file.public_id}/").status_code == 404


def test_who_lost_the_home_loses_the_draft_at_once(hana, world):
    review = describe(hana)
    Tenure.objects.filter(homeowner=world.hana).update(until_on=timezone.now().date() - timedelta(days=2))

    assert hana.get(review).status_code == 404
    assert send(hana, review).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize("person", ["amira", "lim"])
def test_other_roles_have_no_report_pages(client_for, world, person):
    user = world.amira if person == "amira" else accounts.make_user(role="contractor")

    assert client_for(user).get(START).status_code == 403


def test_a_draft_outlives_the_sign_out(hana, client_for, world):
    describe(hana)
    hana.logout()
    again = client_for(world.hana.user)
    card = again.get(START).context["resume"]

    assert "with 1 defect." in card.words
    assert WORDS in words(again.get(card.url))


def test_a_form_sent_after_the_session_ended_is_kept_with_its_pictures(hana, client_for, world):
    address = begin(hana)
    pass_ = passes.pass_of(draft())
    hana.logout()
    answer = hana.post(
        address, {"go": "next", "words": WORDS, "pass": pass_, "photos": [documents.sent(documents.jpeg())]}
    )

    assert answer["Location"] == f"/sign-in/?next={address}"
    item = draft().items.get()
    assert (item.words, item.photos.count()) == (WORDS, 1)


@pytest.mark.parametrize("text", ["", "forged", "of another draft"])
def test_without_the_right_pass_nothing_is_kept(hana, client_for, world, text):
    address = begin(hana)
    if text == "of another draft":
        begin(client_for(world.noor.user))
        text = passes.pass_of(draft())
    hana.logout()
    answer = hana.post(address, {"words": WORDS, "pass": text})

    assert answer["Location"] == "/sign-in/"
    assert not ReportDraft.objects.filter(items__words=WORDS).exists()


def test_a_pass_sends_nothing(hana):
    review = describe(hana)
    pass_ = passes.pass_of(draft())
    hana.logout()
    send(hana, review, **{"pass": pass_, "access_wishes": "Ring first."})

    assert draft().access_wishes == "Ring first."
    assert not Report.objects.exists()


def test_the_next_defect_joins_the_same_draft(hana):
    describe(hana)
    describe(hana, room="KIT", part="tap")

    assert ReportDraft.objects.count() == 1
    assert list(draft().items.values_list("position", "location_id")) == [(1, "MBA"), (2, "KIT")]


def test_another_room_tapped_at_once_makes_no_second_defect(hana):
    begin(hana, room="MBA")
    begin(hana, room="KIT")

    assert [item.location_id for item in draft().items.all()] == ["KIT"]


def test_a_draft_can_be_thrown_away_with_its_pictures(hana):
    describe(hana, photos=[documents.sent(documents.jpeg())])
    hana.post(hana.get(START).context["resume"].discard_url)

    assert not ReportDraft.objects.exists()
    assert hana.get(START).context["resume"] is None


def test_the_card_of_the_portal_home_counts_what_was_said(hana, world):
    assert drafts.of_user(world.hana.user) is None
    begin(hana)
    assert drafts.of_user(world.hana.user) is None
    describe(hana)
    describe(hana, part="", kind="")

    assert drafts.of_user(world.hana.user).begun == 2
    assert drafts.of_user(world.hana.user, world.next_door) is None
    assert drafts.of_user(world.noor.user) is None


def test_a_sent_draft_leads_to_its_receipt(hana):
    review = describe(hana)
    receipt = send(hana, review)["Location"]

    assert hana.get(review)["Location"] == receipt
    assert hana.post(f"{review}save/", {"access_wishes": "late"}).status_code == 410
    assert hana.post(f"{review}1/photos/", {}).status_code == 410
