"""Uploads through HTTP: caught where they will stay, refused without an error page, gone when the sender hangs up."""

import errno
import gc
import io
import socket
import time
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError

from documents import receiving
from documents.models import StoredFile
from tests.documents.doors import on_disk
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages(photo_pages):
    """The form with photos."""


def post(client, *files, words="A crack", **more):
    return client.post("/photos/", {"words": words, "photos": list(files), **more})


def test_a_photo_arrives_by_rename(client, settings, monkeypatch):
    """Its bytes are written once: what the handler caught is what lies on the shelf."""
    caught = []
    settle = receiving.Catch.settle
    monkeypatch.setattr(
        receiving.Catch, "settle", lambda catch: caught.append(catch.path.stat().st_ino) or settle(catch)
    )

    post(client, make.sent(make.jpeg()))

    assert [(settings.MEDIA_ROOT / StoredFile.objects.get().path).stat().st_ino] == caught


def test_nothing_is_left_in_the_incoming_folder(client, settings):
    post(client, make.sent(make.jpeg()), make.sent(b"no", "no.jpg"))
    assert [path for path in on_disk(settings) if path.startswith("incoming")] == []


def test_a_file_over_the_cap_costs_no_disk_and_keeps_the_form(client, settings, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST", 1_000_000)
    most = []
    write = receiving.Catch.write
    monkeypatch.setattr(receiving.Catch, "write", lambda catch, piece: most.append(catch.size) or write(catch, piece))

    response = post(client, SimpleUploadedFile("film.jpg", bytes(9_000_000)), make.sent(make.jpeg(), "good.jpg"))

    page = response.content.decode()
    assert "“film.jpg” is larger than" in page
    assert 'value="A crack"' in page
    assert "good.jpg" in page
    assert max(most) <= 1_000_000
    assert StoredFile.objects.get().original_name == "good.jpg"


def test_all_files_of_a_request_together_have_a_cap(client, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST_REQUEST", 20_000)
    response = post(client, make.sent(make.jpeg(size=(64, 64)), "a.jpg"), make.sent(bytes(30_000), "b.jpg"))
    assert "“b.jpg” did not fit into this sending" in response.content.decode()
    assert StoredFile.objects.get().original_name == "a.jpg"


@pytest.mark.parametrize("call", ["tempfile.mkstemp", "os.fsync"])
def test_a_full_disk_is_a_sentence_and_the_words_are_kept(call, client, settings, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(call, full)
        response = post(client, make.sent(make.jpeg(), "leak.jpg"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "“leak.jpg” could not be kept: our store is full" in page
    assert 'value="A crack"' in page
    assert on_disk(settings) == []
    assert post(client, make.sent(make.jpeg(), "leak.jpg")).content == b"kept leak.jpg"


def test_an_empty_file_is_told(client):
    assert "“none.jpg” is empty" in post(client, make.sent(b"", "none.jpg")).content.decode()


class TestSinglePhotos:
    def add(self, client, content, name="photo.jpg", **more):
        return client.post("/photos/add/", {"photo": make.sent(content, name), **more})

    def test_is_kept_with_the_date_of_the_file(self, client):
        answer = self.add(client, make.jpeg(), modified="1772540000000").json()
        file = StoredFile.objects.get()
        assert answer["id"].startswith(file.public_id.hex)
        assert (answer["name"], answer["thumb"]) == ("photo.jpg", f"/photos/{file.public_id}/")
        assert (file.captured_at.timestamp(), file.captured_from) == (1_772_540_000, "device")

    def test_is_refused_with_a_sentence(self, client):
        response = self.add(client, b"<svg>", "x.svg")
        assert response.status_code == 422
        assert response.json()["error"].startswith("“x.svg” is not a picture that we can open.")
        assert response.json()["again"] is False

    def test_a_document_only_where_the_field_asked_for_it(self, client):
        assert self.add(client, make.pdf(), "plan.pdf").status_code == 422
        assert self.add(client, make.pdf(), "plan.pdf", kinds="image,document").status_code == 200

    def test_a_field_cannot_ask_for_more_than_the_view_allows(self, client):
        film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 200
        assert (
            self.add(client, film, "film.mp4", kinds="image,video").json()["error"].startswith("“film.mp4” is a video")
        )

    def test_nothing_sent(self, client):
        assert client.post("/photos/add/").status_code == 422

    @pytest.mark.parametrize("modified", ["", "x", "-1", "9" * 40, "1e3"])
    def test_an_odd_date_is_no_date(self, client, modified):
        self.add(client, make.jpeg(size=(32, 32)), modified=modified)
        assert StoredFile.objects.get().captured_at is None


@pytest.mark.django_db(transaction=True)
def test_a_sender_who_hangs_up_leaves_nothing(site, settings):
    place = urlsplit(site)
    head = (
        b"POST /photos/add/ HTTP/1.1\r\nHost: %s\r\nCookie: csrf=%s\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 9000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=photo; filename=a.jpg\r\n"
        b"Content-Type: image/jpeg\r\n\r\n"
    ) % (place.netloc.encode(), b"a" * 32)
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall(head + make.jpeg() + bytes(2_000_000))
        wait_until(lambda: on_disk(settings) != [])
    wait_until(lambda: on_disk(settings) == [])


def wait_until(fact):
    deadline = time.monotonic() + 10
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_line_that_breaks_while_reading_leaves_nothing(settings, rf):
    """Behind gunicorn a broken line is an error while reading; Django then forgets the file it was writing."""

    class Line(io.BytesIO):
        def read(self, length=-1):
            if self.tell() > 500_000:
                raise OSError("connection reset")
            return super().read(length)

    request = rf.post("/photos/add/", {"photo": make.sent(bytes(2_000_000))})
    request._stream = Line(request.environ["wsgi.input"].read())
    with pytest.raises(UnreadablePostError):
        _ = request.FILES
    assert len(on_disk(settings)) == 1
    del request
    gc.collect()
    assert on_disk(settings) == []
