"""What was changed on a home or a person, from the audit, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from homeowners.choices import TenureRole
from homeowners.models import Homeowner
from ledger.models import AuditEntry

MOST = 50
WORDS = {
    "tenure.begin": _("entered"),
    "tenure.end": _("ended"),
    "handover.recorded": _("recorded a handover date"),
    "handover.corrected": _("corrected a handover date"),
    "handover.withdrawn": _("withdrew a handover date"),
    "unit.link-revoked": _("made a new report link"),
    "homeowner.add": _("entered this person"),
    "homeowner.change": _("changed"),
}
_ROLES = {role.value: role.label for role in TenureRole}


@dataclass(frozen=True)
class Line:
    """One change: when, by whom, what, and why."""

    at: datetime
    who: str
    words: Any
    about: str
    reason: str


def of(about: str, about_id: int) -> list[Line]:
    """The newest changes of a row, newest first; one query."""
    return lines(AuditEntry.objects.filter(about=about, about_id=about_id).order_by("-pk")[:MOST])


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """Audit entries as lines to read."""
    return [
        Line(
            at=entry.at,
            who=entry.actor_name,
            words=WORDS.get(entry.action, entry.action),
            about=_about(entry.old or {}, entry.new or {}),
            reason=entry.reason,
        )
        for entry in entries
    ]


def _about(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Who came or left in which role; or each changed fact with its old and new value."""
    facts = new or old
    if "homeowner" in facts and "role" in facts:
        name = str(facts["homeowner"]).split(" ", 1)[-1]
        return f"{name} ({_ROLES.get(facts['role'], facts['role'])})"
    changed = [key for key in new if key in old and new[key] != old[key]]
    return "; ".join(f"{_label(key)}: {_shown(old[key])} → {_shown(new[key])}" for key in changed)


def _label(key: str) -> str:
    known = {field.name: str(field.verbose_name) for field in Homeowner._meta.fields}
    return known.get(key, key.replace("_", " "))


def _shown(value: Any) -> str:
    return {"": "-", "True": str(_("yes")), "False": str(_("no"))}.get(str(value), str(value))
