"""Every page of the demonstration: its address, by who opens it; each leads to a row that shows much."""

from django.utils import timezone

from accounts import links
from cases.choices import Status
from cases.links import ACTION, LIVES, PATHS, PHOTOS
from cases.models import Case, DecisionRequest, Report
from homeowners.models import Tenure
from inspections.models import Visit
from outbox.models import OutgoingMail
from units import report_links
from works.models import DefectList


def all_pages():
    """The addresses, by name, by who opens them."""
    return {
        "amira@demo.example": desk_pages() | register_pages(),
        "mo@demo.example": manager_pages(),
        "ada@demo.example": {"settings": "/settings/", "account": "/account/"},
        "hana@demo.example": portal_pages(),
        "lim@demo.example": job_pages(),
        "": open_pages(),
    }


def case(status):
    """The newest case of the demonstration's first development in this state."""
    return Case.objects.filter(development__code="KRM", status=status).order_by("-pk").first()


def desk_pages():
    new, checked, closed = case(Status.NEW), case(Status.TO_CHECK), case(Status.CLOSED_COMPLETE)
    long = Report.objects.filter(items__case__status=Status.NEW, development__code="KRM").order_by("-pk").first()
    caller = Tenure.objects.filter(homeowner__email="hana@demo.example").first()
    return {
        "my-day": "/my-day/",
        "updates": "/my-day/updates/",
        "table": "/cases/",
        "table-all": "/cases/?mine=all",
        "find": "/find/?q=hana",
        "case-new": f"/cases/{new.reference}/",
        "case-to-check": f"/cases/{checked.reference}/",
        "case-closed": f"/cases/{closed.reference}/",
        "confirm-send": f"/cases/{new.reference}/moves/accept-and-send/",
        "confirm-refusal": f"/cases/{new.reference}/moves/close-out-of-scope/",
        "edit": f"/cases/{new.reference}/edit/",
        "files": f"/cases/{checked.reference}/files/",
        "update": f"/cases/{new.reference}/messages/?kind=update",
        "call": "/cases/log/",
        "call-known": f"/cases/log/?who={caller.pk}",
        "intake": "/intake/",
        "report": f"/intake/{long.reference}/",
        "triage": f"/cases/triage/{long.reference}/",
        "outgoing": "/outgoing/",
        "help": "/help/",
        "help-task": "/help/not-covered/",
        "help-words": "/help/words/",
        "help-moves": "/help/moves/",
        "mail": f"/outgoing/{OutgoingMail.objects.filter(kind='receipt').first().pk}/",
    }


def job_pages():
    lists = DefectList.objects.filter(company__contacts__email="lim@demo.example", state="issued")
    opened = lists.filter(lines__order__state="accepted").order_by("pk").first()
    order = opened.lines.get().order
    return {
        "jobs": "/jobs/",
        "job-list": f"/jobs/lists/{opened.reference}/",
        "job-done": f"/jobs/lists/{opened.reference}/{order.reference}/done/",
        "job-sheet": f"/jobs/lists/{opened.reference}/sheet/",
    }


def register_pages():
    home = Tenure.objects.get(homeowner__email="hana@demo.example", unit__number="A-12-3")
    return {
        "visits": "/inspections/",
        "visit": f"/inspections/{Visit.objects.first().reference}/",
        "visit-on-site": f"/inspections/{Visit.objects.booked().first().reference}/on-site/",
        "visit-calendar-month": "/inspections/calendar/?view=month",
        "visit-feed": "/inspections/feed/",
        "defect-lists": "/defect-lists/",
        "defect-list": f"/defect-lists/{DefectList.objects.order_by('pk').first().reference}/",
        "work-orders": "/work-orders/",
        "sign-at-home": f"/cases/sign/KRM-{case(Status.TO_CHECK).unit.address_part}/",
        "damage": f"/cases/{case(Status.TO_CHECK).reference}/damage/",
        "units": "/units/",
        "unit": f"/units/{home.unit.development.code}/{home.unit.number}/",
        "homeowners": "/homeowners/",
        "homeowner": f"/homeowners/{home.homeowner.public_id}/",
        "contractors": "/contractors/",
        "calendar": "/inspections/calendar/",
        "reports": "/reports/",
        "defect-status": "/reports/defect-status/",
        "incomplete-records": "/reports/incomplete-records/",
    }


def manager_pages():
    asked = DecisionRequest.objects.filter(state="waiting").first()
    return {
        "dashboard": "/dashboard/",
        "my-day-manager": "/my-day/",
        "decisions": "/decisions/",
        "decision": f"/decisions/{asked.public_id}/",
    }


def portal_pages():
    mine = Case.objects.filter(report_item__report__reporter__email="hana@demo.example", is_visible=True)
    asked = mine.filter(status=Status.AWAITING_HOMEOWNER).first()
    closed = mine.filter(status__startswith="closed").first()
    found = {
        "portal-home": "/portal/",
        "portal-report-1": "/portal/report/",
        "portal-cases": "/portal/cases/",
        "portal-visits": "/portal/visits/",
        "portal-receipt": f"/portal/reports/{mine.first().report_item.report.reference}/",
    }
    found |= {f"portal-case-{row.status}": f"/portal/cases/{row.reference}/" for row in mine}
    if asked:
        found["portal-confirm"] = f"/portal/cases/{asked.reference}/answer/"
    if closed:
        found["portal-again"] = f"/portal/cases/{closed.reference}/again/"
    return found


def open_pages():
    home = Tenure.objects.filter(homeowner__email="hana@demo.example").first().unit
    return {
        "sign-in": "/sign-in/",
        "link-report": f"/report/{report_links.token(home)}/",
        "emergency": "/emergency/",
        "guidance": "/portal/guidance/",
        "guidance-article": "/portal/guidance/cracks/",
        "how-it-works": "/portal/guidance/how-it-works/KRM/",
        "help-open": "/help/",
    } | link_pages()


def with_mail(status):
    """The newest case in this state whose owner has an address for the link."""
    rows = Case.objects.filter(development__code="KRM", status=status).order_by("-pk")
    return next(row for row in rows if owner_of(row).email)


def owner_of(row):
    return Tenure.objects.filter(unit=row.unit, role="owner", until_on=None).first().homeowner


def link_pages():
    """What opens behind the links of a mail."""
    asked, refused = with_mail(Status.AWAITING_HOMEOWNER), with_mail(Status.CLOSED_OUT_OF_SCOPE)
    rows = {
        "link-yes": (ACTION, asked, "confirm"),
        "link-no": (ACTION, asked, "not-right"),
        "link-disagree": (ACTION, refused, "reopen"),
        "link-photos": (PHOTOS, asked, "photos"),
    }
    return {name: link_address(*row) for name, row in rows.items()}


def link_address(purpose, row, action):
    at = timezone.now()
    owner = owner_of(row)
    facts = {"homeowner": owner.pk, "case": row.pk, "action": action, "name": owner.name}
    subject = f"homeowner:{owner.pk}"
    expires = at + LIVES[purpose]
    raw = links.mint(
        purpose, subject=subject, audience=owner.email, expires_at=expires, single_use=False, at=at, facts=facts
    )
    return f"{PATHS[purpose]}{raw}/"


def report_steps(page):
    """Steps 2 and 3 of a report that is being written, by tapping there."""
    page.goto("/portal/report/")
    tap(page, "Master bathroom")
    tap(page, "Ceiling")
    tap(page, "Water is leaking")
    page.get_by_role("heading", name="Do this now").first.wait_for()
    page.fill("[name=words]", "A drop falls from the ceiling after rain.")
    step_2 = page.url
    tap(page, "Next")
    page.get_by_role("heading", name="Is this everything?").wait_for()
    return {"portal-report-2": step_2, "portal-report-3": page.url}


def tap(page, name):
    page.get_by_role("button", name=name, exact=True).locator("visible=true").last.click()
