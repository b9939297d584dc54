"""kill -9 at every point of storing: never a row without its file, never half a file where files are served."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.db import connection

from documents import sanity
from documents.models import Rendition, StoredFile
from ledger.actors import SYSTEM
from tests.factories import documents as make

POINTS = [
    "os.fsync before 1",
    "os.replace before 1",
    "os.replace after 1",
    "os.replace before 2",
    "os.replace after 2",
    "django.db.models.query.QuerySet.bulk_create before 1",
    "ledger.audit.record before 1",
    "django.db.transaction.Atomic.__exit__ before 1",
    "nowhere before 1",
]
PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from documents import uploads
from ledger.actors import SYSTEM
from tests.factories import documents as make

def deadly(point):
    name, when, number = point.split()
    if name == "nowhere":
        return
    owner, attribute = name.rsplit(".", 1)
    import importlib
    try:
        place = importlib.import_module(owner)
    except ImportError:
        place = import_string(owner)
    real, calls = getattr(place, attribute), []
    def call(*arguments, **options):
        calls.append(1)
        if when == "before" and len(calls) == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*arguments, **options)
        if when == "after" and len(calls) == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(place, attribute, call)

photo, codes = make.jpeg(), []
for point in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        deadly(point)
        uploads.store(ContentFile(photo, name=point), by=SYSTEM, at=make.AT)
        os._exit(0)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(codes))
"""


def run_program(program, points, folder):
    """Exit codes of the children, one a point."""
    environment = {
        "PATH": os.defpath,
        "DEBUG": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "defects_portal.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", program, json.dumps(points)],
        env=environment,
        cwd=configured.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


@pytest.mark.django_db(transaction=True)
def test_no_row_without_a_file_and_no_half_file(settings, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the order of files and rows does not depend on the database")
    codes = run_program(PROGRAM, POINTS, tmp_path)
    assert codes == [-9] * (len(POINTS) - 1) + [0], "each point was reached"
    assert [file.original_name for file in StoredFile.objects.all()] == ["nowhere before 1"]
    assert Rendition.objects.count() == 3
    whole = {len(make.jpeg())} | set(Rendition.objects.ready().values_list("size", flat=True))
    served = [path for folder in ("originals", "renditions") for path in (settings.MEDIA_ROOT / folder).rglob("*")]
    assert {path.stat().st_size for path in served if path.is_file()} == whole
    assert [row.kind for row in sanity.check(at=make.AT)] == []


SENDING_POINTS = [
    "os.fsync before 1",
    "django.db.models.query.QuerySet.update before 1",
    "django.db.models.query.QuerySet.update after 1",
    "os.replace before 1",
    "os.replace after 1",
    "ledger.audit.record before 1",
    "django.db.transaction.Atomic.__exit__ before 1",
    "nowhere before 1",
]
SENDING_PROGRAM = (
    PROGRAM.partition("photo, codes")[0]
    + """
import io
from documents import sendings
from documents.models import Sending
from tests.factories import videos

film, codes = videos.mp4(), []
for point in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        sending = sendings.begin(holder=point, client_key="k", name=point, size=len(film), at=make.AT)
        deadly(point)
        sendings.take(sending, io.BytesIO(film), len(film), offset=0)
        sendings.finish(Sending.objects.get(pk=sending.pk), by=SYSTEM, at=make.AT)
        os._exit(0)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(codes))
"""
)


@pytest.mark.django_db(transaction=True)
def test_a_sending_killed_at_any_point_goes_on_or_begins_anew(settings, tmp_path):
    from documents import sendings
    from documents.models import Sending
    from tests.factories import videos

    if connection.vendor != "sqlite":
        pytest.skip("the order of files and rows does not depend on the database")
    assert run_program(SENDING_PROGRAM, SENDING_POINTS, tmp_path) == [-9] * (len(SENDING_POINTS) - 1) + [0]
    assert [file.original_name for file in StoredFile.objects.all()] == ["nowhere before 1"]
    assert [row.kind for row in sanity.check(at=make.AT)] == []
    assert {sendings.offset_of(sending) for sending in Sending.objects.unfinished()} <= {0, len(videos.mp4())}
    for sending in Sending.objects.unfinished():
        if sendings.offset_of(sending) == 0:
            sendings.take(sending, io.BytesIO(videos.mp4()), len(videos.mp4()), offset=0)
        sendings.finish(Sending.objects.get(pk=sending.pk), by=SYSTEM, at=make.AT)
    assert StoredFile.objects.count() == len(SENDING_POINTS)
    assert [row.kind for row in sanity.check(at=make.AT)] == []
