"""Pictures uploaded through the photo link reach the case without the button: once, and only while the person may."""

from datetime import timedelta

import pytest

from cases import duties, left_photos
from cases.models import Attachment, Case, LinkPhoto
from documents.models import StoredFile
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, make_world
from tests.factories.documents import make_stored_file

pytestmark = [pytest.mark.database, pytest.mark.django_db]
MINUTE = timedelta(minutes=1)
AT = REPORTED_AT + timedelta(hours=3)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world):
    return make_case(world=world)


@pytest.fixture
def hana(world):
    return Actor("Hana Yusof", "homeowner", world.hana.user_id, world.hana.pk, "link")


@pytest.fixture
def upload(case, hana):
    """`upload(3 * MINUTE)`: a picture so long after `AT`."""

    def come(after=timedelta()):
        file = make_stored_file()
        left_photos.keep(case, file, by=hana, at=AT + after)
        return file

    return come


def on_case(case):
    return set(Attachment.objects.filter(case=case).values_list("file_id", flat=True))


def test_pictures_left_behind_land_after_a_quarter_of_an_hour(case, upload):
    files = {upload().pk, upload(5 * MINUTE).pk}
    duties.sweep(at=AT + 19 * MINUTE)
    assert on_case(case) == set()

    duties.sweep(at=AT + 20 * MINUTE)

    assert on_case(case) == files
    assert fresh(case).has_unread_reply
    assert not LinkPhoto.objects.exists()
    row = Attachment.objects.filter(case=case).first()
    assert (row.added_by_name, row.added_by_role, row.is_visible) == ("Hana Yusof", "homeowner", True)
    assert OutgoingMail.objects.filter(kind="pictures").count() == 1


def test_two_sweeps_bring_them_once(case, upload, hana):
    upload()
    found = left_photos.due(AT + 20 * MINUTE)
    for _sweep in range(2):
        for left in found:
            left_photos.land(left, at=AT + 20 * MINUTE)

    assert len(Attachment.objects.filter(case=case)) == 1
    assert OutgoingMail.objects.filter(kind="pictures").count() == 1


def test_the_button_after_the_sweep_brings_only_what_is_new(case, upload, hana):
    first = upload()
    duties.sweep(at=AT + 20 * MINUTE)
    second = upload(21 * MINUTE)

    left_photos.send(fresh(case), [first, second], by=hana, at=AT + 22 * MINUTE)
    duties.sweep(at=AT + 60 * MINUTE)

    assert sorted(Attachment.objects.filter(case=case).values_list("file_id", flat=True)) == [first.pk, second.pk]


def test_a_picture_taken_out_before_the_button_does_not_come_later(case, upload, hana):
    wanted, taken_out = upload(), upload()
    left_photos.send(fresh(case), [wanted], by=hana, at=AT + MINUTE)
    duties.sweep(at=AT + 60 * MINUTE)
    assert on_case(case) == {wanted.pk}
    assert taken_out in StoredFile.objects.unclaimed()


def test_a_file_that_waits_is_not_thrown_away(upload):
    assert upload() not in StoredFile.objects.unclaimed()


def test_a_former_owners_pictures_do_not_land(case, upload, world):
    upload()
    world.unit.tenures.update(until_on=(AT - timedelta(days=1)).date())

    assert duties.sweep(at=AT + 20 * MINUTE) == 0

    assert on_case(case) == set()
    assert not LinkPhoto.objects.exists()


def test_a_case_hidden_meanwhile_takes_none(case, upload):
    upload()
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    duties.sweep(at=AT + 20 * MINUTE)
    assert on_case(case) == set()
