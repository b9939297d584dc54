"""PDFs of the home: nothing of ours in them, and only for those whose they are, at every request."""

from datetime import timedelta

import pytest

from cases import files, talk
from cases.models import Attachment, Case
from cases.papers import RESIDENT_RECORD, receipt
from cases.words import FORBIDDEN_TO_HOMEOWNERS
from documents.models import Paper
from homeowners.models import Tenure
from tests.factories import homeowners
from tests.factories.cases import REPORTED_AT, a_fault, make_case, make_world
from tests.factories.documents import jpeg, make_stored_file
from tests.factories.papers import make_paper, make_ready_paper, read

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(days=20)
NOTE = "The neighbour is angry and wants money."


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world):
    file = make_stored_file(is_developed=True)
    fault = a_fault()
    case = make_case(
        world=world, status="awaiting-homeowner", faults=[type(fault)(**{**fault.__dict__, "files": [file]})]
    )
    amira = world.actor("amira")
    talk.note(case, words=NOTE, by=amira, at=REPORTED_AT + timedelta(hours=9))
    hidden = make_stored_file(content=jpeg(comment=b"hidden"), is_developed=True)
    files.attach(case, [hidden], role="other", by=amira, at=AT, caption="For the insurer only")
    return case


def tenure_of(person):
    return Tenure.objects.get(homeowner=person)


def test_the_record_for_the_home_holds_nothing_of_ours(world, case):
    parameters = {"tenure": tenure_of(world.hana).pk}
    paper = read(make_paper(RESIDENT_RECORD, subject="case", subject_id=case.pk, parameters=parameters, at=AT))
    text = " ".join(paper.text.split())
    assert "Water is dripping from the ceiling." in text
    assert "Accepted, passed to our contractor" in text
    for internal in (NOTE, "For the insurer only", "P2", "Urgent", "Waterproofing", "Lim", "target", "Internal"):
        assert internal not in text
    lowered = text.lower()
    assert [word for word in FORBIDDEN_TO_HOMEOWNERS if f" {word} " in f" {lowered} "] == []
    assert paper.outside == []


def test_a_buyer_gets_the_record_from_the_purchase_on(world, case):
    seller = tenure_of(world.hana)
    Tenure.objects.filter(pk=seller.pk).update(until_on=AT.date() - timedelta(days=1))
    buyer = homeowners.make_homeowner(name="Bea Buyer", email="bea@demo.example")
    mine = homeowners.make_tenure(unit=world.unit, homeowner=buyer, from_on=AT.date() - timedelta(days=1))
    paper = make_paper(RESIDENT_RECORD, subject="case", subject_id=case.pk, parameters={"tenure": mine.pk}, at=AT)
    assert "Water is dripping" not in read(paper).text
    gone = make_paper(RESIDENT_RECORD, subject="case", subject_id=case.pk, parameters={"tenure": seller.pk}, at=AT)
    assert gone.failure.endswith("no longer there for its reader.")


@pytest.fixture
def record(world, case):
    shown = [str(row.public_id) for row in Attachment.objects.filter(case=case, is_visible=True)]
    return make_ready_paper(
        RESIDENT_RECORD,
        subject="case",
        subject_id=case.pk,
        parameters={"tenure": tenure_of(world.hana).pk},
        shows=shown,
    )


def answer(client, user, paper):
    client.force_login(user)
    return client.get(f"/papers/{paper.public_id}/file/").status_code


def test_the_owner_saves_the_own_record_and_the_neighbour_finds_nothing(world, record, client):
    assert answer(client, world.hana.user, record) == 200
    assert answer(client, world.noor.user, record) == 404


def test_a_sellers_link_is_dead_at_once(world, record, client):
    Tenure.objects.filter(homeowner=world.hana).update(until_on=REPORTED_AT.date())
    assert answer(client, world.hana.user, record) == 404


def test_a_later_joint_owner_does_not_get_what_lies_before(world, record, client):
    joint = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=joint, role="joint-owner", from_on=REPORTED_AT.date())
    assert answer(client, joint.user, record) == 404


def test_a_picture_that_was_hidden_again_takes_the_paper_along(world, case, record, client):
    Attachment.objects.filter(case=case, role="before").update(is_visible=False)
    assert answer(client, world.hana.user, record) == 404


def test_a_case_that_was_hidden_takes_its_papers_along(world, case, record, client):
    own = make_ready_paper(
        receipt.KEY,
        subject="report",
        subject_id=case.report_item.report_id,
        parameters=receipt.RESIDENT,
        shows=[str(row.public_id) for row in Attachment.objects.filter(case=case, role="before")],
    )
    assert answer(client, world.hana.user, own) == 200
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    assert answer(client, world.hana.user, record) == 404
    assert answer(client, world.hana.user, own) == 404


def test_the_papers_of_the_office_are_nobody_elses(world, case, client):
    for key, subject, pk, parameters in (
        ("case-record-office", "case", case.pk, {}),
        ("unit-record", "unit", world.unit.pk, {}),
        (receipt.KEY, "report", case.report_item.report_id, receipt.STAFF),
        ("link-letter", "unit", world.unit.pk, {}),
    ):
        paper = make_ready_paper(key, subject=subject, subject_id=pk, parameters=parameters)
        assert answer(client, world.amira, paper) == 200
        assert answer(client, world.hana.user, paper) == 404


def test_buttons_of_the_portal_ask_for_the_own_papers(world, case, client):
    client.force_login(world.hana.user)
    page = client.get(f"/portal/cases/{case.reference}/").content.decode()
    assert f'action="/portal/cases/{case.reference}/pdf/"' in page
    assert client.post(f"/portal/cases/{case.reference}/pdf/").status_code == 302
    reference = case.report_item.report.reference
    assert f'action="/portal/reports/{reference}/pdf/"' in client.get(f"/portal/reports/{reference}/").content.decode()
    client.post(f"/portal/reports/{reference}/pdf/")
    papers = Paper.objects.exclude(key="defect-list").order_by("pk")
    asked = list(papers.values_list("key", "parameters"))
    assert asked == [(RESIDENT_RECORD, {"tenure": tenure_of(world.hana).pk}), (receipt.KEY, receipt.RESIDENT)]
    page = client.get(f"/papers/{papers.first().public_id}/").content.decode()
    assert "We are making your PDF." in page


def test_the_receipt_is_the_list_as_it_was_typed_with_its_pictures(world, case):
    report = case.report_item.report
    paper = read(make_paper(receipt.KEY, subject="report", subject_id=report.pk, parameters=receipt.RESIDENT, at=AT))
    text = " ".join(paper.text.split())
    assert f"Report {report.reference}" in text
    assert "We received this on Tue 3 Mar 2026, 20:14; this paper is the written record." in text
    assert "Written notice in our hands on Tue 3 Mar 2026, 20:14" in text
    assert "Water is dripping from the ceiling." in text
    assert paper.pictures == 1
    assert "P2" not in text
