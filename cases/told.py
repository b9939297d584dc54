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
    whole: "Told | None" = None
    event_name: str = ""
    about: tuple[str, int, str] | None = None

    @property
    def group(self) -> tuple[str, ...]:
        """Same person, same audience: one mail. What a list tells (`whole`) goes with the mail of that list."""
        person = self.recipient
        address = person.email.lower() or f"letter:{person.homeowner_id}:{person.name}"
        return person.audience, address, person.name, (self.whole or self).event_name

    @property
    def event_key(self) -> str:
        """Names what happened, so that the outbox counts it once."""
        if self.event_name:
            return self.event_name
        if self.event:
            return f"case-event:{self.event.pk}:{self.key}"
        return (
            f"report:{self.report.pk}:{self.key}"
            if self.report
            else f"case:{self.case.pk if self.case else 0}:{self.key}"
        )

    @property
    def subject_of_mail(self) -> tuple[str, int | None, str]:
        """What the mail is about, as the ledger of mails keeps it: kind, key, reference."""
        if self.about:
            return self.about
        if self.case:
            return "case", self.case.pk, self.case.reference
        return "report", self.report.pk if self.report else None, self.report.reference if self.report else ""
