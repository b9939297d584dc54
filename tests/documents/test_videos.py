"""From a video as it came to one that plays: the worker's part, and how it is handed out."""

import errno
from datetime import timedelta

import pytest

from documents import examination, names, renditions, serving, uploads, videos
from documents.choices import Kind
from documents.darkroom import Unusable
from documents.models import Rendition, StoredFile
from documents.tasks import make_playable
from outbox import registry
from tests.documents.doors import refusal
from tests.factories import documents as make
from tests.factories import videos as films

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(rf):
    def answer(file, kind, *, download=False, **headers):
        fresh = StoredFile.objects.prefetch_related("renditions").get(pk=file.pk)
        return serving.serve(rf.get("/", headers=headers), fresh, kind, download=download)

    return answer


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestTheWorker:
    def test_makes_pictures_and_the_copy(self):
        file = films.make_video(content=films.mov(), name="IMG_1.MOV")
        assert (file.state, file.seconds, file.length) == ("ready", 2, "0:02")
        made = {row.kind: (row.state, row.width, row.height) for row in file.renditions.all()}
        assert made["play"] == ("ready", 120, 160)
        assert set(made) == {"list", "pdf", "page", "play"}

    def test_is_handed_both_parts_by_the_relay(self):
        file = films.make_video(is_developed=False)
        assert registry.work_sources["pictures"].due(make.AT) == [file.pk]
        assert registry.work_sources["videos"].due(make.AT) == [file.pk]
        make_playable(file.pk)
        assert registry.work_sources["videos"].due(make.AT) == []

    def test_pictures_do_not_wait_for_the_copy(self):
        file = films.make_video(is_developed=False)
        renditions.make(file.pk, at=make.AT)
        assert Rendition.objects.ready().printed().count() == 3
        assert StoredFile.objects.get().state == "waiting"

    def test_one_video_at_a_time(self):
        first, second = (films.make_video(is_developed=False) for _ in range(2))
        assert videos.due(make.AT) == [first.pk]
        renditions.take(first.pk, make.AT, sizes=("play",), lease=videos.LEASE)
        assert videos.due(make.AT) == []
        assert videos.due(make.AT + videos.LEASE) == [first.pk]
        assert second.pk not in videos.due(make.AT)

    def test_the_lease_outlives_the_task(self):
        assert make_playable.time_limit < videos.LEASE.total_seconds()

    def test_one_that_cannot_be_copied_fails_with_a_sentence(self, monkeypatch):
        file = films.make_video(is_developed=False)
        monkeypatch.setattr(examination, "examine", lambda *a, **o: (_ for _ in ()).throw(Unusable("too-slow")))
        videos.make(file.pk, at=make.AT)
        file.refresh_from_db()
        assert (file.state, file.failure[:42]) == ("failed", "“leak.mp4” takes too long to prepare. Plea")

    def test_a_full_disk_is_tried_again(self, monkeypatch):
        file = films.make_video(is_developed=False)
        with monkeypatch.context() as patch:
            full = OSError(errno.ENOSPC, "No space left on device")
            patch.setattr(examination, "examine", lambda *a, **o: (_ for _ in ()).throw(full))
            videos.make(file.pk, at=make.AT)
        assert videos.due(make.AT) == []
        assert videos.due(make.AT + timedelta(seconds=10)) == [file.pk]
        films.develop(file, at=make.AT + timedelta(seconds=10))
        file.refresh_from_db()
        assert file.state == "ready"

    def test_the_second_worker_finds_nothing_to_do(self):
        file = films.make_video()
        assert videos.make(file.pk, at=make.AT) is False


class TestServing:
    def test_the_copy_and_never_the_original(self, ask):
        file = films.make_video(content=films.mov(), name="IMG_1.MOV")
        answer = ask(file, "play")
        content = body(answer)
        assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp4")
        assert b"\xa9xyz" not in content
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-cache"
        for kind in ("list", "pdf", "page"):
            assert ask(file, kind)["Content-Type"] == "image/jpeg"

    def test_the_original_is_not_there(self, ask):
        from django.http import Http404

        file = films.make_video()
        with pytest.raises(Http404):
            ask(file, "original")

    def test_a_player_asks_for_spans(self, ask):
        file = films.make_video()
        whole = body(ask(file, "play"))
        part = ask(file, "play", range="bytes=100-199")
        assert (part.status_code, body(part)) == (206, whole[100:200])
        assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
        assert ask(file, "play", range=f"bytes={len(whole)}-").status_code == 416

    def test_unchanged(self, ask):
        file = films.make_video()
        assert ask(file, "play", if_none_match=ask(file, "play")["ETag"]).status_code == 304

    def test_until_it_is_made_there_is_nothing_to_play(self, ask):
        from django.http import Http404

        file = films.make_video(is_developed=False)
        with pytest.raises(Http404):
            ask(file, "play")
        assert ask(file, "page").status_code == 200, "its picture in the list size stands in"

    def test_to_be_saved_it_is_an_mp4(self, ask):
        file = films.make_video(content=films.mov(), name="IMG_1.MOV")
        assert ask(file, "play", download=True)["Content-Disposition"] == 'attachment; filename="IMG_1.mp4"'


class TestTheDoor:
    def test_where_no_video_is_wanted_one_is_told_so(self):
        assert refusal(films.mp4(), "leak.mp4").reason == "video"

    @pytest.mark.parametrize("content", [b"<html><script>", b"\x00\x00\x00\x20ftypisom" + b"<html>" * 99])
    def test_a_page_named_mp4_is_no_video(self, content):
        assert refusal(content, "leak.mp4", allow=(Kind.VIDEO,)).sentence.startswith("“leak.mp4” ")

    def test_other_kinds_of_video_are_named(self):
        avi = b"RIFF\x00\x10\x00\x00AVI LIST" + bytes(4000)
        assert refusal(avi, "old.avi", allow=(Kind.VIDEO,)).sentence == (
            "“old.avi” is not a video that we can play. Please send MP4, MOV or WebM."
        )

    def test_time_and_place_are_evidence(self):
        file = films.make_video(content=films.mov(), is_developed=False)
        assert file.gps == {"latitude": 3.0449, "longitude": 101.4456}
        assert films.make_video(is_developed=False).captured_from == "camera"

    def test_a_video_is_measured(self):
        file = films.make_video(is_developed=False)
        assert (file.width, file.height) == (160, 120)

    def test_gone_with_everything(self, settings):
        file = films.make_video()
        uploads.discard(file, by=make.SYSTEM, at=make.AT)

    def test_names_of_downloads(self):
        assert names.for_rendition("IMG_1.MOV", "mp4") == "IMG_1.mp4"
