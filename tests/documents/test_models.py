import pytest
from django.db import IntegrityError, transaction

from documents.models import StoredFile
from tests.factories import documents as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"size": 0}, "not_empty"),
        ({"sha256": ""}, "has_bytes"),
        ({"path": ""}, "has_bytes"),
        ({"kind": "virus"}, "kind"),
        ({"state": "lost"}, "state"),
        ({"width": None}, "measured"),
        ({"state": "failed", "failure": ""}, "failure_worded"),
    ],
)
def test_the_database_refuses(facts, name):
    file = make.make_file_row()
    with pytest.raises(IntegrityError, match=f"documents_storedfile_{name}"), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"state": "ready", "path": ""}, "ready_has_bytes"),
        ({"kind": "huge"}, "kind"),
        ({"state": "gone"}, "state"),
    ],
)
def test_the_database_refuses_an_odd_size(facts, name):
    file = make.make_stored_file()
    with pytest.raises(IntegrityError, match=f"documents_rendition_{name}"), transaction.atomic():
        file.renditions.filter(kind="page").update(**facts)
