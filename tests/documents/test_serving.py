"""What a browser gets of a private file, byte for byte."""

import pytest
from django.test import RequestFactory

from documents import ranges, serving
from documents.models import StoredFile
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages(photo_pages):
    """/photos/<id>/ serves; it stands for a view that has asked `visible_to` before."""


@pytest.fixture
def photo():
    return make.make_stored_file(name="wall of Hana.jpeg", is_developed=True)


def get(client, file, kind="page", query="", **headers):
    return client.get(f"/photos/{file.public_id}/?kind={kind}{query}", headers=headers)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def bytes_of(settings, file, kind="page"):
    return (settings.MEDIA_ROOT / file.renditions.get(kind=kind).path).read_bytes()


def long_pdf():
    """Longer than what is sent in one piece; no two places look alike."""
    return make.pdf() + b"".join(b"%%%06d\n" % number for number in range(100_000)) + b"startxref\n0\n%%EOF"


class TestHeaders:
    def test_a_picture(self, client, photo, settings):
        response = get(client, photo)
        assert response.status_code == 200
        assert body(response) == bytes_of(settings, photo)
        wanted = {
            "Content-Type": "image/jpeg",
            "Content-Length": str(len(bytes_of(settings, photo))),
            "Content-Disposition": 'inline; filename="wall of Hana.jpg"',
            "Cache-Control": "private, no-cache",
            "Accept-Ranges": "bytes",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        assert {name: response[name] for name in wanted} == wanted

    def test_a_document_is_always_a_download_of_what_came(self, client):
        content = make.pdf()
        file = make.make_stored_file(content=content, name="Plan ü.pdf")
        response = get(client, file)
        assert body(response) == content
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''Plan%20%C3%BC.pdf"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"

    @pytest.mark.parametrize(
        ("name", "saved_as"),
        [
            ("plan.exe", "plan.exe.pdf"),
            ("plan.PDF", "plan.PDF"),
            ("plan", "plan.pdf"),
            ('a"b;.pdf', 'a\\"b;.pdf'),
            ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ],
    )
    def test_a_download_is_called_what_it_is(self, client, name, saved_as):
        file = make.make_stored_file(content=make.pdf(), name=name)
        assert get(client, file)["Content-Disposition"] == f'attachment; filename="{saved_as}"'

    def test_a_picture_for_saving(self, client, photo):
        response = get(client, photo, query="&download")
        assert response["Content-Disposition"] == 'attachment; filename="wall of Hana.jpg"'

    def test_head_has_headers_and_no_body(self, client, photo):
        response = client.head(f"/photos/{photo.public_id}/?kind=page")
        assert (response.status_code, body(response)) == (200, b"")
        assert int(response["Content-Length"]) == photo.renditions.get(kind="page").size

    def test_other_methods_are_refused(self, photo):
        assert serving.serve(RequestFactory().post("/"), photo).status_code == 405


class TestOriginals:
    def test_are_not_given(self, client, photo):
        assert get(client, photo, "original").status_code == 404

    def test_only_as_evidence_and_as_a_download(self, client, photo, settings):
        response = get(client, photo, "original", "&evidence")
        assert body(response) == (settings.MEDIA_ROOT / photo.path).read_bytes()
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Cache-Control"] == "private, no-store"

    def test_an_unknown_size_is_not_there(self, client, photo):
        assert get(client, photo, "huge").status_code == 404

    def test_evidence_changes_nothing_for_a_size(self, client, photo, settings):
        assert body(get(client, photo, "list", "&evidence")) == bytes_of(settings, photo, "list")


SIZE = 1000


class TestRange:
    @pytest.mark.parametrize(
        ("header", "span"),
        [
            ("bytes=0-0", (0, 0)),
            ("bytes=0-99", (0, 99)),
            ("bytes=900-", (900, 999)),
            ("bytes=900-5000", (900, 999)),
            ("bytes=-1", (999, 999)),
            ("bytes=-5000", (0, 999)),
            ("BYTES = 5-6", (5, 6)),
            ("", None),
            ("bytes=0-1,5-6", None),
            ("lines=0-1", None),
            ("bytes=1000-", "416"),
            ("bytes=5-4", "416"),
            ("bytes=-0", "416"),
            ("bytes=-", "416"),
            ("bytes=x-y", "416"),
            ("bytes=", "416"),
            ("bytes=1-2-3", "416"),
            ("bytes=" + "9" * 400 + "-", "416"),
            ("bytes=٣-", "416"),
        ],
    )
    def test_table(self, header, span):
        if span == "416":
            with pytest.raises(ranges.NotSatisfiable):
                ranges.read(header, SIZE)
            return
        found = ranges.read(header, SIZE)
        assert (found and (found.first, found.last)) == span

    def test_part_of_a_file(self, client, photo, settings):
        whole = bytes_of(settings, photo)
        response = get(client, photo, range="bytes=100-299")
        assert response.status_code == 206
        assert body(response) == whole[100:300]
        assert response["Content-Range"] == f"bytes 100-299/{len(whole)}"
        assert response["Content-Length"] == "200"

    def test_the_end_of_a_file_that_is_longer_than_one_piece(self, client, settings):
        content = long_pdf()
        file = make.make_stored_file(content=content, name="long.pdf")
        assert body(get(client, file, range="bytes=-650000")) == content[-650_000:]
        assert body(get(client, file, range="bytes=1000-649999")) == content[1000:650_000]
        assert body(get(client, file)) == content

    def test_outside_of_the_file(self, client, photo):
        size = photo.renditions.get(kind="page").size
        response = get(client, photo, range=f"bytes={size}-")
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{size}"

    def test_a_range_for_another_version_gets_everything(self, client, photo):
        response = get(client, photo, range="bytes=0-1", if_range='"other"')
        assert response.status_code == 200
        response = get(client, photo, range="bytes=0-1", if_range=response["ETag"])
        assert response.status_code == 206

    def test_the_file_is_closed_when_the_reader_hangs_up(self):
        file = make.make_stored_file(content=long_pdf(), name="long.pdf")
        response = serving.serve(RequestFactory().get("/"), file)
        pieces = response._resource_closers[0].__self__
        response.close()
        assert pieces.file.closed


class TestConditional:
    def test_an_unchanged_picture_is_not_sent_again(self, client, photo):
        tag = get(client, photo)["ETag"]
        response = get(client, photo, if_none_match=f'"x", W/{tag}')
        assert (response.status_code, response.content) == (304, b"")
        assert response["Cache-Control"] == "private, no-cache"
        assert response["ETag"] == tag

    def test_each_size_has_its_own_tag(self, client, photo):
        tags = {get(client, photo, kind)["ETag"] for kind in ("list", "pdf", "page")}
        tags.add(get(client, photo, "original", "&evidence")["ETag"])
        assert len(tags) == 4


class TestNotMadeYet:
    def test_nothing_made_answers_202_with_a_picture_that_says_so(self, client):
        file = make.make_stored_file(content=make.png(size=(2600, 1700)), is_thorough=False)
        response = get(client, file, "list")
        assert (response.status_code, response["Content-Type"], response["Retry-After"]) == (202, "image/png", "2")
        assert response["Cache-Control"] == "private, no-store"

    def test_the_next_smaller_size_stands_in_and_is_not_kept(self, client, settings):
        file = make.make_stored_file()
        response = get(client, file, "page")
        assert body(response) == bytes_of(settings, file, "list")
        assert response["Cache-Control"] == "private, no-store"

    def test_a_larger_size_does_not(self, client):
        file = make.make_stored_file(is_developed=True)
        file.renditions.filter(kind="list").update(state="waiting")
        assert get(client, file, "list").status_code == 202

    def test_a_failed_one_says_so(self, client):
        file = make.make_file_row(state="failed")
        response = get(client, file, "list")
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert "Retry-After" not in response

    def test_a_row_without_its_file_is_not_there(self, client, photo, settings):
        (settings.MEDIA_ROOT / photo.renditions.get(kind="page").path).unlink()
        assert get(client, photo).status_code == 404


class TestBehindNginx:
    @pytest.fixture(autouse=True)
    def nginx(self, settings):
        settings.MEDIA_ACCEL_PREFIX = "/internal-media"

    def test_sends_the_address_and_no_bytes(self, client, photo):
        response = get(client, photo)
        path = photo.renditions.get(kind="page").path
        assert (response["X-Accel-Redirect"], response.content) == (f"/internal-media/{path}", b"")
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_unchanged_is_still_304(self, client, photo):
        tag = get(client, photo)["ETag"]
        response = get(client, photo, if_none_match=tag)
        assert response.status_code == 304
        assert "X-Accel-Redirect" not in response


def test_the_number_of_queries_does_not_grow(client, photo, queries):
    with queries(2):
        get(client, photo)
    photo = StoredFile.objects.prefetch_related("renditions").get(pk=photo.pk)
    with queries(0):
        serving.serve(RequestFactory().get("/"), photo).close()
