"""Reports by the unit's link, without an account: everything a stranger may leave here is counted in the database."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from cases import drafts
from cases.evidence import MoveRefused
from cases.models import ReportDraft
from ledger.actors import SYSTEM
from units.models import Unit

WINDOW = timedelta(hours=1)
PER_ADDRESS = 12
PER_HOME = 12
VIDEO_COUNTS_AS = 10
"""Pictures: a visitor's draft takes up to six videos."""
MOST_PHOTOS = 60
"""Pictures that one draft may send, those taken out again included: each costs a look at the whole file."""

KEEP_BY_LINK = timedelta(days=14)
KEEP_OF_USER = timedelta(days=180)
KEEP_SENT = timedelta(days=14)
BATCH = 100


class TooManyReports(MoveRefused):
    """This address or this home has begun all the reports that one hour allows."""


def start(unit: Unit, *, address: str, at: datetime) -> ReportDraft:
    """A draft for a visitor. `address` is the network that the visitor comes from.

    The row is written first and counted with the others, so of many at once never more than allowed stay. A report
    needs a draft of its own: this bounds what can be sent, too. TooManyReports undoes the row.
    """
    draft = drafts.start(unit, user=None, address=address, at=at)
    lately = ReportDraft.objects.filter(user__isnull=True, started_at__gt=at - WINDOW)
    if lately.filter(address=address).count() > PER_ADDRESS or lately.filter(unit=unit).count() > PER_HOME:
        draft.delete()
        raise TooManyReports(_("Too many reports were begun here within an hour. Please call us, or try again later."))
    return draft


def count_photos(draft: ReportDraft, number: int) -> None:
    """Before pictures are looked at: MoveRefused when a visitor has sent enough. A signed-in person is not counted."""
    if draft.user_id:
        return
    room = ReportDraft.objects.filter(pk=draft.pk, photos_taken__lte=MOST_PHOTOS - number)
    if not room.update(photos_taken=F("photos_taken") + number):
        raise MoveRefused(
            _("At most %(n)d pictures go with one report. Send it, and start another for the rest.")
            % {"n": MOST_PHOTOS},
            "photos",
        )


def stale(at: datetime) -> list[ReportDraft]:
    """Drafts that nobody will come back to: unsent for long, or sent and only kept against a second press."""
    unsent = Q(report__isnull=True)
    of_visitor = unsent & Q(user__isnull=True, saved_at__lt=at - KEEP_BY_LINK)
    of_user = unsent & Q(user__isnull=False, saved_at__lt=at - KEEP_OF_USER)
    sent = Q(report__isnull=False, saved_at__lt=at - KEEP_SENT)
    return list(ReportDraft.objects.filter(of_visitor | of_user | sent)[:BATCH])


@transaction.atomic
def forget(draft: ReportDraft, *, at: datetime) -> None:
    """For the sweep: throw a stale draft away, unless somebody came back to it meanwhile."""
    if ReportDraft.objects.filter(pk=draft.pk, saved_at=draft.saved_at).exists():
        drafts.throw_away(draft, by=SYSTEM, at=at)
