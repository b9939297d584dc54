"""The words of cases, gathered from every table that holds some: a fixed number of queries for any number of cases.

Names, numbers and places come first and are never cut; of what was said the newest words are kept.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from cases.dates import local_date
from cases.models import Case, CaseEvent, CaseParty, DecisionRequest, Message
from cases.search.terms import digits, normalised
from homeowners.models import Tenure

LONGEST_TEXT = 20_000
"""Bytes of one case's words."""

LONGEST_ENTRY = 4_000
"""Characters of one message or note that count: a pasted book shall not push out everything else."""


@dataclass
class Gathered:
    """Of one case: labels (never cut), and what was said with its time."""

    labels: list[str] = field(default_factory=list)
    said: list[tuple[datetime, str]] = field(default_factory=list)
    stale_on: date | None = None

    def text(self) -> str:
        """Normalised, each part once, within `LONGEST_TEXT`; every word has a space before it."""
        newest = [words[:LONGEST_ENTRY] for _at, words in sorted(self.said, key=lambda entry: entry[0], reverse=True)]
        parts = dict.fromkeys(normalised(part) for part in (*self.labels, *newest) if part)
        text = "".join(f" {part}" for part in parts if part)
        return text.encode()[:LONGEST_TEXT].decode(errors="ignore")


def gather(case_ids: Sequence[int], *, at: datetime) -> dict[int, Gathered]:
    """The words of these cases as they are now; two queries."""
    rows = Case.objects.filter(pk__in=case_ids).select_related(
        "development",
        "unit__block",
        "location",
        "element",
        "trade",
        "defect_type",
        "work_company",
        "report_item__report",
    )
    cases = {case.pk: case for case in rows}
    found = {key: Gathered(labels=_labels(case), said=_reported(case)) for key, case in cases.items()}
    _add_rest(found, cases, at)
    return found


def spellings(label: str) -> list[str]:
    """A reference or a home's number, with and without its separators."""
    return [label, normalised(label).replace(" ", "")]


def _labels(case: Case) -> list[str]:
    unit, report = case.unit, case.report_item.report
    placed = [case.location, case.element, case.trade, case.defect_type]
    return [
        *spellings(case.reference),
        *spellings(report.reference),
        *spellings(unit.number),
        *([unit.block.name, *spellings(f"{unit.block.name} {unit.number}")] if unit.block else []),
        case.development.code,
        case.development.name,
        report.reporter_name,
        report.reporter_email,
        digits(report.reporter_phone),
        case.fault,
        *(str(row) for row in placed if row),
        *(_of_company(case)),
    ]


def _of_company(case: Case) -> list[str]:
    company = case.work_company
    return [company.name, company.short_name, company.email, digits(company.phone)] if company else []


def _reported(case: Case) -> list[tuple[datetime, str]]:
    """What the reporter wrote, and what stands on the case itself."""
    item, report = case.report_item, case.report_item.report
    own = [item.words, report.raw_words, report.access_wishes, case.access_note]
    later = [case.closing_notes, case.closing_rule, case.passed_to, case.work_note]
    return [*((report.received_at, words) for words in own), *((case.opened_at, words) for words in later)]


def _add_rest(found: dict[int, Gathered], cases: dict[int, Case], at: datetime) -> None:
    """People of the case and of its home, diary, messages and calls, decisions: all in one query."""
    here: dict[int, list[Case]] = defaultdict(list)
    for case in cases.values():
        here[case.unit_id].append(case)
    for kind, key, moment, begins, ends, *texts in _rows(list(found), list(here), at):
        if kind == "held":
            for case in here[key]:
                _add_tenure(found[case.pk], begins, ends, texts, local_date(case, at))
        elif kind == "party":
            found[key].labels += _of_person(*texts)
        else:
            said = [*texts[:2], *(_proofs(texts[2]) if kind == "event" else texts[2:])]
            found[key].said += [(moment, text) for text in said if text]


_NO_TIME, _NO_DAY = Cast(Value(None), DateTimeField()), Cast(Value(None), DateField())
_NO_TEXT = Value("", TextField())
_PERSON = ("homeowner__name", "homeowner__email", "homeowner__phone", "homeowner__second_phone")


def _rows(cases: list[int], units: list[int], at: datetime) -> QuerySet[Any, Any]:
    """Kind, case (or unit), when, from, until, four texts."""
    held = Tenure.objects.filter(Q(until_on=None) | Q(until_on__gte=at.date()), unit__in=units)
    parties = CaseParty.objects.filter(case__in=cases, until=None)
    said = {
        "event": (CaseEvent, "at", "words", "note", Cast("evidence", TextField())),
        "message": (Message, "at", "words", "with_whom", _NO_TEXT),
        "asked": (DecisionRequest, "asked_at", "words", "why", "remarks"),
    }
    return _as("held", held, "unit", _NO_TIME, "from_on", "until_on", *_PERSON).union(
        _as("party", parties, "case", _NO_TIME, _NO_DAY, _NO_DAY, *_PERSON),
        *(
            _as(kind, model.objects.filter(case__in=cases), "case", moment, _NO_DAY, _NO_DAY, *texts, _NO_TEXT)  # type: ignore[attr-defined]
            for kind, (model, moment, *texts) in said.items()
        ),
        all=True,
    )


def _as(kind: str, rows: QuerySet[Any, Any], *columns: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind, CharField()), *columns)


def _of_person(name: str, email: str, *phones: str) -> list[str]:
    return [name, email, *map(digits, phones)]


def _add_tenure(gathered: Gathered, begins: date, ends: date | None, person: list[str], today: date) -> None:
    if begins <= today and (ends is None or today < ends):
        gathered.labels += _of_person(*person)
    ahead = [day for day in (begins, ends, gathered.stale_on) if day and day > today]
    gathered.stale_on = min(ahead, default=None)


def _proofs(text: str) -> Iterable[str]:
    """Of a move's or visit's evidence what people would look for: who came, which visit, who said it."""
    evidence = json.loads(text or "{}")
    for name in ("visit", "who", "with", "said_by", "name", "passed_to"):
        value = evidence.get(name)
        if isinstance(value, str):
            yield from spellings(value) if name == "visit" else [value]
