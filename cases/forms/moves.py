"""One form for every move, put together from what the move table says it needs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import comebacks, dates, moves
from cases.choices import Basis, OtherReason, OutOfScopeReason
from cases.forms import articles
from cases.forms.needed import at_times
from cases.models import Case
from cases.moves import Move
from cases.search import by_reference
from contractors.appointments import Roster
from contractors.models import Company
from documents.choices import PICTURES
from documents.fields import PhotosField
from ledger.actors import Actor
from units import sane_days
from units.form_fields import DayField

SEVERAL_LINES = forms.Textarea(attrs={"rows": 4})

WORDS_LABEL = {
    "send-back": gettext_lazy("What failed"),
    "not-right": gettext_lazy("What is not right yet"),
    "reopen": gettext_lazy("What came back, or why"),
    "close-out-of-scope": gettext_lazy("Closing notes for the homeowner"),
}


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        """ISO dates, as browsers send them."""
        super().__init__(format="%Y-%m-%d")


OUR_COST = gettext_lazy("For work at our own cost, by a direct or third-party contractor.")


class MoveForm(forms.Form):
    """What one move must bring, prefilled as far as the case allows.

    `roster` are the companies appointed in the development today. Reading `evidence` gives what `workflow.move` takes.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Your words to the homeowner"), required=False, widget=SEVERAL_LINES, max_length=5000
    )

    def __init__(
        self, *args: Any, case: Case, move: Move, by: Actor, at: datetime, roster: Roster, **kwargs: Any
    ) -> None:
        """Adds the fields of the move's needs in the table's order."""
        super().__init__(*args, **kwargs)
        self.case, self.move, self.by, self.at, self.roster = case, move, by, at, roster
        self.initial.setdefault("seen_version", case.version)
        if move.name in WORDS_LABEL:
            self.fields["words"].label = WORDS_LABEL[move.name]
        self.fields["words"].required = moves.WORDS in move.needs or moves.WRONG in move.needs
        for need in move.needs:
            FIELDS.get(need, _nothing)(self)
        if move.name == "reopen" and case.work_company_id:
            self.add("same_contractor", forms.BooleanField(label=_("Same contractor again"), required=False))
            _due(self, required=False)
        self.add(
            "note", forms.CharField(label=_("Internal note"), required=False, widget=SEVERAL_LINES, max_length=5000)
        )
        if move.decision:
            help_text = _("Only needed when a manager must decide; only staff read it.")
            self.add(
                "why", at_times(forms.CharField(label=_("Why, for the manager"), required=False, help_text=help_text))
            )

    def add(self, name: str, field: forms.Field, initial: Any = None) -> None:
        """One more field, prefilled."""
        self.fields[name] = field
        if initial is not None:
            self.initial.setdefault(name, initial)

    @property
    def evidence(self) -> dict[str, Any]:
        """The cleaned fields as `workflow.move` takes them; photos are attached by the view beforehand."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"seen_version", "photos"}}
        if "company" in given:
            company = given.pop("company")
            given["company_id"] = company.pk if company else None
        if articles.OTHER in self.fields:
            article = articles.chosen(self.cleaned_data)
            given = {name: value for name, value in given.items() if name not in articles.NAMES}
            given["guidance_id"] = article.pk if article else None
        if "duplicate_of" in given:
            kept = given.pop("duplicate_of")
            given["duplicate_of_id"] = kept.pk if kept else None
        if isinstance(given.get("due_at"), date):
            given["due_at"] = dates.end_of_day(self.case, given["due_at"]).isoformat()
        return given

    def clean_duplicate_of(self) -> Case | None:
        """A reference as people write it; of the same development."""
        text = self.cleaned_data.get("duplicate_of") or ""
        if not text.strip():
            return None
        found = by_reference(text)
        if found is None or found.development_id != self.case.development_id:
            raise forms.ValidationError(_("There is no case with this reference in this development."))
        return found


def _nothing(form: MoveForm) -> None:
    """Words and their kin stand in the form already."""


def _company(form: MoveForm) -> None:
    rows = sorted({row.company for row in form.roster.appointments}, key=lambda company: company.short_name)
    field = forms.ModelChoiceField(
        label=_("Contractor"),
        queryset=Company.objects.filter(pk__in=[row.pk for row in rows]),
        error_messages={"required": _("Choose the contractor.")},
    )
    field.choices = [("", _("Choose"))] + [(row.pk, row.name) for row in rows]
    fitting = form.case.work_company or _suggested(form) or form.roster.company_for(form.case.trade)
    form.add("company", field, fitting.pk if fitting else None)
    form.add("budget_code", forms.CharField(label=_("Budget code"), required=False, max_length=40, help_text=OUR_COST))


def _suggested(form: MoveForm) -> Company | None:
    """Who repaired it before, or did the damage: asked only where there is such a repair."""
    before = comebacks.company(form.case)
    higher = comebacks.raised(form.case)
    if form.case.cycle > 1 and higher != form.case.priority_id:
        label = _("It came back: raise the priority from %(old)s to %(new)s")
        label %= {"old": form.case.priority_id, "new": higher}
        form.add("raise_priority", forms.BooleanField(label=label, required=False), True)
    return before if before and any(row.company_id == before.pk for row in form.roster.appointments) else None


def _due(form: MoveForm, *, required: bool = True) -> None:
    case = form.case
    ends = [due for due in (case.rectify_due_at, case.statutory_due_at) if due and due > form.at]
    first = dates.local_date(case, min(ends)) if ends else None
    field = DayField(
        label=_("Done by"),
        required=required,
        widget=DateInput(),
        help_text=_("The earlier of our target and the statutory date."),
        error_messages={"required": _("Give the contractor a date.")},
    )
    form.add("due_at", field, first)


def _photo(form: MoveForm) -> None:
    form.add("photos", at_times(PhotosField(label=_("Pictures after the repair"), allow=PICTURES, required=False)))


def _method(form: MoveForm) -> None:
    field = forms.CharField(label=_("How it was repaired"), required=False, widget=SEVERAL_LINES, max_length=2000)
    form.add("method_note", at_times(field))


def _said(form: MoveForm) -> None:
    company = form.case.work_company
    form.add(
        "said_by", forms.CharField(label=_("Who told you"), max_length=120), company.short_name if company else None
    )
    form.add("said_at", _moment(), None)
    form.add("proof", forms.CharField(label=_("On what proof (a call, a mail, a visit)"), max_length=200))


def _moment() -> forms.DateTimeField:
    return forms.DateTimeField(label=_("When"), required=False, widget=forms.HiddenInput, validators=[sane_days.check])


def _checked(form: MoveForm) -> None:
    form.add("checked_by", forms.CharField(label=_("Who checked"), max_length=120), form.by.name)


def _basis(form: MoveForm) -> None:
    form.add("basis", forms.ChoiceField(label=_("On what basis"), choices=Basis.choices), Basis.PICTURES.value)


def _name(form: MoveForm) -> None:
    form.add("name", forms.CharField(label=_("Name of the person who confirms"), max_length=120))


def _proof(form: MoveForm) -> None:
    form.add("proof", forms.CharField(label=_("On what proof"), max_length=200, required=form.by.role != "homeowner"))


def _reason(form: MoveForm) -> None:
    choices = OutOfScopeReason.choices if form.move.name == "close-out-of-scope" else OtherReason.choices
    field = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose")), *choices], error_messages={"required": _("Choose a reason.")}
    )
    form.add("reason", field)


def _rule(form: MoveForm) -> None:
    articles.add_to(form, form.case)
    for name in articles.NAMES:
        if name in form.fields:
            at_times(form.fields[name])
    help_text = _("The rule or a guide must be quoted: the homeowner may ask again.")
    rule = forms.CharField(
        label=_("Rule quoted"), required=False, widget=SEVERAL_LINES, max_length=2000, help_text=help_text
    )
    form.add("rule", at_times(rule))


def _other(form: MoveForm) -> None:
    kept = forms.CharField(label=_("Case that stays (for a duplicate)"), required=False, max_length=20)
    form.add("duplicate_of", at_times(kept))
    form.add(
        "passed_to", at_times(forms.CharField(label=_("Passed to (if passed on)"), required=False, max_length=120))
    )
    follow_up = DayField(label=_("Follow up on (if passed on)"), required=False, widget=DateInput())
    form.add("follow_up_on", at_times(follow_up))


FIELDS: dict[str, Callable[[MoveForm], None]] = {
    moves.COMPANY: _company,
    moves.DUE: _due,
    moves.PHOTO: _photo,
    moves.METHOD: _method,
    moves.SAID: _said,
    moves.CHECKED: _checked,
    moves.BASIS: _basis,
    moves.NAME: _name,
    moves.PROOF: _proof,
    moves.REASON: _reason,
    moves.RULE: _rule,
    moves.OTHER: _other,
}
