"""The fixed words of the catalogue: what code depends on. Everything else is rows an administrator may edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PriorityCode(models.TextChoices):
    """How urgent a case is; the most urgent is P1, P0 is a request for information."""

    P1 = "P1", _("P1 Emergency")
    P2 = "P2", _("P2 Urgent")
    P3 = "P3", _("P3 Routine")
    P4 = "P4", _("P4 Deferred")
    P0 = "P0", _("P0 Information")


class Clock(models.TextChoices):
    """What is timed against a target. When each starts and stops is the business of the cases room."""

    ACKNOWLEDGE = "acknowledge", _("First human answer")
    CONTACT = "contact", _("First contact or attendance")
    MAKE_SAFE = "make-safe", _("Made safe")
    INSPECT = "inspect", _("Inspect")
    DECIDE = "decide", _("Decide")
    RECTIFY = "rectify", _("Repair and check")
    UPDATE = "update", _("Next news to the owner")
    WORK_ACCEPT = "work-accept", _("Contractor: accept")
    WORK_DATE = "work-date", _("Contractor: offer a date")
    WORK_PROOF = "work-proof", _("Contractor: send the pictures")


class TargetUnit(models.TextChoices):
    """In what a target is counted; days are calendar days, working time follows the development's calendar."""

    MINUTES = "minutes", _("minutes")
    WORKING_HOURS = "working-hours", _("working hours")
    WORKING_DAYS = "working-days", _("working days")
    DAYS = "days", _("days")


WORKING_UNITS = (TargetUnit.WORKING_HOURS, TargetUnit.WORKING_DAYS)


class LocationGroup(models.TextChoices):
    """Whose place it is."""

    UNIT = "unit", _("In the home")
    OUTSIDE = "outside", _("Outside, part of the home")
    COMMON = "common", _("Common area")


class Suits(models.TextChoices):
    """Which homes have the place."""

    ANY = "any", _("Any home")
    FLAT = "flat", _("Flats only")
    LANDED = "landed", _("Houses only")


class RoomKind(models.TextChoices):
    """What kind of room it is: decides which parts of it a homeowner is shown."""

    LIVING = "living", _("Living space")
    BEDROOM = "bedroom", _("Bedroom")
    BATHROOM = "bathroom", _("Bathroom")
    KITCHEN = "kitchen", _("Kitchen")
    LAUNDRY = "laundry", _("Laundry or yard")
    BALCONY = "balcony", _("Balcony")
    PASSAGE = "passage", _("Hall or entrance")
    STAIRS = "stairs", _("Stairs")
    STORE = "store", _("Store")
    SERVICE = "service", _("Meters and machines")
    ROOF = "roof", _("Roof")
    GROUND = "ground", _("Ground, garden, parking")
    OUTER_WALL = "outer-wall", _("Outer wall")
    AMENITY = "amenity", _("Shared room")
    LIFT = "lift", _("Lift")
    WHOLE = "whole", _("Everywhere")


class ElementTile(models.TextChoices):
    """The plain word a homeowner picks for the part of the room; trade and element follow from it and the fault."""

    CEILING = "ceiling", _("Ceiling")
    WALL = "wall", _("Wall")
    FLOOR = "floor", _("Floor")
    DOOR = "door", _("Door")
    WINDOW = "window", _("Window")
    TAP = "tap", _("Sink or tap")
    TOILET = "toilet", _("Toilet")
    SHOWER = "shower", _("Shower or bath")
    SOCKET = "socket", _("Socket, switch, light")
    AIRCON = "aircon", _("Air-con or fan")
    HEATING = "heating", _("Heating or hot water")
    CUPBOARD = "cupboard", _("Cupboard or worktop")
    APPLIANCE = "appliance", _("Appliance")
    INTERCOM = "intercom", _("Intercom, TV, internet")
    RAILING = "railing", _("Railing, gate, stairs")
    DRAIN = "drain", _("Drain or pipe")
    ROOF = "roof", _("Roof or gutter")
    PAVING = "paving", _("Paving or ground")
    LIFT = "lift", _("Lift")
    OTHER = "other", _("Something else")

    @classmethod
    def word_for(cls, tile: str) -> str:
        """The plain word; empty for nothing picked and for *something else*."""
        return str(cls(tile).label) if tile in cls.values and tile != cls.OTHER else ""


class ComponentTag(models.TextChoices):
    """What cover rules select by (a rule may give the roof ten years and the paint one)."""

    STRUCTURAL = "structural", _("Structure")
    ENVELOPE = "envelope", _("Outer walls, windows")
    WATERPROOFING = "waterproofing", _("Waterproofing")
    FINISHES = "finishes", _("Finishes")
    SERVICES = "m-and-e", _("Mechanical and electrical")
    FIRE = "fire-safety", _("Fire safety")
    SAFETY = "safety", _("Safety")
    APPLIANCE = "appliance", _("Appliances")
    EXTERNAL = "external", _("External works")
    EXTERNAL_DRAINAGE = "external-drainage", _("External drainage")
    SNAG = "snag", _("Handover items")
    OTHER = "other", _("Other")


class FaultGroup(models.TextChoices):
    """The family of a defect type."""

    WATER = "water", _("Water and damp")
    CRACKS = "cracks", _("Cracks")
    SURFACE = "surface", _("Surfaces")
    FIT = "fit", _("Fit and function")
    SERVICES = "services", _("Power, water, air")
    SAFETY = "safety", _("Safety")
    OTHER = "other", _("Other")
