"""The page's parts as its template takes them: words, numbers, and the address of exactly the rows of each number."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.aging import BANDS
from cases.forms.search import NOBODY
from cases.forms.spans import span
from reporting import charts
from reporting.charts import Bar
from reporting.dashboard.figures import WEEK, Figures, Scope, weeks
from units.wording import age, age_days, when

KINDS = dict(zip(BANDS, ("b0", "b1 b1-soft", "b1", "b2", "b3"), strict=True))
"""The colour of each band."""

MOST_BARS = 8
"""So many bars are drawn; the table behind holds all."""

Row = dict[str, Any]


def context(scope: Scope, found: Figures) -> Row:
    """Everything on the page."""
    bands = _bands(scope, found)
    return {
        "when": _when(scope),
        "developments": scope.form.options.get("development", []),
        "development": scope.development,
        "waiting": found.waiting,
        "decisions_url": _narrowed(reverse("decision_list"), scope),
        "tiles": _tiles(scope, found),
        "bands": bands,
        "decisions": [_decision(row, scope) for row in found.decisions],
        "weeks": _weeks(scope, found),
        "visits": _visits(scope, found),
        "visit_count": sum(counted["all"] for counted in found.visits),
        "calendar_url": _calendar(scope),
        "places": _places(scope, found),
        "promises": _officers(scope, found),
        "companies": _labelled(scope, found.companies, "contractor"),
        "trades": _labelled(scope, found.trades, "trade"),
        "most": MOST_BARS,
    }


def _when(scope: Scope) -> str:
    return when(scope.at, _zone(scope))


def _narrowed(url: str, scope: Scope, **asked: str) -> str:
    """Another page, narrowed to the same development."""
    query = {**asked, **({"development": scope.development} if scope.development else {})}
    return f"{url}?{urlencode(query)}" if query else url


def _calendar(scope: Scope) -> str:
    return _narrowed(reverse("visit_calendar"), scope, week=scope.monday.isoformat())


def _tiles(scope: Scope, found: Figures) -> list[Row]:
    everything = found.open["all"]
    change = everything - found.last_week.total()
    return [
        {
            "words": _("Decisions waiting"),
            "n": found.waiting,
            "url": _narrowed(reverse("decision_list"), scope),
            "note": _oldest(scope, found),
            "means": _("Requests that only a manager may answer."),
        },
        {
            "words": _("Open cases"),
            "n": everything,
            "url": scope.link(state=["open"]),
            "change": change,
            "note": _("on last week"),
            "means": _("Received and not closed, whoever acts next."),
        },
        {
            "words": _("Over time"),
            "n": found.open["over"],
            "url": scope.link(clock="over"),
            "is_bad": bool(found.open["over"]),
            "note": _of_open(found.open["over"], everything),
            "means": _("Past the repair target and not paused, or past the statutory date."),
        },
        {
            "words": _("Statutory due in 10 days"),
            "n": found.open["statutory"],
            "url": scope.link(clock="statutory"),
            "note": _of_open(found.open["statutory"], everything),
            "means": _(
                "The statutory date comes within 10 days or is past, and the repair is not yet with the homeowner."
            ),
        },
        {
            "words": _("News overdue"),
            "n": found.open["news"],
            "url": scope.link(clock="news"),
            "is_bad": bool(found.open["news"]),
            "note": _of_open(found.open["news"], everything),
            "means": _("Promises broken: the homeowner was to have news by now and has none."),
        },
    ]


def _oldest(scope: Scope, found: Figures) -> str:
    if found.oldest is None:
        return _("nothing waits")
    return _("oldest %(age)s") % {"age": age(age_days(found.oldest, scope.at, _zone(scope)))}


def _zone(scope: Scope) -> str:
    return next(iter(scope.zones), "UTC")


def _of_open(n: int, everything: int) -> str:
    percent = round(100 * n / everything, 1) if everything else 0
    return _("%(percent)s %% of open") % {"percent": f"{percent:g}"}


def _bands(scope: Scope, found: Figures) -> list[Bar]:
    most = max([found.open[name] for name in BANDS] + [found.last_week[name] for name in BANDS])
    return [
        Bar(
            words=_("%(band)s days") % {"band": name},
            n=found.open[name],
            url=scope.link(age=[name]),
            parts=charts.stacked([found.open[name]], [KINDS[name]], most),
            was=charts.share(found.last_week[name], most),
            change=found.open[name] - found.last_week[name],
            before=found.last_week[name],
        )
        for name in BANDS
    ]


def _decision(row: Any, scope: Scope) -> Row:
    days = age_days(row.asked_at, scope.at, row.case.development.tz)
    return {
        "url": reverse("decision_detail", args=[row.public_id]),
        "title": f"{row.get_kind_display()}: {row.case.title}, {row.case.unit}",
        "who": row.author_name,
        "why": row.why or row.words,
        "age": age(days),
        "is_late": bool(row.due_at and row.due_at < scope.at),
    }


def _weeks(scope: Scope, found: Figures) -> Row:
    mondays = weeks(scope)
    labels = [date_format(monday, "j M") for monday in mondays]
    return {
        "chart": charts.lines(labels, found.closed, found.new),
        "rows": [_week(scope, *row) for row in zip(mondays, found.new, found.closed, strict=True)],
        "so_far": ngettext("this week so far: %(n)d day", "this week so far: %(n)d days", scope.today.weekday() + 1)
        % {"n": scope.today.weekday() + 1},
    }


def _week(scope: Scope, monday: date, new: int, closed: int) -> Row:
    days = span(monday, monday + WEEK - timedelta(days=1))
    return {
        "monday": monday,
        "new": new,
        "new_url": scope.link(state=["open", "closed"], received=days),
        "closed": closed,
        "closed_url": scope.link(state=["closed"], closed=days),
    }


def _visits(scope: Scope, found: Figures) -> list[Row]:
    return [
        {
            "day": scope.monday + timedelta(days=number),
            "is_today": scope.monday + timedelta(days=number) == scope.today,
            "n": counted["all"],
            "done": counted["done"],
            "url": f"{_calendar(scope)}#d-{number + 1}",
        }
        for number, counted in enumerate(found.visits)
    ]


def _places(scope: Scope, found: Figures) -> list[Bar]:
    """Each development with its open cases by age, most first; nothing when only one is shown."""
    options = [] if scope.development else scope.form.options.get("development", [])
    rows = [
        (option, found.by_development[int(option.row)]) for option in options if int(option.row) in found.by_development
    ]
    rows = [(option, counted) for option, counted in rows if counted["all"]]
    most = max((counted["all"] for _option, counted in rows), default=0)
    bars = [
        Bar(
            words=option.label,
            n=counted["all"],
            url=scope.link(development=[option.key]),
            parts=charts.stacked([counted[name] for name in BANDS], list(KINDS.values()), most),
            cells=[Bar(name, counted[name], scope.link(development=[option.key], age=[name])) for name in BANDS],
        )
        for option, counted in rows
    ]
    return sorted(bars, key=lambda bar: -bar.n)


def _officers(scope: Scope, found: Figures) -> list[Bar]:
    """Whose promises of news are broken, most first."""
    names = {option.row: option.label for option in scope.form.options.get("officer", [])} | {
        NOBODY: _("No officer yet")
    }
    keyed = [(str(key) if key else NOBODY, counted["news"]) for key, counted in found.by_officer.items()]
    return _ranked((names[key], n, scope.link(officer=[key], clock="news")) for key, n in keyed if n and key in names)


def _labelled(scope: Scope, numbers: Any, field: str) -> list[Bar]:
    """Open cases by a trade or a contractor, most first."""
    options = {option.row: option for option in scope.form.options.get(field, [])}
    known: Callable[[str], Any] = options.__getitem__
    rows = [(known(label), n) for label, n in numbers.items() if n and label in options]
    return _ranked((option.label, n, scope.link(**{field: [option.key]})) for option, n in rows)


def _ranked(rows: Iterable[tuple[str, int, str]]) -> list[Bar]:
    some: Sequence[tuple[str, int, str]] = sorted(rows, key=lambda row: (-row[1], row[0]))
    most = max((n for _words, n, _url in some), default=0)
    return [Bar(words, n, url, parts=charts.stacked([n], ["b1"], most)) for words, n, url in some]
