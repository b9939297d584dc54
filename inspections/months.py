"""A stretch of days with their visits: month, week or agenda. Plain arithmetic on rows at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from cases.models import Case
from inspections.models import Visit
from units import sane_days

MONTH, WEEK, AGENDA = "month", "week", "agenda"
VIEWS = (MONTH, WEEK, AGENDA)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
AGENDA_DAYS = timedelta(days=28)
MOST = 1000
Row = tuple[Visit, list[Case]]
Day = tuple[date, list[Row]]


@dataclass(frozen=True)
class Shown:
    """What the calendar shows: which way, from which day, of which development."""

    view: str
    on: date
    development: str = ""

    @property
    def start(self) -> date:
        """The first day shown: a month begins with the Monday of its first week."""
        if self.view == MONTH:
            return _monday(self.on.replace(day=1))
        return _monday(self.on) if self.view == WEEK else self.on

    @property
    def end(self) -> date:
        """The day after the last one shown."""
        if self.view == MONTH:
            return _monday(_next_month(self.on) - A_DAY) + A_WEEK
        return self.start + (A_WEEK if self.view == WEEK else AGENDA_DAYS)

    def bounds(self) -> tuple[datetime, datetime]:
        """Moments that hold every one of these days in any zone."""
        zone = timezone.get_current_timezone()
        return tuple(  # type: ignore[return-value]
            datetime.combine(day, datetime.min.time(), zone) for day in (self.start - A_DAY, self.end + A_DAY)
        )

    def days(self, rows: Sequence[Row]) -> list[Day]:
        """Each day with its visits; an agenda leaves out the empty ones."""
        held: dict[date, list[Row]] = {}
        for visit, cases in rows:
            local = visit.starts_at.astimezone(visit.unit.development.tz).date()
            held.setdefault(local, []).append((visit, cases))
        every = [self.start + timedelta(days=number) for number in range((self.end - self.start).days)]
        found = [(day, held.get(day, [])) for day in every]
        return [row for row in found if row[1]] if self.view == AGENDA else found

    def weeks(self, rows: Sequence[Row]) -> list[list[tuple[date, bool, list[Row]]]]:
        """A month as rows of seven days, each with whether it lies in the month."""
        if self.view != MONTH:
            return []
        days = [(day, day.month == self.on.month, held) for day, held in self.days(rows)]
        return [days[number : number + 7] for number in range(0, len(days), 7)]

    def query(self, *, view: str = "", on: date | None = None, everywhere: bool = False) -> str:
        """The address of a neighbour."""
        asked = {"view": view or self.view, "on": (on or self.on).isoformat()}
        if self.development and not everywhere:
            asked["development"] = self.development
        return f"?{urlencode(asked)}"

    @property
    def before(self) -> str:
        """The stretch before."""
        if self.view == MONTH:
            return self.query(on=(self.on.replace(day=1) - A_DAY).replace(day=1))
        return self.query(on=self.start - (A_WEEK if self.view == WEEK else AGENDA_DAYS))

    @property
    def after(self) -> str:
        """The stretch after."""
        return self.query(on=_next_month(self.on) if self.view == MONTH else self.end)

    @property
    def as_month(self) -> str:
        """The same time as a month."""
        return self.query(view=MONTH)

    @property
    def as_week(self) -> str:
        """The same time as a week."""
        return self.query(view=WEEK)

    @property
    def as_agenda(self) -> str:
        """The same time as an agenda."""
        return self.query(view=AGENDA)

    @property
    def of_all(self) -> str:
        """The same at all developments."""
        return self.query(everywhere=True)


def read(query: QueryDict, *, today: date) -> Shown:
    """What the address asks for; a week without more, as old links (`?week=`) do."""
    view = query.get("view", "")
    asked = sane_days.read(query.get("on") or query.get("week") or "")
    return Shown(view if view in VIEWS else WEEK, asked or today, query.get("development", "")[:5])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
