"""How far a mail got, in words."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outbox.choices import MailState

if TYPE_CHECKING:
    from outbox.models import OutgoingMail


def state_in_words(mail: "OutgoingMail", *, at: datetime | None = None, zone: ZoneInfo | None = None) -> str:
    """One short clause: "queued since 09:14", "delivered Tue 3 Mar, 20:15", "not delivered: no such mailbox"."""
    if mail.state == MailState.SENT:
        return _("delivered %(when)s") % {"when": _moment(mail.sent_at, at, zone)}
    if mail.state == MailState.FAILED:
        return _("not delivered: %(failure)s") % {"failure": mail.failure}
    since = _moment(mail.queued_at, at, zone)
    if mail.attempts:
        again = _moment(mail.next_try_at, at, zone)
        return _("queued since %(since)s, next try %(again)s: %(failure)s") % {
            "since": since,
            "again": again,
            "failure": mail.failure,
        }
    return _("queued since %(since)s") % {"since": since}


def _moment(moment: datetime | None, at: datetime | None, zone: ZoneInfo | None) -> str:
    """The date and the time of day; without the date when the reader's day is the same."""
    if moment is None:
        return ""
    local = timezone.localtime(moment, zone)
    is_today = at is not None and timezone.localtime(at, zone).date() == local.date()
    return date_format(local, "H:i" if is_today else "D j M, H:i")
