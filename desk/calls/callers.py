"""Finding a caller by phone, name, unit or reference, and what the caller card shows (product.md 48)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.choices import Audience, Lane
from cases.headlines import headline, pill
from cases.models import Case, Message
from cases.search import key_of, reference_key
from homeowners.models import Homeowner, Tenure
from units import coverage
from units.wording import full_day, when

MOST = 12
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class CaseLine:
    """An open case on the caller card."""

    case: Case
    words: str
    pill: str
    next: str


@dataclass(frozen=True)
class Card:
    """Who calls: home, cover, open cases with next dates, last words."""

    tenure: Tenure
    cover: str
    lines: list[CaseLine]
    last: Message | None
    ticks: list[str] = field(default_factory=list)


def find(text: str, user: User, *, at: datetime) -> list[Tenure]:
    """Tenures of today that the words may mean, in homes this officer may see; at most a dozen."""
    text = text.strip()
    if len(text) < FEWEST_LETTERS:
        return []
    held = Tenure.objects.visible_to(user).in_force_at(at).with_people()
    wanted = Q(homeowner__in=Homeowner.objects.with_words(text))
    if key_of(text):
        wanted |= Q(unit__number_key__startswith=key_of(text))
    if reference_key(text):
        cases = Case.objects.visible_to(user).filter(reference_key=reference_key(text))
        wanted |= Q(unit_id__in=cases.values("unit_id"))
    return list(held.filter(wanted).order_by("unit__number", "role")[:MOST])


def one(pk: str, user: User, *, at: datetime) -> Tenure | None:
    """The tenure that was picked, if it still holds and is in scope."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Tenure.objects.visible_to(user).in_force_at(at).with_people().filter(pk=int(pk)).first()


def card(tenure: Tenure, user: User, *, at: datetime) -> Card:
    """Everything the officer wants to see while the phone is at the ear; a fixed number of queries."""
    cases = list(
        Case.objects.visible_to(user).open().for_page().filter(unit=tenure.unit).order_by("next_on", "pk")[:20]
    )
    verdict = coverage.of(tenure.unit).assess(received_at=at, at=at)
    last = Message.objects.filter(case__in=cases, lane=Lane.RESIDENT).order_by("-at").first()
    return Card(tenure, _cover(verdict.end, at, tenure), [_line(case) for case in cases], last, _ticks(tenure))


def _cover(end: object, at: datetime, tenure: Tenure) -> str:
    today = at.astimezone(tenure.unit.development.tz).date()
    if end is None:
        return _("Cover unclear")
    words = _("Covered until %(day)s") if end >= today else _("Cover ended on %(day)s")  # type: ignore[operator]
    return words % {"day": full_day(end)}  # type: ignore[arg-type]


def _line(case: Case) -> CaseLine:
    next_on = when(case.next_on, case.development.tz) if case.next_on else ""
    return CaseLine(case, headline(case, Audience.STAFF), pill(case), next_on)


def _ticks(tenure: Tenure) -> list[str]:
    """The two identity questions, with enough of the answer for the officer to compare."""
    person = tenure.homeowner
    known = [_("Said the unit and full name (%(unit)s, %(name)s)") % {"unit": tenure.unit.number, "name": person.name}]
    ends = [part for part in (_masked_email(person.email), _masked_phone(person.phone)) if part]
    if ends:
        known.append(_("Confirmed e-mail or last four of the phone (%(ends)s)") % {"ends": ", ".join(ends)})
    return known


def _masked_email(email: str) -> str:
    name, _at, host = email.partition("@")
    return f"{name[:3]}...@{host}" if host else ""


def _masked_phone(phone: str) -> str:
    return f"... {phone[-4:]}" if phone else ""
