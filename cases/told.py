"""What one person is told about one case or report."""

from dataclasses import dataclass, field
from typing import Any

from cases.models import Case, CaseEvent, Report
from cases.people import Recipient
from documents.models import StoredFile
from outbox import layout
from outbox.wire import Part

Picture = tuple[StoredFile, str]
Link = tuple[str, str]
"""Label and address, which is a path of this site or a slot."""


@dataclass(frozen=True)
class Told:
    """What one person is told about one case (or one report)."""

    recipient: Recipient
    key: str
    subject: str
    letter: layout.Letter
    case: Case | None = None
    event: CaseEvent | None = None
    report: Report | None = None
    pictures: tuple[Picture, ...] = ()
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    @property
    def group(self) -> tuple[str, str, str]:
        """Same person, same audience: one mail."""
        person = self.recipient
        return person.audience, person.email.lower() or f"letter:{person.homeowner_id}:{person.name}", person.name

    @property
    def event_key(self) -> str:
        """Names what happened, so that the outbox counts it once."""
        if self.event:
            return f"case-event:{self.event.pk}:{self.key}"
        return (
            f"report:{self.report.pk}:{self.key}"
            if self.report
            else f"case:{self.case.pk if self.case else 0}:{self.key}"
        )
