"""What an order tells the contractor: how urgent, what is dangerous, the reporter's words without the people."""

import re

from django.utils.translation import gettext as _

from cases.models import Case
from catalogue import triage
from outbox import layout

ORDERS = ("accept-and-send",)
"""Happenings that bring a contractor new work."""

LEFT_OUT = "…"
PRIVATE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\(?\d(?:[\s()./-]*\d){6,}")
"""Addresses of e-mail, and anything as long as a telephone number."""


def fault_in_own_words(case: Case) -> str:
    """The reporter's own words, without names of the home's people, e-mail addresses and telephone numbers."""
    return without_people(case, case.report_item.words)


def access(case: Case) -> str:
    """How to get in, without the people."""
    return without_people(case, case.access_note)


def without_people(case: Case, words: str) -> str:
    """Words about the home as a company may read them; parties and report may be prefetched for many cases."""
    words = PRIVATE.sub(LEFT_OUT, words)
    if not words:
        return ""
    names = _names(case)
    return re.sub(rf"\b({'|'.join(map(re.escape, names))})\b", LEFT_OUT, words) if names else words


def _names(case: Case) -> list[str]:
    """Every part of a name, longest first, as people write it: in capitals at its beginning."""
    parties = case.parties.all() if _is_fetched(case) else case.parties.select_related("homeowner")
    known = [case.report_item.report.reporter_name, *(party.homeowner.name for party in parties if party.homeowner)]
    parts = {part for name in known for part in re.findall(r"\w{2,}", name)}
    return sorted(parts, key=lambda part: (-len(part), part))


def _is_fetched(case: Case) -> bool:
    return "parties" in getattr(case, "_prefetched_objects_cache", {})


def caution(case: Case) -> layout.Caution | None:
    """Of an emergency: why it is one, as far as the fault says so; who lives there is not told."""
    if case.priority_id != "P1":
        return None
    return layout.Caution(
        _("Emergency: make it safe first"), " ".join(_dangers(case)) or _("Call the office at once if you cannot come.")
    )


def _dangers(case: Case) -> list[str]:
    if case.defect_type is None:
        return []
    answers = case.report_item.answers
    return triage.priority_for(case.defect_type, case.location, element=case.element, answers=answers).reasons
