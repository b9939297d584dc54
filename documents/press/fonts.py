"""The vendored typefaces of PDFs, and which of them a text needs.

Every script is a family of its own (the renderer mixes up files that share a name). A face costs time when it is
loaded, so only the scripts that occur are declared, and the family list of the document names only those.
"""

from collections.abc import Iterator
from dataclasses import dataclass

WEIGHTS = (400, 700)
PREFIX = "font:"


@dataclass(frozen=True)
class Script:
    """Characters, by CSS unicode-range and by Python ranges, and the file that draws them."""

    file: str
    ranges: tuple[tuple[int, int], ...]

    def occurs_in(self, characters: set[str]) -> bool:
        """Whether any of these characters is one of the script's."""
        codes = [ord(character) for character in characters]
        return any(first <= code <= last for code in codes for first, last in self.ranges)

    @property
    def unicode_range(self) -> str:
        """As CSS writes it."""
        return ", ".join(f"U+{first:04X}-{last:04X}" for first, last in self.ranges)


LATIN = Script(
    "noto-sans-latin",
    (
        (0x0000, 0x00FF),
        (0x0131, 0x0131),
        (0x0152, 0x0153),
        (0x02C6, 0x02DC),
        (0x2000, 0x20AC),
        (0x2122, 0x2122),
        (0x2212, 0x2212),
    ),
)
SCRIPTS = (
    LATIN,
    Script(
        "noto-sans-latin-ext",
        ((0x0100, 0x0130), (0x0132, 0x0151), (0x0154, 0x02C5), (0x1D00, 0x1E9F), (0x1EF2, 0x1EFF)),
    ),
    Script("noto-sans-vietnamese", ((0x1EA0, 0x1EF1),)),
    Script("noto-sans-cyrillic", ((0x0400, 0x045F), (0x0490, 0x0491), (0x04B0, 0x04B1), (0x2116, 0x2116))),
    Script("noto-sans-tamil-tamil", ((0x0B80, 0x0BFF), (0x200C, 0x200D), (0x25CC, 0x25CC))),
    Script(
        "noto-sans-arabic-arabic",
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    ),
    Script(
        "noto-sans-sc-chinese-simplified",
        ((0x2E80, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
    ),
)


def faces(text: str) -> str:
    """The @font-face rules of the scripts that occur in `text`, and the family list that uses them; Latin always."""
    characters = set(text)
    needed = [script for script in SCRIPTS if script is LATIN or script.occurs_in(characters)]
    families = ", ".join(f'"{script.file}"' for script in needed)
    return "\n".join(
        [rule for script in needed for rule in rules(script)]
        + [f"html {{ font-family: {families}, sans-serif }}", f"@page {{ font-family: {families}, sans-serif }}"]
    )


def rules(script: Script) -> Iterator[str]:
    """One rule a weight."""
    for weight in WEIGHTS:
        yield (
            f'@font-face {{ font-family: "{script.file}"; font-weight: {weight}; font-style: normal; '
            f'src: url("{PREFIX}{script.file}-{weight}"); unicode-range: {script.unicode_range}; }}'
        )


def file_of(address: str) -> str:
    """The file of an address that `faces` wrote; ValueError for any other."""
    known = {f"{PREFIX}{script.file}-{weight}" for script in SCRIPTS for weight in WEIGHTS}
    if address not in known:
        raise ValueError(f"{address} is no font of ours.")
    return f"{address.removeprefix(PREFIX)}.ttf"
