"""The records of the room, by subject."""

from cases.models.case import Case, CaseParty
from cases.models.clocks import Clock, Hold
from cases.models.counts import CaseCount, CountCheck
from cases.models.coverage import CoverageVerdict
from cases.models.decisions import DecisionRequest
from cases.models.diary import Attachment, CaseEvent, Message, Notice
from cases.models.drafts import DraftItem, DraftPhoto, ReportDraft
from cases.models.letters import ClosingLetter
from cases.models.photos import LinkPhoto
from cases.models.reports import Report, ReportItem
from cases.models.search import CaseSearch, SavedView, SearchMark
from cases.models.signoffs import SignOff, SignOffLine

__all__ = [
    "Attachment",
    "Case",
    "CaseCount",
    "CaseEvent",
    "CaseParty",
    "CaseSearch",
    "Clock",
    "ClosingLetter",
    "CountCheck",
    "CoverageVerdict",
    "DecisionRequest",
    "DraftItem",
    "DraftPhoto",
    "Hold",
    "LinkPhoto",
    "Message",
    "Notice",
    "Report",
    "ReportDraft",
    "ReportItem",
    "SavedView",
    "SearchMark",
    "SignOff",
    "SignOffLine",
]
