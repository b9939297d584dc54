"""What can be wrong, where, whose trade it is and how urgent it is.

Default rows come from `catalogue.defaults`; an administrator may reword, add and retire them. Codes never change.
Docs: reference page `domain.md`, section 5.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalogue import fields
from catalogue.choices import (
    WORKING_UNITS,
    Clock,
    ComponentTag,
    FaultGroup,
    LocationGroup,
    PriorityCode,
    RoomKind,
    Suits,
    TargetUnit,
)
from catalogue.models.guidance import GuidanceArticle
from catalogue.querysets import (
    DefectTypeQuerySet,
    ElementQuerySet,
    LocationQuerySet,
    PriorityQuerySet,
    SlaTargetQuerySet,
    TradeQuerySet,
)

# Django fills in the names: catalogue_location_code_upper, ...
CODE_IS_UPPER = models.CheckConstraint(
    condition=Q(code=Upper("code")) & ~Q(code=""), name="%(app_label)s_%(class)s_code_upper"
)
LABEL_STANDS = models.CheckConstraint(condition=~Q(label=""), name="%(app_label)s_%(class)s_label_given")


class Entry(models.Model):
    """A row of the catalogue: a code for ever, a label that may be reworded, a revision that counts the rewordings."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    label = models.CharField(_("label"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=500)
    is_retired = models.BooleanField(_("retired"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["order", "code"]
        constraints = [CODE_IS_UPPER, LABEL_STANDS]

    def __str__(self) -> str:
        return self.label


class Location(Entry):
    """A place in a home or in the common areas."""

    group = models.CharField(_("group"), max_length=10, choices=LocationGroup.choices)
    room_kind = models.CharField(_("kind of room"), max_length=12, choices=RoomKind.choices)
    suits = models.CharField(_("found in"), max_length=6, choices=Suits.choices, default=Suits.ANY)
    is_wet = models.BooleanField(_("wet area"), default=False)
    is_electrical = models.BooleanField(_("electrical equipment"), default=False)
    is_frequent = models.BooleanField(_("shown first"), default=False)
    icon = models.CharField(_("icon"), max_length=30)

    objects = LocationQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(group__in=LocationGroup.values), name="catalogue_location_group"),
            models.CheckConstraint(condition=Q(room_kind__in=RoomKind.values), name="catalogue_location_room_kind"),
            models.CheckConstraint(condition=Q(suits__in=Suits.values), name="catalogue_location_suits"),
        ]


class Trade(Entry):
    """A trade, as contractors are appointed for it."""

    component_tag = models.CharField(_("component tag"), max_length=20, choices=ComponentTag.choices, blank=True)
    guidance = models.ForeignKey(
        GuidanceArticle, on_delete=models.PROTECT, null=True, blank=True, related_name="trades"
    )

    objects = TradeQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(component_tag__in=["", *ComponentTag.values]), name="catalogue_trade_tag"
            ),
        ]

    @property
    def tags(self) -> tuple[str, ...]:
        """What cover rules match where only the trade is known."""
        return (self.component_tag,) if self.component_tag else ()


class Element(Entry):
    """A part of the building that a trade answers for."""

    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, to_field="code", related_name="elements")
    component_tag = models.CharField(_("own component tag"), max_length=20, choices=ComponentTag.choices, blank=True)

    objects = ElementQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(component_tag__in=["", *ComponentTag.values]), name="catalogue_element_tag"
            ),
        ]

    @property
    def tags(self) -> tuple[str, ...]:
        """What cover rules match: its own tag first, then its trade's (fetch with `select_related("trade")`)."""
        own = (self.component_tag,) if self.component_tag else ()
        return tuple(dict.fromkeys((*own, *self.trade.tags)))


class Priority(Entry):
    """P0 to P4 and what each means. The five are fixed, their words are not."""

    meaning = models.TextField(_("meaning"))

    objects = PriorityQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name_plural = _("priorities")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(code__in=PriorityCode.values), name="catalogue_priority_code"),
            models.CheckConstraint(condition=Q(is_retired=False), name="catalogue_priority_stays"),
        ]


class Target(models.Model):
    """How long something may take: the columns that the defaults here and a development's own targets share."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, to_field="code", related_name="+")
    clock = models.CharField(_("clock"), max_length=12, choices=Clock.choices)
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=14, choices=TargetUnit.choices)
    around_the_clock = models.BooleanField(_("day and night"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(app_label)s_%(class)s_amount_positive"),
            models.CheckConstraint(condition=Q(clock__in=Clock.values), name="%(app_label)s_%(class)s_clock"),
            models.CheckConstraint(condition=Q(unit__in=TargetUnit.values), name="%(app_label)s_%(class)s_unit"),
            models.CheckConstraint(
                condition=Q(around_the_clock=False) | ~Q(unit__in=WORKING_UNITS),
                name="%(app_label)s_%(class)s_night_is_no_working_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} {self.get_clock_display()}: {self.amount} {self.get_unit_display()}"


class SlaTarget(Target):
    """The target of a development that has none of its own."""

    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = SlaTargetQuerySet.as_manager()

    class Meta(Target.Meta):
        ordering = ["priority", "pk"]
        constraints = [
            *Target.Meta.constraints,
            models.UniqueConstraint(fields=["priority", "clock"], name="catalogue_slatarget_once"),
        ]


class DefectType(Entry):
    """A kind of fault: the officer's word, the homeowner's word, and what follows from it."""

    owner_label = models.CharField(_("homeowner's word"), max_length=60)
    group = models.CharField(_("group"), max_length=10, choices=FaultGroup.choices)
    default_trade = models.ForeignKey(Trade, on_delete=models.PROTECT, to_field="code", related_name="defect_types")
    default_priority = models.ForeignKey(Priority, on_delete=models.PROTECT, to_field="code", related_name="+")
    wet_area_bump = models.BooleanField(_("more urgent in a wet area"), default=False)
    photo_prompts = models.JSONField(_("photo prompts"), default=list, validators=[fields.check_prompts])
    questions = models.JSONField(_("questions"), default=list, blank=True, validators=[fields.check_questions])
    do_now = models.TextField(_("do this now"), blank=True)
    guidance = models.ForeignKey(
        GuidanceArticle, on_delete=models.PROTECT, null=True, blank=True, related_name="defect_types"
    )
    is_snag_only = models.BooleanField(_("counts only if listed at handover"), default=False)
    needs_repair_photo = models.BooleanField(_("needs a photo of the repair"), default=True)
    needs_method_note = models.BooleanField(_("needs a note how it was repaired"), default=False)
    is_safety = models.BooleanField(_("danger: always P1"), default=False)
    is_frequent = models.BooleanField(_("shown first"), default=False)
    icon = models.CharField(_("icon"), max_length=30)

    objects = DefectTypeQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(group__in=FaultGroup.values), name="catalogue_defecttype_group"),
            models.CheckConstraint(condition=~Q(owner_label=""), name="catalogue_defecttype_owner_label_given"),
            models.CheckConstraint(
                condition=Q(is_safety=False) | (Q(default_priority=PriorityCode.P1) & ~Q(do_now="")),
                name="catalogue_defecttype_danger_is_p1_with_words",
            ),
        ]

    @property
    def asked(self) -> list[fields.Question]:
        """The triage questions, in order."""
        return fields.read_questions(self.questions)
