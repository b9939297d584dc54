"""The words of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """Where a visit stands."""

    BOOKED = "booked", _("Booked")
    DONE = "done", _("Took place")
    CANCELLED = "cancelled", _("Cancelled")
