"""The words of the register of people: how somebody holds a home, and how we know it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenureRole(models.TextChoices):
    """In which right a person has to do with a unit. Source: domain reference 3.4 (Claimants)."""

    OWNER = "owner", _("Owner")
    JOINT_OWNER = "joint-owner", _("Joint owner")
    REPRESENTATIVE = "representative", _("Representative")
    MANAGEMENT_BODY = "management-body", _("Management body")
    TENANT = "tenant", _("Tenant")


OWNER_ROLES = (TenureRole.OWNER, TenureRole.JOINT_OWNER)
CONFIRMING_ROLES = (*OWNER_ROLES, TenureRole.REPRESENTATIVE, TenureRole.MANAGEMENT_BODY)
RANK = {role: rank for rank, role in enumerate(TenureRole)}


class VerifiedHow(models.TextChoices):
    """On what the office relied when it wrote a tenure down."""

    HANDOVER_LIST = "handover-list", _("Handover list")
    TITLE = "title", _("Title or sale and purchase agreement")
    SOLICITOR = "solicitor", _("Solicitor's letter")
    TENANCY = "tenancy", _("Tenancy agreement")
    AUTHORITY = "authority", _("Letter of authority")
    OWNER_CONFIRMED = "owner-confirmed", _("The owner confirmed it")
    OFFICE_CHECK = "office-check", _("Checked by the office")


class Language(models.TextChoices):
    """The language a person wants letters in."""

    ENGLISH = "en", _("English")
    MALAY = "ms", _("Malay")
    CHINESE = "zh", _("Chinese")
    TAMIL = "ta", _("Tamil")
