"""The four answers of the sheet, and which one is preset."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import Status
from cases.models import Case

ANSWERABLE = (Status.NEW, Status.IN_REVIEW)
UNKNOWN_TRADE = "UNK"


class Answer(models.TextChoices):
    """What the officer decides for one item."""

    ACCEPT = "accept", _("Accept")
    INSPECT = "inspect", _("Inspect first")
    ASK = "ask", _("Ask")
    REFUSE = "refuse", _("Not covered")


def preset(case: Case, *, has_twin: bool) -> str:
    """Accept where covered, typed and no duplicate; else nothing: a person looks first."""
    is_covered = case.cover_status in {"covered", "covered-extended", "snag-only-covered"}
    is_typed = case.defect_type_id is not None and case.trade_id != UNKNOWN_TRADE
    return Answer.ACCEPT if is_covered and is_typed and not has_twin else ""
