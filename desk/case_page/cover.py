"""Cover of both sides: what was answered when the report came, what counts today. Reads rows at hand, asks nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import Side
from cases.models import Case, CoverageVerdict
from units.choices import COVERED_STATUSES, CoverStatus
from units.wording import day, full_day

ENDING = 30
"""Days before the end from which the cover is shown as ending."""

Row = dict[str, Any]


def of_case(case: Case) -> list[CoverageVerdict]:
    """Every answer of the engine about this case, oldest first; one query."""
    return list(CoverageVerdict.objects.filter(case=case).order_by("assessed_at", "pk"))


def sides(case: Case, verdicts: Sequence[CoverageVerdict], *, today: date) -> list[Row]:
    """A block for each side that was assessed: the owner's cover, then the contractor's own duty."""
    labels = {Side.OWNER: "", Side.CONTRACTOR: _("The contractor's own duty")}
    rows = []
    for side in (Side.OWNER, Side.CONTRACTOR):
        mine = [verdict for verdict in verdicts if verdict.side == side]
        now = next((verdict for verdict in mine if verdict.is_in_force), None)
        if now:
            first = next((verdict for verdict in mine if verdict.is_first), now)
            rows.append(_side(case, now, first, label=labels[side], today=today))
    return rows


def _side(case: Case, now: CoverageVerdict, first: CoverageVerdict, *, label: str, today: date) -> Row:
    return {
        "label": label,
        "kind": kind(now.status, now.ends_on, today=today),
        "words": CoverStatus(now.status).label if now.status in CoverStatus.values else now.status,
        "end": days_words(now.ends_on, today=today),
        "sentence": now.sentence,
        "clause": now.clause,
        "compared": _compared(case, now, first),
        "override": _override(now),
    }


def kind(status: str, ends_on: date | None, *, today: date) -> str:
    """Which sign stands before the words: covered, ending soon, not covered, not known."""
    if status in COVERED_STATUSES:
        left = (ends_on - today).days if ends_on else ENDING + 1
        return "ending" if 0 <= left <= ENDING else "covered"
    return "not-covered" if status in {CoverStatus.EXPIRED, CoverStatus.OWNER_MAINTENANCE} else "unknown"


def days_words(ends_on: date | None, *, today: date) -> str:
    """As "135 days left", "last day today", "ended Tue 3 Feb"; nothing without a known end."""
    if ends_on is None:
        return ""
    left = (ends_on - today).days
    if left < 0:
        return _("ended %(day)s") % {"day": day(ends_on, today=today)}
    if left == 0:
        return _("last day today")
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}


def _compared(case: Case, now: CoverageVerdict, first: CoverageVerdict) -> str:
    """Frozen when received, beside the answer that counts today."""
    received = full_day(case.received_at.astimezone(case.development.tz).date())
    if (now.status, now.ends_on) == (first.status, first.ends_on):
        if now.side == Side.CONTRACTOR:
            return ""
        return _("Same answer as on the day it was received, %(day)s.") % {"day": received}
    label = CoverStatus(first.status).label if first.status in CoverStatus.values else first.status
    until = _("until %(day)s") % {"day": full_day(first.ends_on)} if first.ends_on else _("without an end")
    return _("When received, %(day)s: %(status)s, %(until)s. Asked again: %(why)s.") % {
        "day": received,
        "status": label,
        "until": until,
        "why": now.why or _("facts changed"),
    }


def _override(verdict: CoverageVerdict) -> str:
    if not verdict.overridden_by_name:
        return ""
    return _("%(who)s lets the work go on: %(why)s") % {
        "who": verdict.overridden_by_name,
        "why": verdict.override_reason,
    }
