import errno
import subprocess
import threading
from datetime import timedelta

import pytest

from documents import examination, pictures, renditions
from documents.models import Rendition, StoredFile
from documents.tasks import make_renditions
from ledger.actors import SYSTEM
from tests.factories import documents as make

pytestmark = pytest.mark.django_db

AT = make.AT


def states(file):
    return dict(file.renditions.values_list("kind", "state"))


def fresh(file):
    return StoredFile.objects.get(pk=file.pk)


def test_a_stored_picture_is_due_until_all_its_sizes_are_made(settings):
    file = make.make_stored_file(content=make.jpeg(size=(2000, 1500)))
    assert (file.state, renditions.due(AT), pictures.ready([file])) == ("waiting", [file.pk], False)

    assert renditions.make(file.pk, at=AT)

    assert states(file) == {"list": "ready", "pdf": "ready", "page": "ready"}
    assert (fresh(file).state, renditions.due(AT), pictures.ready([file])) == ("ready", [], True)
    for row in file.renditions.all():
        assert (settings.MEDIA_ROOT / row.path).stat().st_size == row.size
        assert max(row.width, row.height) == {"list": 240, "pdf": 480, "page": 1600}[row.kind]


def test_a_document_has_nothing_to_make():
    file = make.make_stored_file(content=make.pdf(), name="plan.pdf")
    assert (file.state, renditions.due(AT), pictures.ready([file])) == ("ready", [], True)


def test_the_task_does_it():
    file = make.make_stored_file()
    make_renditions(file.pk)
    assert fresh(file).state == "ready"


def test_due_lists_each_file_once_oldest_first():
    files = [make.make_stored_file(at=AT + timedelta(minutes=minute)) for minute in (5, 0, 9)]
    at = AT + timedelta(minutes=8)
    assert renditions.due(at) == [files[1].pk, files[0].pk]
    assert renditions.due(at, limit=1) == [files[1].pk]


def test_the_second_worker_finds_nothing_to_do():
    file = make.make_stored_file()
    renditions.take(file.pk, AT)
    assert renditions.make(file.pk, at=AT + timedelta(minutes=1)) is False
    assert renditions.due(AT + timedelta(minutes=1)) == []


def test_a_dead_worker_gives_its_file_back_after_the_lease():
    file = make.make_stored_file()
    renditions.take(file.pk, AT)
    later = AT + renditions.LEASE
    assert renditions.due(later) == [file.pk]
    assert renditions.make(file.pk, at=later)
    assert fresh(file).state == "ready"


def test_a_worker_that_lost_its_lease_changes_nothing():
    file = make.make_stored_file()
    lost = renditions.take(file.pk, AT)
    renditions.take(file.pk, AT + renditions.LEASE)
    renditions.fail(file, lost, "too late")
    assert states(file)["page"] == "waiting"
    assert fresh(file).state == "waiting"


def test_a_picture_that_cannot_be_opened_fails_at_once_with_a_sentence(settings):
    file = make.make_stored_file(name="leak.jpg")
    (settings.MEDIA_ROOT / file.path).write_bytes(make.jpeg()[:-3000])

    renditions.make(file.pk, at=AT)

    assert (fresh(file).state, fresh(file).failure) == (
        "failed",
        "“leak.jpg” is damaged or did not arrive whole. Please send it again.",
    )
    assert states(file) == {"list": "ready", "pdf": "failed", "page": "failed"}
    assert pictures.ready([file]), "nothing to wait for any more"


def test_a_full_disk_is_tried_again_with_growing_pauses_and_then_fails(monkeypatch):
    file = make.make_stored_file()

    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    at, tries = AT, []
    while due := renditions.due(at):
        renditions.make(due[0], at=at)
        tries.append(at - AT)
        at = file.renditions.get(kind="page").next_try_at
        if len(tries) > 20:
            break
    assert [int(delay.total_seconds()) for delay in tries] == [0, 10, 70, 370, 2170, 9370]
    assert (fresh(file).state, fresh(file).failure) == ("failed", "photo.jpg: No space left on device")


def test_a_picture_that_takes_its_worker_down_each_time_is_given_up():
    file = make.make_stored_file()
    at = AT
    for _ in range(renditions.MOST_ATTEMPTS):
        renditions.take(file.pk, at)
        at += renditions.LEASE
    renditions.make(file.pk, at=at)
    assert fresh(file).state == "failed"


def test_a_child_that_the_machine_ends_is_tried_again(monkeypatch):
    file = make.make_stored_file()
    killed = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **options: killed)
    renditions.make(file.pk, at=AT)
    assert states(file)["page"] == "waiting"
    assert file.renditions.get(kind="page").next_try_at == AT + renditions.BACKOFF[0]


def test_try_again_makes_it_due(settings):
    file = make.make_stored_file(name="leak.jpg")
    whole = (settings.MEDIA_ROOT / file.path).read_bytes()
    (settings.MEDIA_ROOT / file.path).write_bytes(whole[:900])
    renditions.make(file.pk, at=AT)
    (settings.MEDIA_ROOT / file.path).write_bytes(whole)

    renditions.retry(fresh(file), by=SYSTEM, at=AT)

    assert renditions.make(file.pk, at=AT)
    assert (fresh(file).state, fresh(file).failure) == ("ready", "")


def test_a_file_that_is_gone_is_told_after_the_last_try(settings):
    file = make.make_stored_file()
    (settings.MEDIA_ROOT / file.path).unlink()
    Rendition.objects.filter(file=file).update(attempts=renditions.MOST_ATTEMPTS - 1)
    renditions.make(file.pk, at=AT)
    assert "No such file" in fresh(file).failure


def test_one_decode_makes_the_three_sizes(monkeypatch):
    large = make.png(size=(2600, 1700))
    file = make.make_stored_file(content=large, is_thorough=False)
    assert set(states(file).values()) == {"waiting"}
    examined = []
    examine = examination.examine
    monkeypatch.setattr(examination, "examine", lambda *a, **more: examined.append(more) or examine(*a, **more))
    renditions.make(file.pk, at=AT)
    assert [set(more["outputs"]) for more in examined] == [{"list", "pdf", "page"}]


def test_reading_for_a_mail():
    file = make.make_stored_file(is_developed=True)
    assert pictures.read(file, "pdf")[:2] == b"\xff\xd8"
    assert pictures.read(make.make_stored_file(), "pdf") is None


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_size_once(monkeypatch):
    from django.db import connection

    file = make.make_stored_file()
    made = []
    develop = renditions.develop
    monkeypatch.setattr(
        renditions,
        "develop",
        lambda file, original, targets: made.extend(targets) or develop(file, original, targets),
    )

    def work():
        renditions.make(file.pk, at=AT)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(made) == ["page", "pdf"]
    assert fresh(file).state == "ready"
