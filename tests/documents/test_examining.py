"""Several files of one request: few starts, and each file alone with its fault."""

import os
import signal
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from documents import examination, examining, uploads
from documents.choices import Kind
from documents.darkroom import Unusable
from documents.examining import Desk, Desks
from documents.models import StoredFile
from ledger.actors import SYSTEM

QUICK = {"is_thorough": False, "seconds": 7}


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 480), "teal").save(path, "JPEG")
    return path


@pytest.fixture
def starts(monkeypatch):
    """The children that were started."""
    begun = []

    class Counted(subprocess.Popen):
        def __init__(self, *given, **facts):
            super().__init__(*given, **facts)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    return begun


@pytest.fixture
def desk():
    one = Desk()
    yield one
    one.close()


def look(path, desk, **facts):
    return examination.examine(path, "picture", runner=desk.run, **{**QUICK, **facts})


@pytest.mark.django_db
def test_five_photos_start_two_children_and_leave_none(photo, starts):
    sent = [SimpleUploadedFile(f"{n}.jpg", photo.read_bytes()) for n in range(5)]
    sent[2] = SimpleUploadedFile("2.jpg", photo.read_bytes()[:600])

    found = uploads.store_many(sent, by=SYSTEM, at=timezone.now(), allow=(Kind.IMAGE,))

    assert [isinstance(one, StoredFile) for one in found] == [True, True, False, True, True]
    assert found[2].reason == "damaged"
    assert len(starts) == 2
    assert all(child.returncode is not None for child in starts)


def test_each_file_has_a_process_and_limits_of_its_own(photo, desk, starts):
    look(photo, desk)
    assert desk.run({}, 5) == (1, b"")  # not even the limits can be set: the fork ends, and only it
    with pytest.raises(Unusable, match="damaged"):
        examination.read_answer(1, b"")

    assert look(photo, desk)["width"] == 640
    assert len(starts) == 1


def test_a_file_that_takes_too_long_ends_and_the_next_one_is_looked_at(photo, desk, tmp_path, starts):
    os.mkfifo(tmp_path / "endless")
    with pytest.raises(Unusable, match="too-slow"):
        look(tmp_path / "endless", desk, wait=1)

    assert look(photo, desk)["width"] == 640
    assert len(starts) == 2


def test_a_child_that_was_ended_is_this_machines_fault(photo, desk):
    look(photo, desk)
    desk.child.send_signal(signal.SIGKILL)
    desk.child.wait()

    with pytest.raises(OSError, match=r"darkroom|pipe"):
        look(photo, desk)
    assert look(photo, desk)["width"] == 640


def test_a_desk_is_given_back_though_its_file_was_bad(photo, monkeypatch):
    with Desks(1) as desks:
        monkeypatch.setattr(examining.Desk, "run", lambda *_: (1, b""))
        for _ in range(3):
            with pytest.raises(Unusable):
                look(photo, desks)
