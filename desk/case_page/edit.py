"""*Edit defect*: the case's facts and the allowed moves in one form (workflow.md section 3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import dates, facts, moved_dates
from cases.forms.moves import DateInput
from cases.forms.needed import at_times
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.moves import moves_for
from catalogue.models import DefectType, Element, Location, Priority, Trade
from desk.case_page import actions
from desk.case_page.deeds import Deed, on_version
from desk.case_page.forms import ActForm, words_field
from ledger.actors import Actor
from units import scopes
from units.form_fields import DayField
from units.models import Unit


class EditForm(ActForm):
    """The facts as they are. The reporter's own words are no field of it."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        help_text=gettext_lazy("A changed status leads to its panel, where you see the e-mails and confirm."),
    )
    words = words_field(
        gettext_lazy("Your words to the homeowner, for a changed status"),
        required=False,
        help_text=gettext_lazy("Nothing is sent before you confirm."),
    )
    fault = forms.CharField(label=gettext_lazy("Fault in a few words"), max_length=80)
    unit = forms.CharField(label=gettext_lazy("Home"), max_length=40)
    location = forms.ModelChoiceField(label=gettext_lazy("Place"), queryset=Location.objects.none())
    trade = forms.ModelChoiceField(label=gettext_lazy("Trade"), queryset=Trade.objects.none())
    element = forms.ModelChoiceField(
        label=gettext_lazy("Element"),
        queryset=Element.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not known"),
    )
    defect_type = forms.ModelChoiceField(
        label=gettext_lazy("Kind of fault"),
        queryset=DefectType.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not known"),
    )
    priority = forms.ModelChoiceField(label=gettext_lazy("Priority"), queryset=Priority.objects.none())
    officer = forms.ModelChoiceField(
        label=gettext_lazy("Officer"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    received_on = DayField(
        label=gettext_lazy("Received"),
        widget=DateInput(),
        help_text=gettext_lazy("Decides cover: a manager decides on a change."),
    )
    access_note = words_field(gettext_lazy("Access"), required=False)
    is_visible = forms.BooleanField(
        label=gettext_lazy("The homeowner sees this case"),
        required=False,
        help_text=gettext_lazy("Making it visible sends an e-mail."),
    )
    why = at_times(
        words_field(
            gettext_lazy("Why"),
            required=False,
            help_text=gettext_lazy("Needed for a lower priority and for another received date; only staff read it."),
        )
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**stored(self.case), **self.initial}
        self._offer("location", Location.objects.in_use().order_by("order"))
        self._offer("trade", Trade.objects.in_use().order_by("order"))
        self._offer("element", Element.objects.in_use().select_related("trade").order_by("trade__order", "order"))
        self._offer("defect_type", DefectType.objects.in_use().order_by("order"))
        self._offer("priority", Priority.objects.order_by("order"))
        self._offer("officer", scopes.desk_of(self.case.development))
        leave = (("", _("Leave: %(status)s") % {"status": self.case.get_status_display()}),)
        possible = moves_for(self.case, user.role, self.at)
        status: Any = self.fields["status"]
        status.choices = [
            *leave,
            *((row.name, actions.move_label(row.name, self.case.work_company)) for row in possible),
        ]

    def _offer(self, name: str, rows: Any) -> None:
        """The rows in use and the case's own, which may be retired by now."""
        field: Any = self.fields[name]
        offered = list(rows)
        own = getattr(self.case, name)
        if own is not None and own not in offered:
            offered.append(own)
        field.queryset = type(offered[0]).objects.filter(pk__in=[row.pk for row in offered]) if offered else rows
        empty = [("", field.empty_label)] if not field.required else []
        field.choices = [*empty, *((row.pk, label(row)) for row in offered)]

    def clean_unit(self) -> Unit:
        """A home of the same development, in any punctuation; untouched it is the home of the case."""
        text = self.cleaned_data["unit"]
        if text == self.case.unit.number:
            return self.case.unit
        homes = Unit.objects.filter(development_id=self.case.development_id)
        found = homes.numbers_meant(text)
        if not found:
            raise forms.ValidationError(_("There is no such home in this development."))
        if len(found) > 1:
            said = {"homes": ", ".join(found)}
            raise forms.ValidationError(_("Which home: %(homes)s? Write it as it stands here.") % said)
        return homes.get(number=found[0])

    @property
    def changes(self) -> dict[str, Any]:
        """The facts as sent."""
        return {name: self.cleaned_data[name] for name in facts.FACTS}

    @property
    def received_at(self) -> datetime | None:
        """The new moment of receipt, at the old time of day; None when the date is as it was."""
        local = self.case.received_at.astimezone(self.case.development.tz)
        day = self.cleaned_data["received_on"]
        return None if day == local.date() else datetime.combine(day, local.timetz())


def label(row: Any) -> str:
    """A choice in words; an element names its trade, a priority its meaning."""
    if isinstance(row, Element):
        return f"{row.trade}: {row}"
    if isinstance(row, Priority):
        return f"{row.code} {row.label}" if not str(row.label).startswith(row.code) else str(row.label)
    return str(row)


def stored(case: Case) -> dict[str, Any]:
    """The facts as they stand, as the form shows them."""
    return {
        "seen_version": case.version,
        "fault": case.fault,
        "unit": case.unit.number,
        "location": case.location.pk,
        "trade": case.trade.pk,
        "element": case.element.pk if case.element else None,
        "defect_type": case.defect_type.pk if case.defect_type else None,
        "priority": case.priority.pk,
        "officer": case.officer_id,
        "received_on": dates.local_date(case, case.received_at),
        "access_note": case.access_note,
        "is_visible": case.is_visible,
    }


@dataclass
class EditDeed(Deed):
    """Saving the form, as the confirm panel takes it."""

    case: Case
    user: User
    by: Actor
    at: datetime
    data: QueryDict | None = None

    def __post_init__(self) -> None:
        self.form = EditForm(self.data, case=self.case, at=self.at, user=self.user)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Edit defect")

    @property
    def button(self) -> str:
        """What the button says when nobody is told by saving."""
        return _("Save")

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return _("Saved. Now confirm the new status.") if self.form.cleaned_data["status"] else _("Saved.")

    @property
    def leads_to(self) -> str:
        """A changed status leads to its panel."""
        chosen = self.form.cleaned_data.get("status")
        return actions.move_url(self.case, chosen) if chosen else ""

    @property
    def lead(self) -> str:
        """Who hears of saving."""
        return _(
            "Another home, room or fault is told to the homeowner and to the contractor who has the repair, another "
            "officer to that officer: you see the e-mails before they go. The other facts tell nobody."
        )

    @property
    def tells(self) -> bool:
        """Most facts tell nobody."""
        return False

    @property
    def shows_mails_first(self) -> bool:
        """What people outside read, the officer and the switch of visibility are told."""
        return True

    def on(self, case: Case) -> "EditDeed":
        """The same on the case as it is now."""
        return EditDeed(case, self.user, self.by, self.at, on_version(self.data, case))

    def act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent | None:
        """Save the facts; ask a manager about another received date."""
        given = self.form.cleaned_data
        event = facts.edit(
            case, seen_version=version, by=self.by, at=self.at, why=given["why"], mailing=mailing, **self.form.changes
        )
        moment = self.form.received_at
        if moment is None:
            return event
        return moved_dates.ask_received_date(
            case, received_at=moment, why=given["why"], seen_version=case.version, by=self.by, at=self.at
        )
