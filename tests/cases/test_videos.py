"""Videos on a case: who sees them from when, the mail "New video on your case" once, the limits of a draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import drafts, facts, files, footage, link_drafts
from cases.choices import EventKind
from cases.evidence import MoveRefused
from cases.models import Attachment
from outbox import pictures
from outbox.models import OutgoingMail
from tests.factories import cases as make
from tests.factories import videos

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def world(defaults):
    return make.make_world()


@pytest.fixture
def case(world):
    return make.make_case(world=world, at=AT - timedelta(days=1))


def attach(case, world, who, *, is_visible=False, **options):
    film = videos.make_video(**options)
    return files.attach(case, [film], role="before", by=world.actor(who), at=AT, is_visible=is_visible)[0]


def mails():
    return OutgoingMail.objects.filter(subject__startswith="New video on your case")


def test_a_staff_members_video_starts_hidden(case, world):
    film = attach(case, world, "amira")
    assert film not in Attachment.objects.visible_to(world.hana.user)
    assert film in Attachment.objects.visible_to(world.amira)
    assert mails().count() == 0


def test_making_it_visible_sends_the_mail_with_its_picture_once(case, world):
    film = attach(case, world, "amira")
    for _press in range(2):
        facts.show_file(Attachment.objects.get(pk=film.pk), is_visible=True, by=world.actor("amira"), at=AT)
    mail = mails().get()
    assert mail.subject == f"New video on your case: {case.title} ({case.reference})"
    assert mail.recipient == world.hana.email
    assert f"/portal/cases/{case.reference}/" in mail.body_text
    [inline] = pictures.inline_pictures(mail)
    assert inline.content.startswith(b"\xff\xd8"), "a JPEG, never the video"
    assert film in Attachment.objects.visible_to(world.hana.user)
    event = case.events.get(kind=EventKind.VISIBILITY)
    assert event.evidence == {"file": str(film.public_id), "visible": True}


def test_several_at_once_make_one_mail(case, world):
    rows = [attach(case, world, "amira") for _number in range(2)]
    files.show(case, rows, by=world.actor("amira"), at=AT)
    assert mails().get().pictures.count() == 2


def test_the_mail_does_not_wait_for_the_copy_to_play(case, world):
    film = attach(case, world, "amira", is_developed=False)
    facts.show_file(film, is_visible=True, by=world.actor("amira"), at=AT)
    mail = mails()
    assert mail.due(AT).count() == 0, "its picture is still being made"
    from documents import renditions

    renditions.make(film.file_id, at=AT)
    assert mail.due(AT).count() == 1


def test_hiding_it_again_tells_nobody(case, world):
    film = attach(case, world, "amira", is_visible=True)
    facts.show_file(film, is_visible=False, by=world.actor("amira"), at=AT)
    assert mails().count() == 0
    assert film not in Attachment.objects.visible_to(world.hana.user)


def test_a_homeowners_own_video_is_theirs_to_see_at_once(case, world):
    film = attach(case, world, "hana", is_visible=True)
    assert film in Attachment.objects.visible_to(world.hana.user)
    assert film not in Attachment.objects.visible_to(world.noor.user)
    assert film not in Attachment.objects.visible_to(world.company.contacts.get().user)
    assert (film.role, mails().count()) == ("before", 0)


def test_what_the_page_shows(case, world):
    ready = attach(case, world, "amira", name="leak.mp4")
    waiting = attach(case, world, "amira", is_developed=False)
    first, second = footage.films([ready, waiting], case)
    assert (first.waiting, first.length, first.caption) == ("", "0:02", "leak.mp4")
    assert first.src == f"/cases/files/{ready.public_id}/play/"
    assert second.waiting == "We are preparing the video"


def test_a_defect_takes_three_videos(world):
    draft = drafts.start(world.unit, user=world.hana.user, at=AT)
    item, by = draft.items.get(), world.actor("hana")
    for number in range(drafts.MOST_VIDEOS_OF_AN_ITEM):
        film = videos.make_video(content=videos.mp4(frames=15 + number), is_developed=False)
        drafts.add_photo(item, film, by=by, at=AT)
    with pytest.raises(MoveRefused) as caught:
        drafts.add_photo(item, videos.make_video(content=videos.webm(), is_developed=False), by=by, at=AT)
    assert caught.value.sentence == "At most 3 videos for one defect."


def test_a_visitors_videos_are_counted(client, world):
    from units import report_links

    start = f"/report/{report_links.token(world.unit)}/"
    client.post(start, {"room": "MBA"})
    fits = link_drafts.MOST_PHOTOS // link_drafts.VIDEO_COUNTS_AS

    def begin(number):
        return client.post(f"{start}1/videos/", {"key": str(number), "name": "a.mp4", "size": "9"})

    def cancel(answer):
        client.post(answer.json()["url"], {"cancel": "1"})

    assert begin(0).json()["url"] == begin(0).json()["url"], "asking again is not counted"
    cancel(begin(0))
    for number in range(1, fits):
        cancel(begin(number))
    assert begin(99).status_code == 422
    assert "At most 60 pictures" in begin(99).json()["error"]
