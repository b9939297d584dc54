"""A dispute on the page of a decision: whose order, why, and the evidence of both sides."""

from typing import Any

from django.utils.translation import gettext as _

from cases.choices import AttachmentRole, DecisionKind
from cases.models import DecisionRequest
from desk.case_page import pictures
from units.wording import when
from works.models import Dispute


def of_request(asked: DecisionRequest) -> Dispute | None:
    """The dispute that the request is about; none for other requests."""
    if asked.kind != DecisionKind.DISPUTE:
        return None
    return Dispute.objects.select_related("order__company", "request").get(request=asked)


def context(asked: DecisionRequest, found: Dispute) -> dict[str, Any]:
    """The facts of the order, the pictures and papers of both sides, and what the two answers are called."""
    case, order = asked.case, found.order
    company = order.company.short_name
    theirs = [row.pk for row in found.evidence.all()]
    files = pictures.of_case(case)
    ours = (AttachmentRole.BEFORE, AttachmentRole.CAUSE)
    return {
        "facts": [
            {"label": _("Company"), "words": order.company.name},
            {"label": _("Work order"), "words": order.reference},
            {"label": _("What to do"), "words": order.scope},
            {"label": _("Reason"), "words": found.get_reason_display()},
            {"label": _("Sent"), "words": when(order.sent_at, case.development.tz) if order.sent_at else ""},
            {"label": _("Done by"), "words": when(order.due_at, case.development.tz)},
        ],
        "evidence": [
            _side(_("Evidence of %(company)s") % {"company": company}, case, [f for f in files if f.pk in theirs]),
            _side(_("As it was reported"), case, [f for f in files if f.role in ours and f.pk not in theirs]),
        ],
        "act": _("it is not theirs"),
        "otherwise": _("It is theirs all the same"),
        "one_way_or_the_other": True,
    }


def _side(title: str, case: Any, files: list[Any]) -> dict[str, Any]:
    return {"title": title, "pictures": pictures.rows(files, case), "papers": pictures.papers(files, case)}
