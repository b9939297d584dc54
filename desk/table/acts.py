"""What ticked rows can be given together beside a move: words to the homeowners, an officer, another date.

All rows stand in one state (product.md 19), so that the same words are true of each. A row that cannot take the act
keeps its sentence, the others go through.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.choices import DESK_ROLES
from accounts.models import User
from cases import facts, talk, versions, workflow
from cases.batch import Act
from cases.choices import Basis
from cases.dates import end_of_day
from cases.evidence import MoveRefused
from cases.forms.moves import DateInput
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.moved_dates import DATES, change_date
from desk.case_page.forms import words_field
from desk.together import Line
from ledger.actors import Actor
from units.form_fields import DayField


@dataclass(frozen=True)
class Seen:
    """What the person saw of a case: its version, and the last row of its diary."""

    version: int
    event: int


class TickedForm(forms.Form):
    """One form for all rows."""

    title: str | Promise
    icon: str
    done: Any
    """What is said afterwards, with the number of rows."""

    @property
    def outside_words(self) -> list[str]:
        """What homeowners would read."""
        return [self.cleaned_data.get("words", "")]

    def do(self, case: Case, *, seen: Seen, by: Actor, at: datetime, mailing: Mailing) -> CaseEvent | None:
        """The act on one case; MoveRefused or StaleCase where it cannot take it."""
        raise NotImplementedError


class UpdateForm(TickedForm):
    """The same words to the homeowner of each case."""

    title, icon = gettext_lazy("Update resident"), "send"
    done = ngettext_lazy("%(n)d case updated.", "%(n)d cases updated.", "n")
    words = words_field(
        gettext_lazy("Your words to the homeowners"),
        help_text=gettext_lazy("Each homeowner reads them with the own case; the date of the next news stands below."),
    )

    def do(self, case: Case, *, seen: Seen, by: Actor, at: datetime, mailing: Mailing) -> CaseEvent:
        """A reply that waits is answered on its case, never swept away; what a colleague told first stands alone."""
        if case.has_unread_reply:
            raise MoveRefused(_("The homeowner wrote to you: read that first, and answer it on the case."))
        versions.nothing_told(case, seen_version=seen.version, seen_event=seen.event)
        return talk.update(case, words=self.cleaned_data["words"], by=by, at=at, mailing=mailing)


class AssignForm(TickedForm):
    """Another officer, who is told."""

    title, icon = gettext_lazy("Assign"), "person"
    done = ngettext_lazy("%(n)d case assigned.", "%(n)d cases assigned.", "n")
    officer = forms.ModelChoiceField(
        label=gettext_lazy("Officer"),
        queryset=User.objects.filter(role__in=DESK_ROLES, is_active=True).order_by("name"),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose who looks after them.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The choices are read once, so that the template asks nothing."""
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["officer"]
        offered.choices = [("", _("Choose")), *((person.pk, person.name) for person in offered.queryset)]

    def do(self, case: Case, *, seen: Seen, by: Actor, at: datetime, mailing: Mailing) -> CaseEvent | None:
        """Given to the officer, who may not have it already."""
        officer = self.cleaned_data["officer"]
        if case.officer_id == officer.pk:
            raise MoveRefused(_("%(name)s has this case already.") % {"name": officer.name}, "officer")
        return facts.assign(case, officer, seen_version=seen.version, by=by, at=at, mailing=mailing)


class DateForm(TickedForm):
    """The same promised date, for the same reason."""

    title, icon = gettext_lazy("Change date"), "calendar"
    done = ngettext_lazy("%(n)d date changed.", "%(n)d dates changed.", "n")
    which = forms.ChoiceField(label=gettext_lazy("Which date"), widget=forms.RadioSelect(attrs={"data-look": "chips"}))
    due = DayField(
        label=gettext_lazy("New date"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Give the new date.")},
    )
    words = words_field(
        gettext_lazy("Why"), help_text=gettext_lazy("The homeowners read this. The first dates stay on record.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {key: str(label) for key, (_kind, label) in DATES.items()}
        self.fields["which"].choices = [(key, name[:1].upper() + name[1:]) for key, name in names.items()]  # type: ignore[attr-defined]

    def do(self, case: Case, *, seen: Seen, by: Actor, at: datetime, mailing: Mailing) -> CaseEvent:
        """The end of that day, at each home."""
        given = self.cleaned_data
        due = end_of_day(case, given["due"])
        return change_date(
            case,
            given["which"],
            due=due,
            words=given["words"],
            seen_version=seen.version,
            by=by,
            at=at,
            mailing=mailing,
        )


class CheckForm(TickedForm):
    """The officer looked at the repairs and finds them right: the homeowners are asked."""

    title, icon = gettext_lazy("Looks right: ask homeowner"), "check"
    done = ngettext_lazy("%(n)d case checked; the homeowner is asked.", "%(n)d cases checked.", "n")
    checked_by = forms.CharField(
        label=gettext_lazy("Who checked"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write who checked the repairs.")},
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("On what basis"),
        choices=[(basis.value, basis.label) for basis in (Basis.PICTURES, Basis.SEEN)],
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        initial=Basis.PICTURES.value,
    )

    def do(self, case: Case, *, seen: Seen, by: Actor, at: datetime, mailing: Mailing) -> CaseEvent:
        """One mail a home lists all its repairs, with one page to answer."""
        return workflow.move(
            case, "ask-sign-off", by=by, at=at, seen_version=seen.version, mailing=mailing, **self.cleaned_data
        )


FORMS: dict[str, type[TickedForm]] = {
    "update": UpdateForm,
    "assign": AssignForm,
    "date": DateForm,
    "check": CheckForm,
}
"""By the name in the address `/cases/ticked/<act>/`."""


@dataclass
class Given(Line):
    """One ticked row."""

    form: TickedForm = field(kw_only=True)
    seen: Seen = field(kw_only=True)
    person: str = field(kw_only=True, default="")

    def act(self, case: Case, *, by: Actor, at: datetime) -> Act:
        """The act of the form, on this copy of its case."""

        def do(mailing: Mailing) -> CaseEvent | None:
            return self.form.do(case, seen=self.seen, by=by, at=at, mailing=mailing)

        return do


def apart(cases: Sequence[Case]) -> list[str]:
    """The states of rows that do not stand in one state; nothing when they do."""
    states = list(dict.fromkeys(case.get_status_display() for case in cases))
    return states if len(states) > 1 else []
