"""Pictures by the photo link: sent with its button, or left behind and brought to the case by the sweep.

A row of `LinkPhoto` is taken by whoever deletes it, so that of button and sweep, or of two sweeps, one attaches.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from cases import talk
from cases.capacities import NOBODY, capacity_of
from cases.models import Attachment, Case, LinkPhoto
from documents.models import StoredFile
from homeowners.models import Homeowner
from ledger.actors import Actor

WAITS = timedelta(minutes=15)
"""After the last picture of a person; sooner the person is still choosing."""

BATCH = 50

Left = tuple[int, int]
"""Whose pictures wait at which case: keys of case and homeowner."""


def keep(case: Case, file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Remember that this upload belongs to the case."""
    LinkPhoto.objects.get_or_create(file=file, defaults={"case": case, "homeowner_id": by.party_id, "added_at": at})


@transaction.atomic
def send(case: Case, photos: Sequence[StoredFile], *, by: Actor, at: datetime) -> list[Attachment]:
    """The button: attaches these pictures, but for those that the sweep brought already.

    Others that the person uploaded here were taken out of the form again: they are not kept for the sweep.
    """
    LinkPhoto.objects.filter(case=case, homeowner_id=by.party_id or 0).delete()
    there = set(Attachment.objects.filter(case=case, file__in=photos).values_list("file_id", flat=True))
    return talk.send_pictures(case, [file for file in photos if file.pk not in there], by=by, at=at)


def drop(case: Case, files: Sequence[StoredFile], *, by: Actor) -> None:
    """The person took these out of the form again: the sweep does not bring them."""
    LinkPhoto.objects.filter(case=case, homeowner_id=by.party_id or 0, file__in=files).delete()


def due(at: datetime) -> list[Left]:
    """Who left pictures behind at which case: nothing came for a while."""
    left = LinkPhoto.objects.order_by().values("case", "homeowner").annotate(last=Max("added_at"))
    return list(left.filter(last__lte=at - WAITS).order_by("last").values_list("case", "homeowner")[:BATCH])


@transaction.atomic
def land(left: Left, *, at: datetime) -> list[Attachment]:
    """The sweep: as if the person had pressed the button. Who no longer holds the home brings nothing any more."""
    rows = LinkPhoto.objects.filter(case=left[0], homeowner=left[1]).select_related("file")
    taken = [row.file for row in list(rows) if LinkPhoto.objects.filter(pk=row.pk).delete()[0]]
    case = Case.objects.for_page().get(pk=left[0])
    person = Homeowner.objects.get(pk=left[1])
    by = Actor(person.name, "homeowner", person.user_id, person.pk, "link")
    if not case.is_visible or capacity_of(case, by, at=at) == NOBODY:
        return []
    return talk.send_pictures(case, taken, by=by, at=at)
