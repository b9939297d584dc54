"""Developments, homes, calendars and policies under /admin/. Everything is saved through verbs that write the audit."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import actor_of
from units import editing, handover, policies, report_links
from units.models import (
    Block,
    Calendar,
    CoverageRule,
    Development,
    DevelopmentTarget,
    HandoverEvent,
    Holiday,
    Policy,
    PolicyAssignment,
    StaffScope,
    Unit,
)


class AuditedAdmin(admin.ModelAdmin):
    """Saves and removes rows, its own and those of its inlines, with an entry in the audit."""

    list_per_page = 100

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        editing.save_edit(obj, by=actor_of(request), at=timezone.now())

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool) -> None:  # noqa: FBT001
        by, at = actor_of(request), timezone.now()
        formset.save(commit=False)
        for row in formset.deleted_objects:
            editing.remove(row, by=by, at=at)
        for row in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]:
            editing.save_edit(row, by=by, at=at)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        editing.remove(obj, by=actor_of(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)


class KeptAdmin(AuditedAdmin):
    """Rows that other records stand on: changed, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HolidayInline(admin.TabularInline):
    """Closed days."""

    model = Holiday
    extra = 1


@admin.register(Calendar)
class CalendarAdmin(KeptAdmin):
    """Working calendars with their holidays."""

    list_display = ["name", "zone"]
    search_fields = ["name"]
    inlines = [HolidayInline]


class TargetInline(admin.TabularInline):
    """Targets that replace the catalogue's."""

    model = DevelopmentTarget
    extra = 0


class ScopeInline(admin.TabularInline):
    """Officers limited to this development among others."""

    model = StaffScope
    extra = 0
    autocomplete_fields = ["user"]


class BlockInline(admin.TabularInline):
    """Towers, terraces, phases."""

    model = Block
    extra = 0
    can_delete = False


class EventInline(admin.TabularInline):
    """What is on file; recorded and corrected on the page of handover events."""

    model = HandoverEvent
    readonly_fields = (
        "kind",
        "on",
        "is_deemed",
        "note",
        "corrects",
        "is_withdrawal",
        "reason",
        "recorded_at",
        "recorded_by_name",
    )
    fields = readonly_fields
    extra = max_num = 0
    can_delete = False


@admin.register(Development)
class DevelopmentAdmin(KeptAdmin):
    """Developments with their own targets, blocks and officers."""

    list_display = ["code", "name", "zone", "office_phone", "emergency_phone", "default_officer"]
    list_select_related = ["default_officer"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["default_officer", "manager", "calendar"]
    inlines = [BlockInline, TargetInline, ScopeInline, EventInline]


@admin.register(Block)
class BlockAdmin(KeptAdmin):
    """Blocks, to be found when homes are entered."""

    list_display = ["name", "development"]
    list_filter = ["development"]
    list_select_related = ["development"]
    search_fields = ["name", "development__name", "development__code"]


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    """Homes and common areas."""

    list_display = ["number", "development", "block", "kind", "floor", "stack"]
    list_filter = ["development", "kind"]
    list_select_related = ["development", "block"]
    search_fields = ["number", "number_key", "development__code"]
    autocomplete_fields = ["development", "block"]
    readonly_fields = ["link_version"]
    inlines = [EventInline]
    actions = ["revoke_links"]

    @admin.action(description=_("End the report links given out so far"), permissions=["change"])
    def revoke_links(self, request: HttpRequest, queryset: models.QuerySet[Unit]) -> None:
        """Letters and QR codes of the ticked homes stop working; new ones can be printed."""
        for unit in queryset:
            report_links.revoke(unit, by=actor_of(request), at=timezone.now())
        self.message_user(request, _("The links of %(count)d homes ended.") % {"count": len(queryset)})


@admin.register(HandoverEvent)
class HandoverEventAdmin(admin.ModelAdmin):
    """Handovers: added, and corrected by a further row. Neither changed nor deleted."""

    list_display = ["on", "kind", "unit", "development", "is_deemed", "corrects", "is_withdrawal", "recorded_by_name"]
    list_filter = ["kind", "unit__development"]
    list_select_related = ["unit", "development", "corrects"]
    search_fields = ["unit__number", "development__code", "note"]
    autocomplete_fields = ["unit", "development", "corrects"]
    fields = ["unit", "development", "kind", "on", "is_deemed", "note", "corrects", "is_withdrawal", "reason"]
    date_hierarchy = "on"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: HandoverEvent, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        obj.pk = _record(obj, by=actor_of(request), at=timezone.now()).pk


class RuleInline(admin.StackedInline):
    """The rules of a policy that is not used yet."""

    model = CoverageRule
    extra = 0
    fieldsets = [
        (None, {"fields": [("order", "code", "label"), ("effect", "is_snag_only"), ("clause", "words")]}),
        (_("Which faults"), {"fields": [("scope", "tags", "trades"), ("elements", "types", "claimants")]}),
        (
            _("From when to when"),
            {
                "fields": [
                    ("starts", "start_pick", "start_if_refused"),
                    ("length_kind", "length_amount", "length_unit", "fixed_end"),
                    ("extra_months", "end_convention", "rolls_forward"),
                    ("test", "grace_days", "transfer"),
                ]
            },
        ),
        (
            _("Time to act, repairs"),
            {
                "fields": [
                    ("duty_amount", "duty_unit", "duty_is_statutory", "duty_rolls_forward"),
                    ("duty_start", "duty_start_days", "blackouts", "opportunity_days"),
                    ("extension", "extension_months", "extension_cap_months"),
                ]
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_used(obj)

    def has_change_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_used(obj)


@admin.register(Policy)
class PolicyAdmin(AuditedAdmin):
    """Policies; one in use can only be looked at and copied into its next version."""

    list_display = ["name", "code", "version", "jurisdiction", "used_at"]
    list_filter = ["jurisdiction"]
    search_fields = ["name", "code", "jurisdiction"]
    readonly_fields = ["version", "used_at"]
    inlines = [RuleInline]
    actions = ["draft_next"]

    def has_change_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return obj is not None and super().has_delete_permission(request, obj) and not _is_used(obj)

    @admin.action(description=_("Make the next version as a draft"), permissions=["add"])
    def draft_next(self, request: HttpRequest, queryset: models.QuerySet[Policy]) -> None:
        """Copies the ticked policies; the copies can be edited and then assigned."""
        for policy in queryset:
            draft = policies.next_version(policy, by=actor_of(request), at=timezone.now())
            self.message_user(request, _("%(policy)s is ready to be edited.") % {"policy": draft}, messages.SUCCESS)


@admin.register(PolicyAssignment)
class PolicyAssignmentAdmin(AuditedAdmin):
    """Which policy counts where, from when. A wrong row is taken away and added again."""

    list_display = ["policy", "development", "block", "unit", "from_on"]
    list_filter = ["policy", "development"]
    list_select_related = ["policy", "development", "block", "unit"]
    search_fields = ["policy__name", "development__code", "unit__number"]
    autocomplete_fields = ["policy", "development", "block", "unit"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PolicyAssignment, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        made = policies.assign(obj.policy, obj.place, from_on=obj.from_on, by=actor_of(request), at=timezone.now())
        obj.pk = made.pk


@admin.register(StaffScope)
class StaffScopeAdmin(AuditedAdmin):
    """Officers limited to developments."""

    list_display = ["user", "development"]
    list_filter = ["development"]
    list_select_related = ["user", "development"]
    search_fields = ["user__name", "user__email", "development__code"]
    autocomplete_fields = ["user", "development"]


def _is_used(policy: Policy | None) -> bool:
    return policy is not None and policy.is_used


def _record(typed: HandoverEvent, **author: Any) -> HandoverEvent:
    if typed.corrects and typed.is_withdrawal:
        return handover.withdraw(typed.corrects, reason=typed.reason, **author)
    said = {"on": typed.on, "is_deemed": typed.is_deemed, "note": typed.note, **author}
    if typed.corrects:
        return handover.correct(typed.corrects, reason=typed.reason, **said)
    return handover.record(typed.place, kind=typed.kind, **said)
