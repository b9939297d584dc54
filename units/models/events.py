"""Handover events: the dated facts from which cover starts. A wrong one is corrected by a new row, never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.choices import HandoverKind
from units.models.places import Development, Unit
from units.querysets import HandoverEventQuerySet


class HandoverEvent(models.Model):
    """One dated fact of one unit, or of a whole development. Append-only in the database.

    For a unit its own row of a kind goes before its development's. A row that names another in `corrects` stands in
    its place; with `is_withdrawal` it only takes it away.
    """

    development = models.ForeignKey(
        Development,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handover_events",
        verbose_name=_("development"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="handover_events", verbose_name=_("unit")
    )
    kind = models.CharField(_("what happened"), max_length=24, choices=HandoverKind.choices)
    on = models.DateField(_("on"))
    is_deemed = models.BooleanField(
        _("deemed"), default=False, help_text=_("Counts as having happened by the agreement.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("corrects")
    )
    is_withdrawal = models.BooleanField(_("withdrawn"), default=False)
    reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by_name = models.CharField(_("recorded by"), max_length=150)
    recorded_by_id = models.BigIntegerField(null=True)

    objects = HandoverEventQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("handover event")
        verbose_name_plural = _("handover events")
        constraints = [
            models.CheckConstraint(
                condition=Q(development=None, unit__isnull=False) | Q(development__isnull=False, unit=None),
                name="units_handoverevent_one_place",
                violation_error_message=_("Name either a unit or a development."),
            ),
            models.CheckConstraint(condition=Q(kind__in=HandoverKind.values), name="units_handoverevent_kind"),
            models.CheckConstraint(
                condition=Q(corrects=None, is_withdrawal=False) | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="units_handoverevent_correction_has_reason",
                violation_error_message=_("Say why the date is corrected."),
            ),
        ]

    @property
    def place(self) -> Unit | Development:
        """Whose event it is."""
        found = self.unit or self.development
        assert found, "the database holds exactly one place"  # noqa: S101
        return found

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%Y-%m-%d}"
