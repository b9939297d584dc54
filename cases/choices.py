"""The fixed words of a case. Source: design page `workflow.md`; slugs are stable names (`surface.md`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """The nine stored states, with the label that staff read."""

    NEW = "new", _("New")
    IN_REVIEW = "in-review", _("In review")
    ACCEPTED = "accepted", _("Accepted, to send")
    WITH_CONTRACTOR = "with-contractor", _("With contractor")
    TO_CHECK = "to-check", _("Repair to check")
    AWAITING_HOMEOWNER = "awaiting-homeowner", _("Awaiting homeowner")
    CLOSED_COMPLETE = "closed-complete", _("Closed complete")
    CLOSED_OUT_OF_SCOPE = "closed-out-of-scope", _("Closed out of scope")
    CLOSED_OTHER = "closed-other", _("Closed other")


OPEN_STATES = (
    Status.NEW,
    Status.IN_REVIEW,
    Status.ACCEPTED,
    Status.WITH_CONTRACTOR,
    Status.TO_CHECK,
    Status.AWAITING_HOMEOWNER,
)
CLOSED_STATES = (Status.CLOSED_COMPLETE, Status.CLOSED_OUT_OF_SCOPE, Status.CLOSED_OTHER)


class Channel(models.TextChoices):
    """How a report came in."""

    PORTAL = "portal", _("Portal")
    LINK = "link", _("Report link")
    PHONE = "phone", _("Phone")
    EMAIL = "e-mail", _("E-mail")
    WALK_IN = "walk-in", _("Walk-in")
    LETTER = "letter", _("Letter")
    STAFF = "staff", _("Found by staff")


class ReportState(models.TextChoices):
    """Whether we know who reported."""

    UNVERIFIED = "unverified", _("To verify")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Not for us")


class ClaimedRole(models.TextChoices):
    """What the reporter says to be, before anybody checked."""

    OWNER = "owner", _("I own this home")
    TENANT = "tenant", _("I rent this home")
    OTHER = "other", _("Somebody else")


class AccessTime(models.TextChoices):
    """When the reporter likes us to come."""

    MORNINGS = "mornings", _("Mornings")
    AFTERNOONS = "afternoons", _("Afternoons")
    SATURDAYS = "saturdays", _("Saturdays")
    ANY = "any", _("Any time")


class Ball(models.TextChoices):
    """Who acts next."""

    OFFICER = "officer", _("Officer")
    MANAGER = "manager", _("Manager")
    HOMEOWNER = "homeowner", _("Homeowner")
    CONTRACTOR = "contractor", _("Contractor")
    NOBODY = "nobody", _("Nobody")


class WorkStage(models.TextChoices):
    """Where the work stands with the company whose turn it is: derived from the work orders by one precedence table."""

    NONE = "", _("Not sent")
    NEW = "new", _("New: please accept")
    ACCEPTED = "accepted", _("Accepted: offer a date")
    UNDER_WAY = "under-way", _("Under way")
    WAITING = "waiting", _("Waiting")
    DISPUTED = "disputed", _("Under review")
    BACK = "back", _("Back to you")


class VisitKind(models.TextChoices):
    """Why somebody comes to the home. Stands here because a case's step depends on it."""

    INITIAL = "initial", _("Inspection")
    JOINT = "joint", _("Joint inspection")
    RECTIFICATION = "rectification", _("Repair")
    CHECK = "check", _("Check")
    END_OF_DLP = "end-of-dlp", _("Last inspection under your cover")


INSPECTIONS = (VisitKind.INITIAL, VisitKind.JOINT, VisitKind.END_OF_DLP)
"""Kinds after which a case in review counts as inspected."""


class PartyRole(models.TextChoices):
    """What a person is to one case."""

    REPORTER = "reporter", _("Reporter")
    CO_REPORTER = "co-reporter", _("Reported it too")
    FOLLOWER = "follower", _("Follows")
    CLAIMANT = "claimant", _("Claimant")


class EventKind(models.TextChoices):
    """What a diary row tells."""

    REPORTED = "reported", _("Reported")
    MOVE = "move", _("Moved")
    CORRECTED = "corrected", _("Corrected")
    MESSAGE = "message", _("Message")
    NOTE = "note", _("Internal note")
    CALL = "call", _("Call")
    EDITED = "edited", _("Facts edited")
    ASSIGNED = "assigned", _("Assigned")
    DATE = "date-changed", _("Date changed")
    HOLD = "hold", _("Put on hold")
    RESUMED = "resumed", _("Resumed")
    ASKED = "asked", _("Homeowner asked")
    ESCALATED = "escalated", _("Escalated")
    MADE_SAFE = "made-safe", _("Made safe")
    CONTRACTOR_SAID = "contractor-said", _("Contractor said")
    WORK = "work", _("Work order")
    FILE = "file", _("File added")
    VISIBILITY = "visibility", _("Visibility changed")
    PHOTO_LINK = "photo-link", _("Photo link sent")
    VISIT = "visit", _("Visit")
    DECISION_ASKED = "decision-asked", _("Decision asked")
    DECISION_RETURNED = "decision-returned", _("Returned with remarks")
    DECISION_DECLINED = "decision-declined", _("Decided otherwise")
    COVER = "cover", _("Cover assessed")
    JOINED = "joined", _("Joined with another report")
    REMINDED = "reminded", _("Reminder sent")
    SIGNED = "signed", _("Signed")


class Lane(models.TextChoices):
    """Who may read a message."""

    INTERNAL = "internal", _("Internal note")
    RESIDENT = "resident", _("Update resident")


class Direction(models.TextChoices):
    """From us or to us."""

    OUT = "out", _("From us")
    IN = "in", _("To us")


class AttachmentRole(models.TextChoices):
    """What a picture or paper shows."""

    BEFORE = "before", _("Before")
    CAUSE = "cause", _("Cause")
    AFTER = "after", _("After")
    DOCUMENT = "document", _("Document")
    OTHER = "other", _("Other")


class ClockKind(models.TextChoices):
    """The clocks of domain 6.3 that run from the first issue on."""

    ACKNOWLEDGE = "acknowledge", _("First answer")
    RECTIFY = "rectify", _("Our repair target")
    STATUTORY = "statutory", _("Statutory repair")
    UPDATE = "update", _("Next news")


class HoldKind(models.TextChoices):
    """A hold set by staff, or a question to the homeowner."""

    HOLD = "hold", _("On hold")
    ASK = "ask", _("Asked the homeowner")


class HoldReason(models.TextChoices):
    """Pause reasons (domain 6.3), worded so that the homeowner may read them."""

    OWNER_ACCESS = "owner-access", _("we wait for access to the home")
    OWNER_LATER = "owner-later", _("you asked for a later date")
    OWNER_INFORMATION = "owner-information", _("we wait for your answer")
    NO_ACCESS = "no-access", _("nobody was at home")
    MATERIAL = "material", _("material or a specialist has a long delivery time")
    DRYING = "drying", _("the repair must dry or be watched")
    WEATHER = "weather", _("the weather does not allow safe work")
    APPROVAL = "approval", _("a regulator, insurer or the management body must approve")
    NEIGHBOUR = "neighbour", _("we need access to a neighbour's home")
    FORCE_MAJEURE = "force-majeure", _("something nobody could foresee stops the work")
    CONTRACTOR_BUSY = "contractor-busy", _("our contractor needs more time")
    INTERNAL = "internal", _("we need more time")


NOT_PAUSING = (HoldReason.CONTRACTOR_BUSY, HoldReason.INTERNAL)
"""Reasons that hold a case but never stop a clock (domain 6.3)."""


class OutOfScopeReason(models.TextChoices):
    """Why a defect is not covered, in words that a homeowner may read."""

    EXPIRED = "expired", _("The cover had ended")
    WEAR = "wear", _("Wear and tear")
    MAINTENANCE = "maintenance", _("Part of maintaining the home")
    TOLERANCE = "tolerance", _("Within the accepted tolerance")
    DAMAGE = "damage", _("Damaged after handover")
    ALTERATION = "alteration", _("Caused by an alteration")
    NOT_SUPPLIED = "not-supplied", _("Not supplied by us")
    NO_DEFECT = "no-defect", _("No defect found")
    ANOTHER_PARTY = "another-party", _("The duty of somebody else")
    NOT_LISTED = "not-listed", _("Not on the handover list")


class OtherReason(models.TextChoices):
    """Why a case closed without repair or refusal."""

    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_ACCESS = "no-access", _("No access")
    SETTLED = "settled", _("Settled")
    PASSED_ON = "passed-on", _("Passed to another party")


class Basis(models.TextChoices):
    """On what basis something was checked or confirmed without the homeowner's own click."""

    PHONE = "phone", _("Told by phone")
    EMAIL = "e-mail", _("Told by e-mail")
    PAPER = "paper", _("Signed paper, scanned")
    SEEN = "seen", _("Seen by us")
    PICTURES = "pictures", _("Seen in the pictures")
    THIRD_PARTY = "third-party", _("Somebody else did it")


class Side(models.TextChoices):
    """Whose duty a verdict is about."""

    OWNER = "owner", _("Developer to owner")
    CONTRACTOR = "contractor", _("Contractor to developer")


class DecisionKind(models.TextChoices):
    """What a manager decides."""

    OUT_OF_SCOPE = "out-of-scope", _("Close: not covered")
    COVER = "cover", _("Accept although cover ended or is unclear")
    RECEIVED_DATE = "received-date", _("Change the received date")
    SETTLEMENT = "settlement", _("Settle")
    ESCALATION = "escalation", _("Escalated")
    REOPEN = "reopen", _("Reopen after cover and appeal window")
    DISPUTE = "dispute", _("Not ours, says the contractor")


class DecisionState(models.TextChoices):
    """Where a request for a decision stands."""

    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned with remarks")
    DECIDED = "decided", _("Decided otherwise")
    ENDED = "ended", _("No longer needed")


class NoticeChannel(models.TextChoices):
    """How a person was told."""

    EMAIL = "e-mail", _("E-mail")
    LETTER = "letter", _("Letter or phone to do")


class Audience(models.TextChoices):
    """For whom a sentence is written."""

    STAFF = "staff", _("Staff")
    HOMEOWNER = "homeowner", _("Homeowner")
    CONTRACTOR = "contractor", _("Contractor")


class SignAnswer(models.TextChoices):
    """What a homeowner answers about one repair on a list to sign (domain 6.4)."""

    ACCEPTED = "accepted", _("Accepted")
    NOT_YET = "not-yet", _("Not accepted")
    LATER = "later", _("Decided later")
    PROTEST = "under-protest", _("Accepted under protest")


SIGNED_FOR = (SignAnswer.ACCEPTED, SignAnswer.PROTEST)
"""Answers that end the work on a repair."""


class SignHow(models.TextChoices):
    """By which door a signature came."""

    PORTAL = "portal", _("On the portal")
    LINK = "link", _("By the link of a mail")
    FINGER = "finger", _("On our phone, in our presence")
