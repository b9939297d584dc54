"""Narrowing the ledger of mails; lives in the address."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Notice
from cases.search import by_reference
from desk.outgoing import mails
from outbox.choices import MailState
from outbox.models import OutgoingMail
from units.form_fields import DayField
from units.models import Development
from units.sane_days import YEARS

WAITING = "waiting"
STATES = {WAITING: (MailState.QUEUED, MailState.SENDING), "sent": (MailState.SENT,), "failed": (MailState.FAILED,)}


class MailSearchForm(forms.Form):
    """Unknown fields are ignored, unknown values are named at their field."""

    q = forms.CharField(
        label=_("Find"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All states")),
            (WAITING, _("On its way")),
            ("sent", _("Delivered")),
            ("failed", _("Not delivered")),
        ],
    )
    development = forms.ChoiceField(label=_("Development"), required=False)
    day = DayField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, developments: list[Development], **kwargs: Any) -> None:
        """`developments`: those in sight."""
        super().__init__(*args, **kwargs)
        self.developments = developments
        field: Any = self.fields["development"]
        field.choices = [("", _("All developments")), *((row.code, row.name) for row in developments)]

    def clean_day(self) -> date | None:
        """A day of this product's life; far ones have no midnight in every zone."""
        day = self.cleaned_data["day"]
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Choose a day of the last years."))
        return day

    def filter(self, rows: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        """The mails that were asked for; wrong values leave none."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if words := asked["q"]:
            rows = rows.filter(_named(words))
        if asked["state"]:
            rows = rows.filter(state__in=STATES[asked["state"]])
        if asked["development"]:
            rows = mails.of_development(rows, asked["development"])
        if asked["day"]:
            start = datetime.combine(asked["day"], time(), self._zone(asked["development"]))
            rows = rows.filter(queued_at__gte=start, queued_at__lt=start + timedelta(days=1))
        return rows

    def _zone(self, code: str) -> ZoneInfo:
        """Where a day begins: as in the developments that are looked at, where these share a zone."""
        zones = {row.tz for row in self.developments if code in {"", row.code}}
        return zones.pop() if len(zones) == 1 else mails.installation_zone()

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def query(self, **changes: Any) -> str:
        """What was asked, as a query string, with `changes`."""
        asked = {**(self.cleaned_data if self.is_valid() else {}), **changes}
        return urlencode({name: asked[name] for name in self.fields if asked.get(name)})


def _named(words: str) -> Q:
    """In the recipient, the subject, or told of the case whose reference it is."""
    found = Q(recipient_name__icontains=words) | Q(recipient__icontains=words) | Q(subject__icontains=words)
    if case := by_reference(words):
        found |= Q(pk__in=Notice.objects.filter(case=case, mail__isnull=False).values("mail"))
    return found
