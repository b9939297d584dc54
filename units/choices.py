"""The fixed words of homes, handovers and cover. Source: domain 3.4."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is: somebody's home, or a common area held by the management body."""

    HOME = "home", _("Home")
    COMMON = "common", _("Common area")


class HandoverKind(models.TextChoices):
    """Dated facts from which a period of cover can start."""

    VP_TAKEN = "vp-taken", _("Vacant possession taken")
    VP_NOTICE = "vp-notice", _("Notice of vacant possession received")
    REFUSED = "possession-refused", _("Owner refused possession")
    KEYS = "keys-collected", _("Keys collected")
    LEGAL_COMPLETION = "legal-completion", _("Legal completion")
    CCC = "ccc", _("Certificate of completion and compliance (CCC, CFO)")
    TOP = "top", _("Temporary occupation permit (TOP, CSC)")
    COMPLETION_CERTIFICATE = "completion-certificate", _("Completion certificate")
    OCCUPATION_CERTIFICATE = "occupation-certificate", _("Occupation certificate")
    PRACTICAL_COMPLETION = "practical-completion", _("Practical completion, whole")
    SECTIONAL_COMPLETION = "sectional-completion", _("Practical completion, section")
    PARTIAL_POSSESSION = "partial-possession", _("Partial possession")
    FINAL_CERTIFICATE = "final-certificate", _("Final certificate")
    COMMISSIONING = "commissioning", _("Commissioning")
    REPLACEMENT = "replacement", _("Installation or replacement")
    RESALE = "resale", _("Resale")
    COMMON_START = "common-start", _("Start of cover for the common property")


class Scope(models.TextChoices):
    """The part of a development that a rule speaks of."""

    ANY = "any", _("Everything")
    UNIT = "unit", _("Home")
    ACCESSORY = "accessory", _("Accessory parcel")
    COMMON = "common", _("Common property")
    LIMITED_COMMON = "limited-common", _("Limited common property")
    EXTERNAL = "external", _("External and landscape")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class Effect(models.TextChoices):
    """What a matching rule says."""

    COVER = "cover", _("Covers for a period")
    NO_COVER = "no-cover", _("The agreement gives no cover")
    OTHER_WARRANTY = "other-warranty", _("Another warranty answers")
    MAINTENANCE = "owner-maintenance", _("The owner's maintenance")
    THIRD_PARTY = "third-party-damage", _("Damage by somebody else")
    REVIEW = "review", _("A person has to look")


class StartPick(models.TextChoices):
    """Which date counts when a rule names several start events."""

    FIRST_AVAILABLE = "first-available", _("First of the list that has a date")
    EARLIEST = "earliest", _("Earliest")
    LATEST = "latest", _("Latest")


class LengthKind(models.TextChoices):
    """How the end of a period is known."""

    PERIOD = "period", _("A period")
    FIXED_DATE = "fixed-date", _("Until a fixed date")
    REASONABLE = "reasonable", _("Reasonable time, no computed end")


class PeriodUnit(models.TextChoices):
    """Calendar units of a period."""

    YEARS = "years", _("years")
    MONTHS = "months", _("months")
    WEEKS = "weeks", _("weeks")
    DAYS = "days", _("days")


class EndConvention(models.TextChoices):
    """Which day is the last day inside."""

    CORRESPONDING = "corresponding", _("The corresponding date, inclusive")
    DAY_BEFORE = "day-before", _("The day before the corresponding date")
    END_OF_MONTH = "end-of-month", _("The last day of that month")


class Test(models.TextChoices):
    """What has to happen within the period."""

    APPARENT = "apparent", _("The defect becomes apparent")
    NOTIFIED = "notified", _("The defect is notified (sent)")
    RECEIVED = "received", _("The notice is received")
    PROCEEDINGS = "proceedings", _("Proceedings are started")

    __test__ = False  # not a test case for pytest


class DutyUnit(models.TextChoices):
    """Units of the time to act once notified."""

    DAYS = "days", _("days")
    WORKING_DAYS = "working-days", _("working days")
    MONTHS = "months", _("months")


class DutyStart(models.TextChoices):
    """From which day the time to act counts."""

    NOTICE = "notice", _("Receipt of the written notice")
    ANNIVERSARY = "anniversary", _("The next anniversary of the start of cover (year-end period)")
    AFTER_START = "after-start", _("A number of days after the start of cover, or the notice if later")


class ExtensionKind(models.TextChoices):
    """What a repair does to the cover of the repaired item."""

    NONE = "none", _("Nothing")
    MONTHS = "months", _("The remaining period, but not less than a number of months from the repair")
    RESTART = "restart", _("The whole period starts again for the replaced part")


class Transfer(models.TextChoices):
    """Whom the cover follows on a resale."""

    WITH_PROPERTY = "with-property", _("Runs with the property")
    ORIGINAL_ONLY = "original-only", _("Original purchaser only")
    NEEDS_NOTICE = "needs-notice", _("Runs on once the transfer is notified")


class Claimant(models.TextChoices):
    """Who may claim under a rule."""

    PURCHASER = "purchaser", _("purchaser")
    JOINT = "joint-purchaser", _("joint purchaser")
    SUCCESSOR = "successor", _("later owner")
    TENANT = "tenant", _("tenant, as reporter only")
    MANAGEMENT_BODY = "management-body", _("management body")
    MORTGAGEE = "mortgagee", _("mortgagee, information only")


class CoverStatus(models.TextChoices):
    """The answers of the liability engine; never a bare yes or no."""

    COVERED = "covered", _("Covered")
    COVERED_EXTENDED = "covered-extended", _("Covered (extended)")
    SNAG_COVERED = "snag-only-covered", _("Covered (handover list)")
    EXPIRED = "expired", _("Cover ended")
    NOT_STARTED = "not-started", _("Cover not started")
    OTHER_WARRANTY = "other-warranty", _("Another warranty")
    OWNER_MAINTENANCE = "owner-maintenance", _("Owner's maintenance")
    THIRD_PARTY = "third-party-damage", _("Damage by others")
    UNCLEAR = "unclear-needs-review", _("Needs review")


COVERED_STATUSES = frozenset({CoverStatus.COVERED, CoverStatus.COVERED_EXTENDED, CoverStatus.SNAG_COVERED})


class Route(models.TextChoices):
    """Where a case goes from a verdict. A report is never thrown away because cover ended."""

    NONE = "", _("Ordinary way")
    REVIEW = "review", _("A manager reviews")
    GOODWILL = "goodwill", _("A manager decides on goodwill")
    GUIDANCE = "guidance", _("Guidance for the owner")
    OTHER_PARTY = "other-party", _("Passed to another party")
    REOPEN = "reopen", _("The earlier repair is opened again")
