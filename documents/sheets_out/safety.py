"""Text that stays text in every spreadsheet program (quality page 22)."""

import re

FORMULA = re.compile(r"^[\s\ufeff\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
"""What some program takes for the beginning of a formula: also behind blanks, and the wide signs of East Asia."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000
"""A cell of a workbook holds 32,767 characters."""


def plain(text: str) -> str:
    """Without signs that no file can hold, cut at the length of a cell."""
    clean = UNPRINTABLE.sub("\ufffd", text)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}\u2026"


def is_risky(text: str) -> bool:
    """A spreadsheet program could calculate it."""
    return FORMULA.match(text) is not None


def harmless(text: str) -> str:
    """For a CSV cell: an apostrophe before whatever could be calculated."""
    clean = plain(text)
    return f"'{clean}" if is_risky(clean) else clean
