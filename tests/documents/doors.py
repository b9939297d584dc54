"""Short ways through the real door, and what then lies on the disk."""

import pytest
from django.core.files.base import ContentFile

from documents import uploads
from documents.uploads import UploadRefused
from ledger.actors import Actor
from tests.factories import documents as make

HANA = Actor(name="Hana Yusof", role="homeowner", user_id=7, channel="portal")


def store(content, name="photo.jpg", **options):
    return uploads.store(ContentFile(content, name=name), by=HANA, at=make.AT, **options)


def refusal(content, name="photo.jpg", **options):
    with pytest.raises(UploadRefused) as caught:
        store(content, name, **options)
    return caught.value


def on_disk(settings):
    """Every file under MEDIA_ROOT, half-arrived ones included."""
    root = settings.MEDIA_ROOT
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()) if root.exists() else []
