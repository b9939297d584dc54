"""The tasks of the office, each in a few steps. What the rules say stands in `tables`, so that it cannot grow stale."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Task:
    """One page. `steps` are done in order, `notes` are worth knowing; `url` is where it is done."""

    slug: str
    title: Words
    lead: Words
    icon: str
    steps: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()
    url: str = ""


_ALL = (
    Task(
        "my-day",
        _("Work through your day"),
        _("Six queues hold everything that waits for you. Empty ones need nothing."),
        "sunrise",
        (
            _("Open “My day” and press “Work through” at the first queue with a number."),
            _("Answer the case with its main button; “Confirm and next” brings the next one."),
            _("“Updates due” are promises of news to homeowners: keep them today."),
        ),
        (
            _("A case leaves a queue by itself once you have done what it waited for."),
            _("The number beside “My day” is the sum of your queues."),
        ),
        "/my-day/",
    ),
    Task(
        "log-a-call",
        _("Log a call"),
        _("One page while you talk: who it is, what was said; everything else follows."),
        "phone-in",
        (
            _("Press “Log a call” at the top of any page."),
            _("Type the phone number, name or unit and press Enter. Choose the person and the home."),
            _("Choose what it is about: a new defect, one of the open cases, or a question."),
            _("Write what was said in the caller's words; pick room and fault."),
            _("Ask the questions of the safety box before you save."),
            _("Save. “Save and add another” keeps the caller and the home."),
        ),
        (
            _("Tick “Send a link for photos” while the caller is on the line: it works for 72 hours."),
            _("A call starts only our own times. The time of law or agreement starts with written notice."),
            _("The first call about a new report is always mailed too."),
        ),
        "/cases/log/",
    ),
    Task(
        "intake",
        _("Check who reported"),
        _("Reports by link or letter wait under “Reports in” until you have compared the reporter with the register."),
        "inbox",
        (
            _("Open the report. Compare name, unit, phone and e-mail with the register."),
            _("Two of them fit: verify. The report becomes cases, and the reporter may follow them."),
            _("They do not fit: call back on the number in the register, not on the one in the report."),
        ),
        (_("Anything dangerous is a case at once, whoever reported it. The reporter sees nothing until verified."),),
        "/intake/",
    ),
    Task(
        "triage",
        _("Triage a long report"),
        _("One sheet for a report with many defects: a choice for each row, one confirmation, one mail."),
        "list",
        (
            _("Open the report under “Reports in” and press “Open triage sheet”."),
            _("Look at picture, words, trade, priority, cover and the duplicate hint of each row."),
            _("Choose Accept, Inspect first, Ask or Not covered. Covered rows without a duplicate are set to Accept."),
            _("Press “Read the mails”, then “Confirm the answers”."),
        ),
        (
            _("A row that is refused stays on the sheet with its reason; rows without a choice wait."),
            _("The homeowner gets one mail with a group for each answer."),
        ),
        "/intake/",
    ),
    Task(
        "accept-and-send",
        _("Accept a defect and send it to the contractor"),
        _("The usual way: one button, one look at both mails, one confirmation."),
        "send",
        (
            _("Open the case. Look at the pictures, the cover and the duplicate hint."),
            _("Press “Accept and send to …”. Contractor and due date are filled in."),
            _("Read both mails and confirm. Homeowner and contractor are told at once."),
            _("Record what the contractor says: accepted, started, waiting, done with a picture."),
            _("Look at the picture. “Looks right: ask homeowner” sends the question; “Send back” says what failed."),
        ),
        (
            _("Cover ended or unclear? The same button asks a manager, and nobody outside is told before."),
            _("Wrong button? “Undo the last move” tells everybody whom the wrong move told."),
            _("The contractor never closes a case; the homeowner's “Yes, it is fixed” does."),
        ),
        "/cases/",
    ),
    Task(
        "not-covered",
        _("Close a defect that is not covered"),
        _("Say no so that it can be read: the reason, the rule, and how to ask again."),
        "shield-x",
        (
            _("Press “Close: not covered” on the case and choose the reason."),
            _("Attach the guide that fits: it stands as a chip on the panel."),
            _("Open “Insert these words” to put the guide's reasons into your notes, then make them fit this home."),
            _("Read the mail and confirm. The notes are mail, portal text and letter at once."),
        ),
        (
            _("A manager decides when it is urgent, structural or waterproofing, or when cover ends within 30 days."),
            _("The homeowner may disagree with one press. The case opens again with its first dates."),
            _("The guide stays as it was when you sent it, also when it is reworded later."),
        ),
        "/cases/",
    ),
    Task(
        "hold-or-ask",
        _("Hold or ask?"),
        _("Ask when the homeowner has the answer. Hold when nobody can go on before a date."),
        "pause",
        (
            _("Ask: write the question and a date, at most 14 days ahead. It ends by itself with the reply."),
            _("Hold: choose the reason that the homeowner reads, and the date on which it goes on."),
            _("Resume earlier with “Resume” when the reason is gone."),
        ),
        (
            _("Listed reasons pause our repair target. “Our contractor needs more time” pauses nothing."),
            _("The time set by law or agreement never pauses. Both are shown on the case."),
            _("A date that you promised and cannot keep is no hold: use “Change a date” and say why."),
        ),
        "/cases/",
    ),
    Task(
        "updates",
        _("Write to the homeowner"),
        _("Two lanes: amber is for staff only, the coloured one is read at once."),
        "message",
        (
            _("The lane “Internal note” is open first. It never reaches a mail, a PDF or the portal."),
            _("Choose “Update resident”, write, and look at it as the homeowner sees it."),
            _("Attach the guide that fits with one tick; another one or a file over “File or other article”."),
            _("Send. It goes out by e-mail and stands in the portal; without e-mail it becomes a letter for you."),
        ),
        (
            _("Words that hurt are pointed out before they go. Change them, or send them as they are."),
            _("Every update names the date of the next one, and counts as the promised news."),
        ),
        "/cases/",
    ),
    Task(
        "decisions",
        _("Decisions of a manager"),
        _("What an officer may not decide alone waits on one page, with words and evidence kept."),
        "decide",
        (
            _("Officer: press the usual button, add a line “Why, for the manager”, and confirm."),
            _("Manager: open “Decisions”, read the case strip and the mails that would go out."),
            _("Approve, return with remarks, or decide otherwise. The officer is told."),
        ),
        (
            _("Nobody decides a request of their own, not even a manager."),
            _("Until then the homeowner reads that we are looking into it."),
        ),
        "/decisions/",
    ),
    Task(
        "resale",
        _("A home is sold, let or given up"),
        _("The register says who may see what, from which day on."),
        "home",
        (
            _("Open the home under “Homes” and press “Record a resale”. Give name, date and proof."),
            _("A tenant: “Add a person”, role tenant, with the date of the lease."),
            _("Somebody leaves: “End” with the date and the reason."),
        ),
        (
            _("The new owner sees open cases from that day on, and no words, pictures or letters from before."),
            _("Links in the old owner's mails are dead from that day on."),
            _("A tenant reports and agrees visits; only owners confirm a repair or disagree."),
        ),
        "/units/",
    ),
    Task(
        "report-links",
        _("Report links and letters"),
        _("A printed address with which anybody in the home can report without an account."),
        "link",
        (
            _("Open the home and press “Letter to print”. Print the page and hand it over with the keys."),
            _("Lost or misused: “Make a new link” on the same page. Every older letter stops working at once."),
        ),
        (_("The link shows nothing about people or earlier reports. Reports by link are checked first."),),
        "/units/",
    ),
    Task(
        "visits",
        _("Inspections and visits"),
        _("An inspection, a repair or a check, with a window that the homeowner reads."),
        "calendar",
        (
            _("Press “Book a visit” on the case: kind, day, from, until, who comes."),
            _("Read the mail and confirm. The case says “booked for …” to everybody."),
            _("Afterwards write what was found, or that nobody was at home."),
        ),
        (_("A change or a cancellation is mailed at once. The first booking of a new report starts its review."),),
        "/inspections/",
    ),
    Task(
        "outgoing",
        _("Who was told what, and did it arrive?"),
        _("Every mail stands under “Outgoing”, and under the entry of the case that it belongs to."),
        "outgoing",
        (
            _("A mail that failed is red, with the reason. Mend the address in the register, then “Send again”."),
            _("People without e-mail: “Letters and calls to make” on “My day” keeps the text until you tick it off."),
        ),
        url="/outgoing/",
    ),
    Task(
        "keyboard",
        _("Keys and finding things"),
        _("The whole desk works without a mouse."),
        "search",
        (
            _("/ goes to the search box, on every page. A reference jumps to its case, in any spelling."),
            _("j and k go down and up in a table, Enter opens, x ticks the row."),
            _("Tab and Shift Tab go from field to field; Escape closes a menu."),
            _("Hold Shift and click a second tick box to tick all rows between."),
        ),
        (_("Filters live in the address: copy it to send a colleague the same list."),),
        "/cases/",
    ),
    Task(
        "words",
        _("What the homeowner reads in each state"),
        _("The same words stand on the portal and in the mails. This table is made from them."),
        "eye",
    ),
    Task(
        "moves",
        _("What each button does, and whom it tells"),
        _("This table is the rule itself, as the system follows it."),
        "repeat",
    ),
)
TASKS = {task.slug: task for task in _ALL}
