"""An everyday act as the confirm panel takes it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from desk.case_page.acts import Act
from desk.case_page.deeds import Deed, as_sent, keep_photos, on_version, ready_photos
from desk.case_page.doings import Doing
from ledger.actors import Actor

ANSWERS = ("update", "ask", "calls")
"""Acts that take the homeowner's words out of the queue *Replies*."""


@dataclass
class ActDeed(Deed):
    """An everyday act as the confirm panel takes it."""

    case: Case
    row: Act
    by: Actor
    at: datetime
    holder: str
    name: str = ""
    person: str = ""
    data: QueryDict | None = None
    sent_files: Any = None

    def __post_init__(self) -> None:
        initial = self.row.initial(self.case, self.person)
        self.form = self.row.form(self.data, self.sent_files, initial=initial, case=self.case, at=self.at)
        ready_photos(self.form, by=self.by, at=self.at, holder=self.holder)

    @property
    def title(self) -> str:
        """What the menu said."""
        return str(self.row.title)

    @property
    def kind(self) -> str:
        """Which act of `/messages/`."""
        return self.name

    @property
    def lead(self) -> str:
        """What it does, in a sentence."""
        return str(self.row.lead)

    @property
    def button(self) -> str:
        """What the button says when nobody is told by it."""
        return str(self.row.button) or (self.title if self.tells else _("Save"))

    @property
    def icon(self) -> str:
        """What stood in the menu."""
        return self.row.icon

    @property
    def tells(self) -> bool:
        """Somebody outside hears of it."""
        return self.row.lane == "out"

    @property
    def answers(self) -> bool:
        """A message, a question or a call takes the homeowner's words out of the queue *Replies*."""
        return self.name in ANSWERS

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return str(self.row.said)

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        return [str(self.form.cleaned_data.get(name) or "") for name in self.row.outside]

    @property
    def impossible(self) -> str:
        """Why the case cannot have this now."""
        return str(self.row.impossible(self.case))

    def on(self, case: Case) -> "ActDeed":
        """The same on the case as it is now; what was typed and the pictures stay."""
        data = on_version(self.data, case)
        fresh = ActDeed(case, self.row, self.by, self.at, self.holder, self.name, self.person, data=data)
        keep_photos(self.form, fresh.form)
        return fresh

    def act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent | None:
        """Do what the row of the table says."""
        return self.row.do(Doing(case, self.by, self.at, version, mailing), self.form)

    def tried(self) -> "ActDeed":
        """The act as the form stands; an unsent form counts as sent, since some have nothing to fill in."""
        if self.form.is_bound:
            return self
        data = as_sent(self.form)
        return ActDeed(self.case, self.row, self.by, self.at, self.holder, self.name, self.person, data=data)
