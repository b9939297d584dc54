"""Working calendars: when the office of a development works."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from units import validation, working_hours
from units.calendars import WorkingWeek


class Calendar(models.Model):
    """Opening hours by weekday in a zone, with holidays."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    zone = models.CharField(_("time zone"), max_length=60, validators=[validation.known_zone])
    hours = models.JSONField(
        _("opening hours"),
        validators=[validation.opening_hours],
        help_text=_("Weekday (0 is Monday) to pairs of local times: {“0”: [[“09:00”, “18:00”]]}."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For example where the holidays come from."))

    class Meta:
        ordering = ["name"]
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def __str__(self) -> str:
        return self.name

    def week(self, zone: str = "") -> WorkingWeek:
        """These hours as a value for `units.calendars`, read in `zone` (default: the calendar's own).

        Asks the database for the holidays unless they are prefetched; build it once and keep it.
        """
        return WorkingWeek(
            zone=ZoneInfo(zone or self.zone),
            hours=working_hours.parse(self.hours),
            holidays=frozenset(holiday.on for holiday in self.holidays.all()),
        )


class Holiday(models.Model):
    """A day on which the office is closed."""

    calendar = models.ForeignKey(
        Calendar, on_delete=models.CASCADE, related_name="holidays", verbose_name=_("calendar")
    )
    on = models.DateField(_("on"))
    name = models.CharField(_("name"), max_length=120)
    is_estimate = models.BooleanField(
        _("to be confirmed"), default=False, help_text=_("The date depends on the moon or on an announcement.")
    )

    class Meta:
        ordering = ["on"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="units_holiday_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}"
