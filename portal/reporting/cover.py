"""What a reporter is told about cover before sending, never to keep anybody from sending (domain scenario 7)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from cases import verdicts
from cases.models import DraftItem
from cases.opening import UNKNOWN_TRADE
from catalogue import fault_finder
from catalogue.models import Element, Trade
from units import coverage
from units.choices import CoverStatus
from units.liability import Verdict
from units.models import Unit


def notices(unit: Unit, items: Iterable[DraftItem], *, at: datetime, is_visitor: bool) -> dict[int, str]:
    """By position the sentence for each defect that cover does not simply take; a fixed number of queries.

    A visitor with the link of a home is told without dates: the link gives no right to read anything of the home.
    """
    known = [item for item in items if item.defect_type_id]
    if not known:
        return {}
    cover = coverage.of(unit)
    trades = Trade.objects.in_bulk(field_name="code")
    elements = Element.objects.in_bulk(field_name="code")
    said = {}
    for item in known:
        trade, element = _placed(item)
        verdict = verdicts.foretell(cover, trades[trade], elements.get(element or ""), item.defect_type, at=at)
        if is_worth_saying(verdict, item):
            said[item.position] = _without_dates(verdict) if is_visitor else verdict.explanation
    return said


def _placed(item: DraftItem) -> tuple[str, str | None]:
    if item.defect_type is None:
        return UNKNOWN_TRADE, None
    return fault_finder.placement(item.element_tile, item.defect_type, item.location)


def is_worth_saying(verdict: Verdict, item: DraftItem) -> bool:
    """Cover ended, has not begun, or depends on the handover list; not when a person has to look anyway."""
    if verdict.is_covered:
        return False
    return verdict.status != CoverStatus.UNCLEAR or bool(item.defect_type and item.defect_type.is_snag_only)


def _without_dates(verdict: Verdict) -> str:
    if verdict.status == CoverStatus.EXPIRED:
        return _("The cover (defect liability period) of this home for such a fault may have ended.")
    if verdict.status == CoverStatus.NOT_STARTED:
        return _("The cover (defect liability period) of this home may not have begun yet.")
    return _("Faults of this kind are not always part of the cover (defect liability period) of a home.")
