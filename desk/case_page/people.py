"""The home and its people as the page shows them. Reads rows at hand, asks nothing but what `of_home` says."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import display
from cases.choices import ReportState, Status, WorkStage
from cases.dates import local_date
from cases.models import Case
from contractors.models import Contact
from homeowners.choices import RANK, TenureRole
from homeowners.models import Tenure
from inspections.choices import VisitState
from inspections.models import Visit
from units.wording import day, when, window

Row = dict[str, Any]


def of_home(case: Case, at: datetime) -> list[Tenure]:
    """Who holds the home today, owners first; one query."""
    today = local_date(case, at)
    return in_order(Tenure.objects.filter(unit_id=case.unit_id).in_force(today).select_related("homeowner"), today)


def in_order(tenures: Iterable[Tenure], today: date) -> list[Tenure]:
    """Those that hold today: owner, joint owner, tenant and so on, the older row first."""
    now = [tenure for tenure in tenures if tenure.holds_on(today)]
    return sorted(now, key=lambda tenure: (RANK[TenureRole(tenure.role)], tenure.pk))


def main_person(case: Case, tenures: Sequence[Tenure]) -> str:
    """Whose name stands on the page: the reporter while the home is still held, else who holds it now."""
    report = case.report_item.report
    holders = {tenure.homeowner_id: tenure.homeowner.name for tenure in tenures}
    if report.reporter_id in holders:
        return holders[report.reporter_id]
    return next(iter(holders.values()), "" if report.reporter_id else report.reporter_name)


def rows(case: Case, tenures: Sequence[Tenure]) -> list[Row]:
    """Everybody of the home with phone and right, the page's person first; the reporter with how we know who it is."""
    report = case.report_item.report
    person = main_person(case, tenures)
    first = sorted(tenures, key=lambda tenure: tenure.homeowner.name != person)
    return [
        {
            "name": tenure.homeowner.name,
            "url": reverse("homeowner_detail", args=[tenure.homeowner.public_id]),
            "note": _("%(role)s of %(home)s since %(day)s")
            % {"role": tenure.get_role_display(), "home": case.unit, "day": day(tenure.from_on)},
            "ok": verified(case) if tenure.homeowner_id == report.reporter_id else "",
            "phone": tenure.homeowner.phone,
            "phone_shown": tenure.homeowner.phone_shown,
            "needs_post": tenure.homeowner.needs_post,
            "needs_care": tenure.homeowner.is_vulnerable,
            "is_tenant": not tenure.may_confirm,
        }
        for tenure in first
    ]


def verified(case: Case) -> str:
    """How and when it was established who reported."""
    report = case.report_item.report
    if report.state != ReportState.VERIFIED or report.verified_at is None:
        return ""
    how = ", ".join(str(one) for one in report.verified_how)
    moment = day(report.verified_at.astimezone(case.development.tz).date())
    words = _("Verified %(day)s") % {"day": moment}
    return f"{words}: {how}" if how else words


def reporter(case: Case) -> Row:
    """Who reported, how and when, and what is not known yet."""
    report = case.report_item.report
    zone = case.development.tz
    return {
        "name": report.reporter_name,
        "reference": report.reference,
        "url": f"/intake/{report.reference}/",
        "when": when(report.reported_at, zone),
        "received": when(report.received_at, zone) if report.received_at != report.reported_at else "",
        "logged": when(report.logged_at, zone) if report.logged_at != report.received_at else "",
        "logged_by": report.logged_by_name,
        "channel": report.get_channel_display().lower(),
        "written": report.is_written_notice,
        "is_verified": report.is_verified,
        "phone": report.reporter_phone,
        "phone_shown": display(report.reporter_phone),
        "email": report.reporter_email,
        "raw_words": report.raw_words if report.raw_words.strip() != case.report_item.words.strip() else "",
    }


def visits_of(case: Case) -> list[Visit]:
    """The case's visits, newest first; one query."""
    return list(case.visits.select_related("unit__development").order_by("-starts_at", "-pk")[:10])


def contacts_of(case: Case) -> list[Contact]:
    """The contractor's people who are still there; one query, none without a contractor."""
    if case.work_company is None:
        return []
    return list(case.work_company.contacts.filter(left_at__isnull=True).order_by("-gets_mail", "name")[:3])


SAID: dict[str, str | Promise] = {
    WorkStage.NEW: gettext_lazy("Nothing yet"),
    WorkStage.ACCEPTED: gettext_lazy("Accepted, no date yet"),
    WorkStage.UNDER_WAY: gettext_lazy("Under way"),
    WorkStage.WAITING: gettext_lazy("Waiting"),
    WorkStage.DISPUTED: gettext_lazy("Says that it is not theirs"),
    WorkStage.BACK: gettext_lazy("Has it back"),
}
"""What the contractor said, in words of staff; the stage's own label speaks to the contractor."""


def contractor_rows(case: Case, contacts: Sequence[Contact]) -> list[Row]:
    """Company, person on site, date and what was said, as facts."""
    company = case.work_company
    if company is None:
        return []
    site = contacts[0] if contacts else None
    phone, shown = (site.phone, site.phone_shown) if site and site.phone else (company.phone, company.phone_shown)
    due = case.work_due_at
    said = str(SAID.get(case.work_stage, "")) if case.status == Status.WITH_CONTRACTOR else ""
    return [
        {"label": _("Company"), "words": company.name, "url": reverse("company_detail", args=[company.slug])},
        {"label": _("Person"), "words": site.name if site else ""},
        {"label": _("Phone"), "words": shown, "url": f"tel:{phone}"},
        {"label": _("Said"), "words": said},
        {"label": _("Waits for"), "words": case.work_note},
        {"label": _("Due"), "words": day(due.astimezone(case.development.tz).date()) if due else ""},
    ]


def visit_rows(case: Case, visits: Sequence[Visit]) -> list[Row]:
    """Each visit in one line."""
    states = {VisitState.BOOKED: "", VisitState.DONE: _("took place"), VisitState.CANCELLED: _("cancelled")}
    found = []
    for visit in visits:
        words = [
            window(visit.starts_at, visit.ends_at, case.development.tz),
            visit.who,
            states[VisitState(visit.state)],
        ]
        found.append(
            {
                "label": visit.get_kind_display(),
                "words": ", ".join(word for word in words if word),
                "url": f"/inspections/{visit.reference}/",
            }
        )
    return found
