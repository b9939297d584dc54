"""Charts as values for templates that draw SVG: places in a viewBox, so that pages need neither script nor style.

Nothing here knows what it draws. Each chart has its figures as a table behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDE, HIGH = 600, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 492, 22, 190
GRID = 4
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Part:
    """A piece of a bar, in hundredths of the longest."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Bar:
    """A line of a bar chart: words, number and where it leads; `was` is the place of an earlier number."""

    words: str
    n: int
    url: str
    parts: Sequence[Part] = ()
    was: float | None = None
    change: int | None = None
    before: int | None = None
    cells: Sequence["Bar"] = field(default=())


def share(n: int, most: int) -> float:
    """Hundredths of the longest bar."""
    return round(100 * n / most, 2) if most else 0


def stacked(numbers: Sequence[int], kinds: Sequence[str], most: int) -> list[Part]:
    """The pieces of one bar, side by side; nothing for a zero."""
    parts, before = [], 0
    for n, kind in zip(numbers, kinds, strict=True):
        if n:
            parts.append(Part(share(before, most), share(n, most), kind))
        before += n
    return parts


@dataclass(frozen=True)
class Point:
    """A place on a line, with what stands below it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Lines:
    """A chart of two lines over the same labels."""

    first: Sequence[Point]
    second: Sequence[Point]
    grid: Sequence[tuple[float, int]]
    first_end: float
    second_end: float
    wide: int = WIDE
    high: int = HIGH

    @property
    def first_path(self) -> str:
        """For <polyline>."""
        return _path(self.first)

    @property
    def second_path(self) -> str:
        """For <polyline>."""
        return _path(self.second)


def lines(labels: Sequence[str], first: Sequence[int], second: Sequence[int]) -> Lines:
    """Two lines with a grid of round numbers from zero; the words at their ends never lie on each other."""
    step = grid_step(max([*first, *second, 1]))
    top = step * GRID
    points = [_points(labels, values, top) for values in (first, second)]
    ends = _apart(points[0][-1].y, points[1][-1].y)
    grid = [(_height(step * number, top), step * number) for number in range(GRID + 1)]
    return Lines(points[0], points[1], grid, *ends)


def grid_step(most: int) -> int:
    """The distance of the grid's lines: a round whole number that fits `most` into the grid."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * GRID >= most and step * size == int(step * size):
                return int(step * size)
        size *= 10


def _points(labels: Sequence[str], values: Sequence[int], top: int) -> list[Point]:
    gap = (RIGHT - LEFT) / max(len(values) - 1, 1)
    return [
        Point(round(LEFT + number * gap, 1), _height(value, top), label)
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    ]


def _height(value: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _apart(first: float, second: float, gap: float = 18) -> tuple[float, float]:
    """The heights of two words, moved apart where they would lie on each other, inside the chart."""
    if abs(first - second) >= gap:
        return first + 4, second + 4
    middle = min(max((first + second) / 2, TOP + gap / 2), BOTTOM - gap / 2)
    up, down = middle - gap / 2 + 4, middle + gap / 2 + 4
    return (up, down) if first <= second else (down, up)


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in points)
