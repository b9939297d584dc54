"""Files of cases by their address: who gets them, and in what form."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cases import files
from cases.choices import Status
from cases.models import Attachment
from documents.models import StoredFile
from tests.factories.accounts import ada
from tests.factories.cases import a_fault, make_case, make_world
from tests.factories.contractors import otto
from tests.factories.documents import jpeg, make_stored_file, pdf, sent
from tests.factories.homeowners import make_homeowner, make_tenure, tariq
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db

SIZES = ("list", "page")


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def start():
    return timezone.now() - timedelta(days=2)


@pytest.fixture
def case(world, start):
    return make_case(world=world, status=Status.WITH_CONTRACTOR, at=start, faults=[a_fault(photos=1)])


@pytest.fixture
def picture(case):
    return Attachment.objects.get(case=case)


def add(case, world, *, is_visible, content=None, name="photo.jpg", **facts):
    file = make_stored_file(content=content, name=name) if content else make_stored_file()
    at = timezone.now()
    return files.attach(case, [file], role="other", by=world.actor("amira"), at=at, is_visible=is_visible, **facts)[0]


def statuses(client, attachment, sizes=SIZES):
    return [client.get(f"/cases/files/{attachment.public_id}/{size}/").status_code for size in sizes]


def test_staff_owner_and_contractor_see_what_was_reported(world, client_for, picture):
    for person in (world.amira, world.mo, ada(), world.hana.user, world.company.contacts.get().user):
        assert statuses(client_for(person), picture) == [200, 200], person


def test_strangers_get_nothing_at_any_size(world, client_for, client, picture):
    neighbour = client_for(world.noor.user)
    other_company = client_for(otto(development=world.development).user)
    limited = world.amira
    limit_officer(limited, make_development(code="TJM"))
    for stranger in (neighbour, other_company, client_for(limited)):
        assert statuses(stranger, picture, (*SIZES, "pdf", "original-document")) == [404] * 4
    assert statuses(client, picture) == [302, 302]


def test_an_unknown_file_answers_like_a_foreign_one(world, client_for, picture):
    neighbour = client_for(world.noor.user)

    foreign = neighbour.get(f"/cases/files/{picture.public_id}/list/")
    unknown = neighbour.get(f"/cases/files/{uuid4()}/list/")

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content.replace(str(picture.public_id).encode(), b"") == unknown.content


def test_a_hidden_file_is_the_offices_until_it_is_shown(world, client_for, case):
    hidden = add(case, world, is_visible=False)
    owner, officer = client_for(world.hana.user), client_for(world.amira)

    assert statuses(owner, hidden) == [404, 404]
    assert statuses(officer, hidden) == [200, 200]
    Attachment.objects.filter(pk=hidden.pk).update(is_visible=True)
    assert statuses(owner, hidden) == [200, 200]


def test_a_former_owner_loses_the_pictures_with_the_home(world, client_for, case, picture):
    today = timezone.now().date()
    client = client_for(world.hana.user)
    assert statuses(client, picture) == [200, 200]

    held = world.unit.tenures.get(homeowner=world.hana)
    held.until_on = today - timedelta(days=1)
    held.save()

    assert statuses(client, picture) == [404, 404]


def test_a_buyer_does_not_see_what_was_shown_to_the_seller(world, client_for, case, picture):
    today = timezone.now().date()
    held = world.unit.tenures.get(homeowner=world.hana)
    held.until_on = today
    held.save()
    from tests.factories.accounts import farid as account

    buyer = make_homeowner(name="Farid Omar", user=account())
    make_tenure(unit=world.unit, homeowner=buyer, from_on=today)

    assert statuses(client_for(buyer.user), picture) == [404, 404]


def test_a_tenant_sees_the_pictures_of_own_reports_only(world, client_for, picture):
    person = tariq(unit=world.unit)

    assert statuses(client_for(person.user), picture) == [404, 404]


def test_the_original_of_a_picture_is_nobodys_here(world, client_for, picture):
    assert statuses(client_for(world.mo), picture, ("original", "original-document", "nonsense")) == [404] * 3


def test_pictures_are_private_and_asked_for_again(world, client_for, picture):
    client = client_for(world.amira)
    address = f"/cases/files/{picture.public_id}/list/"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    part = client.get(address, headers={"Range": "bytes=0-9"})

    assert first["Content-Type"] == "image/jpeg"
    assert "private" in first["Cache-Control"]
    assert first["X-Content-Type-Options"] == "nosniff"
    assert again.status_code == 304
    assert (part.status_code, part["Content-Length"]) == (206, "10")
    assert client.post(address).status_code == 405


def test_documents_leave_as_downloads(world, client_for, case):
    paper = add(case, world, is_visible=True, content=pdf(), name="method.pdf")
    client = client_for(world.hana.user)

    response = client.get(f"/cases/files/{paper.public_id}/original-document/")

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert "method.pdf" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    contractor = client_for(world.company.contacts.get().user)
    assert contractor.get(f"/cases/files/{paper.public_id}/original-document/").status_code == 404


def test_a_picture_just_sent_is_shown_to_its_sender_alone(world, client_for, case):
    hana, noor = client_for(world.hana.user), client_for(world.noor.user)

    answer = hana.post("/files/upload/", {"photo": sent(jpeg(), "ceiling.jpg")})

    assert answer.status_code == 200
    thumb = answer.json()["thumb"]
    assert hana.get(thumb)["Content-Type"] == "image/jpeg"
    assert noor.get(thumb).status_code == client_for(world.mo).get(thumb).status_code == 404
    file = StoredFile.objects.get(original_name="ceiling.jpg")
    files.attach(case, [file], role="other", by=world.actor("amira"), at=timezone.now())
    assert hana.get(thumb).status_code == 404


def test_what_is_no_picture_is_refused_with_a_sentence(world, client_for):
    answer = client_for(world.hana.user).post("/files/upload/", {"photo": sent(b"MZ\x90", "virus.exe")})

    assert answer.status_code == 422
    assert "virus.exe" in answer.json()["error"]
    assert not StoredFile.objects.exists()


def test_uploading_is_for_desk_and_homeowners(world, client_for, client):
    for stranger in (ada(), world.company.contacts.get().user):
        assert client_for(stranger).post("/files/upload/", {"photo": sent(jpeg())}).status_code == 403
    assert client_for(world.amira).get("/files/upload/").status_code == 405
    assert client.post("/files/upload/", {"photo": sent(jpeg())}).status_code == 302
