"""What a company sees of its orders: where, what, until when, pictures, what it can answer. Asks nothing itself.

No name and no phone of a resident: those come from the visits room, while a visit is confirmed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases import orders
from cases.choices import Status
from units.models import Unit
from units.wording import day, window
from works.choices import OrderState
from works.models import WorkOrder

PICTURES_OF_A_JOB = 4

PILLS = {
    OrderState.PLANNED: "new",
    OrderState.NEW: "waiting",
    OrderState.ACCEPTED: "moving",
    OrderState.UNDER_WAY: "moving",
    OrderState.WAITING: "waiting",
    OrderState.NO_ACCESS: "waiting",
    OrderState.DISPUTED: "waiting",
    OrderState.BACK: "late",
    OrderState.DONE: "done",
}

ACTS: dict[OrderState, tuple[str, ...]] = {
    OrderState.NEW: ("accept", "not-ours", "done", "date"),
    OrderState.BACK: ("date", "done", "start", "not-ours", "no-access"),
    OrderState.ACCEPTED: ("date", "done", "start", "no-access", "wait"),
    OrderState.UNDER_WAY: ("done", "date", "wait", "no-access"),
    OrderState.WAITING: ("start", "done", "date", "no-access"),
    OrderState.NO_ACCESS: ("date", "start", "done"),
}
"""What can be answered in a state, the likeliest first; two stand as buttons, the others behind *More*."""

LABELS: dict[str, tuple[Any, str]] = {
    "accept": (gettext_lazy("Accept"), "check"),
    "not-ours": (gettext_lazy("Not ours"), "x"),
    "date": (gettext_lazy("Offer a date"), "calendar-plus"),
    "start": (gettext_lazy("Started"), "tools"),
    "wait": (gettext_lazy("Waiting for something"), "clock"),
    "done": (gettext_lazy("Done, add photos"), "camera"),
    "no-access": (gettext_lazy("Could not get in"), "door-closed"),
}
"""Words (workflow.md section 6) and icon of each answer."""

BUTTONS = 2
OPEN_STATES = tuple(ACTS)


@dataclass(frozen=True)
class Act:
    """One button of an item."""

    name: str
    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class Shot:
    """A picture by its addresses."""

    src: str
    full: str
    caption: str


@dataclass
class Job:
    """One order as one row. `place` is its number on the list."""

    order: WorkOrder
    place: int
    words: str
    state: str
    pill: str
    due: str
    is_late: bool
    mark: str = ""
    pictures: list[Shot] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    @property
    def first_acts(self) -> list[Act]:
        """As buttons."""
        return self.acts[:BUTTONS]

    @property
    def more_acts(self) -> list[Act]:
        """Behind *More*."""
        return self.acts[BUTTONS:]

    @property
    def is_new(self) -> bool:
        """Waits to be accepted."""
        return self.order.state == OrderState.NEW


@dataclass
class Home:
    """The jobs in one home."""

    unit: Unit
    place: str
    access: list[str] = field(default_factory=list)
    visit: str = ""
    contact: Any = None
    may_date: bool = False
    jobs: list[Job] = field(default_factory=list)

    @property
    def pill(self) -> tuple[str, str]:
        """Kind and words beside its number: what is new, or when somebody comes."""
        new = sum(1 for job in self.jobs if job.is_new)
        if new:
            return "new", ngettext("%(n)d new", "%(n)d new", new) % {"n": new}
        return ("booked", self.visit) if self.visit else ("", "")


@dataclass(frozen=True)
class Work:
    """The page: homes in the order of the list, and its counts."""

    homes: list[Home]
    jobs: list[Job]

    @property
    def new(self) -> list[Job]:
        """To be accepted."""
        return [job for job in self.jobs if job.is_new]

    @property
    def late(self) -> int:
        """Past their date."""
        return sum(1 for job in self.jobs if job.is_late)

    @property
    def booked(self) -> int:
        """With a visit agreed."""
        return sum(1 for job in self.jobs if job.pill == "booked")


def work(
    rows: Iterable[WorkOrder],
    pictures: Iterable[tuple[int, Shot]],
    *,
    at: datetime,
    url: Any,
    marks: Mapping[int, str] | None = None,
    contacts: Mapping[int, Any] | None = None,
) -> Work:
    """Groups the orders by home as they come; `url(order, act)` gives the address of an answer, pictures go by case."""
    homes: dict[int, Home] = {}
    jobs: list[Job] = []
    for place, order in enumerate(rows, start=1):
        job = _job(order, place, at=at, url=url, mark=(marks or {}).get(order.pk, ""))
        jobs.append(job)
        home = _home(homes, order, contacts or {})
        home.jobs.append(job)
        home.may_date = home.may_date or order.state in OPEN_STATES
    by_case = {job.order.case_id: job for job in jobs}
    for case_id, shot in pictures:
        found = by_case.get(case_id)
        if found and len(found.pictures) < PICTURES_OF_A_JOB:
            found.pictures.append(shot)
    return Work(list(homes.values()), jobs)


def _home(homes: dict[int, Home], order: WorkOrder, contacts: Mapping[int, Any]) -> Home:
    case = order.case
    home = homes.setdefault(case.unit_id, Home(case.unit, place_of(order)))
    note = orders.access(case)
    if note and note not in home.access:
        home.access.append(note)
    home.visit = home.visit or _visit(order)
    home.contact = home.contact or contacts.get(case.unit_id)
    return home


def _visit(order: WorkOrder) -> str:
    case = order.case
    if not (case.visit_starts_at and case.visit_ends_at) or case.is_closed:
        return ""
    return window(case.visit_starts_at, case.visit_ends_at, case.development.tz)


def _job(order: WorkOrder, place: int, *, at: datetime, url: Any, mark: str) -> Job:
    state, pill = standing(order, at=at)
    words = orders.fault_in_own_words(order.case).strip()
    return Job(
        order,
        place,
        words="" if words in order.case.title else words,
        state=state,
        pill=pill,
        due=day(local_day(order, order.due_at)),
        is_late=is_late(order, at=at),
        mark=mark,
        acts=[Act(name, str(LABELS[name][0]), LABELS[name][1], url(order, name)) for name in acts_of(order)],
    )


def acts_of(order: WorkOrder) -> tuple[str, ...]:
    """What the company may answer now; nothing once the case is being checked."""
    if order.case.status != Status.WITH_CONTRACTOR:
        return ()
    acts = ACTS.get(OrderState(order.state), ())
    return tuple(name for name in acts if name != "not-ours") if order.is_beyond_dispute else acts


def standing(order: WorkOrder, *, at: datetime) -> tuple[str, str]:
    """Words and colour of where an order stands, as its company reads it."""
    state = OrderState(order.state)
    booked = _visit(order)
    if state in {OrderState.ACCEPTED, OrderState.BACK, OrderState.NO_ACCESS} and booked:
        return _("Booked %(when)s") % {"when": booked}, "booked"
    if state == OrderState.ACCEPTED and order.promised_at:
        return _("You come %(day)s") % {"day": day(local_day(order, order.promised_at))}, "booked"
    if state == OrderState.BACK and order.words:
        return _("Back to you: %(why)s") % {"why": order.words}, "late"
    if state == OrderState.WAITING:
        return _("Waiting for %(what)s") % {"what": order.get_waits_for_display()}, "waiting"
    if state == OrderState.ACCEPTED and is_late(order, at=at):
        return _("Overdue: offer a date"), "late"
    return str(state.label), PILLS.get(state, "new")


def is_late(order: WorkOrder, *, at: datetime) -> bool:
    """Owed and past its date."""
    return order.state in OPEN_STATES and order.due_at < at


def local_day(order: WorkOrder, moment: datetime) -> date:
    """The day at the home."""
    return moment.astimezone(order.case.development.tz).date()


def place_of(order: WorkOrder) -> str:
    """Block, development and address."""
    case = order.case
    block = case.unit.block.name if case.unit.block else ""
    return ", ".join(part for part in (block, case.development.name, case.development.address) if part)
