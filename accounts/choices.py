"""The roles a person can have. Docs: design page `product.md`, People."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a signed-in person is to the developer. Exactly one a user."""

    OFFICER = "officer", _("Officer")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    HOMEOWNER = "homeowner", _("Homeowner")
    CONTRACTOR = "contractor", _("Contractor")


DESK_ROLES = (Role.OFFICER, Role.MANAGER)
STAFF_ROLES = (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)


class Outcome(models.TextChoices):
    """How a try to sign in ended; open while it is being looked at."""

    OPEN = "open", _("Being checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    STOPPED = "stopped", _("Stopped by the throttle")
