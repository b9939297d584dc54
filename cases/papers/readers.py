"""Who may have a PDF now: asked of the same querysets as the pages, at every request."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from accounts.models import User
from cases.models import Attachment, Case
from cases.querysets import since
from homeowners.tenures import Home, homes_of


def sees_case(user: User, case_id: int) -> bool:
    """Whether the case is on this person's pages at this moment."""
    return Case.objects.visible_to(user).filter(pk=case_id).exists()


def home_at(user: User, unit_id: int, *, at: datetime | None = None) -> Home | None:
    """The home of an account in this unit, while it is held."""
    homes = homes_of(user, at or timezone.now()) if user.role == Role.HOMEOWNER else []
    return next((home for home in homes if home.unit.pk == unit_id), None)


def held_since(user: User, unit_id: int, moment: datetime) -> bool:
    """Whether this account holds the home, and held it at that moment already."""
    home = home_at(user, unit_id)
    return home is not None and since(home) <= moment


def still_shown(user: User, public_ids: Sequence[str]) -> bool:
    """Whether every picture of a paper may still be seen by this person."""
    wanted = set(public_ids)
    seen = Attachment.objects.visible_to(user).filter(public_id__in=wanted).values("pk").distinct().count()
    return seen == len(wanted)


def is_staff(user: Any) -> bool:
    """Officer, manager or administrator."""
    return user.role in STAFF_ROLES
