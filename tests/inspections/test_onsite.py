"""The page on site in both rooms: what it shows whom, what its plain forms do, how a script's repeats are answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.phones import display
from cases.choices import Status
from contractors.models import Appointment
from documents.models import StoredFile
from inspections import checklists, findings
from inspections.choices import VisitState
from inspections.findings import Act
from inspections.models import Visit, VisitFound, VisitItem, VisitShot
from ledger.models import Press
from tests.factories import contractors
from tests.factories.cases import make_case, make_world
from tests.factories.documents import jpeg
from tests.factories.inspections import OPENS, by_company, make_visit
from tests.factories.videos import mp4

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(minutes=30)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world):
    return make_case(world=world, status=Status.WITH_CONTRACTOR)


@pytest.fixture
def visit(world, case):
    return make_visit(world=world, cases=[case], kind="rectification", invited=[by_company(world)])


@pytest.fixture(autouse=True)
def on_site():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office(client_for, world):
    return client_for(world.amira)


@pytest.fixture
def lim(client_for, world):
    return client_for(User.objects.get(email="lim@demo.example"))


def photo(name="photo.jpg"):
    return SimpleUploadedFile(name, jpeg(), content_type="image/jpeg")


def desk(visit, page=""):
    return f"/inspections/{visit.reference}/on-site/{page}"


def jobs(visit, page=""):
    return f"/jobs/visits/{visit.reference}/{page}"


def fetched(client, address, **data):
    return client.post(address, data, headers={"X-Requested-With": "fetch"})


def test_both_rooms_show_the_visit(office, lim, visit, case):
    for client, address in ((office, desk(visit)), (lim, jobs(visit))):
        page = client.get(address)
        assert page.status_code == 200
        assert case.title in page.content.decode()


def test_each_side_keeps_to_its_room(office, lim, visit, client_for, world):
    assert lim.get(desk(visit)).status_code == 403
    assert office.get(jobs(visit)).status_code == 403
    hana = client_for(world.hana.user)
    assert {hana.get(desk(visit)).status_code, hana.get(jobs(visit)).status_code} == {403}


def test_another_company_and_an_ended_appointment_find_no_visit(client_for, visit, world, lim):
    otto = contractors.otto(development=world.development)
    assert client_for(otto.user).get(jobs(visit)).status_code == 404
    Appointment.objects.filter(company=world.company).update(until_on=OPENS.date())
    for page in ("", "answer/", "photo/", "found/"):
        send = lim.post if page else lim.get
        assert send(jobs(visit, page)).status_code == 404, page


def test_a_company_sees_and_answers_only_its_own_cases(lim, office, world, case, visit):
    other = make_case(world=world)
    visit.cases.add(other)
    page = lim.get(jobs(visit)).content.decode()
    assert (f"item-{case.reference}" in page, f"item-{other.reference}" in page) == (True, False)
    assert lim.post(jobs(visit, "answer/"), {"case": other.reference, "answer": "ok"}).status_code == 404
    assert office.post(desk(visit, "answer/"), {"case": other.reference, "answer": "ok"}).status_code == 302


def test_a_company_reads_no_finding_of_the_office(lim, office, visit, case):
    office.post(
        desk(visit, "answer/"), {"case": case.reference, "answer": "not-ok", "why": "parts", "words": "Botched"}
    )
    assert "Botched" not in lim.get(jobs(visit)).content.decode()
    lim.post(jobs(visit, "answer/"), {"case": case.reference, "answer": "ok", "words": "Sealed anew"})
    assert "Sealed anew" in office.get(desk(visit)).content.decode()


def test_the_plain_form_saves_answer_and_pictures(office, visit, case):
    given = {"case": case.reference, "answer": "ok", "words": "Dry", "photo": [photo(), photo("b.jpg")]}
    answer = office.post(desk(visit, "answer/"), given)
    assert answer.url == desk(visit) + f"#item-{case.reference}"
    assert (VisitItem.objects.get().words, VisitShot.objects.count()) == ("Dry", 2)


def test_what_was_typed_comes_back_with_the_reason(office, visit, case):
    answer = office.post(desk(visit, "answer/"), {"case": case.reference, "answer": "not-ok", "words": "Still wet"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose why it is not OK." in page
    assert "Still wet" in page


def test_twenty_equal_sends_leave_one_of_everything(lim, visit, case):
    key, picture, new = (str(uuid4()) for _number in range(3))
    for _number in range(20):
        given = {"case": case.reference, "answer": "ok", "idempotency_key": key}
        assert fetched(lim, jobs(visit, "answer/"), **given).json()["saved_at"] == "09:30"
        given = {"case": case.reference, "only": "1", "idempotency_key": picture, "photo": photo()}
        assert fetched(lim, jobs(visit, "photo/"), **given).status_code == 200
        given = {"found-location": "MBA", "found-words": "Loose socket", "photo": photo(), "idempotency_key": new}
        assert fetched(lim, jobs(visit, "found/"), **given).status_code == 200
    assert (VisitItem.objects.count(), VisitShot.objects.count(), VisitFound.objects.count()) == (1, 1, 1)
    assert StoredFile.objects.count() == 2
    assert Press.objects.filter(key__in=[key, new]).count() == 2


def test_a_refused_act_tells_the_script_why_and_leaves_nothing(lim, visit):
    answer = fetched(lim, jobs(visit, "found/"), **{"found-words": "Loose", "photo": photo()})
    assert (answer.status_code, answer.json()) == (422, {"error": "Choose the room.", "again": False})
    assert not StoredFile.objects.exists()


def test_a_new_defect_is_named_to_the_company_that_saw_it_and_to_no_resident(lim, office, visit):
    lim.post(jobs(visit, "found/"), {"found-location": "MBA", "found-words": "Loose socket"})
    new = VisitFound.objects.get().case
    assert "noted, the office has it" in lim.get(jobs(visit)).content.decode()
    assert "the resident does not see it yet" in office.get(desk(visit)).content.decode()
    assert not new.is_visible


def test_people_tick_each_other_in_without_a_script(lim, visit):
    home, company = visit.parties.get(kind="homeowner"), visit.parties.get(kind="company")
    given = {"party": [home.pk, company.pk], "here": [company.pk], f"name-{company.pk}": "Wei Ming"}
    lim.post(jobs(visit, "here/"), given)
    home.refresh_from_db()
    company.refresh_from_db()
    assert (home.attended_at, company.attended_at, company.name) == (None, AT, "Wei Ming (Lim)")
    assert lim.post(jobs(visit, "here/"), {"party": "99999999"}).status_code == 404


def test_nobody_home_needs_the_picture_and_ends_the_visit(lim, visit):
    given = {"door-arrived": "09:10", "door-called": "Hana, no answer", "seen_version": visit.version}
    assert fetched(lim, jobs(visit, "nobody-home/"), **given).json()["error"] == "Add a picture of the door."
    fetched(lim, jobs(visit, "nobody-home/"), **given, photo=photo())
    assert Visit.objects.get(pk=visit.pk).state == VisitState.NO_ACCESS


def test_ticks_count_and_are_taken_back(office, visit, case):
    sheets = checklists.sheets_of(visit, [case])
    first = sheets.rows[0].points[0].row
    told = fetched(office, desk(visit, "tick/"), point=first.pk, ticked=first.pk).json()
    assert told["percent"] == 100 // sheets.total
    assert fetched(office, desk(visit, "tick/"), point=first.pk).json()["percent"] == 0
    assert office.post(desk(visit, "tick/"), {"point": "99999999"}).status_code == 404


def test_the_name_and_phone_of_the_home_go_with_the_booking(lim, visit, world):
    assert display(world.hana.phone) in lim.get(jobs(visit)).content.decode()
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.DONE, ended_at=AT)
    page = lim.get(jobs(visit)).content.decode()
    assert world.hana.phone not in page
    assert display(world.hana.phone) not in page
    assert world.hana.name not in page


def test_a_picture_is_shown_to_its_own_side_and_the_office(lim, office, visit, case, world, client_for):
    office.post(desk(visit, "photo/"), {"case": case.reference, "photo": photo()})
    lim.post(jobs(visit, "photo/"), {"case": case.reference, "photo": photo()})
    ours, theirs = VisitShot.objects.order_by("pk")
    address = "/inspections/shots/{}/"
    assert lim.get(address.format(theirs.public_id)).status_code == 200
    assert lim.get(address.format(ours.public_id)).status_code == 404
    assert office.get(address.format(theirs.public_id)).status_code == 200
    assert client_for(world.hana.user).get(address.format(ours.public_id)).status_code == 403


def test_a_video_comes_in_pieces_and_becomes_one_shot(lim, visit, case):
    content, key = mp4(), str(uuid4())
    given = {"key": key, "name": "leak.mp4", "size": len(content), "case": case.reference}
    begun = fetched(lim, jobs(visit, "film/"), **given).json()
    half = len(content) // 2
    for offset, piece in ((0, content[:half]), (half, content[half:])):
        kind = {"content_type": "application/octet-stream", "headers": {"Upload-Offset": str(offset)}}
        answer = lim.post(begun["url"], piece, **kind)
    assert answer.json()["saved_at"] == "09:30"
    assert str(VisitShot.objects.get().client_key) == key
    assert Visit.objects.with_video().get() == visit


def test_the_page_asks_the_same_for_one_case_and_four(office, world, visit):
    def used():
        with CaptureQueriesContext(connection) as seen:
            assert office.get(desk(visit)).status_code == 200
        return len(seen)

    few = used()
    for _number in range(3):
        more = make_case(world=world, status=Status.WITH_CONTRACTOR)
        visit.cases.add(more)
        findings.answer(visit, more, "ok", act=Act(uuid4(), world.actor("amira"), AT))
    assert used() <= few
