"""The catalogue under /admin/: rows are reworded, added and retired, never deleted."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import actor_of
from catalogue import editing, guidance
from catalogue.forms import DefectTypeForm, GuidanceForm
from catalogue.models import DefectType, Element, Entry, GuidanceArticle, Location, Priority, SlaTarget, Trade


class KeptAdmin(admin.ModelAdmin):
    """Rows that stay."""

    list_per_page = 100

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EntryAdmin(KeptAdmin):
    """A kind of row with a code; the code is fixed once it is saved."""

    search_fields = ["code", "label"]
    ordering = ["order", "code"]
    actions = ["retire", "restore"]
    readonly_fields = ["revision", "is_retired"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "code"] if obj else list(self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: Entry, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        editing.save_edit(obj, by=actor_of(request), at=timezone.now())

    @admin.action(description=_("Retire: no longer offered, stays on old records"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Retires the ticked rows; those still needed stay, with the reason."""
        for row in queryset:
            try:
                editing.retire(row, by=actor_of(request), at=timezone.now())
            except editing.StillNeeded as refusal:
                self.message_user(request, str(refusal), messages.WARNING)

    @admin.action(description=_("Offer again"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Takes the ticked rows back into use."""
        for row in queryset:
            editing.restore(row, by=actor_of(request), at=timezone.now())


@admin.register(Location)
class LocationAdmin(EntryAdmin):
    """Places."""

    list_display = ["code", "label", "group", "room_kind", "suits", "is_wet", "is_frequent", "is_retired"]
    list_filter = ["is_retired", "group", "room_kind", "suits", "is_wet", "is_electrical", "is_frequent"]


@admin.register(Trade)
class TradeAdmin(EntryAdmin):
    """Trades."""

    list_display = ["code", "label", "component_tag", "is_retired"]
    list_filter = ["is_retired", "component_tag"]


@admin.register(Element)
class ElementAdmin(EntryAdmin):
    """Elements."""

    list_display = ["code", "label", "trade", "component_tag", "is_retired"]
    list_filter = ["is_retired", "trade", "component_tag"]
    list_select_related = ["trade"]


@admin.register(Priority)
class PriorityAdmin(EntryAdmin):
    """The five priorities: reworded only."""

    list_display = ["code", "label", "meaning"]
    actions = []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(SlaTarget)
class SlaTargetAdmin(KeptAdmin):
    """The targets of developments that have none of their own."""

    list_display = ["priority", "clock", "amount", "unit", "around_the_clock", "note"]
    list_filter = ["priority", "clock", "unit"]
    search_fields = ["note", "priority__label"]
    list_select_related = ["priority"]

    def save_model(self, request: HttpRequest, obj: SlaTarget, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        editing.save_edit(obj, by=actor_of(request), at=timezone.now())


@admin.register(DefectType)
class DefectTypeAdmin(EntryAdmin):
    """Kinds of fault."""

    form = DefectTypeForm
    list_display = ["code", "label", "owner_label", "group", "default_trade", "default_priority", "is_retired"]
    list_filter = [
        "is_retired",
        "group",
        "default_priority",
        "is_safety",
        "is_frequent",
        "is_snag_only",
        "default_trade",
    ]
    search_fields = ["code", "label", "owner_label"]
    list_select_related = ["default_trade", "default_priority"]


@admin.register(GuidanceArticle)
class GuidanceArticleAdmin(KeptAdmin):
    """Guidance articles: saving a change writes the next revision, older ones can be read."""

    form = GuidanceForm
    list_display = ["title", "slug", "revision", "edition", "reviewed_on", "is_retired"]
    list_filter = ["is_retired", "slug"]
    search_fields = ["title", "slug", "looks_like", "usually_accept", "usually_not"]
    actions = ["withdraw"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: GuidanceArticle | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_retired)

    def save_model(self, request: HttpRequest, obj: GuidanceArticle, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        if not change:
            guidance.publish(obj, by=actor_of(request), at=timezone.now())
        elif form.changed_data:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            newer = guidance.revise(obj, by=actor_of(request), at=timezone.now(), **changes)
            # The page that follows, and its log, speak of the row that was written.
            obj.pk, obj.revision = newer.pk, newer.revision

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: models.QuerySet[GuidanceArticle]) -> None:
        """Withdraws the ticked articles that are in force."""
        for article in queryset.filter(is_retired=False):
            guidance.withdraw(article, by=actor_of(request), at=timezone.now())
