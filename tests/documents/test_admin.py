import pytest
from django.contrib.messages import get_messages

from documents import renditions
from documents.models import StoredFile
from ledger.models import AuditEntry
from tests.factories import documents as make
from tests.factories.accounts import ada

pytestmark = pytest.mark.django_db
URL = "/admin/documents/storedfile/"


@pytest.fixture
def office(client_for):
    return client_for(ada())


def test_a_failed_picture_is_tried_again(office, settings):
    file = make.make_stored_file(name="leak.jpg")
    path = settings.MEDIA_ROOT / file.path
    path.write_bytes(path.read_bytes()[:900])
    renditions.make(file.pk, at=make.AT)

    answer = office.post(URL, {"action": "try_again", "_selected_action": [file.pk]})

    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["1 picture is tried again."]
    assert StoredFile.objects.get().state == "waiting"
    assert AuditEntry.objects.get(action="file-retried").actor_name == "Ada Wong"


def test_place_and_bytes_are_not_shown_and_nothing_can_be_changed(office):
    file = make.make_stored_file(content=make.jpeg(gps=make.KLANG))
    page = office.get(f"{URL}{file.pk}/change/").content.decode()
    assert file.sha256 in page
    assert "3.0449" not in page
    assert office.post(f"{URL}{file.pk}/change/", {"original_name": "x"}).status_code == 403
    assert office.post(f"{URL}{file.pk}/delete/").status_code == 403
    assert office.get(f"{URL}add/").status_code == 403
