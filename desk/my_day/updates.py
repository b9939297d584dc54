"""*Updates due*: the rows with their ready sentences, edited in place, ticked and sent together (product.md 49)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import SignedInRequest, actor_of
from cases import updates
from cases.batch import Act
from cases.dates import local_date
from cases.forms.moves import DateInput
from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from desk import together
from desk.my_day import queues
from desk.rows import people_of, span
from desk.together import Line, Panel
from ledger.actors import Actor
from units.form_fields import DayField

QUEUE = "updates"
ON_A_PAGE = 40
NOTHING_SEEN = {"seen_version": 0, "seen_due": ""}


class UpdateForm(forms.Form):
    """One row: whether to send, the words, when news comes next. The prefix is the reference."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    seen_due = forms.CharField(widget=forms.HiddenInput, max_length=40)
    send = forms.BooleanField(required=False)
    words = forms.CharField(
        label=gettext_lazy("Your words to the homeowner"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
    news_on = DayField(label=gettext_lazy("Next news by"), required=False, widget=DateInput())

    def __init__(self, data: Any, *, case: Case, initial: dict[str, Any]) -> None:
        """What the form says is read with `given`, as sent without what was wrong."""
        super().__init__(data, prefix=case.reference, initial=initial)
        self.fields["news_on"].widget.attrs["class"] = "form-control"

    @property
    def given(self) -> dict[str, Any]:
        """The words and dates as prefilled, or as sent."""
        if not self.is_bound:
            return dict(self.initial)
        self.full_clean()
        return self.cleaned_data


@dataclass
class UpdateLine(Line):
    """One case whose homeowner waits for news."""

    form: UpdateForm = field(kw_only=True)
    update: updates.Update = field(kw_only=True)
    person: str = field(kw_only=True, default="")

    @property
    def url(self) -> str:
        """The case in the walk through the queue."""
        return queues.address(self.case.reference, QUEUE)

    @property
    def blocked(self) -> str:
        """Why nothing can be sent from here."""
        if not self.case.is_visible:
            return _("Hidden from the homeowner: nobody would be told.")
        return _("The homeowner wrote to you: answer on the case.") if self.case.has_unread_reply else ""

    @property
    def words(self) -> str:
        """The words as they stand now."""
        return str(self.form.given.get("words") or "")

    @property
    def is_ticked(self) -> bool:
        """It goes with the next *Send*."""
        return bool(self.form.given.get("send")) and not self.blocked

    @property
    def is_open(self) -> bool:
        """The words need a person: their field stands open."""
        return bool(self.sentence or (self.form.is_bound and self.form.errors))

    def act(self, case: Case, *, by: Actor, at: datetime) -> Act:
        """The update of this row, on this copy of its case."""
        given = self.form.given
        seen: dict[str, Any] = {name: given.get(name) or nothing for name, nothing in NOTHING_SEEN.items()}

        def send(mailing: Mailing) -> CaseEvent:
            words, news_on = given.get("words") or "", given.get("news_on")
            return updates.send(case, words=words, news_on=news_on, **seen, by=by, at=at, mailing=mailing)

        return send


def waiting(request: SignedInRequest, at: datetime, *, most: int = ON_A_PAGE) -> list[Case]:
    """The first cases whose news is due."""
    rows = queues.in_order(QUEUE, request.user, at).values_list("reference_key", "is_calm")
    return together.cases(request, [key for key, _is_calm in rows[:most]])


def sheet(request: SignedInRequest, cases: Sequence[Case], data: Any, *, at: datetime) -> Panel[UpdateLine]:
    """These cases with their sentences, or with what was sent in their place; two queries."""
    ready, people = updates.ready(cases, at=at), people_of(cases, at)
    lines = []
    for case in cases:
        update = ready[case.pk]
        form = UpdateForm(data, case=case, initial=_initial(case, update))
        lines.append(UpdateLine(case, form=form, update=update, person=people[case.pk]))
    return Panel(lines, by=actor_of(request), at=at)


def _initial(case: Case, update: updates.Update) -> dict[str, Any]:
    return {
        **seen(case),
        "send": update.is_new,
        "words": update.words,
        "news_on": update.news_on,
    }


def seen(case: Case) -> dict[str, Any]:
    """What the person sees of the case now, for the comparison when the words are sent."""
    due = case.update_due_at
    return {"seen_version": case.version, "seen_due": due.isoformat() if due else ""}


def row(line: UpdateLine, at: datetime) -> dict[str, Any]:
    """The line as `_update_row.html` takes it."""
    due = line.case.update_due_at or at
    days = (local_date(line.case, at) - local_date(line.case, due)).days
    is_late = days > 0
    return {
        "line": line,
        "url": line.url,
        "pill": _("%(length)s late") % {"length": span(max(at - due, timedelta(days=1)))}
        if is_late
        else _pill(line, at),
        "pill_kind": "late" if is_late else "waiting",
    }


def _pill(line: UpdateLine, at: datetime) -> str:
    """News that is not due any more stands here only after a refusal."""
    due = line.case.update_due_at
    is_today: bool = due is None or _on(line, due) <= _on(line, at)
    return _("Today") if is_today else _("Promised later")


def _on(line: UpdateLine, moment: datetime) -> date:
    return local_date(line.case, moment)
