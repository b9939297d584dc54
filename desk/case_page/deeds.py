"""What a confirm panel confirms; to the view all deeds look the same."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.mailing import Mailing
from cases.models import Case, CaseEvent
from cases.rehearsal import Rehearsal, rehearse
from cases.views import thumb
from desk.case_page import doors
from documents.fields import PhotosField
from ledger.actors import Actor


class Deed(ABC):
    """What the panel needs to know of what it confirms."""

    case: Case
    by: Actor
    at: datetime
    form: Any

    @property
    @abstractmethod
    def title(self) -> str:
        """What the button or the menu said."""

    @abstractmethod
    def on(self, case: Case) -> "Deed":
        """The same on the case as it is now: what was typed and the pictures stay, the version is the fresh one."""

    @abstractmethod
    def act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent | None:
        """Do it against that version of the case; with a `mailing` the mails are only taken down."""

    @property
    def lead(self) -> str:
        """What it does, in a sentence."""
        return ""

    @property
    def button(self) -> str:
        """What the confirming button says when nobody is told."""
        return ""

    @property
    def icon(self) -> str:
        """What stands on the confirming button."""
        return "check"

    @property
    def kind(self) -> str:
        """Which of several acts of one address this is."""
        return ""

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return _("Done: %(what)s.") % {"what": self.title}

    @property
    def leads_to(self) -> str:
        """Where it leads, when that is not the case's page."""
        return ""

    @property
    def answers(self) -> bool:
        """What the homeowner wrote counts as answered by it, so it must have been seen."""
        return False

    @property
    def tells(self) -> bool:
        """People outside hear of it."""
        return True

    @property
    def shows_mails_first(self) -> bool:
        """Whether anybody is told hangs on what is typed, so that the first press shows the mails."""
        return False

    @property
    def folds(self) -> bool:
        """Fields that may stay empty stand folded."""
        return False

    @property
    def needs_manager(self) -> str:
        """Which decision a manager must take, as the form stands; empty for none."""
        return ""

    @property
    def impossible(self) -> str:
        """Why the case as it is cannot have this at all; empty when it can."""
        return ""

    @property
    def seen_version(self) -> int:
        """The version of the case that the form showed; for acts without one, the present version."""
        return int(self.form.cleaned_data.get("seen_version") or self.case.version)

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        return []

    def carry_out(self) -> CaseEvent | None:
        """Do it, against the version that the form showed."""
        return self.act(self.case, self.seen_version)

    def tried(self) -> "Deed | None":
        """What is rehearsed: the deed once its form is sent; before that nothing."""
        return self if self.form.is_bound else None

    def rehearsed(self) -> Rehearsal | None:
        """Who would be told what, as the form stands; None while it is incomplete.

        On a case object of its own: a rehearsal leaves its marks on the object, though not in the database.
        """
        trial = self.tried()
        if trial is None or not trial.form.is_valid():
            return None
        case = same(self.case)
        return rehearse(lambda mailing: trial.act(case, case.version, mailing), by=self.by, at=self.at)


def ready_photos(form: forms.Form, *, by: Actor, at: datetime, holder: str) -> None:
    """Tells the form's field for pictures, if it has one, who sends them."""
    photos = form.fields.get("photos")
    if isinstance(photos, PhotosField):
        photos.for_sender(
            by=by,
            at=at,
            holder=holder,
            thumb=thumb,
            upload_url=reverse("file_upload"),
            videos_url=reverse("video_begin"),
        )


def keep_photos(old: forms.Form, new: forms.Form) -> None:
    """Pictures that came with the refused form stay with the one that is shown instead of it."""
    came, stay = old.fields.get("photos"), new.fields.get("photos")
    if isinstance(came, PhotosField) and isinstance(stay, PhotosField):
        stay.stored, stay.errors = came.stored, []


def on_version(data: Any, case: Case) -> Any:
    """What was typed (a QueryDict, or None), as if the form had shown the case as it is now."""
    fresh = data.copy() if data is not None else QueryDict(mutable=True)
    fresh["seen_version"] = str(case.version)
    return fresh


def as_sent(form: forms.Form) -> QueryDict:
    """The form's prefilled values as if they had been sent."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        if value not in (None, "") and bound.name != "photos":
            data[bound.html_name] = str(value)
    return data


def same(case: Case) -> Case:
    """The case once more, as it stands in the database."""
    rows = Case.objects.for_page().select_related(*doors.WITH).prefetch_related(*doors.FOR_ACTS)
    return rows.get(pk=case.pk)
