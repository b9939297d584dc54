"""The letterhead of every PDF: whose house it is, whom to call, which paper this is, when it was made."""

import mimetypes
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from accounts.phones import display
from documents.papers import MADE, Content
from documents.pictures import Album
from documents.printing import Asset
from units.models import Development
from units.wording import when

LOGO = "asset:logo"
ACCENTS = {
    "teal": "#0f766e",
    "blue": "#1d5fc4",
    "indigo": "#4f46c8",
    "plum": "#8b3a7e",
    "rust": "#a8491b",
    "slate": "#3f5468",
}
"""As in static/css/tokens.css: a drawing inside the paper takes no colour from the style sheet."""


def sheet(
    template: str,
    *,
    development: Development,
    at: datetime,
    title: str,
    reference: str,
    name: str,
    context: dict[str, Any],
    album: Album | None = None,
    assets: dict[str, Asset] | None = None,
    shows: list[str] | None = None,
) -> Content:
    """A paper of this development, on its letterhead; `name` is what the downloaded file is called, without ending."""
    own = logo()
    facts = {
        "letterhead": letterhead(development, has_logo=LOGO in own),
        "accent": settings.ACCENT,
        "colour": ACCENTS[settings.ACCENT],
        "title": title,
        "reference": reference,
        "made": MADE,
        "zone": development.tz,
    }
    return Content(
        html=render_to_string(template, facts | context),
        name=f"{name}.pdf",
        made=moment(at, development.tz),
        pictures=album.files if album else {},
        assets=own | (assets or {}),
        shows=shows or [],
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """As "Tue 3 Mar 2026, 20:14": with the year always, because paper is read in later years too."""
    return when(at, zone, today=date.min)


def letterhead(development: Development, *, has_logo: bool) -> dict[str, Any]:
    """Names, address and numbers as they stand now."""
    return {
        "logo": LOGO if has_logo else "",
        "product": settings.PRODUCT_NAME,
        "name": development.name,
        "address": [line.strip() for line in development.address.splitlines() if line.strip()],
        "phone": display(development.office_phone),
        "urgent_phone": display(development.urgent_phone),
        "email": development.office_email,
        "hours": development.hours_in_words,
    }


def logo() -> dict[str, Asset]:
    """The installation's logo as a file of the paper, if it has one that is a picture."""
    found = finders.find(settings.LOGO) if settings.LOGO else None
    mime = mimetypes.guess_type(str(found))[0] if found else None
    return {LOGO: (str(found), mime)} if found and mime and mime.startswith("image/") else {}
