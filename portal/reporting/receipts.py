"""What the receipt of a report tells, and the card of one that was not sent yet."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases import drafts, headlines, people
from cases.choices import Audience, Status
from cases.models import Attachment, Case, Report, ReportItem
from portal.reporting import reviewing
from portal.reporting.sittings import Sitting
from units.models import Unit
from units.wording import day, when

REFERENCE = re.compile(r"[rR]?[-\s]*(\d{1,9})")


@dataclass(frozen=True)
class Resume:
    """The card of an unsent report."""

    words: str
    url: str
    discard_url: str


@dataclass(frozen=True)
class Line:
    """One defect of a sent report."""

    title: str
    words: str
    facts: str
    picture: str
    url: str
    pill: str
    headline: str


def resume(sitting: Sitting) -> Resume:
    """As "You have an unsent report from Tue 3 Mar, 20:14, with 2 defects."."""
    count = sum(drafts.is_begun(item) for item in sitting.draft.items.prefetch_related("photos"))
    words = ngettext(
        "You have an unsent report from %(when)s, with %(n)d defect.",
        "You have an unsent report from %(when)s, with %(n)d defects.",
        count,
    )
    facts = {"when": when(sitting.draft.saved_at, sitting.office.tz), "n": count}
    return Resume(words % facts, sitting.url("review"), sitting.url("discard"))


def number_of(reference: str) -> int:
    """The number in a reference, in any case and punctuation; 404 for anything else."""
    found = REFERENCE.fullmatch(reference.strip())
    if not found:
        raise Http404
    return int(found[1])


def page(report: Report, user: User) -> dict[str, Any]:
    """The context of an own report; a fixed number of queries."""
    items = list(report.items.select_related("location", "defect_type"))
    pictures = _pictures(report, user)
    cases = {
        case.report_item_id: case
        for case in Case.objects.visible_to(user).filter(report_item__report=report).for_page()
    }
    return {
        "report": report,
        "office": report.development,
        "home": report.unit.number,
        "received": when(report.received_at, report.development.tz),
        "lines": [_line(item, cases.get(item.pk), pictures[item.pk]) for item in items],
        "mailed_to": "" if report.reporter and report.reporter.prefers_letter else report.reporter_email,
        "plan": _plan(report, list(cases.values())),
        "is_danger": any(case.is_safety and case.is_open for case in cases.values()),
    }


def _pictures(report: Report, user: User) -> defaultdict[int, list[str]]:
    """By item the addresses of its pictures that this person may see."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    seen = Attachment.objects.visible_to(user).pictures().filter(report_item__report=report)
    for item_id, public_id in seen.order_by("pk").values_list("report_item_id", "public_id").distinct():
        found[item_id].append(reverse("case_file", args=[public_id, "list"]))
    return found


def _line(item: ReportItem, case: Case | None, pictures: Sequence[str]) -> Line:
    photos = ngettext("%(n)d photo", "%(n)d photos", len(pictures)) % {"n": len(pictures)} if pictures else ""
    return Line(
        title=reviewing.title_of(item),
        words=item.words,
        facts=", ".join(filter(None, [case.reference if case else "", photos])),
        picture=pictures[0] if pictures else "",
        url=f"/portal/cases/{case.reference}/" if case else "",
        pill=headlines.pill(case) if case else "new",
        headline=headlines.headline(case, Audience.HOMEOWNER) if case else "",
    )


@dataclass(frozen=True)
class Plan:
    """The steps after a report, while nobody has answered yet."""

    first: str
    look: str
    visit: str


def _plan(report: Report, cases: Sequence[Case]) -> Plan | None:
    waiting = [case for case in cases if case.status == Status.NEW]
    if not waiting:
        return None
    officer = report.development.default_officer
    name = people.first_name(officer.name) if officer else report.development.name
    first_news = min(case.update_due_at or report.received_at for case in waiting)
    on = day(first_news.astimezone(report.development.tz).date())
    count = len(cases)
    look = ngettext(
        "We read your words, look at your pictures, and tell you what we do.",
        "We look at your pictures and tell you what we do for each of the %(n)d.",
        count,
    )
    visit = _("You said: %(wishes)s") if report.access_wishes else _("Each visit is agreed with you before.")
    return Plan(
        first=_("%(name)s writes to you by %(day)s") % {"name": name, "day": on},
        look=look % {"n": count},
        visit=visit % {"wishes": report.access_wishes.splitlines()[0][:80]} if report.access_wishes else visit,
    )


def for_visitor(report: Report, unit: Unit) -> dict[str, Any]:
    """The context of a receipt by link: the number and the list as it was typed, the same for known and unknown."""
    items = list(report.items.select_related("location", "defect_type"))
    return {
        "report": report,
        "office": unit.development,
        "home": unit.number,
        "received": when(report.received_at, unit.development.tz),
        "titles": [reviewing.title_of(item) for item in items],
        "has_email": bool(report.reporter_email),
    }
