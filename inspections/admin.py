"""Visits to look up, for support; the desk's pages book and change them, with mails."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import actor_of
from accounts.admin import ReadOnlyAdmin
from cases.evidence import MoveRefused
from inspections import checklists
from inspections.models import Checklist, Visit


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """Who comes to which home, when."""

    list_display = ("reference", "unit", "kind", "state", "starts_at", "ends_at", "who", "booked_by_name")
    list_filter = ("state", "kind", "unit__development")
    list_select_related = ("unit__development", "unit__block")
    search_fields = ("=number", "unit__number", "who", "cases__reference")
    date_hierarchy = "starts_at"


class ChecklistForm(forms.ModelForm):
    """A list and its points, written or pasted one a line."""

    lines = forms.CharField(
        label=_("Points, one a line"),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 80}),
        help_text=_("A point that is missing here is no longer asked; what was ticked on old visits stays."),
    )

    class Meta:
        model = Checklist
        fields = ("name", "kind", "trade", "order", "is_retired")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The points in force stand in the box."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["lines"].initial = checklists.lines_of(self.instance)

    def clean_lines(self) -> str:
        """Refused with the verb's sentence, before anything is written."""
        text = str(self.cleaned_data["lines"])
        try:
            checklists.points_in(text)
        except MoveRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return text


@admin.register(Checklist)
class ChecklistAdmin(admin.ModelAdmin):
    """What is looked at on visits; lists are retired, never deleted."""

    form = ChecklistForm
    list_display = ("name", "kind", "trade", "order", "is_retired")
    list_filter = ("is_retired", "kind")
    list_select_related = ("trade",)
    search_fields = ("name", "points__words")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Checklist, form: ChecklistForm, change: bool) -> None:  # noqa: FBT001
        obj.code = obj.code or checklists.free_code(obj.name)
        checklists.save(obj, form.cleaned_data["lines"], by=actor_of(request), at=timezone.now())
