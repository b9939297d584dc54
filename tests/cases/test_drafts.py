"""Unsent reports: what they keep, what they hold at most, when they are forgotten."""

from datetime import timedelta

import pytest

from accounts.models import User
from cases import drafts, duties, link_drafts
from cases.evidence import MoveRefused
from cases.models import DraftItem, DraftPhoto, Report, ReportDraft
from catalogue.models import Location
from documents.models import StoredFile
from ledger.actors import SYSTEM
from tests.factories import cases as make
from tests.factories import documents

pytestmark = pytest.mark.django_db
AT = make.REPORTED_AT


@pytest.fixture
def world(defaults):
    return make.make_world()


def a_draft(world, *, user=True, at=AT, words="A drop falls after rain."):
    draft = drafts.start(world.unit, user=world.hana.user if user else None, at=at)
    drafts.save_item(draft.items.get(), at=at, location=Location.objects.get(code="MBA"), words=words)
    return draft


def with_photo(draft, *, at=AT):
    drafts.add_photo(draft.items.get(), documents.make_stored_file(), by=SYSTEM, at=at)
    return draft


def test_a_room_alone_says_nothing_yet(world):
    draft = a_draft(world, words="")

    assert not drafts.is_begun(draft.items.get())
    with pytest.raises(MoveRefused, match="at least one defect"):
        drafts.send(draft, home=None, by=SYSTEM, at=AT)


def test_a_picture_that_is_there_already_stays(world):
    draft = with_photo(a_draft(world))
    photo = DraftPhoto.objects.get()

    assert drafts.add_photo(draft.items.get(), photo.file, by=SYSTEM, at=AT) == photo


def test_a_visitor_must_say_who_it_is(world):
    draft = a_draft(world, user=False)

    with pytest.raises(MoveRefused) as refusal:
        drafts.send(draft, home=None, by=SYSTEM, at=AT)
    assert refusal.value.field == "reporter_name"
    drafts.save_reporter(draft, at=AT, reporter_name="Tom Lee")
    with pytest.raises(MoveRefused) as refusal:
        drafts.send(draft, home=None, by=SYSTEM, at=AT)
    assert refusal.value.field == "reporter_email"


def test_what_was_sent_is_changed_no_more(world):
    draft = a_draft(world, user=False)
    drafts.save_reporter(draft, at=AT, reporter_name="Tom Lee", reporter_phone="012-345 6780")
    report = drafts.send(draft, home=None, by=SYSTEM, at=AT)
    drafts.save_reporter(draft, at=AT, reporter_name="Somebody Else")
    drafts.save_item(draft.items.get(), at=AT, words="Something else")

    assert drafts.send(draft, home=None, by=SYSTEM, at=AT) == report
    assert ReportDraft.objects.get().reporter_name == "Tom Lee"
    assert DraftItem.objects.get().words == "A drop falls after rain."


def test_the_wishes_of_the_ticks_come_before_the_words(world):
    draft = a_draft(world)
    drafts.save_reporter(draft, at=AT, access_times=["any", "no-such", "mornings"], access_wishes=" A dog. ")

    assert drafts.access_words(draft) == "Any time, Mornings\nA dog."


def test_a_visitors_pictures_are_counted_and_a_users_are_not(world):
    visitor, user = a_draft(world, user=False), a_draft(world)
    link_drafts.count_photos(visitor, link_drafts.MOST_PHOTOS - 1)
    with pytest.raises(MoveRefused):
        link_drafts.count_photos(visitor, 2)
    link_drafts.count_photos(visitor, 1)
    link_drafts.count_photos(user, 1000)

    visitor.refresh_from_db()
    assert visitor.photos_taken == link_drafts.MOST_PHOTOS


@pytest.mark.parametrize(("user", "days"), [(False, 14), (True, 180)])
def test_a_draft_that_nobody_comes_back_to_is_forgotten_with_its_pictures(world, user, days):
    with_photo(a_draft(world, user=user))
    duties.sweep(at=AT + timedelta(days=days))
    assert ReportDraft.objects.count() == 1
    duties.sweep(at=AT + timedelta(days=days, minutes=1))

    assert not ReportDraft.objects.exists()
    assert not StoredFile.objects.exists()
    assert User.objects.filter(pk=world.hana.user_id).exists()


def test_the_draft_of_a_sent_report_is_forgotten_and_the_report_stays(world):
    draft = with_photo(a_draft(world, user=False))
    drafts.save_reporter(draft, at=AT, reporter_name="Tom Lee", reporter_phone="012-345 6780")
    drafts.send(draft, home=None, by=SYSTEM, at=AT)
    duties.sweep(at=AT + link_drafts.KEEP_SENT + timedelta(minutes=1))

    assert not ReportDraft.objects.exists()
    assert not DraftPhoto.objects.exists()
    assert Report.objects.get().items.get().attachments.count() == 1


def test_somebody_who_comes_back_meanwhile_keeps_the_draft(world):
    draft = a_draft(world)
    drafts.save_item(draft.items.get(), at=AT + timedelta(days=1), words="Back again, it still drips.")
    link_drafts.forget(draft, at=AT + timedelta(days=200))

    assert ReportDraft.objects.exists()
