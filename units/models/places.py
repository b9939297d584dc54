"""Where the homes stand: developments, blocks, homes and common areas; who of the office looks after which."""

import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Target
from units import validation, working_hours
from units.calendars import WorkingWeek
from units.choices import UnitKind
from units.models.calendars import Calendar
from units.querysets import BlockQuerySet, DevelopmentQuerySet, UnitQuerySet
from units.wording import opening_words


def _without(expression: models.Expression | models.F, *marks: str) -> models.Expression | models.F:
    for mark in marks:
        expression = Replace(expression, models.Value(mark), models.Value(""))
    return expression


class Development(models.Model):
    """A place the developer built, with the office that answers for it. Its zone is the zone of all its dates."""

    code = models.CharField(
        _("code"),
        max_length=5,
        unique=True,
        validators=[validation.development_code],
        help_text=_("2 to 5 capital letters; case numbers begin with it (KRM-2041)."),
    )
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("address"), blank=True)
    country = models.CharField(
        _("country"), max_length=2, help_text=_("Two letters, for example MY; phone numbers are read in it.")
    )
    zone = models.CharField(_("time zone"), max_length=60, validators=[validation.known_zone])
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="developments", verbose_name=_("calendar")
    )
    office_phone = models.CharField(_("office phone"), max_length=30)
    office_email = models.EmailField(_("office e-mail"))
    office_hours = models.CharField(
        _("office hours"), max_length=120, blank=True, help_text=_("In words; empty: the calendar's opening hours.")
    )
    emergency_phone = models.CharField(
        _("emergency phone"), max_length=30, blank=True, help_text=_("Answered day and night; empty: the office phone.")
    )
    public_emergency_number = models.CharField(
        _("public emergency number"), max_length=12, help_text=_("Fire and ambulance, for example 999.")
    )
    public_emergency_words = models.CharField(
        _("public emergency numbers in words"),
        max_length=120,
        blank=True,
        help_text=_("Where one number is not for all, for example: Fire and ambulance 995, police 999."),
    )
    default_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer of new cases"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("manager"),
    )
    currency = models.CharField(_("currency"), max_length=3)
    appeal_days = models.PositiveSmallIntegerField(
        _("days to appeal"), default=30, help_text=_("Counted from the closing mail; a policy may say otherwise.")
    )
    guidance = models.TextField(_("guidance for homeowners"), blank=True)
    lists_go_at = models.TimeField(
        _("defect lists go out at"),
        null=True,
        blank=True,
        help_text=_(
            "New repairs are collected until this hour of a working day; P1 and P2 at once. Empty: all at once."
        ),
    )
    lists_need_release = models.BooleanField(
        _("a manager releases defect lists"),
        default=False,
        help_text=_("Before they go to the contractor; P1 and P2 never wait."),
    )

    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("development")
        verbose_name_plural = _("developments")
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=validation.DEVELOPMENT_CODE), name="units_development_code"),
            models.CheckConstraint(
                condition=~Q(code__in=validation.RESERVED_CODES), name="units_development_code_free"
            ),
            models.CheckConstraint(condition=Q(appeal_days__gte=1), name="units_development_appeal_days"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The calendar must be read in the development's own zone."""
        super().clean()
        if self.calendar_id and self.zone != self.calendar.zone:
            raise ValidationError({"calendar": _("This calendar keeps the time of another zone.")})

    @property
    def public_emergencies(self) -> list[tuple[str, str]]:
        """What to call for, each with its number: as the words say, else everything under the one number."""
        found: list[tuple[str, str]] = re.findall(r"([^,\d]+?)\s+(\d{3,})", self.public_emergency_words)
        if found or not self.public_emergency_number:
            return found
        return [(gettext("Fire, ambulance, police:"), self.public_emergency_number)]

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which all dates of this development are meant."""
        return ZoneInfo(self.zone)

    @property
    def urgent_phone(self) -> str:
        """The number to call now."""
        return self.emergency_phone or self.office_phone

    @property
    def hours_in_words(self) -> str:
        """When the office answers, for people; needs the calendar to be selected with the row."""
        return self.office_hours or opening_words(working_hours.parse(self.calendar.hours))

    def week(self) -> WorkingWeek:
        """The working time of its office, in its own zone. Asks for calendar and holidays unless they are fetched."""
        return self.calendar.week(self.zone)


class DevelopmentTarget(Target):
    """A target of one development; it replaces the catalogue's for the same priority and clock."""

    development = models.ForeignKey(
        Development, on_delete=models.CASCADE, related_name="targets", verbose_name=_("development")
    )

    class Meta(Target.Meta):
        ordering = ["development", "priority", "clock"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            *Target.Meta.constraints,
            models.UniqueConstraint(fields=["development", "priority", "clock"], name="units_developmenttarget_once"),
        ]


class Block(models.Model):
    """A tower, a terrace, a phase."""

    development = models.ForeignKey(
        Development, on_delete=models.PROTECT, related_name="blocks", verbose_name=_("development")
    )
    name = models.CharField(_("name"), max_length=60)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["development", "name"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [models.UniqueConstraint(fields=["development", "name"], name="units_block_name_once")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A home or a common area. `link_version` counts the report links given out: raising it ends the older ones."""

    development = models.ForeignKey(
        Development, on_delete=models.PROTECT, related_name="units", verbose_name=_("development")
    )
    block = models.ForeignKey(
        Block, on_delete=models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("block")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=UnitKind.choices, default=UnitKind.HOME)
    number = models.CharField(_("number"), max_length=40, help_text=_("As on the door, block included: A-12-3."))
    number_key = models.GeneratedField(
        expression=Lower(_without(models.F("number"), "-", " ", "/", ".", "#")),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    floor = models.CharField(_("floor"), max_length=12, blank=True)
    stack = models.CharField(_("stack"), max_length=12, blank=True, help_text=_("Homes above each other share it."))
    elevation = models.CharField(_("elevation"), max_length=12, blank=True)
    link_version = models.PositiveIntegerField(_("report link"), default=1, editable=False)
    note = models.TextField(_("note"), blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["development", "number"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes = [
            models.Index(fields=["number_key"], opclasses=["varchar_pattern_ops"], name="units_unit_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                "development",
                Lower("number"),
                name="units_unit_number_once",
                violation_error_message=_("This development has a unit with this number."),
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="units_unit_kind"),
            models.CheckConstraint(condition=~Q(number=""), name="units_unit_number"),
            models.CheckConstraint(condition=Q(link_version__gte=1), name="units_unit_link_version"),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """A block of the same development."""
        super().clean()
        if self.block and self.block.development_id != self.development_id:
            raise ValidationError({"block": _("This block stands in another development.")})

    @property
    def is_common(self) -> bool:
        """Held by the management body, not a home."""
        return self.kind == UnitKind.COMMON


class StaffScope(models.Model):
    """Limits an officer to developments; an officer without rows works all of them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_scopes", verbose_name=_("user")
    )
    development = models.ForeignKey(
        Development, on_delete=models.CASCADE, related_name="staff_scopes", verbose_name=_("development")
    )

    class Meta:
        ordering = ["user", "development"]
        verbose_name = _("staff scope")
        verbose_name_plural = _("staff scopes")
        constraints = [models.UniqueConstraint(fields=["user", "development"], name="units_staffscope_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.development}"
