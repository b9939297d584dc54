"""People as lists write them: several in one cell, phones with remarks, addresses with "mailto:". Pure."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.phones import PhoneRefused, normalise
from homeowners.choices import Language, TenureRole
from units.refusals import Refused
from units.sheets.columns import is_nothing
from units.sheets.outcomes import SourceRow

_RELATION = re.compile(r"\b([asdwc])\s*/\s*([olp])\b", re.IGNORECASE)
_SLASH = "\ue000"
_APART = re.compile(r"\s*(?:[;\n&＆、/|]|\s\+\s|\bdan\b|\band\b|和)\s*", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:sdn|bhd|berhad|pte|ltd|limited|llp|plc|inc|corp|enterprise|holdings|trading|(?:&|and)\s*(?:co|sons|partners))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\(?\d{1,2}[).]\s*")
_PHONE_APART = re.compile(r"[;\n&,|]|\s/\s|/(?=\s*[+(]?\d{2})|\s(?:or|atau|dan|and)\s", re.IGNORECASE)
_PHONE_REMARK = re.compile(r"\((?:[^)\d]*)\)|\b(?:tel|hp|h/p|mobile|m|o|h|office|home|no)\b\s*[.:]*", re.IGNORECASE)
_BRACKETED = re.compile(r"<([^<>]+)>")
_LONGEST_NAME = 120
_ROLES = {
    TenureRole.OWNER: "owner|purchaser|buyer|pemilik|pembeli|业主|买家",
    TenureRole.JOINT_OWNER: "joint owner|joint-owner|joint purchaser|co-owner|pemilik bersama|共同业主",
    TenureRole.TENANT: "tenant|occupier|renter|penyewa|租客|租户",
    TenureRole.REPRESENTATIVE: "representative|rep|agent|attorney|wakil|代表",
    TenureRole.MANAGEMENT_BODY: "management body|management|jmb|mc|mcst|mo|badan pengurusan|管理处",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split("|")}
_LANGUAGES = {
    Language.ENGLISH: "en|english|inggeris|bi|英文|英语",
    Language.MALAY: "ms|bm|my|malay|bahasa|bahasa malaysia|melayu|马来文",
    Language.CHINESE: "zh|cn|chinese|mandarin|cina|中文|华文",
    Language.TAMIL: "ta|tamil|淡米尔文",
}
_LANGUAGE_OF = {word: language for language, words in _LANGUAGES.items() for word in words.split("|")}


@dataclass(frozen=True)
class Person:
    """One person of a row, as the register would write it."""

    name: str
    email: str
    phone: str
    second_phone: str


def role(text: str) -> TenureRole:
    """In which right; a blank cell means the owner. Refused for a word that we do not know."""
    wanted = " ".join(text.casefold().split())
    found = _ROLE_OF.get(wanted, TenureRole.OWNER) if wanted in _ROLE_OF or not wanted else None
    if found is None:
        raise Refused(_("“%(text)s” is not a role. Write owner, joint owner or tenant.") % {"text": text[:40]})
    if found == TenureRole.REPRESENTATIVE:
        raise Refused(
            _("A representative needs a dated letter of authority. Enter this person on the page of the home.")
        )
    return found


def language(text: str) -> str:
    """The language of letters; empty for a cell that says nothing."""
    wanted = text.casefold().strip()
    if wanted and wanted not in _LANGUAGE_OF:
        raise Refused(_("“%(text)s” is not a language that letters are written in.") % {"text": text[:40]})
    return _LANGUAGE_OF[wanted] if wanted else ""


def people(row: SourceRow, *, region: str) -> tuple[list[Person], list[str]]:
    """Everybody whom a row names, and what the office should know about how it was read.

    Refused: no name, one too long, an e-mail or a phone that is none.
    """
    called = names(row.text("owner"))
    mails = emails(row.text("email"))
    calls = [phones(row.text(key), region=region) for key in ("phone", "second_phone")]
    numbers = [number for found in calls for number in found]
    warnings = []
    if len(called) > 1 and len(mails) == 1:
        warnings.append(_("One e-mail for %(n)s people: they share it, and the account.") % {"n": len(called)})
    if len(mails) > len(called) or len(numbers) > 2 * len(called):
        warnings.append(_("More e-mails or phones than people: the first ones count."))
    return [
        Person(name, _nth(mails, place, len(called)), *_phones_of(calls, place, len(called)))
        for place, name in enumerate(called)
    ], warnings


def names(text: str) -> list[str]:
    """The names in a cell; a/l, a/p and s/o are part of a name, and so is the “&” of a company."""
    if text.startswith("=") or "://" in text:
        raise Refused(_("“%(text)s” is not a name.") % {"text": text[:40]})
    if _COMPANY.search(text):
        return [_checked(" ".join(text.split()))]
    guarded = _RELATION.sub(rf"\1{_SLASH}\2", text)
    found = [
        _NUMBERED.sub("", " ".join(part.replace(_SLASH, "/").split())).strip(" ,.-") for part in _APART.split(guarded)
    ]
    called = list(dict.fromkeys(_checked(name) for name in found if not is_nothing(name)))
    if not called:
        raise Refused(_("The name is missing."))
    return called


def _checked(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        raise Refused(_("This name is longer than %(n)s characters.") % {"n": _LONGEST_NAME})
    if not any(sign.isalpha() for sign in name):
        raise Refused(_("“%(text)s” is not a name.") % {"text": name[:40]})
    return name


def emails(text: str) -> list[str]:
    """The addresses in a cell, in lower case, without "mailto:", blanks and names around them."""
    if is_nothing(text):
        return []
    joined = re.sub(r"\s*([@.])\s*", r"\1", " ".join(_BRACKETED.findall(text)) or text)
    parts = re.split(r"[;,\s/|&]+", joined.replace("mailto:", " "))
    found = [part.strip("<>()[]'\".,").lower() for part in parts]
    kept = list(dict.fromkeys(part for part in found if part and not is_nothing(part)))
    for address in kept:
        try:
            validate_email(address)
        except ValidationError as fault:
            raise Refused(_("“%(text)s” is not an e-mail address.") % {"text": text.strip()[:60]}) from fault
    return kept


def phones(text: str, *, region: str) -> list[str]:
    """The numbers in a cell in E.164, each once; remarks such as (H) and “HP:” are dropped."""
    found = []
    for part in _PHONE_APART.split(text):
        cleaned = _PHONE_REMARK.sub(" ", part).strip(" .:-")
        if cleaned and not is_nothing(cleaned):
            found.append(_number(cleaned, region))
    return list(dict.fromkeys(found))


def _number(text: str, region: str) -> str:
    """A spreadsheet drops the plus and leading zeros: digits that are no number at home may begin with a country."""
    try:
        return normalise(text, region)
    except PhoneRefused as fault:
        try:
            return normalise(f"+{text.lstrip('0')}", region) if text[:1].isdigit() else _refuse(fault)
        except PhoneRefused:
            return _refuse(fault)


def _refuse(fault: PhoneRefused) -> str:
    raise Refused(str(fault)) from fault


def _nth(values: list[str], place: int, people: int) -> str:
    """The value of one of several people: the one at the same place, or the only one for all."""
    if len(values) == 1 and people > 1:
        return values[0]
    return values[place] if place < len(values) else ""


def _phones_of(calls: list[list[str]], place: int, people: int) -> tuple[str, str]:
    """A lone owner has all numbers; of several each has the own one, or they share."""
    first, second = calls
    if people == 1:
        found = [*dict.fromkeys([*first, *second]), "", ""]
        return found[0], found[1]
    phone, other = _nth(first, place, people), _nth(second, place, people)
    return phone, "" if other == phone else other
