"""The ledger of mails, to be taken away; never with the words of a mail."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from desk import pages
from desk.outgoing import mails
from desk.outgoing.forms import MailSearchForm
from documents.sheets_out import asking
from documents.sheets_out.sheet import Column, Kind, Part, Sheet
from outbox.models import OutgoingMail

COLUMNS = (
    Column(_("To"), lambda mail: mail.recipient_name, width=22, is_printed=True),
    Column(_("Address"), lambda mail: mail.recipient, width=30, is_printed=True),
    Column(_("Subject"), lambda mail: mail.subject, width=50, is_printed=True),
    Column(_("About"), lambda mail: mail.about_reference, width=12, is_printed=True),
    Column(_("Written by"), lambda mail: mail.author_name, width=20),
    Column(_("Queued"), lambda mail: mail.queued_at, Kind.MOMENT, is_printed=True),
    Column(_("State"), lambda mail: mail.get_state_display(), width=12, is_printed=True),
    Column(_("Tries"), lambda mail: mail.attempts, Kind.NUMBER, width=8),
    Column(_("Delivered"), lambda mail: mail.sent_at, Kind.MOMENT, is_printed=True),
    Column(_("Given up"), lambda mail: mail.failed_at, Kind.MOMENT),
    Column(_("Why not"), lambda mail: mail.failure, width=30),
)


def of_form(form: MailSearchForm, *, user: User) -> Sheet:
    """The mails that the form leaves, newest first, each in the zone of its development."""
    rows = pages.ordered(form.filter(mails.visible_to(user)), by="queued_at", newest_first=True)
    zones: dict[int, ZoneInfo] = {}

    def fetch(keys: list[int]) -> Mapping[int, OutgoingMail]:
        found = OutgoingMail.objects.defer("body_text", "body_html", "context").in_bulk(keys)
        zones.update(mails.zones(found.values()))
        return found

    part = Part(rows, fetch)
    return Sheet("outgoing", _("Outgoing"), COLUMNS, (part,), asking.in_use(form), zone=lambda mail: zones[mail.pk])
