"""Finding cases by what people say: a reference, a home, a name, a phone number (product.md 11, first part)."""

import re
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, CaseParty
from homeowners.models import Homeowner, Tenure

REFERENCE = re.compile(r"^\s*([a-z]{2,5})[\s\-_/.#]*0*(\d{1,9})\s*$", re.IGNORECASE)
LONGEST = 200


def reference_key(text: str) -> str:
    """`krm2041` from "KRM-2041", "krm 2041", "KRM/02041"; empty for anything that is no case reference."""
    found = REFERENCE.match(text)
    return f"{found[1]}{found[2]}".lower() if found else ""


def key_of(text: str) -> str:
    """A home's number or a reference without punctuation, as the keys are stored."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def matching(text: str) -> Q:
    """Cases with this reference, home, resident's name, e-mail or phone; everything for an empty text."""
    text = text.strip()[:LONGEST]
    if not text:
        return Q()
    exact = reference_key(text)
    key = key_of(text)
    found: Any = Q(reference_key=exact) if exact else Q(pk__in=[])
    if key:
        found |= Q(reference_key__startswith=key) | Q(unit__number_key__startswith=key)
    people = Homeowner.objects.with_words(text).values("pk")
    found |= Exists(Tenure.objects.filter(unit_id=OuterRef("unit_id"), homeowner_id__in=people))
    found |= Exists(CaseParty.objects.filter(case_id=OuterRef("pk"), homeowner_id__in=people))
    return found


def by_reference(text: str) -> Case | None:
    """The case that a reference names, in any case and punctuation; the caller checks who asks."""
    key = reference_key(text)
    return Case.objects.filter(reference_key=key).first() if key else None
