"""Policies of cover as data: rules that the liability engine reads, versioned, never edited once used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.fields import Threshold, check_thresholds, read_thresholds
from units import rule_fields, validation
from units.choices import (
    DutyStart,
    DutyUnit,
    Effect,
    EndConvention,
    ExtensionKind,
    HandoverKind,
    LengthKind,
    PeriodUnit,
    Scope,
    StartPick,
    Test,
    Transfer,
)
from units.models.places import Block, Development, Unit
from units.querysets import PolicyAssignmentQuerySet


class Policy(models.Model):
    """One version of one agreement's rules. `used_at` is set by its first assignment; from then on nothing changes."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=120)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=60)
    agreement = models.CharField(_("agreement"), max_length=160, blank=True)
    source = models.TextField(_("source"), blank=True, help_text=_("Where the figures come from, with the edition."))
    appeal_days = models.PositiveSmallIntegerField(
        _("days to appeal"), null=True, blank=True, help_text=_("Empty: as the development says.")
    )
    reply_days = models.PositiveSmallIntegerField(
        _("days to confirm a repair"), default=14, help_text=_("No answer after these: completed, no reply.")
    )
    all_owners_sign = models.BooleanField(
        _("every owner signs"),
        default=False,
        help_text=_("A repair is completed only when each owner and joint owner has signed for it."),
    )
    thresholds = models.JSONField(
        _("numbers quoted to owners"), default=dict, blank=True, validators=[check_thresholds]
    )
    used_at = models.DateTimeField(_("in use since"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "-version"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="units_policy_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="units_policy_version"),
            models.CheckConstraint(condition=Q(reply_days__gte=1), name="units_policy_reply_days"),
            models.CheckConstraint(
                condition=Q(appeal_days=None) | Q(appeal_days__gte=1), name="units_policy_appeal_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"

    @property
    def is_used(self) -> bool:
        """Stands behind a home: a change needs the next version."""
        return self.used_at is not None

    @property
    def quoted(self) -> dict[str, Threshold]:
        """The numbers that guidance and letters quote under this policy."""
        return read_thresholds(self.thresholds)


class CoverageRule(models.Model):
    """What a policy says about some parts of some places. Rules are read by `order`; the first that fits answers.

    Empty selectors fit everything, so a rule without any is the default and stands last. All dimensions: domain 3.4.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="rules", verbose_name=_("policy"))
    code = models.SlugField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(
        _("covers what"), max_length=120, help_text=_("Read by homeowners, for example: general defects.")
    )
    effect = models.CharField(_("effect"), max_length=20, choices=Effect.choices, default=Effect.COVER)

    scope = models.CharField(_("place"), max_length=16, choices=Scope.choices, default=Scope.ANY)
    tags = models.JSONField(_("component tags"), default=list, blank=True, validators=[validation.list_of_words])
    trades = models.JSONField(_("trades"), default=list, blank=True, validators=[validation.list_of_words])
    elements = models.JSONField(_("elements"), default=list, blank=True, validators=[validation.list_of_words])
    types = models.JSONField(_("defect types"), default=list, blank=True, validators=[validation.list_of_words])
    is_snag_only = models.BooleanField(_("only if on the handover list"), default=False)

    starts = models.JSONField(
        _("starts at"),
        default=list,
        blank=True,
        validators=[rule_fields.check_starts],
        help_text=_("For example [{“event”: “vp-notice”, “plus_days”: 14, “is_deemed”: true}]."),
    )
    start_pick = models.CharField(
        _("of several"), max_length=16, choices=StartPick.choices, default=StartPick.FIRST_AVAILABLE
    )
    start_if_refused = models.CharField(
        _("starts, if possession was refused, at"), max_length=24, choices=HandoverKind.choices, blank=True
    )

    length_kind = models.CharField(_("length"), max_length=12, choices=LengthKind.choices, default=LengthKind.PERIOD)
    length_amount = models.PositiveSmallIntegerField(_("amount"), null=True, blank=True)
    length_unit = models.CharField(_("unit"), max_length=8, choices=PeriodUnit.choices, default=PeriodUnit.MONTHS)
    fixed_end = models.DateField(_("fixed end"), null=True, blank=True)
    extra_months = models.PositiveSmallIntegerField(_("contractual extra months"), default=0)
    end_convention = models.CharField(
        _("last day"), max_length=14, choices=EndConvention.choices, default=EndConvention.CORRESPONDING
    )
    rolls_forward = models.BooleanField(_("last day rolls to the next business day"), default=False)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    test = models.CharField(_("within the period"), max_length=12, choices=Test.choices, default=Test.RECEIVED)

    duty_amount = models.PositiveSmallIntegerField(_("time to act"), null=True, blank=True)
    duty_unit = models.CharField(
        _("unit of the time to act"), max_length=14, choices=DutyUnit.choices, default=DutyUnit.DAYS
    )
    duty_start = models.CharField(
        _("time to act from"), max_length=12, choices=DutyStart.choices, default=DutyStart.NOTICE
    )
    duty_start_days = models.PositiveSmallIntegerField(_("days after the start of cover"), default=0)
    duty_is_statutory = models.BooleanField(_("set by law or agreement"), default=False)
    duty_rolls_forward = models.BooleanField(_("time to act rolls to the next business day"), default=False)
    blackouts = models.JSONField(
        _("days that do not count"),
        default=list,
        blank=True,
        validators=[validation.day_ranges],
        help_text=_("Month and day, for example [[“12-24”, “01-01”]]."),
    )
    opportunity_days = models.PositiveSmallIntegerField(
        _("days before the owner may repair"),
        null=True,
        blank=True,
        help_text=_("After the owner told the cost; from then the developer still may do the work."),
    )

    extension = models.CharField(
        _("a repair extends by"), max_length=10, choices=ExtensionKind.choices, default=ExtensionKind.NONE
    )
    extension_months = models.PositiveSmallIntegerField(_("months from the repair"), default=0)
    extension_cap_months = models.PositiveSmallIntegerField(
        _("never beyond the period by more months than"), null=True, blank=True
    )
    transfer = models.CharField(
        _("on a resale"), max_length=16, choices=Transfer.choices, default=Transfer.WITH_PROPERTY
    )
    claimants = models.JSONField(_("who may claim"), default=list, blank=True, validators=[rule_fields.check_claimants])

    clause = models.CharField(_("clause"), max_length=200, blank=True)
    words = models.TextField(_("words for the owner"), blank=True, help_text=_("Added to the explanation."))

    class Meta:
        ordering = ["policy", "order"]
        verbose_name = _("coverage rule")
        verbose_name_plural = _("coverage rules")
        constraints = [
            models.UniqueConstraint(fields=["policy", "code"], name="units_coveragerule_code_once"),
            models.UniqueConstraint(fields=["policy", "order"], name="units_coveragerule_order_once"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="units_coveragerule_effect"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="units_coveragerule_scope"),
            models.CheckConstraint(
                condition=~Q(effect=Effect.COVER)
                | Q(length_kind=LengthKind.PERIOD, length_amount__isnull=False, length_amount__gte=1)
                | Q(length_kind=LengthKind.FIXED_DATE, fixed_end__isnull=False)
                | Q(length_kind=LengthKind.REASONABLE),
                name="units_coveragerule_has_an_end",
                violation_error_message=_("Say how long the cover lasts."),
            ),
            models.CheckConstraint(
                condition=Q(duty_amount=None) | Q(duty_amount__gte=1), name="units_coveragerule_duty_amount"
            ),
            models.CheckConstraint(
                condition=~Q(extension=ExtensionKind.MONTHS) | Q(extension_months__gte=1),
                name="units_coveragerule_extension_months",
                violation_error_message=_("Say how many months from the repair."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.code}/{self.code}"


class PolicyAssignment(models.Model):
    """A policy in force from a day on: the most specific of unit, block and development wins, then the latest."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("policy"))
    development = models.ForeignKey(
        Development,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_assignments",
        verbose_name=_("development"),
    )
    block = models.ForeignKey(
        Block,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_assignments",
        verbose_name=_("block"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="policy_assignments", verbose_name=_("unit")
    )
    from_on = models.DateField(_("from"))

    objects = PolicyAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        verbose_name = _("policy assignment")
        verbose_name_plural = _("policy assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(development__isnull=False, block=None, unit=None)
                | Q(development=None, block__isnull=False, unit=None)
                | Q(development=None, block=None, unit__isnull=False),
                name="units_policyassignment_one_place",
                violation_error_message=_("Name one place: a development, a block or a unit."),
            ),
            models.UniqueConstraint(
                fields=["development", "from_on"],
                condition=Q(development__isnull=False),
                name="units_policyassignment_development_day",
            ),
            models.UniqueConstraint(
                fields=["block", "from_on"], condition=Q(block__isnull=False), name="units_policyassignment_block_day"
            ),
            models.UniqueConstraint(
                fields=["unit", "from_on"], condition=Q(unit__isnull=False), name="units_policyassignment_unit_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} from {self.from_on:%Y-%m-%d}"

    @property
    def place(self) -> Development | Block | Unit:
        """Where the policy counts."""
        found = self.unit or self.block or self.development
        assert found, "the database holds exactly one place"  # noqa: S101
        return found

    @property
    def rank(self) -> tuple[int, object]:
        """Greater wins: unit before block before development, then the later day."""
        return (2 if self.unit_id else 1 if self.block_id else 0, self.from_on)
