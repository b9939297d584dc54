"""Phone numbers: kept in E.164, shown the way people read them."""

import phonenumbers
from django.utils.translation import gettext as _


class PhoneRefused(ValueError):
    """The text is no phone number; the message is a sentence for the person who typed it."""


def normalise(text: str, region: str) -> str:
    """The number in E.164 ("+60123456789"), "" for blank text; a number without country code is read in `region`.

    Raises PhoneRefused for what cannot be dialled. Possible, not valid, is asked: numbering plans change faster than
    the library that knows them.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as fault:
        raise PhoneRefused(_no_number(text)) from fault
    if number.extension or not phonenumbers.is_possible_number(number):
        raise PhoneRefused(_no_number(text))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _no_number(text: str) -> str:
    return _("“%(text)s” is not a phone number. Write it like 012-345 6789 or +60 12-345 6789.") % {"text": text[:40]}


def quietly(text: str, region: str) -> str:
    """As `normalise`, but "" for what is no number: for comparing and searching."""
    try:
        return normalise(text, region)
    except PhoneRefused:
        return ""


def display(number: str) -> str:
    """An E.164 number as people read it: "+60 12-345 6789". Anything else comes back as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
