"""Mails to a company about its order, in the sentences of the case, with the date of the order."""

from typing import Any

from cases import notices, people
from cases.choices import AttachmentRole
from cases.mailing import Mailing
from cases.models import CaseEvent
from units.wording import when
from works.models import WorkOrder


def tell_company(
    order: WorkOrder, key: str, *, mailing: Mailing, words: str = "", event: CaseEvent | None = None, **facts: Any
) -> None:
    """Add to the mailing what the company's people are told; `words` as far as the sentence quotes them."""
    case = order.case
    shown = case.attachments.pictures().filter(is_visible=True, role=AttachmentRole.BEFORE).select_related("file")
    given = {"due": when(order.due_at, case.development.tz), "order": order.reference, **facts}
    told = people.contacts_of(order.company)
    notices.tell(case, event, key, told, mailing=mailing, words=words, pictures=list(shown), **given)
