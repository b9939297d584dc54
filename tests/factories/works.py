"""Work orders of cases, and what companies say of them."""

from cases.models import Case
from ledger.actors import Actor
from works import orders
from works.models import WorkOrder

TOLD = {"said_by": "Lim Wei", "proof": "a call"}


def order_of(case, **facts):
    """The one live order of a case, or the one of these facts."""
    rows = WorkOrder.objects.select_related("company").filter(case_id=case.pk, **facts)
    order = (rows if facts else rows.live()).get()
    order.case = Case.objects.for_page().get(pk=case.pk)
    return order


def contractor(contact, *, channel="portal"):
    """A person of a company, signed in."""
    return Actor(contact.name, "contractor", contact.user_id, None, channel)


def by_link(company, *, name="Wei"):
    """Whoever holds the link of a company's list."""
    return Actor(name, "contractor", None, company.pk, "link")


def say(verb, order, /, *, by, at, **facts):
    """One act on the order as it is now; the office says who told it."""
    told = TOLD if by.role in {"officer", "manager"} else {}
    return getattr(orders, verb)(order, by=by, at=at, **{"seen_version": order.version, **told, **facts})
