"""The same promises with the files in S3-type storage: a real S3 server (moto) on the loopback."""

from urllib.request import Request, urlopen

import boto3
import pytest
from django.test import RequestFactory

from defects_portal.environment import storage
from documents import pictures, renditions, sanity, serving, uploads
from documents.models import StoredFile
from ledger.actors import SYSTEM
from tests.documents.doors import on_disk
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def s3_server():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(s3_server, settings):
    options = {"region_name": "us-east-1", "aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client("s3", endpoint_url=s3_server, **options)
    client.create_bucket(Bucket="defects")
    settings.STORAGE_URL = f"s3://key:secret@defects?endpoint={s3_server}&region=us-east-1"
    default, _ = storage(settings.STORAGE_URL)
    settings.STORAGES = {**settings.STORAGES, "default": default}
    yield client
    for item in client.list_objects_v2(Bucket="defects").get("Contents", []):
        client.delete_object(Bucket="defects", Key=item["Key"])


def keys(bucket):
    return [item["Key"] for item in bucket.list_objects_v2(Bucket="defects").get("Contents", [])]


def test_a_picture_is_stored_developed_and_read(bucket, settings):
    file = make.make_stored_file()
    renditions.make(file.pk, at=make.AT)

    assert len(keys(bucket)) == 4
    assert StoredFile.objects.get().state == "ready"
    assert pictures.read(file, "pdf")[:2] == b"\xff\xd8"
    assert on_disk(settings) == []
    assert list(sanity.check(at=make.AT)) == []


def test_serving_redirects_to_an_address_that_works_for_a_minute():
    file = make.make_stored_file(content=make.pdf(), name="Plan ü.exe")
    response = serving.serve(RequestFactory().get("/"), file)
    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")
    assert "X-Amz-Expires=60" in response["Location"]

    with urlopen(Request(response["Location"], headers={"Range": "bytes=0-3"})) as answer:
        assert (answer.status, answer.read()) == (206, b"%PDF")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''Plan%20%C3%BC.exe.pdf"


def test_a_bare_address_is_refused(s3_server, bucket):
    file = make.make_stored_file()
    response = serving.serve(RequestFactory().get("/"), file, "list")
    assert response["Location"].startswith(f"{s3_server}/defects/renditions/")
    assert "X-Amz-Signature=" in response["Location"]


def test_sanity_sees_what_is_missing_changed_and_stray(bucket):
    kept, lost, changed = (make.make_stored_file(content=make.pdf(words=word), name="a.pdf") for word in "abc")
    bucket.delete_object(Bucket="defects", Key=lost.path)
    bucket.put_object(Bucket="defects", Key=changed.path, Body=b"other")
    bucket.put_object(Bucket="defects", Key="originals/2020/01/nobody", Body=b"x")

    from datetime import timedelta

    from django.utils import timezone

    found = {(row.kind, row.path) for row in sanity.check(at=timezone.now() + timedelta(days=2))}

    assert found == {("missing", lost.path), ("changed", changed.path), ("stray", "originals/2020/01/nobody")}
    sanity.tidy(at=timezone.now() + timedelta(days=2))
    assert sorted(keys(bucket)) == sorted([kept.path, changed.path])


def test_discarding_removes_the_objects(bucket, django_capture_on_commit_callbacks):
    file = make.make_stored_file(is_developed=True)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.discard(file, by=SYSTEM, at=make.AT)
    assert keys(bucket) == []


def test_pages_may_load_pictures_from_the_bucket():
    assert storage("s3://defects?region=ap-southeast-1")[1] == ["https://defects.s3.ap-southeast-1.amazonaws.com"]
    assert storage("s3://defects?endpoint=http://127.0.0.1:9000")[1] == ["http://127.0.0.1:9000"]
    assert storage("")[1] == []


@pytest.mark.parametrize(
    "url", ["s3://", "s3://bucket", "http://x", "s3://b?region=x&colour=red", "s3://b/folder?region=x"]
)
def test_an_odd_storage_is_refused(url):
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        storage(url)
