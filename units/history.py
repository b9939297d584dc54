"""What was changed on a row of a register, from the audit, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ledger.models import AuditEntry
from units.wording import full_day

MOST = 50
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = {
    "handover.recorded": _("recorded a handover date"),
    "handover.corrected": _("corrected a handover date"),
    "handover.withdrawn": _("withdrew a handover date"),
    "unit.link-revoked": _("made a new report link"),
}


@dataclass(frozen=True)
class Line:
    """One change: when, by whom, what, which facts, and why."""

    at: datetime
    who: str
    words: Any
    facts: str
    reason: str


@dataclass(frozen=True)
class Reader:
    """How a room reads its audit entries: words of its actions, labels of its facts, labels of coded values."""

    words: Mapping[str, Any]
    labels: Mapping[str, Any]
    values: Mapping[str, Any]

    def of(self, about: str, about_id: int) -> list[Line]:
        """The newest changes of a row, newest first; one query."""
        entries = AuditEntry.objects.filter(about=about, about_id=about_id).order_by("-pk")[:MOST]
        return [self._line(entry) for entry in entries]

    def _line(self, entry: AuditEntry) -> Line:
        words = self.words.get(entry.action) or WORDS.get(entry.action, entry.action)
        return Line(entry.at, entry.actor_name, words, self._facts(entry.old or {}, entry.new or {}), entry.reason)

    def _facts(self, old: dict[str, Any], new: dict[str, Any]) -> str:
        """Each changed fact with its old and new value; of a new or ended row the facts that say which one it is."""
        changed = [key for key in new if key in old and new[key] != old[key]]
        told = [f"{self._label(key)}: {self._shown(old[key])} → {self._shown(new[key])}" for key in changed]
        which = [self._shown(value) for key, value in (new or old).items() if key in _TELLING and key not in changed]
        return "; ".join([*([", ".join(which)] if which else []), *told])

    def _label(self, key: str) -> str:
        return str(self.labels.get(key, key.replace("_", " ")))

    def _shown(self, value: Any) -> str:
        known = {"": "-", "None": "-", "True": _("yes"), "False": _("no"), **self.values}
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "-"
        if isinstance(value, str) and _DATE.fullmatch(value):
            return full_day(date.fromisoformat(value))
        return str(known.get(str(value), value))


_TELLING = ("who", "role", "development", "kind", "on")
