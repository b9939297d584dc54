"""Saved views of the case table: filters kept under a name by the person who uses them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.evidence import MoveRefused
from cases.models import SavedView
from ledger import audit
from ledger.actors import Actor

MOST = 30
LONGEST_QUERY = 1500


@transaction.atomic
def save(user: User, *, name: str, query: str, is_default: bool, by: Actor, at: datetime) -> SavedView:
    """Keep these filters under a name; the same name again replaces them. One view at most opens by itself.

    MoveRefused without a name or filters, with too many filters, or when there are 30 views already.
    """
    name = " ".join(name.split())[:40]
    if not name:
        raise MoveRefused(_("Give the view a name."), "name")
    if not query or len(query) > LONGEST_QUERY:
        raise MoveRefused(_("Set some filters first.") if not query else _("These are too many filters."), "name")
    if SavedView.objects.filter(user=user).exclude(name=name).count() >= MOST:
        raise MoveRefused(_("You have 30 views. Delete one first."), "name")
    if is_default:
        SavedView.objects.filter(user=user).update(is_default=False)
    view, _is_new = SavedView.objects.update_or_create(
        user=user, name=name, defaults={"query": query, "is_default": is_default}
    )
    _record("view.saved", view, by=by, at=at, query=query, is_default=is_default)
    return view


@transaction.atomic
def delete(view: SavedView, *, by: Actor, at: datetime) -> None:
    """Forget a view; the filters in use stay."""
    _record("view.deleted", view, by=by, at=at)
    view.delete()


def default_query(user: User) -> str:
    """The filters that the table opens with; empty when the person chose none."""
    return SavedView.objects.filter(user=user, is_default=True).values_list("query", flat=True).first() or ""


def _record(action: str, view: SavedView, *, by: Actor, at: datetime, **new: object) -> None:
    audit.record(action, by=by, at=at, about="view", about_id=view.pk, reference=view.name[:40], new=new or None)
