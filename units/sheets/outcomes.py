"""What one row of a sheet leads to: what would be entered or changed, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.actors import Actor
from units.refusals import Refused


class Verdict(models.TextChoices):
    """How a row ends."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Already there")
    HELD = "held", _("Waits for your tick")
    BAD = "bad", _("Not taken")


@dataclass(frozen=True)
class SourceRow:
    """A row of the file by the keys of its columns; blank cells stand for "nothing said"."""

    sheet: int
    number: int
    cells: Mapping[str, str]

    def text(self, key: str) -> str:
        """The cell's text, empty for a column that the sheet does not have."""
        return self.cells.get(key, "")


@dataclass(frozen=True)
class Change:
    """One fact: what the register says (empty: nothing) and what the file says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Terms:
    """What the person who imports allows, and who that is.

    `replaces`: facts of the register give way to the file's. `transfers_on`: homes with another owner were sold that
    day, on `proof`. `invites`: people who get an account are invited by e-mail. `day_first` by column key.
    """

    by: Actor
    at: datetime
    replaces: bool = False
    transfers_on: date | None = None
    proof: str = ""
    invites: bool = False
    development: str = ""
    votes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class Plan:
    """What a row would do. `work` is for the room that made it."""

    row: SourceRow
    entered: list[Change] = field(default_factory=list)
    replaced: list[Change] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_new: bool = False
    is_transfer: bool = False
    fault: str = ""
    work: dict[str, Any] = field(default_factory=dict)

    def refuse(self, refusal: Refused) -> "Plan":
        """The row is bad, for this reason."""
        self.fault = self.fault or str(refusal)
        return self

    def differ(self, label: str, old: Any, new: Any) -> bool:
        """Notes what the file says beside what the register says; True when the register's fact would change.

        A blank cell says nothing; a fact that the register lacks is entered.
        """
        old_words, new_words = str(old or ""), str(new or "")
        if not new_words or old_words == new_words:
            return False
        (self.replaced if old_words else self.entered).append(Change(str(label), old_words, new_words))
        return True

    @property
    def needs(self) -> str:
        """The tick without which this row waits: "replace", "transfer" or none."""
        if self.is_transfer:
            return "transfer"
        return "replace" if self.replaced else ""

    @property
    def verdict(self) -> Verdict:
        """As the check shows it, before any tick."""
        if self.fault:
            return Verdict.BAD
        if self.is_new and not self.needs:
            return Verdict.NEW
        return Verdict.CHANGED if self.entered or self.replaced or self.is_transfer else Verdict.UNCHANGED

    def allowed(self, terms: Terms) -> bool:
        """Whether the ticks are there that this row needs."""
        if self.is_transfer and terms.transfers_on is None:
            return False
        return terms.replaces or not self.replaced
