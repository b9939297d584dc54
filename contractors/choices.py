"""The words of the register of companies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyKind(models.TextChoices):
    """How a company stands to the developer. Source: domain reference, glossary."""

    MAIN = "main", _("Main contractor")
    SUB = "sub", _("Sub-contractor")
    DIRECT = "direct", _("Direct contractor")
    THIRD_PARTY = "third-party", _("Third-party contractor")
