"""Unit numbers as people write them in tables: 12A / Blk 3, Blk 3 #12-34, A/12/3. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from units import doors

_BLOCK_WORD = r"(?:blk|blok|block|tower|menara|bangunan|bldg|building)"
_BLOCK = re.compile(
    rf"(?:^|[\s,/\-(])(?P<words>{_BLOCK_WORD}\.?\s*-?\s*(?P<name>[A-Za-z]{{1,2}}\d*|\d{{1,4}}[A-Za-z]?))\b[)]?",
    re.IGNORECASE,
)
_ASIAN_BLOCK = re.compile(r"(?P<words>(?P<name>[A-Za-z\d]{1,4})\s*[座栋棟幢])")
_PARTS = re.compile(r"^[A-Za-z\d]{1,6}(?:\s*[-/.\s]\s*[A-Za-z\d]{1,6}){1,3}$")
_UNIT_WORD = re.compile(r"^(?:unit\s*(?:no|number)?|no|lot|house|rumah|suite)\.?\s*[:#]?\s*(?=[\dA-Z#])", re.IGNORECASE)
_SHORT = re.compile(r"^\d{1,3}[A-Za-z]?(?:-\d{1,4}[A-Za-z]?)?$")
_PHASE = re.compile(
    rf"^\s*(?:{_BLOCK_WORD})?\.?\s*(?P<name>[A-Za-z]{{1,2}}\d*|\d{{1,4}}[A-Za-z]?)\s*[座栋棟幢]?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Door:
    """A number as it will stand in the register, with the block and the floor that it names."""

    number: str
    block: str
    floor: str

    @property
    def key(self) -> str:
        """The number as the database compares it."""
        return doors.key_of(self.number)

    @property
    def block_key(self) -> str:
        """What is left of “Tower A” or “Blk A” when blocks are compared."""
        return block_key(self.block)


def block_key(name: str) -> str:
    """Tower A, Block A, Blk A, A座 and A are one block; Phase 1 is only itself."""
    match = _PHASE.match(name)
    return (match["name"] if match else " ".join(name.split())).casefold()


@lru_cache(maxsize=2048)
def read(text: str, block: str = "") -> Door:
    """The door that a cell means, with the cell of a block column beside it."""
    rest, named = _without_block(" ".join(text.split()))
    block = " ".join(block.split()) or named
    rest = _UNIT_WORD.sub("", rest).strip(" ,/-#()") or text.strip()
    rest = rest.replace("#", " ").strip()
    parts = re.split(r"\s*[-/.\s]\s*", rest) if _PARTS.match(rest) and any(sign.isdigit() for sign in rest) else [rest]
    number = "-".join(parts)
    key = block_key(block) if _PHASE.match(block) else ""
    if key and parts[0].casefold() == key and len(parts) > 1:
        return Door(number.upper(), block, _floor(parts[1:]))
    if key and _SHORT.match(number):
        return Door(f"{key}-{number}".upper(), block, _floor(parts))
    if len(parts) >= 3:
        return Door(number.upper(), block or parts[0].upper(), _floor(parts[1:]))
    return Door(number.upper() if len(parts) > 1 else number, block, "")


def _without_block(text: str) -> tuple[str, str]:
    for pattern in (_BLOCK, _ASIAN_BLOCK):
        match = pattern.search(text)
        if match:
            return (text[: match.start("words")] + " " + text[match.end() :]).strip(), match["words"].strip()
    return text, ""


def _floor(parts: list[str]) -> str:
    """Of floor and door, 12 and 34; a lone door says nothing about its floor."""
    return parts[0].upper() if len(parts) >= 2 else ""
