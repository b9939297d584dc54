"""Words made comparable: as they are kept of a case, and as somebody types them. Pure."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
"""Characters of a search; more is refused with a sentence."""

SHORTEST = 3
"""A trigram index finds nothing shorter; also two Chinese characters are shorter."""

MOST_TERMS = 8
LONGEST_TERM = 80
FEWEST_DIGITS = 4

_ACCENTS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]")
"""Latin accents, Arabic vowel signs and the stretching stroke. Vowel signs of Tamil are letters there and stay."""

_PLAIN = re.compile("[^0-9a-z]+")
_QUOTED = re.compile(r'"([^"]+)"|[“”]([^“”]+)[“”]')
_PHONE = re.compile(r"^[\d\s+().\-/]+$")


def normalised(text: str) -> str:
    """Compatible forms folded, lower case, no accents, digits of all scripts as 0-9, one space for all punctuation."""
    if text.isascii():
        return _PLAIN.sub(" ", text.lower()).strip()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    signs = (_sign(sign) for sign in unicodedata.normalize("NFKC", plain))
    return " ".join("".join(signs).split())


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return sign if kind[0] in "LMN" else " "


def digits(text: str) -> str:
    """A phone number without punctuation, national or international prefix zeros: 123456789 from 012-345 6789."""
    return "".join(sign for sign in normalised(text.replace("(0)", "")) if sign.isdigit()).lstrip("0")


@dataclass(frozen=True)
class Terms:
    """One way to read a search: every word of `long` stands in the text, every one of `short` begins a word there."""

    long: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    def fit(self, text: str) -> bool:
        """The same test that the indexes make, on a text at hand."""
        return all(word in text for word in self.long) and all(f" {word}" in text for word in self.short)


def readings(text: str) -> list[Terms]:
    """What a search may mean; a case fits when one reading does.

    Several words all have to be there, quoted ones beside each other. Digits alone may be a phone, and a mix of
    letters and digits a reference or a home, however it is punctuated.
    """
    text = text.strip()[:LONGEST]
    words = _words(text)
    as_words = Terms(tuple(w for w in words if len(w) >= SHORTEST), tuple(w for w in words if len(w) < SHORTEST))
    whole = normalised(text)
    key = _key(text, whole)
    found = [] if key and not as_words.long else [as_words]  # the pieces of A-12-3 begin a third of all homes
    if len(words) > 1 and not as_words.long and len(whole) >= SHORTEST:
        found.append(Terms((whole[:LONGEST_TERM],)))
    if key:
        found.append(Terms((key,)))
    return list(dict.fromkeys(terms for terms in found if terms.long or terms.short))


def _words(text: str) -> list[str]:
    quoted = [normalised(one or other) for one, other in _QUOTED.findall(text)]
    loose = normalised(_QUOTED.sub(" ", text)).split()
    words = [word[:LONGEST_TERM].strip() for word in (*quoted, *loose)]
    return list(dict.fromkeys(word for word in words if word))[:MOST_TERMS]


def _key(text: str, whole: str) -> str:
    """Without any separator: only where that is how a reference, a home or a phone may be meant."""
    if _PHONE.match(text):
        number = digits(text)
        return number[:LONGEST_TERM] if len(number) >= FEWEST_DIGITS else ""
    key = whole.replace(" ", "")
    is_label = len(key) <= 16 and any(sign.isdigit() for sign in key) and any(sign.isalpha() for sign in key)
    return key if is_label and len(key) >= SHORTEST and " " in whole else ""
