"""Paper that brings the report link into a home: a letter with the QR code, and sheets of cards for a block."""

import io
import re
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import DESK_ROLES
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.printing import Asset
from homeowners.models import Tenure
from units import report_links
from units.models import Block, Development, Unit
from units.papers import sheet

LETTER, CARDS = "link-letter", "link-cards"
QR = "asset:qr"
MOST_CARDS = 100
"""In one file, ten a page; a larger block is printed in parts."""


def address(unit: Unit) -> str:
    """The report link of a home, whole."""
    return f"{settings.BASE_URL}/report/{report_links.token(unit)}/"


def code(unit: Unit) -> Asset:
    """The link as a QR code of which a quarter may be damaged (level Q)."""
    drawn = io.BytesIO()
    segno.make(address(unit), error="q", micro=False).save(drawn, kind="png", scale=8, border=2)
    return drawn.getvalue(), "image/png"


def unit_of(paper: Paper) -> Unit:
    """The home of a letter."""
    unit = Unit.objects.select_related("development__calendar", "block").filter(pk=paper.subject_id).first()
    if unit is None:
        raise Gone
    return unit


def build_letter(paper: Paper, at: datetime) -> Content:
    """An A4 letter to whoever holds the home today."""
    unit = unit_of(paper)
    today = at.astimezone(unit.development.tz).date()
    holders = Tenure.objects.filter(unit=unit).in_force(today).select_related("homeowner").order_by("pk")
    context = {
        "unit": unit,
        "names": [tenure.homeowner.name for tenure in holders],
        "address": address(unit),
        "qr": QR,
        "dated": today,
    }
    title = _("Something wrong in %(number)s?") % {"number": unit.number}
    name = f"{unit.development.code} {unit.number} report link"
    return sheet(
        "pdf/link_letter.html",
        development=unit.development,
        at=at,
        title=title,
        reference=f"{unit.development.code} {unit.number}",
        name=name,
        context=context,
        assets={QR: code(unit)},
    )


def build_cards(paper: Paper, at: datetime) -> Content:
    """Cards to cut, ten a page, for a block or the homes of a development without one."""
    development = Development.objects.select_related("calendar").filter(pk=paper.subject_id).first()
    if development is None:
        raise Gone
    first = MOST_CARDS * (int(paper.parameters.get("part", 1)) - 1)
    units = cards_of(development, paper.parameters.get("block"))[first : first + MOST_CARDS]
    if not units:
        raise Gone
    where = str(units[0].block) if paper.parameters.get("block") else development.name
    return sheet(
        "pdf/link_cards.html",
        development=development,
        at=at,
        title=_("Report cards, %(where)s") % {"where": where},
        reference=development.code,
        name=f"{development.code} {where} report cards",
        context={"cards": [{"unit": unit, "qr": f"{QR}-{unit.pk}"} for unit in units]},
        assets={f"{QR}-{unit.pk}": code(unit) for unit in units},
    )


def cards_of(development: Development, block: int | None) -> list[Unit]:
    """The homes that get a card, in the order of their doors: A-2-1 before A-10-1."""
    homes = Unit.objects.homes().filter(development=development).select_related("block")
    return sorted(homes.filter(block=block) if block else homes, key=lambda unit: door(unit.number))


def door(number: str) -> list[tuple[int, int, str]]:
    """A number on a door as people sort it: figures by size, words by letter."""
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+", number)
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part.casefold()) for part in parts]


def may_read_letter(paper: Paper, user: Any) -> bool:
    """Whoever works the desk and sees the home."""
    return user.role in DESK_ROLES and Unit.objects.visible_to(user).filter(pk=paper.subject_id).exists()


def may_read_cards(paper: Paper, user: Any) -> bool:
    """Whoever works the desk and sees the development."""
    return user.role in DESK_ROLES and Development.objects.visible_to(user).filter(pk=paper.subject_id).exists()


def back_from_letter(paper: Paper, user: Any) -> tuple[str, str]:
    """The page of the link."""
    unit = unit_of(paper)
    return reverse("unit_link", args=[unit.development.code.lower(), unit.address_part]), unit.number


def title_of_letter(paper: Paper) -> str:
    """As "Letter for A-12-3"."""
    unit = Unit.objects.filter(pk=paper.subject_id).first()
    return _("Letter for %(home)s") % {"home": unit or ""}


def title_of_cards(paper: Paper) -> str:
    """As "Report cards, Tower A"."""
    block = Block.objects.filter(pk=paper.parameters.get("block") or 0).first()
    return _("Report cards, %(where)s") % {
        "where": block or Development.objects.filter(pk=paper.subject_id).first() or ""
    }


LETTER_BUILDER = Builder(title=title_of_letter, build=build_letter, may_read=may_read_letter, back=back_from_letter)
CARDS_BUILDER = Builder(
    title=title_of_cards,
    build=build_cards,
    may_read=may_read_cards,
    back=lambda paper, user: (reverse("link_cards"), _("Report cards")),
)
