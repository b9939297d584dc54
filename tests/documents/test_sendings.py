"""Large files piece by piece: offsets, repeats, two tabs at once, a full disk, other people, the end of 72 hours."""

import errno
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from documents import duties, sanity, sendings, shelf
from documents.models import Sending, StoredFile
from documents.refusals import UploadRefused
from ledger.actors import Actor
from tests.documents.doors import on_disk
from tests.factories import documents as make
from tests.factories import videos

pytestmark = pytest.mark.django_db

HANA = Actor(name="Hana Yusof", role="homeowner", user_id=7, channel="portal")
PIECE = 10_000


def begin(content=None, *, key="k", holder="user:7", name="leak.mp4", at=make.AT, size=None):
    return sendings.begin(holder=holder, client_key=key, name=name, size=size or len(content), at=at)


def send(sending, content, *, offset=0):
    return sendings.take(sending, io.BytesIO(content), len(content), offset=offset)


def send_all(sending, content):
    for start in range(0, len(content), PIECE):
        send(Sending.objects.get(pk=sending.pk), content[start : start + PIECE], offset=start)
    sending.refresh_from_db()
    return sending


def finish(sending):
    return sendings.finish(sending, by=HANA, at=make.AT)


class TestPieces:
    def test_the_whole_file_is_kept_as_it_was(self, settings):
        content = videos.mp4()
        file = finish(send_all(begin(content), content))
        with shelf.current().open(file.path) as kept:
            assert kept.read() == content
        assert (file.kind, file.mime, file.state, file.seconds) == ("video", "video/mp4", "waiting", 2)
        assert on_disk(settings) == sorted([file.path, file.renditions.get(kind="list").path])
        assert list(sanity.check(at=make.AT)) == []

    def test_asking_twice_begins_one_sending(self):
        assert begin(videos.mp4()) == begin(videos.mp4())
        assert begin(videos.mp4(), key="other") != begin(videos.mp4())

    def test_a_piece_that_belongs_elsewhere_tells_where(self):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        for offset in (0, 50, 200):
            with pytest.raises(sendings.Elsewhere) as caught:
                send(sending, b"y" * 100, offset=offset)
            assert caught.value.offset == 100
        assert sendings.place(sending).read_bytes() == b"x" * 100

    def test_a_piece_that_is_cut_off_counts_for_nothing(self):
        sending = begin(videos.mp4())
        with pytest.raises(sendings.Elsewhere):
            sendings.take(sending, io.BytesIO(b"x" * 60), 100, offset=0)
        assert sendings.offset_of(Sending.objects.get()) == 0

    def test_two_tabs_at_once(self):
        sending = begin(videos.mp4())
        with sendings.locked(sending), pytest.raises(sendings.Busy):
            send(Sending.objects.get(), b"x" * 100)
        send(sending, b"x" * 100)
        with pytest.raises(sendings.Elsewhere):
            send(sending, b"z" * 100, offset=0)

    def test_the_slower_of_two_equal_pieces_writes_nothing(self):
        slow = begin(videos.mp4())

        class Slow(io.BytesIO):
            def read(self, *arguments):
                if Sending.objects.get().received == 0:
                    send(Sending.objects.get(), b"x" * 100)
                return super().read(*arguments)

        with pytest.raises(sendings.Elsewhere) as caught:
            sendings.take(slow, Slow(b"y" * 100), 100, offset=0)
        assert caught.value.offset == 100
        assert sendings.place(slow).read_bytes() == b"x" * 100

    def test_what_a_killed_process_left_behind_is_written_over(self):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        with sendings.place(sending).open("ab") as file:
            file.write(b"half")  # written, but killed before its row
        assert sendings.offset_of(sending) == 100
        send(sending, b"y" * 2, offset=100)
        assert sendings.place(sending).read_bytes() == b"x" * 100 + b"yy"

    def test_bytes_that_are_gone_are_asked_for_again(self):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        sendings.place(sending).unlink()
        assert sendings.offset_of(Sending.objects.get()) == 0

    @pytest.mark.parametrize("length", [0, sendings.LARGEST_PIECE + 1])
    def test_pieces_have_a_size(self, length):
        sending = begin(size=50_000_000)
        with pytest.raises(UploadRefused):
            sendings.take(sending, io.BytesIO(b"x"), length, offset=0)

    def test_no_more_bytes_than_were_said(self):
        sending = begin(size=100)
        with pytest.raises(UploadRefused):
            send(sending, b"x" * 101)


class TestLimits:
    @pytest.mark.parametrize("size", [200 * 1024**2 + 1, 10**14])
    def test_a_file_over_200_mb_is_told_so(self, size):
        with pytest.raises(UploadRefused) as caught:
            begin(size=size)
        assert caught.value.sentence == "“leak.mp4” is larger than 200 MB. Please send a smaller copy."

    def test_a_holder_has_only_so_many_unfinished(self):
        for number in range(sendings.MOST_UNFINISHED):
            begin(size=100, key=str(number))
        with pytest.raises(UploadRefused) as caught:
            begin(size=100, key="more")
        assert caught.value.may_work_later
        assert begin(size=100, key="more", holder="user:8")

    def test_the_last_space_of_the_disk_is_for_others(self, monkeypatch):
        monkeypatch.setattr(sendings, "KEEP_FREE", 10**18)
        with pytest.raises(UploadRefused) as caught:
            begin(size=100)
        assert caught.value.reason == "store-full"

    def test_a_full_disk_is_a_sentence_and_the_offset_stays(self, monkeypatch):
        sending = begin(size=1000)
        send(sending, b"x" * 100)

        def full(*arguments):
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(sendings.os, "fsync", full)
            with pytest.raises(UploadRefused) as caught:
                send(sending, b"y" * 100, offset=100)
        assert (caught.value.reason, caught.value.may_work_later) == ("store-full", True)
        assert sendings.offset_of(Sending.objects.get()) == 100
        assert send(Sending.objects.get(), b"y" * 100, offset=100) == 200


class TestFinish:
    def test_a_second_call_gives_the_same_file(self):
        content = videos.mp4()
        sending = send_all(begin(content), content)
        assert finish(sending) == finish(Sending.objects.get())
        assert StoredFile.objects.count() == 1

    @pytest.mark.parametrize("name", ["leak.mp4", "page.html"])
    def test_what_is_no_video_ends_with_a_sentence(self, settings, name):
        content = b"<!DOCTYPE html><script>alert(1)</script>"
        sending = send_all(begin(content, name=name), content)
        with pytest.raises(UploadRefused) as caught:
            finish(sending)
        assert name in caught.value.sentence
        assert (Sending.objects.count(), StoredFile.objects.count(), on_disk(settings)) == (0, 0, [])

    def test_a_picture_does_not_come_this_way(self):
        content = make.jpeg()
        with pytest.raises(UploadRefused):
            finish(send_all(begin(content), content))

    def test_when_the_row_cannot_be_written_no_file_stays_behind(self, settings, monkeypatch):
        content = videos.mp4()
        sending = send_all(begin(content), content)
        monkeypatch.setattr(sendings.uploads.audit, "record", lambda *a, **o: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            finish(sending)
        assert (StoredFile.objects.count(), on_disk(settings)) == (0, [])
        assert sendings.offset_of(Sending.objects.get()) == 0, "the sender is asked for it again"


class TestTheEnd:
    def test_after_72_hours_row_and_bytes_go(self, settings):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        assert duties.sweep(at=make.AT + timedelta(hours=71, minutes=59)) == 0
        assert duties.sweep(at=make.AT + timedelta(hours=72)) == 1
        assert (Sending.objects.count(), on_disk(settings)) == (0, [])

    def test_a_finished_ones_file_stays(self):
        content = videos.mp4()
        file = finish(send_all(begin(content), content))
        sendings.expire(at=make.AT + timedelta(hours=73))
        assert StoredFile.objects.get() == file
        assert list(sanity.check(at=make.AT)) == []

    def test_cancelled(self, settings):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        sendings.cancel(sending)
        assert (Sending.objects.count(), on_disk(settings)) == (0, [])

    def test_the_daily_tidying_leaves_alone_what_still_comes(self, settings):
        sending = begin(videos.mp4())
        send(sending, b"x" * 100)
        late = make.AT + timedelta(days=36_500)
        assert sanity.tidy(at=late) == 0
        Sending.objects.all().delete()
        assert sanity.tidy(at=late) == 1


@pytest.mark.database
@pytest.mark.parametrize(
    "wrong", [{"received": 101}, {"size": 0, "received": 0}, {"client_key": "b"}], ids=["beyond", "empty", "twice"]
)
def test_constraints(wrong):
    begin(size=100, key="b")
    begin(size=100, key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sending.objects.filter(client_key="a").update(**wrong)
