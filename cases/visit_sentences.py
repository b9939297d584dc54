"""What people read of visits. Placeholders beside those of `cases.sentences`: {visit} its kind, {when} its window,
{who} who comes, {until} answer by, {clear} what to clear, {party} who answered, {rebook} the last day to arrange anew.
"""

from django.utils.translation import gettext_lazy as _

from cases.choices import Audience
from cases.sentence import Sentence

HOME, STAFF, WORKS = Audience.HOMEOWNER, Audience.STAFF, Audience.CONTRACTOR
_NEWS = _("Next news by {news}.")
_WE_WRITE = _("You hear from us by {news}.")

VISITS: dict[tuple[str, Audience], Sentence] = {
    ("visit-booked", HOME): Sentence(
        _("{visit} booked for {when}: {fault} ({ref})"), _("{who} comes on {when}.{clear}"), _NEWS
    ),
    ("visit-booked", WORKS): Sentence(
        _("{visit} booked for {when}: {fault}, {home} ({ref})"),
        _("Please be at {home} on {when}."),
        _("{door} Tell {officer} at once when you cannot come."),
        ("job",),
    ),
    ("visit-booked", STAFF): Sentence(
        _("{visit} booked for {when}: {fault}, {home} ({ref})"), _("{who} at {home} on {when}."), "", ("visits",)
    ),
    ("visit-changed", HOME): Sentence(
        _("New time, {when}: {fault} ({ref})"),
        _("The visit was moved. {who} now comes on {when}.{clear}"),
        _NEWS,
    ),
    ("visit-changed", WORKS): Sentence(
        _("New time, {when}: {fault}, {home} ({ref})"),
        _("The visit was moved. Please be at {home} on {when}."),
        _("{door} Tell {officer} at once when you cannot come."),
        ("job",),
    ),
    ("visit-changed", STAFF): Sentence(
        _("New time, {when}: {fault}, {home} ({ref})"),
        _("The visit was moved: {who} at {home} on {when}."),
        "",
        ("visits",),
    ),
    ("visit-cancelled", HOME): Sentence(
        _("Visit cancelled: {fault} ({ref})"), _("We do not come on {when}."), _WE_WRITE
    ),
    ("visit-cancelled", WORKS): Sentence(
        _("Visit cancelled: {fault}, {home} ({ref})"), _("Please do not come on {when}."), "", ("job",)
    ),
    ("visit-cancelled", STAFF): Sentence(
        _("Visit cancelled: {fault}, {home} ({ref})"), _("Nobody goes to {home} on {when}."), "", ("visits",)
    ),
    ("visit-inspected", HOME): Sentence(
        _("Inspected: {fault} ({ref})"), _("We inspected this on {on}."), _("You have our answer by {news}.")
    ),
    ("visit-done", HOME): Sentence(_("{visit} visit took place: {fault} ({ref})"), _("We came on {on}."), _WE_WRITE),
    ("visit-offered", HOME): Sentence(
        _("When may we come? {fault} ({ref})"),
        _("{who} would like to come. Please choose the time that suits you by {until}:"),
        _("None of them suits? The same page takes a day that does."),
        ("slots",),
    ),
    ("visit-withdrawn", HOME): Sentence(
        _("These times no longer hold: {fault} ({ref})"), _("We took back the times that we had offered."), _WE_WRITE
    ),
    ("visit-asked", STAFF): Sentence(
        _("Another day asked for: {fault}, {home} ({ref})"),
        _("{name} asks for {asked}; none of the offered times suits."),
        _("Offer new times or book the visit."),
        ("visits",),
    ),
    ("visit-asked", WORKS): Sentence(
        _("Another day asked for: {fault}, {home} ({ref})"),
        _("The resident of {home} asks for {asked}; none of your times suits."),
        _("Please offer new times."),
        ("job",),
    ),
    ("visit-lapsed", STAFF): Sentence(
        _("No time chosen: {fault}, {home} ({ref})"),
        _("Nobody at {home} chose one of the offered times by {until}."),
        _("Phone, or offer new times."),
        ("visits",),
    ),
    ("visit-reminder", HOME): Sentence(
        _("{visit} on {when}: {fault} ({ref})"), _("{who} comes on {when}.{clear}"), "", ("see",)
    ),
    ("visit-reminder", WORKS): Sentence(
        _("{visit} on {when}: {fault}, {home} ({ref})"), _("Please be at {home} on {when}."), "{door}", ("job",)
    ),
    ("visit-reminder", STAFF): Sentence(
        _("{visit} on {when}: {fault}, {home} ({ref})"), _("{who} at {home} on {when}."), "{door}", ("visits",)
    ),
    ("nobody-home-1", HOME): Sentence(
        _("We could not come in: {fault} ({ref})"),
        _("We stood at your door on {arrived}; nobody opened. Please choose a new time by {until}:"),
        _("None of them suits? The same page takes a day that does."),
        ("slots",),
    ),
    ("nobody-home-2", HOME): Sentence(
        _("Final notice, we could not come in again: {fault} ({ref})"),
        _("We stood at your door on {arrived} and nobody opened, for the {attempt}. time. Our repair time waits."),
        _(
            "Please choose a new time by {rebook}. After that day we close this; you can start it again while your "
            "cover runs."
        ),
        ("slots",),
    ),
    ("nobody-home", STAFF): Sentence(
        _("Nobody at home: {fault}, {home} ({ref})"),
        _("{name} stood at the door on {arrived}; nobody opened. Called: {called}"),
        "",
        ("visits",),
    ),
    ("final-over", STAFF): Sentence(
        _("Two weeks since the final notice: {fault}, {home} ({ref})"),
        _("The homeowner was told twice that nobody was at home and has not chosen a new time by {rebook}."),
        _("You may close this as no access."),
        ("desk",),
    ),
    ("did-they-come", HOME): Sentence(
        _("Did someone come? {fault} ({ref})"),
        _("We expected to be with you on {when}, but nobody has told us so."),
        _("If nobody came, tell us: you then choose the next time first."),
        ("came",),
    ),
    ("nobody-came", HOME): Sentence(
        _("We are sorry, nobody came: {fault} ({ref})"),
        _("You waited on {when} and nobody came. We are sorry. You choose first now, by {until}:"),
        _("None of them suits? The same page takes a day that does."),
        ("slots",),
    ),
    ("nobody-came", WORKS): Sentence(
        _("Missed visit: {fault}, {home} ({ref})"),
        _("Nobody came to {home} on {when}. The resident now chooses a new time."),
        _("Was somebody there? Tell {officer} at once."),
        ("job",),
    ),
    ("nobody-came", STAFF): Sentence(
        _("Nobody came: {fault}, {home} ({ref})"),
        _("{name} says that nobody came on {when}. New times were offered."),
        _("Was somebody there after all? You can correct it on the visit."),
        ("visits",),
    ),
    ("somebody-came", HOME): Sentence(
        _("Correction: {fault} ({ref})"), _("We had noted that nobody came on {when}; that was a mistake."), _WE_WRITE
    ),
}
