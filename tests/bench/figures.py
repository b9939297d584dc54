"""What was measured, what was promised, and how the two are told."""

import json
import statistics
from dataclasses import asdict, dataclass, field, fields


@dataclass
class Figure:
    """One line of the table. `value` is held against `limit` (at most, unless `at_least`); None: not measured."""

    promise: int
    what: str
    value: float | None
    unit: str = "ms"
    limit: float | None = None
    at_least: bool = False
    database: str = ""
    cases: int = 0
    clients: int = 0
    more: dict = field(default_factory=dict)
    note: str = ""

    @property
    def verdict(self):
        """met, missed with its ratio, or why nothing is said."""
        if self.value is None:
            return f"skipped: {self.note}"
        if self.limit is None:
            return ""
        ratio = self.value / self.limit if self.limit else float(self.value > 0)
        is_met = ratio >= 1 if self.at_least else self.value <= self.limit
        return "met" if is_met else f"missed ({self.value:g} of {self.limit:g})"

    @property
    def is_missed(self):
        return self.verdict.startswith("missed")


def skipped(promise, what, reason, **facts):
    """A figure that cannot be measured here yet."""
    return Figure(promise, what, None, note=reason, **facts)


def middle(values):
    """The median, to a tenth."""
    return round(statistics.median(values), 1)


def p95(values):
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1)


def growth(figures):
    """Promise 32: the middle time of each page at the largest size against that at the smallest."""
    found = []
    timed = [one for one in figures if one.promise == 33 and one.clients == 1 and one.value is not None]
    for what, database in dict.fromkeys((one.what, one.database) for one in timed):
        same = sorted((one for one in timed if (one.what, one.database) == (what, database)), key=lambda one: one.cases)
        first, last = same[0], same[-1]
        if first.cases < last.cases:
            times = round(last.more["p50"] / first.more["p50"], 2)
            note = f"{first.more['p50']:g} ms at {first.cases:,}"
            found.append(Figure(32, what, times, "x", 1.5, database=database, cases=last.cases, note=note))
    return found


HEADS = ("#", "figure", "database", "cases", "clients", "value", "promise", "p50", "cpu", "statements", "verdict", "")


def table(figures):
    """The figures as aligned lines of Markdown."""
    rows = [HEADS, *map(_row, sorted(figures, key=_place))]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _place(one):
    return one.promise, one.what, one.database, one.cases, one.clients


def _row(one):
    sign = ">=" if one.at_least else "<="
    return (
        str(one.promise),
        one.what,
        one.database,
        f"{one.cases:,}" if one.cases else "",
        str(one.clients or ""),
        "" if one.value is None else f"{one.value:g} {one.unit}",
        "" if one.limit is None else f"{sign} {one.limit:g} {one.unit}",
        f"{one.more['p50']:g}" if "p50" in one.more else "",
        f"{one.more['cpu p50']:g}" if "cpu p50" in one.more else "",
        str(one.more.get("statements", "")),
        one.verdict,
        "" if one.value is None else one.note,
    )


def as_json(figures, **facts):
    """Everything, for machines."""
    rows = [asdict(one) | {"verdict": one.verdict} for one in figures]
    return json.dumps({**facts, "figures": rows}, indent=1)


def from_json(text):
    """The figures of an earlier run."""
    names = {one.name for one in fields(Figure)}
    return [Figure(**{key: row[key] for key in names & row.keys()}) for row in json.loads(text)["figures"]]
