"""Cases and reports to look up, for support; the desk's pages change them, with diary, audit and mails."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from cases.models import Case, CaseEvent, CoverageVerdict, DecisionRequest, Notice, Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What came in."""

    list_display = ("reference", "unit", "channel", "reporter_name", "state", "received_at", "logged_by_name")
    list_filter = ("state", "channel", "development")
    list_select_related = ("unit__development", "unit__block")
    search_fields = ("=number", "reporter_name", "reporter_email", "unit__number")
    date_hierarchy = "received_at"


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """One fault in one place, wherever it stands."""

    list_display = ("reference", "unit", "fault", "priority", "status", "step", "ball", "officer", "received_at")
    list_filter = ("status", "ball", "development", "priority", "is_visible")
    list_select_related = ("unit__development", "unit__block", "priority", "officer")
    search_fields = ("reference", "reference_key", "unit__number", "fault")
    date_hierarchy = "received_at"
    show_full_result_count = False


@admin.register(CaseEvent)
class CaseEventAdmin(ReadOnlyAdmin):
    """The diary, row by row."""

    list_display = ("case", "at", "kind", "move", "new_status", "actor_name", "channel", "is_visible")
    list_filter = ("kind", "move", "channel")
    list_select_related = ("case",)
    search_fields = ("case__reference", "actor_name")
    show_full_result_count = False


@admin.register(CoverageVerdict)
class CoverageVerdictAdmin(ReadOnlyAdmin):
    """What the liability engine answered, with what it was asked."""

    list_display = ("case", "side", "status", "ends_on", "rule_code", "rule_version", "is_first", "is_in_force")
    list_filter = ("side", "status", "is_in_force")
    list_select_related = ("case",)
    search_fields = ("case__reference", "rule_code")
    show_full_result_count = False


@admin.register(DecisionRequest)
class DecisionRequestAdmin(ReadOnlyAdmin):
    """What waits for a manager, and what was answered."""

    list_display = ("case", "kind", "state", "author_name", "asked_at", "decided_by_name", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("case",)
    search_fields = ("case__reference", "author_name", "decided_by_name")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told what."""

    list_display = ("at", "case", "report", "audience", "recipient_name", "channel", "subject", "done_at")
    list_filter = ("channel", "audience")
    list_select_related = ("case", "report")
    search_fields = ("case__reference", "recipient_name", "subject")
    show_full_result_count = False
