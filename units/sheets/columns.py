"""Which column of somebody's table holds which fact: proposed from the words in its header."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOOKED_AT = 25
"""Rows from the top among which the header is looked for: titles and blank rows stand above it."""
NOTHING = frozenset(
    {"-", "--", "n/a", "na", "n.a.", "nil", "none", "null", "tiada", "tidak ada", "无", "無", "没有", "x"}
)
_TOTAL = re.compile(
    r"^(?:grand\s+|sub\s*-?\s*)?(?:total|jumlah|合计|合計|总计|總計|小计)\b.{0,40}$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Column:
    """A fact that a sheet may hold. `names` are the header words that mean it, the first one is ours; "|" between."""

    key: str
    label: Any
    names: str
    is_needed: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class SheetKind:
    """A kind of sheet: its columns, and how much the recognition prefers it when several fit."""

    key: str
    label: Any
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column | None:
        """The column of this key."""
        return next((column for column in self.columns if column.key == key), None)

    def missing(self, keys: Iterable[str]) -> list[Column]:
        """The needed columns that a mapping leaves out."""
        chosen = set(keys)
        return [column for column in self.columns if column.is_needed and column.key not in chosen]


@dataclass(frozen=True)
class Proposal:
    """A header row and what its columns seem to mean; `keys` is as long as the header, empty for "not used"."""

    kind: str
    header_row: int
    headers: list[str]
    keys: list[str]


def folded(text: str) -> str:
    """A header without case, accents, marks and what stands in brackets: “E-mail Address (1)” is “emailaddress”."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[(\[（].*?[)\]）]", "", text).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def is_nothing(text: str) -> bool:
    """Blank, or one of the ways to write "nothing" into a cell."""
    return text.strip().casefold() in NOTHING or not text.strip()


def is_total(cells: Sequence[str]) -> bool:
    """A row that sums up: “Total: 240 units”. A person may be called Total, so only short rows count."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and len(filled) <= 3 and bool(_TOTAL.match(filled[0]))


def keys_for(headers: Sequence[str], kind: SheetKind) -> list[str]:
    """What each header means in this kind of sheet; each meaning once, whole words before beginnings."""
    keys = [""] * len(headers)
    names = {
        column.key: [folded(name) for name in (*column.names.split("|"), str(column.label))] for column in kind.columns
    }
    shown = [folded(header) for header in headers]
    for agrees in (_equal, _within):
        for key, words in names.items():
            if key in keys:
                continue
            place = next((i for i, header in enumerate(shown) if not keys[i] and agrees(header, words)), None)
            if place is not None:
                keys[place] = key
    return keys


def _equal(header: str, names: list[str]) -> bool:
    return header in names


def _within(header: str, names: list[str]) -> bool:
    """Headers with a word more: “Purchaser name as in S&P”. Short names would be found everywhere."""
    return any(name in header for name in names if len(name) >= 5 or (len(name) >= 2 and not name.isascii()))


def propose(rows: Sequence[tuple[int, list[str]]], kinds: Sequence[SheetKind]) -> Proposal | None:
    """The likeliest header among the first rows, with the kind whose columns it names best; None for an empty sheet."""
    found: list[tuple[tuple[int, int, int], Proposal]] = []
    for number, cells in rows[:LOOKED_AT]:
        for rank, kind in enumerate(kinds):
            keys = keys_for(cells, kind)
            chosen = [key for key in keys if key]
            score = 2 * len(chosen) - 3 * len(kind.missing(chosen)) - (5 if _has_values(cells) else 0)
            found.append(((score, len(chosen), -rank), Proposal(kind.key, number, list(cells), keys)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _has_values(cells: Sequence[str]) -> bool:
    """Headers hold no addresses and no long numbers."""
    return any("@" in cell or re.search(r"\d{5}", cell) for cell in cells)


def mapped(cells: Sequence[str], keys: Sequence[str]) -> Mapping[str, str]:
    """The cells of a row by key; what says nothing is left out."""
    pairs = zip(keys, cells, strict=False)
    return {key: cell for key, cell in pairs if key and not is_nothing(cell)}
