"""Comparing two names of one person as people write them: order, titles, bin/binti/a-l, accents, spacing, initials.

Pure: no database, no Django rows. Never decides alone who somebody is (see `homeowners.matching`).
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise

_TITLES = frozenset({
    "ar", "cik", "dato", "datin", "datuk", "dpuan", "dr", "en", "encik", "haji", "hajah", "hajjah", "hj", "hjh", "ir",
    "madam", "master", "mdm", "miss", "mister", "mr", "mrs", "ms", "pn", "prof", "puan", "rev", "shri", "sir", "smt",
    "thiru", "thirumathi", "toh", "tuan", "tun", "yab", "yb",
})  # fmt: skip
_HIGH_TITLES = {  # title and how many words must follow: Tan is a family name too
    "tan sri": 2,
    "puan sri": 1,
    "dato sri": 1,
    "dato seri": 1,
    "datuk sri": 1,
    "datuk seri": 1,
    "datin sri": 1,
    "datin seri": 1,
}
_RELATION = re.compile(r"\b(?:[as]\s*/\s*[olp]|d\s*/\s*o|anak\s+(?:lelaki|perempuan)|binti|binte|bin|bte|bt|ibn)\b\.?")
_VARIANTS = {
    variant: canonical
    for canonical, variants in {
        "muhammad": "mohd mohamed mohammed mohammad muhamad muhamed mohamad md muhd mohamud",
        "abdul": "abd abdal abdool",
        "ahmad": "ahmed",
        "siti": "sity",
    }.items()
    for variant in variants.split()
}
_WEAK = frozenset({"muhammad", "abdul", "siti", "nur", "nurul"})
_CLOSE_ENOUGH = 0.86
_LONG_ENOUGH = 6


class NameMatch(Enum):
    """How well two names agree."""

    SAME = "same"
    PARTLY = "partly"
    DIFFERENT = "different"


def compare(one: str, other: str) -> NameMatch:
    """Says whether both texts can be the name of one person.

    SAME needs every word of the shorter name in the longer one, and a full word with at least an initial or a common
    word (Mohd, Nurul) beside it, or the whole of a one-word name. With a father's name marked in both (bin, binti,
    a/l), given and father's names are compared apart: Ahmad bin Ismail is not Ismail bin Ahmad.
    """
    halves_one, halves_other = _halves(one), _halves(other)
    if not halves_one[0] or not halves_other[0]:
        return NameMatch.DIFFERENT
    if halves_one[1] and halves_other[1]:
        fathers = _compare_words(halves_one[1], halves_other[1], enough=1)
        given = _compare_words(halves_one[0], halves_other[0], enough=1)
        return _weaker(given, fathers)
    return _compare_words(_whole(halves_one), _whole(halves_other), enough=1.5)


def folded(text: str) -> str:
    """The name for searching: lower case, no accents, one space between words. Asian scripts stay whole."""
    return " ".join(_words(text))


def _whole(halves: list[list[str]]) -> list[str]:
    return [word for half in halves for word in half]


def _weaker(one: NameMatch, other: NameMatch) -> NameMatch:
    order = [NameMatch.DIFFERENT, NameMatch.PARTLY, NameMatch.SAME]
    return min(one, other, key=order.index)


def _plain(text: str) -> str:
    """Case and Latin accents away; vowel signs of Tamil and other scripts are letters there and stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", re.sub(r"[\u0300-\u036f]", "", decomposed))


def _words(text: str) -> list[str]:
    glued = re.sub(r"['’`ʼ]", "", _plain(text))
    return [word for word in re.split(r"[\s.,;:()/@_\-–&]+", glued) if word]


def _halves(text: str) -> list[list[str]]:
    """Given names and father's name, titles dropped; the second half is empty when no relation word stands there."""
    halves = [_without_titles(_words(part)) for part in _RELATION.split(_plain(text), maxsplit=1)]
    if len(halves) == 2 and all(halves):
        return halves
    return [_without_titles(_words(text)), []]  # Bin is also a Chinese name: nothing before or after it


def _without_titles(words: list[str]) -> list[str]:
    if len(words) - 2 >= _HIGH_TITLES.get(" ".join(words[:2]), len(words)):
        return _without_titles(words[2:])
    if len(words) > 1 and words[0] in _TITLES:
        return _without_titles(words[1:])
    return [_spelling(word) for word in words]


def _spelling(word: str) -> str:
    """One spelling for the usual ways to write a name: Mohd, doubled letters, a silent h at the end."""
    word = _VARIANTS.get(word, word)
    if word in _WEAK or len(word) < _LONG_ENOUGH or not word.isascii():
        return word
    return re.sub(r"(?<=[aeiou])h$", "", re.sub(r"(.)\1", r"\1", word))


def _compare_words(one: list[str], other: list[str], *, enough: float) -> NameMatch:
    one, other = _joined_like(one, other), _joined_like(other, one)
    short, long = sorted((one, other), key=len)
    full, weight = _partners(short, list(long))
    if full == len(short) and (weight >= enough or short == long):
        return NameMatch.SAME
    return NameMatch.PARTLY if weight else NameMatch.DIFFERENT


def _joined_like(words: list[str], other: Sequence[str]) -> list[str]:
    """Joins neighbours that the other name writes as one word: Wei Ming and Weiming."""
    for left, right in pairwise(words):
        if left + right in other and left + right not in words:
            at = words.index(left)
            return _joined_like([*words[:at], left + right, *words[at + 2 :]], other)
    return words


def _partners(short: list[str], long: list[str]) -> tuple[int, float]:
    """How many words of `short` found one of their own in `long`, and the weight of those that say something."""
    found, weight = 0, 0.0
    for agrees, worth in ((_equal, 1.0), (_close, 1.0), (_initial, 0.5)):
        for word in list(short):
            partner = next((candidate for candidate in long if agrees(word, candidate)), None)
            if partner is not None:
                short = _less(short, word)
                long = _less(long, partner)
                found += 1
                weight += 0.5 if word in _WEAK else worth
    return found, weight


def _less(words: list[str], word: str) -> list[str]:
    at = words.index(word)
    return words[:at] + words[at + 1 :]


def _equal(one: str, other: str) -> bool:
    return one == other


def _close(one: str, other: str) -> bool:
    """A slip of the pen in a long word; short ones (Chong, Cheong) are different families."""
    long_enough = min(len(one), len(other)) >= _LONG_ENOUGH
    return long_enough and SequenceMatcher(None, one, other).ratio() >= _CLOSE_ENOUGH


def _initial(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) == 1 and shorter.isascii() and longer.startswith(shorter)
