import hashlib
import io
import resource
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from documents import shelf, uploads
from documents.models import StoredFile
from ledger.actors import SYSTEM, Actor
from ledger.models import AuditEntry
from tests.documents.doors import HANA, on_disk, refusal, store
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "kind", "mime"),
    [
        (make.jpeg, "image", "image/jpeg"),
        (make.png, "image", "image/png"),
        (make.webp, "image", "image/webp"),
        (make.heic, "image", "image/heic"),
        (make.pdf, "document", "application/pdf"),
        (make.docx, "document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (make.xlsx, "document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (make.pptx, "document", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (make.odt, "document", "application/vnd.oasis.opendocument.text"),
        (make.ods, "document", "application/vnd.oasis.opendocument.spreadsheet"),
        (make.doc, "document", "application/msword"),
        (make.xls, "document", "application/vnd.ms-excel"),
    ],
)
def test_a_good_file_is_kept_by_its_content_whatever_it_is_called(content, kind, mime, settings):
    bytes_sent = content()

    file = store(bytes_sent, "lies.exe")

    assert (file.kind, file.mime, file.original_name) == (kind, mime, "lies.exe")
    assert (file.sha256, file.size) == (hashlib.sha256(bytes_sent).hexdigest(), len(bytes_sent))
    assert (settings.MEDIA_ROOT / file.path).read_bytes() == bytes_sent
    assert (file.stored_by_name, file.stored_by_id, file.stored_at) == ("Hana Yusof", 7, make.AT)


def test_a_heic_that_holds_a_jpeg_is_a_jpeg():
    assert store(make.jpeg(), "IMG_0001.HEIC").mime == "image/jpeg"


def test_storing_is_audited():
    file = store(make.pdf(), "method.pdf")

    entry = AuditEntry.objects.get(action="file-stored")
    assert (entry.about, entry.about_id, entry.actor_name) == ("file", file.pk, "Hana Yusof")
    assert entry.new["sha256"] == file.sha256


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\fakepath\\IMG 1.jpg", "IMG 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("line\nbreak\0.jpg", "linebreak.jpg"),
        ("厨房 漏水.jpg", "厨房 漏水.jpg"),
        ("...", "file"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_a_name_is_kept_without_what_misleads(given, kept):
    file = ContentFile(make.jpeg(size=(8, 8)))
    file.name = given
    assert uploads.store(file, by=SYSTEM, at=make.AT).original_name == kept


class TestEvidence:
    def test_time_and_place_of_a_phones_heic(self):
        file = store(make.heic(taken="2026:03:03 20:10:00", offset="+08:00", gps=make.KLANG))
        assert (file.captured_at, file.captured_from) == (datetime(2026, 3, 3, 12, 10, tzinfo=UTC), "camera")
        assert file.gps == {"latitude": 3.0449, "longitude": 101.4456}

    def test_south_and_west_are_negative(self):
        assert store(make.jpeg(gps=(-33.8688, -70.6693))).gps == {"latitude": -33.8688, "longitude": -70.6693}

    def test_a_lying_picture_is_measured_as_people_see_it(self):
        for content in (make.jpeg(orientation=6), make.heic(orientation=6)):
            file = store(content)
            assert (file.width, file.height) == (480, 640)

    def test_a_time_without_zone_is_read_in_the_current_one(self):
        from django.utils import timezone

        with timezone.override("Asia/Kuala_Lumpur"):
            file = store(make.jpeg(taken="2026:03:03 20:10:00"))
        assert file.captured_at == datetime(2026, 3, 3, 12, 10, tzinfo=UTC)

    def test_without_exif_the_date_of_the_file_counts(self):
        modified = make.AT - timedelta(days=2)
        file = store(make.png(), device_time=modified)
        assert (file.captured_at, file.captured_from) == (modified, "device")

    @pytest.mark.parametrize(
        "taken", ["0000:00:00 00:00:00", "1980:01:01 00:00:00", "2031:01:01 00:00:00", "yesterday"]
    )
    def test_a_camera_with_a_wrong_clock_is_not_believed(self, taken):
        file = store(make.jpeg(taken=taken))
        assert (file.captured_at, file.captured_from) == (None, "")

    def test_a_broken_exif_block_costs_nothing_but_itself(self):
        content = make.jpeg(taken="2026:03:03 20:10:00", gps=make.KLANG)
        start = content.index(b"Exif\0\0") + 10
        file = store(content[:start] + b"\xff" * 40 + content[start + 40 :])
        assert (file.captured_at, file.gps) == (None, None)


class TestFullDisk:
    def test_a_write_that_no_longer_fits_is_a_sentence(self, settings):
        """RLIMIT_FSIZE: the operating system itself refuses the bytes."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
        try:
            refused = refusal(make.jpeg() + bytes(3_000_000), "leak.jpg")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert refused.sentence.startswith("“leak.jpg” could not be kept: our store is full. Nothing you typed is lost")
        assert on_disk(settings) == []
        assert store(make.jpeg()).pk, "works again without a restart"

    @pytest.mark.parametrize("call", ["os.fsync", "os.replace", "tempfile.mkstemp", "pathlib.Path.mkdir"])
    def test_wherever_the_disk_is_full_nothing_half_stays(self, call, settings, monkeypatch):
        import errno

        def full(*arguments, **options):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(call, full)
        refused = refusal(make.jpeg())
        monkeypatch.undo()
        assert refused.reason == "store-full"
        assert on_disk(settings) == []
        assert not StoredFile.objects.exists()

    def test_a_full_disk_in_the_child_is_not_the_pictures_fault(self, settings, monkeypatch):
        monkeypatch.setattr("documents.shelf.new_file", _dev_full)
        assert refusal(make.jpeg()).reason == "store-full"


def _dev_full(suffix=""):
    """A file on a device that is always full."""
    import contextlib
    from pathlib import Path

    return contextlib.nullcontext((io.BytesIO(), Path("/dev/full")))


def test_when_the_row_cannot_be_written_the_bytes_go_again(settings):
    nobody = Actor(name=None, role="x")  # violates NOT NULL
    with pytest.raises(IntegrityError), transaction.atomic():
        uploads.store(ContentFile(make.jpeg(), name="a.jpg"), by=nobody, at=make.AT)
    assert on_disk(settings) == []


class TestMany:
    def test_each_is_kept_or_refused_for_itself_in_order(self):
        sent = [
            ContentFile(make.jpeg(), name="1.jpg"),
            ContentFile(b"x", name="2.jpg"),
            ContentFile(make.pdf(), name="3.pdf"),
        ]
        first, second, third = uploads.store_many(sent, by=HANA, at=make.AT)
        assert (first.original_name, second.sentence[:7], third.original_name) == ("1.jpg", "“2.jpg”", "3.pdf")

    def test_large_pictures_of_one_sending_are_left_to_the_worker(self):
        large = make.png(size=(2600, 1700))
        two = uploads.store_many([ContentFile(large, name=f"{n}.png") for n in "12"], by=HANA, at=make.AT)
        one = uploads.store_many([ContentFile(large, name="1.png")], by=HANA, at=make.AT)
        assert [file.renditions.ready().count() for file in two + one] == [0, 0, 1]

    def test_jpegs_of_one_sending_have_their_list_size_at_once(self):
        two = uploads.store_many([ContentFile(make.jpeg(), name=f"{n}.jpg") for n in "12"], by=HANA, at=make.AT)
        assert [file.renditions.ready().get().kind for file in two] == ["list", "list"]

    def test_a_disk_that_fills_up_on_the_way_keeps_the_earlier_ones(self, monkeypatch):
        import errno
        import os

        replace, placed = os.replace, []

        def limited(source, target):
            if "originals" in str(target):
                placed.append(target)
            if len(placed) > 1:
                raise OSError(errno.ENOSPC, "No space left on device")
            replace(source, target)

        monkeypatch.setattr("os.replace", limited)
        sent = [ContentFile(make.jpeg(), name=f"{number}.jpg") for number in range(3)]
        results = uploads.store_many(sent, by=HANA, at=make.AT)
        assert [getattr(result, "reason", "kept") for result in results] == ["kept", "store-full", "store-full"]


class TestDiscard:
    def test_row_and_bytes_go_and_the_audit_stays(self, settings, django_capture_on_commit_callbacks):
        file = make.make_stored_file(is_developed=True)
        assert len(on_disk(settings)) == 4
        with django_capture_on_commit_callbacks(execute=True):
            uploads.discard(file, by=HANA, at=make.AT)
        assert on_disk(settings) == []
        assert not StoredFile.objects.exists()
        assert AuditEntry.objects.get(action="file-discarded").old["sha256"] == file.sha256

    def test_bytes_stay_until_the_rows_are_certainly_gone(self, settings):
        file = make.make_stored_file()
        with transaction.atomic():
            uploads.discard(file, by=HANA, at=make.AT)
            transaction.set_rollback(True)
        assert (settings.MEDIA_ROOT / file.path).stat().st_size == file.size


def test_the_incoming_folder_lies_in_the_file_system_of_the_shelf(settings):
    folder = shelf.incoming_folder()
    assert folder.parent == settings.MEDIA_ROOT


def test_a_picture_is_what_pillow_says_too():
    """The fixture is a real HEIC, not something that only looks so to us."""
    import pi_heif

    pi_heif.register_heif_opener()
    assert Image.open(io.BytesIO(make.heic())).format == "HEIF"
