"""The one filter of cases: table, tiles, exports, reports and saved views share it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import DESK_ROLES
from accounts.models import User
from cases.choices import CLOSED_STATES, OPEN_STATES, Ball, Status
from cases.querysets import AGE_BANDS, over_time, received_between
from cases.search import LONGEST, matching
from catalogue.models import Priority, Trade
from contractors.models import Company
from units.models import Block, Development

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

AGES = {f"{low}-{high}" if high is not None else f"{low}+": (low, high) for low, high in AGE_BANDS}
STATE_GROUPS = {"open": OPEN_STATES, "closed": CLOSED_STATES}
SORTS = {"clock": "clock_due_at", "age": "received_at", "next": "next_on"}


class CaseSearchForm(forms.Form):
    """Reads the address of a list. Unknown fields are ignored, unknown values are named at their field."""

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST)
    mine = forms.ChoiceField(label=_("Whose"), required=False, choices=[("", _("Mine")), ("all", _("All"))])
    development = forms.ModelMultipleChoiceField(
        label=_("Development"), queryset=Development.objects.none(), required=False, to_field_name="code"
    )
    block = forms.ModelMultipleChoiceField(label=_("Block"), queryset=Block.objects.none(), required=False)
    state = forms.MultipleChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("Any open state")), ("closed", _("Any closed state")), *Status.choices],
    )
    priority = forms.MultipleChoiceField(label=_("Priority"), required=False)
    trade = forms.MultipleChoiceField(label=_("Trade"), required=False)
    contractor = forms.ModelMultipleChoiceField(
        label=_("Contractor"), queryset=Company.objects.none(), required=False, to_field_name="slug"
    )
    officer = forms.ModelMultipleChoiceField(label=_("Officer"), queryset=User.objects.none(), required=False)
    age = forms.MultipleChoiceField(label=_("Age"), required=False, choices=[(key, key) for key in AGES])
    clock = forms.ChoiceField(
        label=_("Clock"),
        required=False,
        choices=[
            ("", _("Any")),
            ("over", _("Over time")),
            ("news", _("News due")),
            ("statutory", _("Statutory in 10 days")),
            ("paused", _("Paused")),
        ],
    )
    cover = forms.ChoiceField(
        label=_("Cover"),
        required=False,
        choices=[
            ("", _("Any")),
            ("ends-30", _("Ends within 30 days")),
            ("covered", _("Covered")),
            ("expired", _("Expired")),
            ("unclear", _("Unclear")),
        ],
    )
    ball = forms.MultipleChoiceField(label=_("Who acts"), required=False, choices=Ball.choices)
    photo = forms.ChoiceField(
        label=_("Photo"), required=False, choices=[("", _("Any")), ("yes", _("With")), ("no", _("Without"))]
    )
    reopened = forms.BooleanField(label=_("Reopened"), required=False)
    safety = forms.BooleanField(label=_("Safety"), required=False)
    replies = forms.BooleanField(label=_("With a reply to read"), required=False)
    contractor_late = forms.BooleanField(label=_("Contractor overdue"), required=False)
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[("", _("Clock")), ("age", _("Age")), ("next", _("Next date"))],
    )

    def __init__(self, *args: Any, user: User, at: datetime | None = None, **kwargs: Any) -> None:
        """Choices are what `user` may see, read once here; nothing is asked while a page is made."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.at = at or timezone.now()
        developments = Development.objects.visible_to(user).order_by("name")
        self._offer("development", developments)
        self._offer("block", Block.objects.filter(development__in=developments).select_related("development"))
        self._offer("contractor", Company.objects.visible_to(user).order_by("short_name"))
        self._offer("officer", User.objects.filter(role__in=DESK_ROLES).order_by("name"))
        self.fields["priority"].choices = list(Priority.objects.order_by("order").values_list("code", "label"))  # type: ignore[attr-defined]
        self.fields["trade"].choices = list(Trade.objects.in_use().order_by("order").values_list("code", "label"))  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.choices = [(field.prepare_value(row), str(row)) for row in rows]

    def filter(self, cases: "CaseQuerySet") -> "CaseQuerySet":
        """The cases that the filters leave; without a state only open ones. Wrong values leave none."""
        if not self.is_valid():
            return cases.none()
        asked = self.cleaned_data
        cases = cases.filter(_states(asked["state"])).filter(matching(asked["q"]))
        if asked["mine"] != "all" and not asked["officer"] and not asked["q"]:
            cases = cases.mine(self.user)
        return cases.filter(self._facts(asked)).filter(self._times(asked))

    def _facts(self, asked: dict[str, Any]) -> Q:
        wanted = Q()
        for field, column in FACTS.items():
            if asked[field]:
                wanted &= Q(**{f"{column}__in": asked[field]})
        if asked["photo"]:
            wanted &= Q(has_photo=asked["photo"] == "yes")
        for field, condition in TICKS.items():
            if asked[field]:
                wanted &= condition
        if asked["contractor_late"]:
            wanted &= Q(status=Status.WITH_CONTRACTOR, company_due_at__lt=self.at)
        return wanted

    def _times(self, asked: dict[str, Any]) -> Q:
        at = self.at
        wanted = Q()
        if asked["age"]:
            bands = Q()
            for key in asked["age"]:
                bands |= received_between(at, *AGES[key])
            wanted &= bands
        if asked["clock"]:
            wanted &= clock_condition(asked["clock"], at)
        if asked["cover"]:
            wanted &= cover_condition(asked["cover"], at)
        return wanted

    @property
    def order(self) -> str:
        """The column that the list is sorted by."""
        return SORTS.get(self.cleaned_data.get("sort") or "clock", "clock_due_at")


FACTS = {
    "development": "development",
    "block": "unit__block",
    "priority": "priority_id",
    "trade": "trade_id",
    "contractor": "company",
    "officer": "officer",
    "ball": "ball",
}
TICKS = {
    "reopened": Q(cycle__gt=1),
    "safety": Q(is_safety=True),
    "replies": Q(has_unread_reply=True),
}


def _states(keys: list[str]) -> Q:
    wanted: set[str] = set()
    for key in keys or ["open"]:
        wanted.update(STATE_GROUPS.get(key, (key,)))
    return Q(status__in=sorted(wanted))


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
        "ends-30": Q(cover_ends_on__gte=today, cover_ends_on__lte=today + timedelta(days=30)),
        "covered": Q(cover_status__in=["covered", "covered-extended", "snag-only-covered"]),
        "expired": Q(cover_status="expired"),
        "unclear": ~Q(cover_status__in=["covered", "covered-extended", "snag-only-covered", "expired"]),
    }[key]
