"""The one filter of cases: table, tiles, exports, reports and saved views share it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.choices import STAFF_ROLES, Role
from accounts.models import User
from cases import patterns
from cases.aging import BANDS, of_age, on_days, until_midnight
from cases.choices import CLOSED_STATES, OPEN_STATES, Ball, Status
from cases.forms import spans
from cases.forms.options import Option, options
from cases.models import Attachment, Case
from cases.models.case import OPEN
from cases.querysets import over_time
from cases.search import LONGEST, Found, find
from units.among import among

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

STATE_GROUPS = {"open": OPEN_STATES, "closed": CLOSED_STATES}
SORTS = {"clock": "clock_due_at", "age": "received_at", "next": "next_on"}
MINE, EVERYBODY = "mine", "all"
NOBODY = "none"
LIKE_LONGEST = 30
LIABLE = ("covered", "covered-extended", "snag-only-covered")


def _several(label: Any, choices: Any = ()) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"data-look": "chips"})
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=widget)


def _one(label: Any, *choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Any")), *choices])


class CaseSearchForm(forms.Form):
    """Reads the address of a list. Unknown fields are ignored, unknown values are named at their field."""

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST)
    mine = _one(_("Whose"), (MINE, _("Mine")), (EVERYBODY, _("All")))
    development = _several(_("Development"))
    block = _several(_("Block"))
    state = _several(
        _("State"),
        [("open", _("Any open state")), *Status.choices[:6], ("closed", _("Any closed state")), *Status.choices[6:]],
    )
    priority = _several(_("Priority"))
    trade = _several(_("Trade"))
    contractor = _several(_("Contractor"))
    officer = _several(_("Officer"))
    age = _several(_("Age"), [(key, _("%(band)s days") % {"band": key}) for key in BANDS])
    clock = _one(
        _("Clock"),
        ("over", _("Over time")),
        ("today", _("Due today")),
        ("news", _("News due")),
        ("statutory", _("Statutory in 10 days")),
        ("paused", _("Paused")),
    )
    cover = _one(
        _("Cover"),
        ("ends-10", _("Ends within 10 days")),
        ("ends-30", _("Ends within 30 days")),
        ("covered", _("Covered")),
        ("expired", _("Expired")),
        ("unclear", _("Unclear")),
    )
    ball = _several(_("Who acts"), Ball.choices)
    photo = _one(_("Photo"), ("yes", _("With photo")), ("no", _("Without photo")))
    video = _one(_("Video"), ("yes", _("With video")), ("no", _("Without video")))
    like = forms.CharField(label=_("Alike"), required=False, max_length=LIKE_LONGEST, widget=forms.HiddenInput)
    received = spans.SpanField(label=_("Received"))
    closed = spans.SpanField(label=_("Closed on"))
    reopened = forms.BooleanField(label=_("Reopened"), required=False)
    safety = forms.BooleanField(label=_("Safety"), required=False)
    vulnerable = forms.BooleanField(label=_("Needs care"), required=False)
    replies = forms.BooleanField(label=_("With a reply to read"), required=False)
    contractor_late = forms.BooleanField(label=_("Contractor overdue"), required=False)
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[("", _("Clock")), ("age", _("Age")), ("next", _("Next date"))],
    )

    def __init__(self, *args: Any, user: User, at: datetime | None = None, **kwargs: Any) -> None:
        """Choices are what `user` may see, read once here in one query; nothing is asked while a page is made."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.at = at or timezone.now()
        self.options = options(user)
        for kind in OFFERED:
            self._offer(kind, self.options.get(kind, []))
        if "officer" in self.options:
            self.fields["officer"].choices += [(NOBODY, _("No officer yet"))]  # type: ignore[attr-defined]

    def _offer(self, name: str, choices: list[Option]) -> None:
        field: Any = self.fields[name]
        words = {option.key: option.label for option in choices}
        if name == "block":
            words = {option.key: f"{option.note} {option.label}" for option in choices}
        field.choices = list(words.items())

    @property
    def zones(self) -> dict[str, list[int]]:
        """The developments (keys) of each time zone, of those that the person may see."""
        found: dict[str, list[int]] = defaultdict(list)
        for option in self.options.get("development", []):
            found[option.note].append(int(option.row))
        return found

    @cached_property
    def found(self) -> Found | None:
        """The cases whose words fit the search, looked up once; None when nothing is searched for.

        Internal notes are among the words: nobody but staff finds anything.
        """
        return find(self.cleaned_data["q"]) if self.user.role in STAFF_ROLES else Found(frozenset())

    @property
    def is_mine(self) -> bool:
        """Only the person's own cases: what officers see unless they ask for more; a search goes through all."""
        asked = self.cleaned_data
        if asked.get("mine"):
            return asked["mine"] == MINE
        return self.user.role == Role.OFFICER and not asked.get("officer") and not asked.get("q")

    def filter(self, cases: "CaseQuerySet", *, without: Collection[str] = ()) -> "CaseQuerySet":
        """The cases that the filters leave; without a state only open ones. Wrong values leave none.

        `without` names fields that shall not count this time, as tiles and the switch Mine/All need it.
        """
        if not self.is_valid():
            return cases.none()
        asked = {name: value for name, value in self.cleaned_data.items() if value and name not in without}
        if "mine" not in without and self.is_mine:
            cases = cases.mine(self.user)
        return cases.filter(_states(asked.get("state", [])), self._facts(asked), self._days(asked), self.times(asked))

    def _facts(self, asked: dict[str, Any]) -> Q:
        wanted = among(self.found.keys) if self.found and "q" in asked else Q()
        for field, column in FACTS.items():
            if field in asked:
                nobody = Q(**{f"{column}__isnull": True}) if NOBODY in asked[field] else Q()
                wanted &= Q(**{f"{column}__in": self._rows(field, asked[field])}) | nobody
        if "photo" in asked:
            wanted &= Q(has_photo=asked["photo"] == "yes")
        if "video" in asked:
            films = Exists(Attachment.objects.filter(case=OuterRef("pk"), file__kind="video"))
            wanted &= Q(films) if asked["video"] == "yes" else ~Q(films)
        if "like" in asked:
            wanted &= patterns.rows(asked["like"], Case.objects.visible_to(self.user))
        for field, condition in TICKS.items():
            if field in asked:
                wanted &= condition
        if "contractor_late" in asked:
            wanted &= Q(status=Status.WITH_CONTRACTOR, work_due_at__lt=self.at)
        return wanted

    def _days(self, asked: dict[str, Any]) -> Q:
        wanted = Q()
        for field in SPANS.keys() & asked.keys():
            wanted &= on_days(SPANS[field], *spans.days(asked[field]), self.zones)
        return wanted

    def _rows(self, field: str, keys: list[str]) -> list[str]:
        """The keys of the rows that the address names by a speaking word."""
        if field not in OFFERED:
            return keys
        return [option.row for option in self.options.get(field, []) if option.key in keys]

    def times(self, fields: Collection[str] = ("age", "clock", "cover")) -> Q:
        """What the address asks of dates, as far as it is asked in these fields; true when nothing is."""
        asked = {name: value for name, value in self.cleaned_data.items() if value and name in fields}
        wanted = Q(pk__isnull=False)
        if "age" in asked:
            bands = Q()
            for band in asked["age"]:
                bands |= self.of_age(band)
            wanted &= bands
        if "clock" in asked:
            wanted &= self.by_clock(asked["clock"])
        if "cover" in asked:
            wanted &= cover_condition(asked["cover"], self.at)
        return wanted

    def by_clock(self, key: str) -> Q:
        """Which cases a clock filter means; the tiles use the same words."""
        if key == "today":
            return until_midnight("clock_due_at", self.zones, self.at) & OPEN
        return clock_condition(key, self.at)

    def of_age(self, band: str) -> Q:
        """Cases of an age band, counted in days of the place where they are."""
        return of_age(band, self.zones, self.at)

    @property
    def order(self) -> str:
        """The column that the list is sorted by."""
        return SORTS[self.cleaned_data.get("sort") or "clock"]

    @property
    def newest_first(self) -> bool:
        """Closed cases stand with the last closed on top; everything else with what is due first."""
        states = self.cleaned_data["state"]
        return bool(states) and set(states) <= {"closed", *CLOSED_STATES} and not self.cleaned_data["sort"]

    def query(self, **changes: Any) -> str:
        """The address's query for these filters with `changes` (None takes a filter away); known fields only."""
        asked = {**self.cleaned_data, **changes} if self.is_valid() else changes
        given = {name: _written(asked[name]) for name in self.fields if asked.get(name)}
        return urlencode(given, doseq=True)


FACTS = {
    "development": "development_id",
    "block": "unit__block_id",
    "priority": "priority_id",
    "trade": "trade_id",
    "contractor": "work_company_id",
    "officer": "officer_id",
    "ball": "ball",
}
SPANS = {"received": "received_at", "closed": "closed_at"}
OFFERED = ("development", "block", "priority", "trade", "contractor", "officer")
"""Fields whose choices are rows."""

TICKS = {
    "reopened": Q(cycle__gt=1),
    "safety": Q(is_safety=True),
    "vulnerable": Q(is_vulnerable=True),
    "replies": Q(has_unread_reply=True),
}


def _written(value: Any) -> Any:
    return "1" if value is True else value


def _states(keys: list[str]) -> Q:
    """Open and closed are asked as the indexes of lists are made for it."""
    if not keys or keys == ["open"]:
        return OPEN
    if keys == ["closed"]:
        return ~OPEN
    return Q(status__in=sorted(states(keys)))


def states(keys: list[str]) -> set[str]:
    """The stored states that an address means; without any the open ones."""
    wanted: set[str] = set()
    for key in keys or ["open"]:
        wanted.update(STATE_GROUPS.get(key, (key,)))
    return wanted


def clock_condition(key: str, at: datetime) -> Q:
    """Which cases a clock filter means; the tiles use the same words."""
    return {
        "over": over_time(at),
        "news": Q(update_due_at__lte=at, status__in=OPEN_STATES),
        "statutory": Q(statutory_due_at__lte=at + timedelta(days=10), status__in=OPEN_STATES[:-1]),
        "paused": Q(is_paused=True),
    }[key]


def cover_condition(key: str, at: datetime) -> Q:
    """Which cases a cover filter means."""
    today = at.date()
    return {
        "ends-10": Q(cover_ends_on__gte=today, cover_ends_on__lte=today + timedelta(days=10)),
        "ends-30": Q(cover_ends_on__gte=today, cover_ends_on__lte=today + timedelta(days=30)),
        "covered": Q(cover_status__in=LIABLE),
        "expired": Q(cover_status="expired"),
        "unclear": ~Q(cover_status__in=[*LIABLE, "expired"]),
    }[key]
