"""Who is sweeping which room right now."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=5)


class DutyQuerySet(models.QuerySet["Duty"]):
    """Rows of the sweep."""

    def claim(self, name: str, at: datetime) -> UUID | None:
        """Takes the duty by compare-and-set; None while another holds it. A dead holder loses it after LEASE."""
        self.get_or_create(name=name)
        token = uuid4()
        free = Q(held_until=None) | Q(held_until__lte=at)
        taken = self.filter(free, name=name).update(holder=token, held_until=at + LEASE)
        return token if taken else None

    def release(self, token: UUID, at: datetime, failure: str) -> None:
        """Gives the duty back with its outcome, unless somebody else has taken it meanwhile."""
        self.filter(holder=token).update(holder=None, held_until=None, last_run_at=at, failure=failure)


class Duty(models.Model):
    """The part of `manage.py sweep` that one room does."""

    name = models.CharField(_("room"), max_length=40, unique=True)
    holder = models.UUIDField(_("holder"), null=True, editable=False)
    held_until = models.DateTimeField(_("held until"), null=True, editable=False)
    last_run_at = models.DateTimeField(_("last run"), null=True, editable=False)
    failure = models.CharField(_("failure"), max_length=200, blank=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=None, held_until=None) | Q(holder__isnull=False, held_until__isnull=False),
                name="defects_portal_duty_held_with_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.name
