"""Finding cases by what people say: a reference, a home, a name, a phone number (product.md 11, first part)."""

import re
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import Case, CaseParty, Report
from homeowners.models import Homeowner, Tenure
from units.models import Unit

REFERENCE = re.compile(r"^\s*([a-z]{2,5})[\s\-_/.#]*0*(\d{1,9})\s*$", re.IGNORECASE)
REPORT_REFERENCE = re.compile(r"^\s*r[\s\-_/.#]*0*(\d{1,9})\s*$", re.IGNORECASE)
LONGEST = 200


def reference_key(text: str) -> str:
    """`krm2041` from "KRM-2041", "krm 2041", "KRM/02041"; empty for anything that is no case reference."""
    found = REFERENCE.match(text)
    return f"{found[1]}{found[2]}".lower() if found else ""


def key_of(text: str) -> str:
    """A home's number or a reference without punctuation, as the keys are stored."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def matching(text: str) -> Q:
    """Cases with this reference, home, resident's name, e-mail or phone; everything for an empty text.

    A person is found by the homes held today and by the cases the person is a party of. The cases are gathered by
    their keys, each kind of find through its own index, so that the size of the register does not matter.
    """
    text = text.strip()[:LONGEST]
    if not text:
        return Q()
    first, *others = _finds(text)
    return Q(pk__in=first.union(*others))


def _finds(text: str) -> list[QuerySet]:
    people = Homeowner.objects.with_words(text).order_by().values("pk")
    yesterday = timezone.now().date() - timedelta(days=1)  # somewhere it still is; a day too many hides nothing
    held = Tenure.objects.filter(Q(until_on=None) | Q(until_on__gt=yesterday), homeowner__in=people)
    finds = [
        Case.objects.filter(unit__in=held.order_by().values("unit")),
        Case.objects.filter(pk__in=CaseParty.objects.filter(homeowner__in=people).values("case")),
    ]
    if key := key_of(text):
        finds.append(Case.objects.filter(reference_key__startswith=reference_key(text) or key))
        finds.append(Case.objects.filter(unit__in=Unit.objects.filter(number_key__startswith=key).values("pk")))
    if report := REPORT_REFERENCE.match(text):
        finds.append(Case.objects.filter(report_item__report__number=int(report[1])))
    return [cases.order_by().values("pk") for cases in finds]


def by_reference(text: str) -> Case | None:
    """The case that a reference names, in any case and punctuation; the caller checks who asks."""
    key = reference_key(text)
    return Case.objects.filter(reference_key=key).first() if key else None


def report_by_reference(text: str) -> Report | None:
    """The report that a reference (`R-318`) names, in any case and punctuation; the caller checks who asks."""
    found = REPORT_REFERENCE.match(text)
    return Report.objects.filter(number=int(found[1])).first() if found else None
