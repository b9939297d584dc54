"""One person at one draft: what every step of a report needs to know, whichever door the person came through."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from cases import drafts
from cases.models import DraftItem, ReportDraft
from documents.models import StoredFile
from homeowners.tenures import Home, homes_of
from ledger.actors import Actor
from units.models import Development, Unit

COOKIE = "report"


@dataclass(frozen=True)
class Sitting:
    """A draft, who writes it and when. `home` is the tenure of a signed-in person; a visitor has the link's `token`."""

    draft: ReportDraft
    by: Actor
    at: datetime
    home: Home | None = None
    token: str = ""

    @property
    def unit(self) -> Unit:
        """The home the report is about."""
        return self.draft.unit

    @property
    def office(self) -> Development:
        """Whom to call instead."""
        return self.unit.development

    @property
    def holder(self) -> str:
        """What the hidden values of kept pictures are signed for (`documents.tokens`)."""
        return f"draft:{self.draft.key}"

    @property
    def saved_at(self) -> str:
        """The time of the last saving, on the wall of the home."""
        return f"{self.draft.saved_at.astimezone(self.office.tz):%H:%M}"

    def url(self, page: str, *where: object) -> str:
        """The address of one of the pages of this draft."""
        if self.token:
            return reverse(f"link_report_{page}", args=[self.token, *where])
        return reverse(f"report_{page}", args=[self.draft.key, *where])

    @property
    def rooms_url(self) -> str:
        """Step 1, for one more defect in the same home."""
        return start_url(self.unit, self.token)

    def thumb(self, file: StoredFile) -> str:
        """Where a picture of this draft is shown to its sender."""
        return self.url("photo", file.public_id)

    def item(self, number: int) -> DraftItem:
        """One defect of the draft; 404 when it is not there."""
        items = self.draft.items.select_related("location", "defect_type__guidance", "draft")
        try:
            return items.prefetch_related("photos__file").get(position=number)
        except DraftItem.DoesNotExist as missing:
            raise Http404 from missing


def start_url(unit: Unit, token: str = "") -> str:
    """Step 1 for a home."""
    if token:
        return reverse("link_report_start", args=[token])
    return f"{reverse('report_start')}?{urlencode({'home': home_name(unit)})}"


def home_name(unit: Unit) -> str:
    """What an address calls a home: KRM-A-12-3."""
    return f"{unit.development.code}-{unit.number}"


def of_account(user: User, key: str, *, by: Actor, at: datetime) -> Sitting:
    """The draft of this person with this key, while the person holds the home; else 404, as if it were not there."""
    found = ReportDraft.objects.filter(key=key, user=user).select_related("unit__development", "report").first()
    home = next((home for home in homes_of(user, at) if found and home.unit.pk == found.unit_id), None)
    if found is None or home is None:
        raise Http404
    return Sitting(found, by, at, home=home)


def of_browser(request: HttpRequest, unit: Unit, token: str, *, by: Actor, at: datetime) -> Sitting | None:
    """The draft that this browser began by this link; another browser with the same link does not see it."""
    key = request.get_signed_cookie(COOKIE, "", salt=salt_of(unit)) or ""
    draft = drafts.by_key(key, unit)
    return Sitting(draft, by, at, token=token) if draft else None


def salt_of(unit: Unit) -> str:
    """Binds a browser's cookie to one home."""
    return f"portal.report.{unit.pk}"
