"""What the office does with the work orders of a case, with its forms (`desk.case_page.order_forms`)."""

from typing import Any

from django.utils.translation import gettext as _

from cases.evidence import MoveRefused
from cases.models import CaseEvent
from desk.case_page.doings import Doing
from desk.case_page.order_forms import PROMISE
from works import chasing, orders
from works.choices import OrderState
from works.models import WorkOrder


def said(doing: Doing, form: Any) -> CaseEvent | None:
    """How far the contractor is, by whose word; a date that came with it is its promise."""
    order, version = _chosen(form)
    given = form.cleaned_data
    told = {"by": doing.by, "at": doing.at, "said_by": given["said_by"], "proof": given["proof"]}
    if given["stage"] != PROMISE:
        SAID[given["stage"]](order, given, told | {"seen_version": version})
        order.refresh_from_db()
        version = order.version
    if given["promised_at"]:
        due = form.end_of("promised_at")
        orders.promise(order, promised_at=due, words=given["words"], seen_version=version, **told)
    return None


def _chosen(form: Any) -> tuple[WorkOrder, int]:
    order, version = form.chosen
    if order is None:
        raise MoveRefused(_("The case is not with a contractor."))
    return order, version


def _wait(order: WorkOrder, given: dict[str, Any], told: dict[str, Any]) -> None:
    orders.wait(order, reason=given["reason"], words=given["words"], **told)


def _shut_out(order: WorkOrder, given: dict[str, Any], told: dict[str, Any]) -> None:
    orders.could_not_get_in(order, words=given["words"], **told)


SAID: dict[str, Any] = {
    OrderState.ACCEPTED: lambda order, given, told: orders.accept(order, **told),
    OrderState.UNDER_WAY: lambda order, given, told: orders.start(order, **told),
    OrderState.WAITING: _wait,
    OrderState.NO_ACCESS: _shut_out,
    OrderState.DONE: lambda order, given, told: orders.done(order, method_note=given["words"], **told),
}


def add(doing: Doing, form: Any) -> CaseEvent | None:
    """Another company, which reads its order as soon as its turn comes."""
    given = form.cleaned_data
    plain = {name: given[name] for name in ("company", "scope", "condition", "is_mandatory", "budget_code")}
    orders.send(
        doing.case,
        **plain,
        due_at=form.end_of("due_at"),
        after=form.chosen_after,
        dry_days=given["dry_days"] or 0,
        by=doing.by,
        at=doing.at,
        mailing=doing.mailing,
    )
    return None


def cancel(doing: Doing, form: Any) -> CaseEvent | None:
    """A share that nobody needs any more."""
    order, version = _chosen(form)
    words = form.cleaned_data["words"]
    orders.cancel(order, words=words, by=doing.by, at=doing.at, seen_version=version, mailing=doing.mailing)
    return None


def back(doing: Doing, form: Any) -> CaseEvent | None:
    """A share that is not right."""
    order, version = _chosen(form)
    words = form.cleaned_data["words"]
    orders.back(order, words=words, by=doing.by, at=doing.at, seen_version=version, mailing=doing.mailing)
    return None


def chase(doing: Doing, form: Any) -> CaseEvent | None:
    """The company is reminded of what it owes."""
    order, _version = _chosen(form)
    chasing.chase([order], by=doing.by, at=doing.at, mailing=doing.mailing)
    return None


def dispute(doing: Doing, form: Any) -> CaseEvent | None:
    """Not theirs, they say: a manager decides."""
    order, version = _chosen(form)
    given = {name: form.cleaned_data[name] for name in ("reason", "words", "said_by", "proof")}
    photos = form.cleaned_data["photos"] or ()
    orders.dispute(order, **given, files=photos, by=doing.by, at=doing.at, seen_version=version)
    return None
