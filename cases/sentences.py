"""The sentences of mails: one row a happening and audience, one mail template for all (workflow.md section 6).

Placeholders: {fault} room and fault, {ref}, {home}, {officer}, {today}, {news} date of the next news, {name} who acted,
{reason}, {other} the other case, {party}, {follow_up}, {due}, {deadline}, {appeal}, {when} a visit's window, {done}
repair date, {letter} number of the closing notes.
The contractor is never named to a homeowner in a sentence about a slip.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.choices import Audience
from cases.words import Words


@dataclass(frozen=True)
class Sentence:
    """Subject, first sentence, what happens next, and the links that the mail offers."""

    subject: Words
    lead: Words = ""
    next: Words = ""
    links: tuple[str, ...] = ("see",)


HOME, STAFF, WORKS = Audience.HOMEOWNER, Audience.STAFF, Audience.CONTRACTOR
_NEWS = _("Next news by {news}.")

SENTENCES: dict[tuple[str, Audience], Sentence] = {
    ("start-review", HOME): Sentence(
        _("We are looking into it: {fault} ({ref})"),
        _("{officer} is looking into your report."),
        _("You hear from us by {news}."),
    ),
    ("accept", HOME): Sentence(
        _("We will repair: {fault} ({ref})"),
        _("We accepted this on {today}."),
        _("We are arranging the repair. Next news by {news}; nothing to do until then."),
    ),
    ("accept-and-send", HOME): Sentence(
        _("We will repair: {fault} ({ref})"),
        _("We accepted this and passed it to our contractor today."),
        _("You get dates to choose from by {dates}; nothing to do until then."),
    ),
    ("accept-and-send", WORKS): Sentence(
        _("New {priority}: {fault}, {home}, due {due} ({ref})"),
        _("Please accept this repair at {home} and offer a date."),
        _("Due {due}. Tell {officer} when you can come; we tell the resident."),
        ("job",),
    ),
    ("report-done", HOME): Sentence(
        _("Repair done, we are checking it: {fault} ({ref})"),
        _("We were told on {today} that the repair is done."),
        _("{officer} checks it and writes to you by {news}."),
    ),
    ("report-done", STAFF): Sentence(
        _("Repair to check: {fault}, {home} ({ref})"),
        _("The repair was reported as done on {today}."),
        _("The resident hears from us by {news}."),
        ("desk",),
    ),
    ("ask-sign-off", HOME): Sentence(
        _("Is it fixed? {fault} ({ref})"),
        _("The repair was done on {done} and {officer} checked it; pictures below."),
        _("No answer by {deadline}: we note it as completed; you can reopen it while your cover runs."),
        ("yes", "no"),
    ),
    ("reminder", HOME): Sentence(
        _("Please tell us: is it fixed? {fault} ({ref})"),
        _("The repair was done on {done}. We still need your answer."),
        _("No answer by {deadline}: we note it as completed; you can reopen it while your cover runs."),
        ("yes", "no"),
    ),
    ("send-back", HOME): Sentence(
        _("More work needed: {fault} ({ref})"),
        _("We checked the repair and it is not right yet. We asked for it to be done again."),
        _NEWS,
    ),
    ("send-back", WORKS): Sentence(
        _("Back to you: {fault}, {home} ({ref})"),
        _("We checked this repair and it is not right yet:"),
        _("Please offer {officer} a new date. Due {due}."),
        ("job",),
    ),
    ("confirm", HOME): Sentence(
        _("Completed: {fault} ({ref})"),
        _("{name} confirmed on {today} that it is fixed. Thank you."),
        _("If it comes back while your cover runs, tell us with one click."),
        ("reopen", "see"),
    ),
    ("confirm", WORKS): Sentence(
        _("Closed: {fault}, {home} ({ref})"), _("The resident confirmed the repair on {today}. Thank you."), "", ()
    ),
    ("not-right", HOME): Sentence(
        _("We have your answer: {fault} is not right yet ({ref})"),
        _("We received this on {today}:"),
        _("We answer by {news}."),
    ),
    ("not-right", STAFF): Sentence(
        _("Not right: {fault}, {home} ({ref})"),
        _("{name} says that it is not right yet:"),
        _("Our answer is due by {news}."),
        ("desk",),
    ),
    ("close-complete", HOME): Sentence(
        _("Completed: {fault} ({ref})"),
        _("We noted this as completed on {today}."),
        _("If it is not fixed or comes back while your cover runs, tell us with one click."),
        ("reopen", "see"),
    ),
    ("close-complete", WORKS): Sentence(
        _("Closed: {fault}, {home} ({ref})"), _("This repair was closed on {today}."), "", ()
    ),
    ("close-no-reply", HOME): Sentence(
        _("Noted as completed: {fault} ({ref})"),
        _("We asked you whether it is fixed and had no reply, so we noted it as completed on {today}."),
        _("You can reopen it with one click while your cover runs."),
        ("reopen", "see"),
    ),
    ("close-out-of-scope", HOME): Sentence(
        _("Not covered, and why: {fault} ({ref})"),
        _("We looked into this. Your cover (defect liability period) does not include it. The reason: {reason}."),
        _("Our closing notes stand in letter {letter}. You may ask us to look again until {appeal}."),
        ("appeal", "see"),
    ),
    ("close-out-of-scope", WORKS): Sentence(
        _("No longer needed: {fault}, {home} ({ref})"), _("Please do not carry out this repair."), "", ()
    ),
    ("close-other", HOME): Sentence(
        _("Closed: {fault} ({ref})"),
        _("We closed this on {today}: {reason}."),
        _("Contact us if that is not right."),
        ("reopen", "see"),
    ),
    ("close-other", WORKS): Sentence(
        _("Cancelled: {fault}, {home} ({ref})"), _("Please do not carry out this repair."), "", ()
    ),
    ("close-duplicate", HOME): Sentence(
        _("Joined with {other}: {fault} ({other})"),
        _("This was reported twice, so we joined the two reports. Your words and pictures are kept under {other}."),
        _("All news comes under {other}."),
    ),
    ("close-duplicate", WORKS): Sentence(
        _("Joined with {other}: {fault}, {home} ({ref})"),
        _("This was reported twice, so we closed {ref}. Please do not carry it out; we go on under {other}."),
        "",
        (),
    ),
    ("joined", HOME): Sentence(
        _("Another report joined: {fault} ({ref})"),
        _("Somebody at your home reported the same, so we joined it with yours. Nothing is lost."),
        _NEWS,
    ),
    ("close-passed-on", HOME): Sentence(
        _("Passed to {party}: {fault} ({ref})"),
        _("We passed this to {party} on {today}."),
        _("We ask them about it on {follow_up} and stay in touch with you."),
    ),
    ("close-passed-on", WORKS): Sentence(
        _("Cancelled: {fault}, {home} ({ref})"),
        _("We passed this to {party}. Please do not carry out this repair."),
        "",
        (),
    ),
    ("close-no-access", HOME): Sentence(
        _("Closed until we can come in: {fault} ({ref})"),
        _("We came and nobody was at home, so we closed this for now."),
        _("Contact us to restart it while your cover runs."),
        ("reopen", "see"),
    ),
    ("close-no-access", WORKS): Sentence(
        _("Cancelled: {fault}, {home} ({ref})"),
        _("Nobody could let you in, so we closed this for now. Please do not come; we write if it starts again."),
        "",
        (),
    ),
    ("take-back", HOME): Sentence(
        _("We are looking into it again: {fault} ({ref})"), _("We took this back to look into it again."), _NEWS
    ),
    ("take-back", WORKS): Sentence(
        _("Cancelled: {fault}, {home} ({ref})"), _("Please do not carry out this repair; we took it back."), "", ()
    ),
    ("reopen", HOME): Sentence(
        _("Open again: {fault} ({ref})"),
        _("We opened this again on {today}. It keeps its number and the day you first told us."),
        _("We answer by {news}."),
    ),
    ("reopen", STAFF): Sentence(
        _("Open again: {fault}, {home} ({ref})"),
        _("{name} opened this again:"),
        _("Our answer is due by {news}."),
        ("desk",),
    ),
    ("reopen", WORKS): Sentence(
        _("Open again: {fault}, {home} ({ref})"),
        _("This is open again and we are looking into it. There is nothing for you to do yet."),
        "",
        (),
    ),
    ("reopen-sent", WORKS): Sentence(
        _("Back to you: {fault}, {home} ({ref})"),
        _("This repair was reported again:"),
        _("Please offer {officer} a date. Due {due}."),
        ("job",),
    ),
    ("correct", HOME): Sentence(
        _("Correction: {fault} ({ref})"),
        _("Our last mail on this was a mistake of ours. We are sorry."),
        _("Where it stands: {state}. Next news by {news}."),
    ),
    ("correct", WORKS): Sentence(
        _("Correction: {fault}, {home} ({ref})"),
        _("Our last mail on this was a mistake of ours."),
        _("Where it stands: {state}."),
        ("job",),
    ),
    ("correct", STAFF): Sentence(
        _("Correction: {fault}, {home} ({ref})"),
        _("{name} undid the last move."),
        _("Where it stands: {state}."),
        ("desk",),
    ),
    ("message", HOME): Sentence(_("Message from {name}: {fault} ({ref})"), "", _NEWS, ("reply",)),
    ("call", HOME): Sentence(
        _("Our call of today: {fault} ({ref})"),
        _("{name} spoke with {with_whom} on {today}. This is what we noted:"),
        _NEWS,
        ("reply",),
    ),
    ("ask", HOME): Sentence(
        _("A question from {name}: {fault} ({ref})"),
        "",
        _("Please answer by {deadline}; until then our repair time waits."),
        ("reply",),
    ),
    ("reply", STAFF): Sentence(
        _("Reply: {fault}, {home} ({ref})"), _("{name} wrote:"), _("Next news promised by {news}."), ("desk",)
    ),
    ("pictures", STAFF): Sentence(
        _("{photos} from {name}: {fault}, {home} ({ref})"),
        _("{name} sent {photos} by the link, without a message."),
        _("Next news promised by {news}."),
        ("desk",),
    ),
    ("hold", HOME): Sentence(
        _("Paused until {deadline}: {fault} ({ref})"), _("We paused this until {deadline} because {reason}."), _NEWS
    ),
    ("resume", HOME): Sentence(_("Going on: {fault} ({ref})"), _("The pause is over and we go on."), _NEWS),
    ("date", HOME): Sentence(_("New date: {fault} ({ref})"), _("The date changed from {old} to {new}."), _NEWS),
    ("visit-booked", HOME): Sentence(
        _("{visit} booked for {when}: {fault} ({ref})"), _("{who} comes on {when}."), _("Next news by {news}.")
    ),
    ("visit-changed", HOME): Sentence(
        _("New time, {when}: {fault} ({ref})"),
        _("The visit was moved. {who} now comes on {when}."),
        _("Next news by {news}."),
    ),
    ("visit-cancelled", HOME): Sentence(
        _("Visit cancelled: {fault} ({ref})"), _("We do not come on {when}."), _("You hear from us by {news}.")
    ),
    ("visit-inspected", HOME): Sentence(
        _("Inspected: {fault} ({ref})"), _("We inspected this on {on}."), _("You have our answer by {news}.")
    ),
    ("visit-done", HOME): Sentence(
        _("{visit} visit took place: {fault} ({ref})"), _("We came on {on}."), _("You hear from us by {news}.")
    ),
    ("made-safe", HOME): Sentence(
        _("Made safe: {fault} ({ref})"), _("It was made safe on {today}. The repair itself follows."), _NEWS
    ),
    ("picture", HOME): Sentence(
        _("New picture on your case: {fault} ({ref})"), _("We added a picture for you."), _NEWS
    ),
    ("video", HOME): Sentence(
        _("New video on your case: {fault} ({ref})"), _("We added a video for you. It plays on your case page."), _NEWS
    ),
    ("document", HOME): Sentence(
        _("New document on your case: {fault} ({ref})"), _("We added a document for you."), _NEWS
    ),
    ("made-visible", HOME): Sentence(
        _("We found something in your home: {fault} ({ref})"), _("Our staff noted this and we follow it up."), _NEWS
    ),
    ("facts", HOME): Sentence(
        _("We corrected our notes: {fault} ({ref})"), _("We corrected what we had noted of this. It now says:"), _NEWS
    ),
    ("facts", WORKS): Sentence(
        _("Corrected: {fault}, {home} ({ref})"), _("We corrected what we had told you. It now says:"), "", ("job",)
    ),
    ("other-home", HOME): Sentence(
        _("No longer under your home: {fault} ({ref})"),
        _("We had noted this for {home} by mistake. It stands under another home now, so you hear no more of it."),
        _("Contact us if that is not right."),
        (),
    ),
    ("photo-link", HOME): Sentence(
        _("Please send us pictures: {fault} ({ref})"),
        _("Open the link on your phone and add pictures; no sign-in is needed."),
        _("The link works for 72 hours."),
        ("photos",),
    ),
    ("alert", STAFF): Sentence(
        _("New {priority}: {fault}, {home} ({ref})"),
        _("{name} reported this {received}, {photos}; {cover}."),
        _("First answer due {due}."),
        ("desk",),
    ),
    ("assigned", STAFF): Sentence(
        _("Now yours: {fault}, {home} ({ref})"),
        _("{name} gave you this case."),
        _("Next news promised by {news}."),
        ("desk",),
    ),
    ("decision-asked", STAFF): Sentence(
        _("Please decide: {fault}, {home} ({ref})"), _("{name} asks for your decision: {decision}."), "", ("decision",)
    ),
    ("decision-answered", STAFF): Sentence(
        _("Decided: {fault}, {home} ({ref})"), _("{name} answered your request: {decision}."), "", ("desk",)
    ),
    ("safety", STAFF): Sentence(
        _("Safety, {priority}: {fault}, {home} ({ref})"),
        _("{name} reported this {received}, {photos}. The reporter is not verified yet; safety goes on meanwhile."),
        _("First answer due {due}."),
        ("desk",),
    ),
}

LINK_LABELS = {
    "see": _("See progress"),
    "reply": _("Read and reply"),
    "yes": _("Yes, it is fixed"),
    "no": _("No, not yet"),
    "reopen": _("It came back"),
    "appeal": _("I disagree"),
    "photos": _("Add pictures"),
    "desk": _("View defect"),
    "decision": _("Open the request"),
    "job": _("Open your jobs"),
}


def sentence_for(key: str, audience: Audience) -> Sentence:
    """The row of the table; a happening without words for an audience is a mistake of ours (KeyError)."""
    return SENTENCES[key, audience]
