"""What was said of a repair on site becomes the act of its company's work order (registered with `results.repairs`)."""

from typing import Any

from accounts.choices import Role
from cases.mailing import Mailing
from inspections import companies
from inspections.choices import Verdict, WhyNot
from inspections.models import Visit
from inspections.results import Said
from works import orders
from works.choices import WaitReason


def carry(visit: Visit, said: Said, mailing: Mailing) -> bool:
    """Done, waiting, or could not get in; False when no company of the visit has an order in hand."""
    order = companies.orders_of(visit).filter(case=said.case).order_by("position", "pk").first()
    if order is None:
        return False
    by, at = mailing.by, mailing.at
    given: dict[str, Any] = {"by": by, "at": at, "seen_version": order.version, "mailing": mailing}
    if by.role != Role.CONTRACTOR:
        given |= {"said_by": said.item.by_name if said.item else by.name, "proof": visit.reference}
    if said.verdict == Verdict.OK:
        orders.done(order, files=said.files, method_note=said.item.words if said.item else "", **given)
    elif said.verdict == Verdict.NOT_OK and said.item and said.item.why == WhyNot.PARTS:
        orders.wait(order, reason=WaitReason.PARTS, words=said.item.words, **given)
    elif said.verdict == Verdict.NOT_OK and said.item and said.item.why == WhyNot.NO_ACCESS:
        orders.could_not_get_in(order, words=said.words, files=said.files, **given)
    return True
