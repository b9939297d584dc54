"""The numbers above the table: they follow its filters, and each opens exactly the rows that it counts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.aging import BANDS
from cases.forms.search import CaseSearchForm
from desk.counting import CAP, capped
from desk.table import exact
from desk.table.links import link

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

ASIDE = ("age", "clock")
"""What a tile sets itself does not narrow the tiles."""

CLOCKS = {"over": gettext_lazy("Over time"), "news": gettext_lazy("News due")}
KINDS = {"all": "acc", "8-14": "warm", "15-28": "warm", "29+": "late", "over": "late", "news": "warm"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Counts:
    """The numbers of the tiles and of the list, which of them are exact, and the other side of Mine/All, if known."""

    numbers: dict[str, int]
    exact: Collection[str] = ()
    other: int | None = None

    def words(self, name: str) -> str:
        """A number as people read it: exact, or beyond the cap a least number."""
        if name in self.exact:
            return f"{self.numbers[name]:,}"
        return capped(self.numbers[name], is_least=not self.exact and self.numbers["all"] > CAP)


def counts(form: CaseSearchForm, cases: "CaseQuerySet") -> Counts:
    """All tiles: by the counters where they hold them, in two queries; else in one, as far as the cap."""
    if exact.is_held(form):
        return _exact(form, cases)
    tests = {**_tests(form), "list": form.times(ASIDE)}
    some = form.filter(cases, without=ASIDE).order_by()[: CAP + 1]
    numbers = some.aggregate(**{f"n{i}": Count("pk", filter=test) for i, test in enumerate(tests.values())})
    return Counts({name: numbers[f"n{i}"] for i, name in enumerate(tests)})


def _exact(form: CaseSearchForm, cases: "CaseQuerySet") -> Counts:
    mine, everybody = exact.both_sides(form, cases)
    here, there = (mine, everybody) if form.is_mine else (everybody, mine)
    numbers, rows = {name: here[name] for name in _tests(form)}, exact.of_list(form, here)
    other = exact.of_list(form, there)
    if rows is None:
        return Counts({**numbers, "list": form.filter(cases).order_by()[: CAP + 1].count()}, set(numbers), other)
    return Counts({**numbers, "list": rows}, {*numbers, "list"}, other)


def other_side(form: CaseSearchForm, cases: "CaseQuerySet") -> "CaseQuerySet":
    """The list on the other side of the switch Mine/All."""
    everybody = form.filter(cases, without=("mine",))
    return everybody if form.is_mine else everybody.mine(form.user)


def _tests(form: CaseSearchForm) -> dict[str, Q]:
    """What each tile counts."""
    ages = {band: form.of_age(band) for band in BANDS}
    return {"all": Q(pk__isnull=False), **ages, **{key: form.by_clock(key) for key in CLOCKS}}


def rows(form: CaseSearchForm, counted: Counts) -> list[Row]:
    """The tiles as `components/tile.html` takes them."""
    return [
        {
            "url": link(form, **_sets(name)),
            "n": counted.words(name),
            "words": _words(form, name),
            "kind": KINDS.get(name, ""),
            "used": round(100 * counted.numbers[name] / (counted.numbers["all"] or 1)),
            "is_current": _is_current(form, name),
        }
        for name in _tests(form)
    ]


def _sets(name: str) -> Row:
    return {"age": [name] if name in BANDS else None, "clock": name if name in CLOCKS else None}


def _is_current(form: CaseSearchForm, name: str) -> bool:
    wanted = _sets(name)
    asked = form.cleaned_data
    return (asked["age"] or None) == wanted["age"] and (asked["clock"] or None) == wanted["clock"]


def _words(form: CaseSearchForm, name: str) -> str:
    if name in BANDS:
        return _("%(band)s days") % {"band": name}
    if name in CLOCKS:
        return str(CLOCKS[name])
    states = form.cleaned_data["state"]
    if states and states != ["open"]:
        return _("Cases, mine") if form.is_mine else _("Cases, all")
    return _("Open, mine") if form.is_mine else _("Open, all")
