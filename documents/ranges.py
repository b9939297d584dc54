"""The Range header (RFC 9110, section 14): one span of bytes, as players and broken downloads ask for it."""

import re
from dataclasses import dataclass

SPAN = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")


class NotSatisfiable(Exception):
    """No byte of the file is asked for: 416."""


@dataclass(frozen=True)
class Span:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


def read(header: str, size: int) -> Span | None:
    """The span asked for; None means the whole file (no header, another unit, several spans at once).

    `NotSatisfiable` when the header is malformed or lies outside of the file.
    """
    unit, _, spans = header.partition("=")
    if unit.strip().lower() != "bytes" or "," in spans:
        return None
    match = SPAN.fullmatch(spans.strip())
    if not match or match.group() == "-":
        raise NotSatisfiable
    first, last = match.groups()
    if not first:
        return suffix(int(last), size)
    end = min(int(last), size - 1) if last else size - 1
    if int(first) > end:
        raise NotSatisfiable
    return Span(int(first), end)


def suffix(length: int, size: int) -> Span:
    """The last `length` bytes."""
    if not length or not size:
        raise NotSatisfiable
    return Span(max(0, size - length), size - 1)
