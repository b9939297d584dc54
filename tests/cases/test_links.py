"""Action links of mails: they show, act by POST, and die with their time or the tenure."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.models import LinkToken
from cases import links, talk
from cases.choices import Status
from cases.models import Attachment, Case, CaseEvent
from homeowners import register
from homeowners.models import Homeowner, Tenure
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_report
from tests.factories.documents import make_stored_file
from tests.factories.homeowners import make_homeowner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SENT = REPORTED_AT + timedelta(hours=3)


def address_of(mail, name):
    with time_machine.travel(SENT, tick=False):
        return links.mint(mail, mail.context["links"][name])


def raw_of(mail, name):
    return address_of(mail, name).rstrip("/").rpartition("/")[2]


@pytest.fixture
def case(world):
    return make_case(world=world, status=Status.AWAITING_HOMEOWNER)


@pytest.fixture
def mail(case):
    return OutgoingMail.objects.get(kind="ask-sign-off")


def opened(mail, name="yes", purpose=links.ACTION, at=SENT):
    return links.open_link(raw_of(mail, name), purpose, at=at)


def test_a_link_names_its_person_case_and_action(case, mail, world):
    link = opened(mail)
    assert (link.case, link.action, link.actor.party_id, link.actor.channel) == (case, "confirm", world.hana.pk, "link")


def test_the_token_is_kept_hashed_and_leads_to_our_own_site(mail):
    address = address_of(mail, "yes")
    raw = address.rstrip("/").rpartition("/")[2]
    assert address.startswith(f"{settings.BASE_URL}/portal/act/")
    assert raw not in str(list(LinkToken.objects.values())) + mail.body_text + str(mail.context)


def test_a_link_lives_30_days(mail):
    raw = raw_of(mail, "yes")
    assert links.open_link(raw, links.ACTION, at=SENT + 30 * DAY - timedelta(minutes=1))
    assert links.open_link(raw, links.ACTION, at=SENT + 30 * DAY) is None


def test_a_photo_link_lives_72_hours(case, world):
    talk.send_photo_link(case, by=world.amira.actor(), at=SENT)
    raw = raw_of(OutgoingMail.objects.get(kind="photo-link"), "photos")
    assert links.open_link(raw, links.PHOTOS, at=SENT + timedelta(hours=71))
    assert links.open_link(raw, links.PHOTOS, at=SENT + timedelta(hours=72)) is None


def test_a_link_dies_with_the_tenure(case, mail):
    raw = raw_of(mail, "yes")
    Tenure.objects.update(until_on=SENT.date())
    assert links.open_link(raw, links.ACTION, at=SENT) is None


@pytest.mark.parametrize("email", ["other@demo.example", ""])
def test_a_link_dies_with_the_address_it_went_to(mail, world, email):
    raw = raw_of(mail, "yes")
    Homeowner.objects.filter(pk=world.hana.pk).update(email=email)
    assert links.open_link(raw, links.ACTION, at=SENT) is None


@pytest.mark.parametrize("purpose", [links.ACTION, links.TENANT])
def test_a_corrected_address_ends_the_links_of_the_old_mailbox(case, mail, world, purpose):
    """Whoever shares the account of another person too, who keeps it."""
    make_report(world=world, person=False, claimed_role="tenant")
    mail = {links.ACTION: mail, links.TENANT: OutgoingMail.objects.get(kind="tenant-claim")}[purpose]
    partner = make_homeowner(name="Partner", email=world.hana.email, user=world.hana.user)
    raw, by = raw_of(mail, "yes"), world.amira.actor()
    assert links.open_link(raw, purpose, at=SENT)
    register.change_contact(world.hana, email="right@demo.example", region="MY", by=by, at=SENT)
    assert world.hana.user != partner.user
    assert links.open_link(raw, purpose, at=SENT) is None
    assert links.open_link(raw_of(mail, "yes"), purpose, at=SENT) is None, "a mail that leaves later, too"


def test_a_link_of_a_hidden_case_is_dead(case, mail):
    raw = raw_of(mail, "yes")
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    assert links.open_link(raw, links.ACTION, at=SENT) is None


def test_a_link_is_good_for_its_own_purpose_only(mail):
    raw = raw_of(mail, "yes")
    assert links.open_link(raw, links.PHOTOS, at=SENT) is None
    assert links.open_link("x" * 43, links.ACTION, at=SENT) is None


def state(case):
    return Case.objects.filter(pk=case.pk).values().get(), CaseEvent.objects.count(), AuditEntry.objects.count()


@pytest.mark.parametrize("name", ["yes", "no"])
def test_looking_never_acts_and_pressing_does(client, case, mail, name):
    path = address_of(mail, name).removeprefix(settings.BASE_URL)
    before = state(case)
    with time_machine.travel(SENT + timedelta(hours=1), tick=False):
        for _ in range(2):
            assert client.get(path).status_code == 200
            assert client.head(path).status_code == 200
        assert state(case) == before
        sent = {"answer": name, "seen_version": case.version, "words": "It still drips at night.", "name": "Hana"}
        answer = client.post(path, sent)
    assert answer.status_code == 302
    expected = {"yes": Status.CLOSED_COMPLETE, "no": Status.TO_CHECK}[name]
    assert fresh(case).status == expected


def test_a_dead_link_acts_no_more(client, case, mail):
    path = address_of(mail, "yes").removeprefix(settings.BASE_URL)
    with time_machine.travel(SENT + 31 * DAY, tick=False):
        assert client.get(path).status_code == 404
        assert client.post(path, {"answer": "yes", "seen_version": case.version}).status_code == 404
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_an_answered_question_only_says_where_it_stands(client, case, mail, world):
    from tests.factories.cases import walk

    path = address_of(mail, "no").removeprefix(settings.BASE_URL)
    walk(case, "confirm", world=world, at=SENT)
    with time_machine.travel(SENT + DAY, tick=False):
        sent = {"answer": "no", "seen_version": fresh(case).version, "words": "It still drips."}
        assert client.post(path, sent).status_code == 200
    assert fresh(case).status == Status.CLOSED_COMPLETE


def test_no_page_behind_a_link_gives_a_session(client, case, mail):
    path = address_of(mail, "yes").removeprefix(settings.BASE_URL)
    with time_machine.travel(SENT + timedelta(hours=1), tick=False):
        client.get(path)
        assert client.get(f"/portal/cases/{case.reference}/").status_code != 200


def test_a_tenant_link_opens_for_an_owner_of_today(world):
    make_report(world=world, person=False, claimed_role="tenant")
    raw = raw_of(OutgoingMail.objects.get(kind="tenant-claim"), "yes")
    link = links.open_link(raw, links.TENANT, at=SENT)
    assert (link.report.reporter_name, link.action) == ("Unknown Person", "yes")
    Tenure.objects.update(until_on=SENT.date())
    assert links.open_link(raw, links.TENANT, at=SENT) is None


def test_pictures_sent_by_a_photo_link_land_on_the_case(client, case, world):
    from cases import files

    talk.send_photo_link(case, by=world.amira.actor(), at=SENT)
    link = opened(OutgoingMail.objects.get(kind="photo-link"), "photos", links.PHOTOS)
    files.attach(link.case, [make_stored_file()], role="before", is_visible=True, by=link.actor, at=SENT)
    assert Attachment.objects.filter(case=case, added_by_role="homeowner").count() == 1
