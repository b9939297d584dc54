"""Rows of this room in the words of the trade."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.choices import STAFF_ROLES, Role
from units import doors

if TYPE_CHECKING:
    from datetime import date

    from units.models import (  # noqa: F401 - in quoted arguments
        Block,
        Development,
        HandoverEvent,
        PolicyAssignment,
        Unit,
    )


def in_scope(user: Any, development: str) -> Q:
    """Rows whose `development` this member of the office may see; nobody else sees any.

    An officer with StaffScope rows is limited to those developments, without rows sees all; managers and
    administrators see all. `development` is the path to the development's key, for example "unit__development".
    """
    if not user.is_active or getattr(user, "role", "") not in STAFF_ROLES:
        return Q(pk__in=())
    if user.role != Role.OFFICER:
        return ~Q(pk__in=())  # not Q(): "Q() | other" would be `other`
    scopes = apps.get_model("units", "StaffScope").objects.filter(user=user.pk)
    # The question that is the same for all rows stands first: databases then ask no row of an unlimited officer.
    return ~Q(Exists(scopes)) | Q(Exists(scopes.filter(development=OuterRef(development))))


class DevelopmentQuerySet(models.QuerySet["Development"]):
    """Developments."""

    def visible_to(self, user: Any) -> "DevelopmentQuerySet":
        """Those in the scope of a member of the office; nobody else sees any as a row."""
        return self.filter(in_scope(user, "pk"))

    def with_code(self, code: str) -> "DevelopmentQuerySet":
        """The one with this code, in any case."""
        return self.filter(code=code.strip().upper())


class BlockQuerySet(models.QuerySet["Block"]):
    """Blocks."""

    def visible_to(self, user: Any) -> "BlockQuerySet":
        """Of the developments in scope."""
        return self.filter(in_scope(user, "development"))


class UnitQuerySet(models.QuerySet["Unit"]):
    """Homes and common areas."""

    def visible_to(self, user: Any) -> "UnitQuerySet":
        """Of the developments in scope. Who holds a home is known higher up; here a homeowner sees none."""
        return self.filter(in_scope(user, "development"))

    def homes(self) -> "UnitQuerySet":
        """What people live in."""
        return self.filter(kind="home")

    def common_areas(self) -> "UnitQuerySet":
        """What the management body holds."""
        return self.filter(kind="common")

    def numbered(self, text: str) -> "UnitQuerySet":
        """Whose number holds these characters; case, dashes, slashes and blanks do not matter."""
        key = doors.key_of(text)
        return self.filter(number_key__contains=key) if key else self.none()

    def numbers_meant(self, text: str) -> list[str]:
        """The numbers in one development that a written one may mean (`units.doors`): one, none or several."""
        return doors.meant(text, self.filter(number_key=doors.key_of(text)).values_list("number", flat=True))


class HandoverEventQuerySet(models.QuerySet["HandoverEvent"]):
    """Dated facts of handover."""

    def in_force(self) -> "HandoverEventQuerySet":
        """Neither corrected nor withdrawn by a later row."""
        return self.filter(correction=None, is_withdrawal=False)

    def touching(self, units: "list[Unit]") -> "HandoverEventQuerySet":
        """Of these units or of their developments."""
        return self.filter(Q(unit__in=units) | Q(development__in={unit.development_id for unit in units}))

    def visible_to(self, user: Any) -> "HandoverEventQuerySet":
        """Of the developments in scope."""
        return self.filter(in_scope(user, "development") | Q(unit__in=_unit_keys(user)))


class PolicyAssignmentQuerySet(models.QuerySet["PolicyAssignment"]):
    """Which policy counts where."""

    def touching(self, units: "list[Unit]") -> "PolicyAssignmentQuerySet":
        """Of these units, their blocks or their developments."""
        return self.filter(
            Q(unit__in=units)
            | Q(block__in={unit.block_id for unit in units if unit.block_id})
            | Q(development__in={unit.development_id for unit in units})
        )

    def begun(self, on: "date") -> "PolicyAssignmentQuerySet":
        """In force since that day or earlier."""
        return self.filter(from_on__lte=on)


def _unit_keys(user: Any) -> models.QuerySet:
    return apps.get_model("units", "Unit").objects.visible_to(user).values("pk")
