"""The words of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """Where a visit stands."""

    OFFERED = "offered", _("Times offered")
    BOOKED = "booked", _("Booked")
    DONE = "done", _("Took place")
    NO_ACCESS = "no-access", _("Nobody at home")
    NO_SHOW = "no-show", _("Nobody came")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (VisitState.OFFERED, VisitState.BOOKED)
"""Not yet answered for."""


class PartyKind(models.TextChoices):
    """Which side somebody at a visit is on."""

    HOMEOWNER = "homeowner", _("Homeowner")
    COMPANY = "company", _("Contractor")
    STAFF = "staff", _("Office")


class Answer(models.TextChoices):
    """What a party says to the booked time."""

    WAITING = "waiting", _("Not answered")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Cannot come")


class Attendance(models.TextChoices):
    """Who was there."""

    UNKNOWN = "", _("Not recorded")
    THERE = "there", _("Was there")
    ABSENT = "absent", _("Was not there")


class OfferState(models.TextChoices):
    """What became of offered times. `asked`: none of them suits, the homeowner named another day."""

    OPEN = "open", _("Waits for the homeowner")
    ASKED = "asked", _("Another day asked for")
    CHOSEN = "chosen", _("Chosen")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("No answer in time")


class Half(models.TextChoices):
    """Half a day."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class Door(models.TextChoices):
    """Who opens the door."""

    SELF = "self", _("I do")
    SOMEBODY = "somebody", _("Someone else")
    GUARD = "guard", _("Key at the guard house")


class Rule(models.TextChoices):
    """What time itself makes us write to a party of a visit."""

    TWO_DAYS = "48h", _("Two days before")
    ONE_DAY = "24h", _("One day before")
    CAME = "came", _("Did someone come?")
    OVER = "over", _("Two weeks after the final notice")


class Verdict(models.TextChoices):
    """What was seen of one case at a visit."""

    OK = "ok", _("OK")
    NOT_OK = "not-ok", _("Not OK")
    UNSEEN = "unseen", _("Not looked at")


class WhyNot(models.TextChoices):
    """Why something is not OK."""

    MORE_WORK = "more-work", _("More work needed")
    PARTS = "parts", _("Waiting for parts")
    NO_ACCESS = "no-access", _("Could not get in")
