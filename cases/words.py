"""What each audience reads about a case. The only place that words a state or a step (workflow.md sections 1 and 6)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import Audience, Status

Words = str | Promise


@dataclass(frozen=True)
class StepWords:
    """One derived step. Placeholders: {date} {when} {reason} {note}. `pill`: the colour class, never the only sign."""

    status: Status
    staff: Words
    homeowner: Words
    contractor: Words
    pill: str

    def for_audience(self, audience: Audience) -> Words:
        """The sentence for one audience."""
        return {
            Audience.STAFF: self.staff,
            Audience.HOMEOWNER: self.homeowner,
            Audience.CONTRACTOR: self.contractor,
        }[audience]


HIDDEN = "-"
"""A contractor is not shown the case in this step."""

_LOOKING = _("We are looking into it")
_WITH = _("With our contractor, dates by {date}")

STEPS: dict[str, StepWords] = {
    "new": StepWords(Status.NEW, _("New"), _("Received"), HIDDEN, "new"),
    "in-review": StepWords(Status.IN_REVIEW, _("In review"), _LOOKING, HIDDEN, "moving"),
    "inspection-booked": StepWords(
        Status.IN_REVIEW, _("Inspection booked"), _("Inspection booked for {when}"), _("Inspection {when}"), "booked"
    ),
    "inspected": StepWords(
        Status.IN_REVIEW, _("Inspected"), _("Inspected, our answer by {date}"), _("Inspected"), "moving"
    ),
    "decision": StepWords(Status.IN_REVIEW, _("Manager decides"), _LOOKING, HIDDEN, "waiting"),
    "accepted": StepWords(
        Status.ACCEPTED, _("Accepted, to send"), _("Accepted, we are arranging the repair"), HIDDEN, "moving"
    ),
    "contractor-new": StepWords(
        Status.WITH_CONTRACTOR, _("New for contractor"), _WITH, _("New: please accept"), "moving"
    ),
    "contractor-accepted": StepWords(
        Status.WITH_CONTRACTOR, _("With contractor"), _WITH, _("Accepted: offer a date"), "moving"
    ),
    "repair-booked": StepWords(
        Status.WITH_CONTRACTOR, _("Repair booked"), _("Repair booked for {when}"), _("Booked {when}"), "booked"
    ),
    "joint-booked": StepWords(
        Status.WITH_CONTRACTOR,
        _("Inspection booked"),
        _("Inspection booked for {when}"),
        _("Joint inspection {when}"),
        "booked",
    ),
    "under-way": StepWords(
        Status.WITH_CONTRACTOR, _("Repair under way"), _("Repair under way"), _("Under way"), "moving"
    ),
    "waiting": StepWords(
        Status.WITH_CONTRACTOR, _("Waiting for {note}"), _("Waiting for {note} until {date}"), _("Waiting"), "waiting"
    ),
    "disputed": StepWords(Status.WITH_CONTRACTOR, _("Dispute to decide"), _WITH, _("Under review"), "waiting"),
    "more-work": StepWords(
        Status.WITH_CONTRACTOR, _("More work needed"), _("More work needed"), _("Back to you: {note}"), "late"
    ),
    "repair-done": StepWords(
        Status.TO_CHECK, _("Repair to check"), _("Repair done, we are checking it"), _("Done, being checked"), "moving"
    ),
    "check-booked": StepWords(
        Status.TO_CHECK, _("Check booked"), _("Check booked for {when}"), _("Done, being checked"), "booked"
    ),
    "not-right": StepWords(
        Status.TO_CHECK,
        _("Not right: answer"),
        _("You told us it is not right, we answer by {date}"),
        _("Done, being checked"),
        "late",
    ),
    "confirm": StepWords(
        Status.AWAITING_HOMEOWNER,
        _("Please confirm"),
        _("Please confirm the repair"),
        _("Done, with the homeowner"),
        "waiting",
    ),
    "asked": StepWords(
        Status.IN_REVIEW,
        _("Asked homeowner"),
        _("We asked you something: please answer by {date}"),
        _("Under review"),
        "waiting",
    ),
    "on-hold": StepWords(
        Status.IN_REVIEW, _("On hold"), _("Paused until {date} because {reason}"), _("Paused until {date}"), "waiting"
    ),
    "closed-complete": StepWords(
        Status.CLOSED_COMPLETE, _("Closed complete"), _("Completed (you confirmed on {date})"), _("Closed"), "done"
    ),
    "closed-protest": StepWords(
        Status.CLOSED_COMPLETE,
        _("Closed, accepted under protest"),
        _("Closed (you accepted it under protest on {date})"),
        _("Closed"),
        "done",
    ),
    "closed-by-us": StepWords(
        Status.CLOSED_COMPLETE, _("Closed complete"), _("Completed on {date}"), _("Closed"), "done"
    ),
    "closed-no-reply": StepWords(
        Status.CLOSED_COMPLETE, _("Closed, no reply"), _("Completed (no reply received)"), _("Closed"), "done"
    ),
    "closed-out-of-scope": StepWords(
        Status.CLOSED_OUT_OF_SCOPE,
        _("Closed out of scope"),
        _("Not covered: our reasons, and how to ask again"),
        _("No longer needed"),
        "done",
    ),
    "closed-duplicate": StepWords(Status.CLOSED_OTHER, _("Duplicate"), _("Joined with {note}"), _("Cancelled"), "done"),
    "closed-withdrawn": StepWords(Status.CLOSED_OTHER, _("Withdrawn"), _("Withdrawn"), _("Cancelled"), "done"),
    "closed-no-access": StepWords(
        Status.CLOSED_OTHER, _("Closed, no access"), _("Closed, contact us to restart"), _("Cancelled"), "done"
    ),
    "closed-settled": StepWords(Status.CLOSED_OTHER, _("Settled"), _("Settled"), _("Cancelled"), "done"),
    "closed-passed-on": StepWords(
        Status.CLOSED_OTHER, _("Passed to {note}"), _("Passed to {note}"), _("Cancelled"), "done"
    ),
}

FORBIDDEN_TO_HOMEOWNERS = (
    "rejected",
    "invalid",
    "sla",
    "ticket",
    "rectification",
    "verification",
    "out of scope",
    "blame",
)
"""Never in anything that a homeowner reads from us (workflow.md section 6); our officers' own words are theirs."""

HURTING_WORDS = (*FORBIDDEN_TO_HOMEOWNERS, "your fault", "you failed", "careless", "obviously", "as i already")
"""A message to a homeowner with one of these is sent only after a second look (product.md 13)."""

PROGRESS = (
    (_("Received"), (Status.NEW, Status.IN_REVIEW)),
    (_("Accepted"), (Status.ACCEPTED,)),
    (_("With contractor"), (Status.WITH_CONTRACTOR,)),
    (_("Repaired"), (Status.TO_CHECK, Status.AWAITING_HOMEOWNER)),
    (_("You confirm"), (Status.CLOSED_COMPLETE,)),
)
"""The homeowner's progress line (look.md)."""


def hurting_words(text: str) -> list[str]:
    """Words in `text` that hurt or that homeowners must not read."""
    lowered = f" {text.lower()} "
    return [word for word in HURTING_WORDS if f" {word}" in lowered]


def in_a_sentence(label: str) -> str:
    """A label as it reads after the first word: "Caused by an alteration" becomes "caused by an alteration"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
