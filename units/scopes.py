"""Which developments an officer works: some, or all of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.choices import DESK_ROLES, Role
from accounts.models import User
from accounts.people import PeopleRefused
from ledger import audit
from ledger.actors import Actor
from units.models import Development, StaffScope


@transaction.atomic
def limit(officer: User, developments: Iterable[Development], *, by: Actor, at: datetime) -> None:
    """The officer works these developments only, from the next request on; none means all.

    Raises PeopleRefused for anybody but an officer: managers and administrators see everything.
    """
    if officer.role != Role.OFFICER:
        raise PeopleRefused(_("Only an officer is limited to developments."))
    wanted = {row.pk: row.code for row in developments}
    old = {scope.development_id: scope.development.code for scope in of(officer)}
    if old == wanted:
        return
    StaffScope.objects.filter(user=officer).exclude(development__in=wanted).delete()
    StaffScope.objects.bulk_create([StaffScope(user=officer, development_id=pk) for pk in wanted if pk not in old])
    before, after = sorted(old.values()), sorted(wanted.values())
    audit.record(
        "scope-changed",
        by=by,
        at=at,
        about="user",
        about_id=officer.pk,
        old={"developments": before},
        new={"developments": after},
    )


def of(officer: User) -> Any:
    """The rows that limit this officer; none means no limit."""
    return StaffScope.objects.filter(user=officer).select_related("development")


def desk_of(development: Development) -> models.QuerySet[User]:
    """Who of the desk may work this development: the other side of `querysets.in_scope`."""
    limited = StaffScope.objects.filter(user=OuterRef("pk"))
    may = ~Q(role=Role.OFFICER) | ~Exists(limited) | Exists(limited.filter(development=development))
    return User.objects.filter(may, role__in=DESK_ROLES, is_active=True).order_by("name")
