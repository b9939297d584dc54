"""Is the person who reports the one of the register? Two of phone, e-mail, name and unit must agree.

Source: domain reference 6.1 (Identity), product point 5. The answer is a value: who stores it (a report) keeps
`to_json()` with date and person.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.phones import display, quietly
from homeowners.choices import OWNER_ROLES, TenureRole
from homeowners.models import Homeowner, Tenure
from homeowners.names import NameMatch, compare
from units.models import Unit

ENOUGH = 2


@dataclass(frozen=True)
class Evidence:
    """One fact that was compared, and a sentence for the officer."""

    fact: str
    agrees: bool
    sentence: str


@dataclass(frozen=True)
class Match:
    """The best answer of the register. Without a person nothing agreed."""

    homeowner_id: int | None
    name: str
    role: str
    score: int
    evidence: tuple[Evidence, ...]
    is_verified: bool

    def to_json(self) -> dict[str, Any]:
        """For a JSON column; `evidence` is a list of {fact, agrees, sentence}."""
        return {**asdict(self), "evidence": [asdict(item) for item in self.evidence]}


@dataclass(frozen=True)
class _Claim:
    """What the reporter says, made comparable."""

    unit: Unit
    name: str
    phone: str
    email: str
    on: date
    unit_counts: bool


def match(*, unit: Unit, name: str = "", phone: str = "", email: str = "", on: date, unit_counts: bool = True) -> Match:
    """Compares a reporter with the people who hold `unit` on this day, else with those known by phone or e-mail.

    The unit agrees when the person holds it on `on`; pass `unit_counts=False` when it was not said by the person (a
    printed link, a QR code in the lift): then two of the other three are needed. Only a person who holds the unit can
    be verified for it. Asks the database twice at most.
    """
    claim = _Claim(unit, name.strip(), quietly(phone, unit.development.country), email.strip().lower(), on, unit_counts)
    holders = unit.tenures.in_force(on).select_related("homeowner")
    best = _best(claim, [(row.homeowner, row) for row in holders])
    if best.is_verified:
        return best
    return max(best, _best(claim, _known_elsewhere(claim)), key=lambda answer: answer.score)


def _best(claim: _Claim, candidates: Iterable[tuple[Homeowner, Tenure | None]]) -> Match:
    """The candidate with most agreeing facts; owners before tenants when equal."""
    answers = [_compared(claim, person, tenure) for person, tenure in candidates]
    told = [answer for answer in answers if any(item.agrees and item.fact != "unit" for item in answer.evidence)]
    return max(told, key=lambda answer: (answer.score, answer.role in OWNER_ROLES), default=_nobody(claim))


def _known_elsewhere(claim: _Claim) -> list[tuple[Homeowner, Tenure | None]]:
    """People with this phone or e-mail who do not hold the unit today: neighbours, former owners."""
    wanted = Q(pk__in=[])
    if claim.phone:
        wanted |= Q(phone=claim.phone) | Q(second_phone=claim.phone)
    if claim.email:
        wanted |= Q(email=claim.email)
    held_here = claim.unit.tenures.in_force(claim.on).values("homeowner")
    people = Homeowner.objects.filter(wanted).exclude(pk__in=held_here)
    return [(person, None) for person in people.order_by("pk")[:20]]


def _compared(claim: _Claim, person: Homeowner, tenure: Tenure | None) -> Match:
    evidence = (_unit(claim, person, tenure), _phone(claim, person), _email(claim, person), _name(claim, person))
    counting = [item for item in evidence if item.agrees and (claim.unit_counts or item.fact != "unit")]
    return Match(
        homeowner_id=person.pk,
        name=person.name,
        role=tenure.role if tenure else "",
        score=len(counting),
        evidence=evidence,
        is_verified=tenure is not None and len(counting) >= ENOUGH,
    )


def _nobody(claim: _Claim) -> Match:
    sentence = _("Nobody in the register has this phone, e-mail or name for %(unit)s.") % {"unit": claim.unit.number}
    return Match(None, "", "", 0, (Evidence("unit", False, sentence),), is_verified=False)


def _unit(claim: _Claim, person: Homeowner, tenure: Tenure | None) -> Evidence:
    facts = {"person": person.name, "unit": claim.unit.number}
    if tenure is None:
        return Evidence("unit", False, _("%(person)s does not hold %(unit)s.") % facts)
    facts["role"] = str(TenureRole(tenure.role).label)
    return Evidence("unit", True, _("%(person)s holds %(unit)s (%(role)s).") % facts)


def _phone(claim: _Claim, person: Homeowner) -> Evidence:
    if not claim.phone:
        return Evidence("phone", False, _("No phone number was given."))
    agrees = claim.phone in {person.phone, person.second_phone}
    sentence = (
        _("The phone is theirs: %(phone)s.") if agrees else _("The phone %(phone)s is not theirs in the register.")
    )
    return Evidence("phone", agrees, sentence % {"phone": display(claim.phone)})


def _email(claim: _Claim, person: Homeowner) -> Evidence:
    if not claim.email:
        return Evidence("email", False, _("No e-mail was given."))
    agrees = claim.email == person.email
    sentence = (
        _("The e-mail is theirs: %(email)s.") if agrees else _("The e-mail %(email)s is not theirs in the register.")
    )
    return Evidence("email", agrees, sentence % {"email": claim.email})


def _name(claim: _Claim, person: Homeowner) -> Evidence:
    if not claim.name:
        return Evidence("name", False, _("No name was given."))
    facts = {"given": claim.name[:80], "name": person.name}
    answer = compare(claim.name, person.name)
    sentences = {
        NameMatch.SAME: _("The name agrees: “%(given)s” is %(name)s."),
        NameMatch.PARTLY: _("The name agrees only in part: “%(given)s”, in the register %(name)s."),
        NameMatch.DIFFERENT: _("Another name: “%(given)s”, in the register %(name)s."),
    }
    return Evidence("name", answer is NameMatch.SAME, sentences[answer] % facts)
