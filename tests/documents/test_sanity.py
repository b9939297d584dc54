import os
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from documents import duties, sanity, shelf
from documents.models import StoredFile
from ledger.models import AuditEntry
from tests.documents.doors import on_disk
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tidied_never():
    cache.delete(duties.TIDIED)


def age(path, days):
    moment = timezone.now().timestamp() - days * 86400
    os.utime(path, (moment, moment))


def differences():
    return sorted((row.kind, row.path) for row in sanity.check(at=timezone.now()))


def test_all_is_well():
    make.make_stored_file(is_developed=True)
    assert differences() == []


def test_every_kind_of_difference_is_found(settings):
    root = settings.MEDIA_ROOT
    lost, flipped, thumb, short = (make.make_stored_file(is_developed=True) for _ in range(4))
    (root / lost.path).unlink()
    content = bytearray((root / flipped.path).read_bytes())
    content[500] ^= 1
    (root / flipped.path).write_bytes(content)
    gone = thumb.renditions.get(kind="list").path
    (root / gone).unlink()
    cut = short.renditions.get(kind="page").path
    (root / cut).write_bytes(b"x")
    stray = root / "originals/2026/03/nobody"
    stray.write_bytes(b"x")
    age(stray, 1)

    assert differences() == sorted(
        [
            ("missing", lost.path),
            ("changed", flipped.path),
            ("missing", gone),
            ("changed", cut),
            ("stray", "originals/2026/03/nobody"),
        ]
    )


def test_a_file_on_its_way_is_no_stray(settings):
    folder = settings.MEDIA_ROOT / "originals/2026/03"
    folder.mkdir(parents=True)
    (folder / "just-renamed").write_bytes(b"x")
    with shelf.new_file():
        assert differences() == []


def test_the_command_ends_with_one_when_something_differs(settings, capsys):
    file = make.make_stored_file(content=make.pdf(), name="plan.pdf")
    call_command("check_files")
    assert capsys.readouterr().out == "Rows and files agree.\n"
    (settings.MEDIA_ROOT / file.path).unlink()
    with pytest.raises(SystemExit, match="1"):
        call_command("check_files")
    assert file.path in capsys.readouterr().out


class TestSweep:
    def test_removes_what_killed_processes_left_a_day_ago(self, settings):
        file = make.make_stored_file(content=make.pdf(), name="plan.pdf", at=timezone.now())
        half = shelf.incoming_folder() / "half"
        stray = settings.MEDIA_ROOT / "originals/nobody"
        young = shelf.incoming_folder() / "young"
        for path in (half, stray, young):
            path.write_bytes(b"x")
        age(half, 2)
        age(stray, 2)
        age(settings.MEDIA_ROOT / file.path, 2)

        duties.sweep(at=timezone.now())

        assert on_disk(settings) == sorted(["incoming/young", file.path])

    def test_forgets_pictures_that_were_never_sent(self):
        now = timezone.now()
        old = make.make_stored_file(at=now - timedelta(days=31))
        make.make_stored_file(at=now - timedelta(days=29))
        duties.sweep(at=now)
        assert not StoredFile.objects.filter(pk=old.pk).exists()
        assert StoredFile.objects.count() == 1
        assert AuditEntry.objects.filter(action="file-discarded", about_id=old.pk).exists()

    def test_once_a_day(self, settings):
        duties.sweep(at=timezone.now())
        half = shelf.incoming_folder() / "half"
        half.write_bytes(b"x")
        age(half, 2)
        duties.sweep(at=timezone.now())
        assert half.exists()


def test_a_file_that_any_room_points_at_is_claimed():
    """Every foreign key counts, also one without a reverse name: Django knows them all."""
    from documents.models import fields_that_claim

    fields = {f"{field.model._meta.label}.{field.name}" for field in fields_that_claim()}
    assert {"outbox.MailPicture.file", "cases.Attachment.file", "cases.DraftPhoto.file"} <= fields
    assert "documents.Rendition.file" not in fields


def test_a_claimed_file_is_kept():
    from outbox.models import MailPicture, OutgoingMail

    now = timezone.now()
    file = make.make_stored_file(at=now - timedelta(days=99))
    mail = OutgoingMail.objects.create(
        event="e", recipient="a@demo.example", subject="s", kind="k", queued_at=now, next_try_at=now
    )
    MailPicture.objects.create(mail=mail, file=file, caption="", order=1)
    duties.sweep(at=now)
    assert StoredFile.objects.filter(pk=file.pk).exists()
