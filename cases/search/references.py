"""References as people type them: any case, any punctuation, leading zeros."""

import re

from cases.models import Case, Report

_MARKS = r"[\s\-_/.#]*"
REFERENCE = re.compile(rf"^\s*([a-z]{{2,5}}){_MARKS}0*(\d{{1,9}})\s*$", re.IGNORECASE)
REPORT_REFERENCE = re.compile(rf"^\s*r{_MARKS}0*(\d{{1,9}})\s*$", re.IGNORECASE)
VISIT_REFERENCE = re.compile(rf"^\s*v{_MARKS}0*(\d{{1,9}})\s*$", re.IGNORECASE)


def reference_key(text: str) -> str:
    """`krm2041` from "KRM-2041", "krm 2041", "KRM/02041"; empty for anything that is no case reference."""
    found = REFERENCE.match(text)
    return f"{found[1]}{found[2]}".lower() if found else ""


def key_of(text: str) -> str:
    """A home's number or a reference without punctuation, as the keys are stored."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def by_reference(text: str) -> Case | None:
    """The case that a reference names, in any case and punctuation; the caller checks who asks."""
    key = reference_key(text)
    return Case.objects.filter(reference_key=key).first() if key else None


def report_by_reference(text: str) -> Report | None:
    """The report that a reference (`R-318`) names, in any case and punctuation; the caller checks who asks."""
    found = REPORT_REFERENCE.match(text)
    return Report.objects.filter(number=int(found[1])).first() if found else None


def visit_number(text: str) -> int | None:
    """12 from "V-12", "v 012"; None for anything that names no visit."""
    found = VISIT_REFERENCE.match(text)
    return int(found[1]) if found else None
