"""Ready sentences for the officer's words to a homeowner. Each is true of the case at hand, or is not offered."""

from django.utils.translation import gettext as _

from cases.choices import Status
from cases.models import Case
from cases.people import first_name
from units.wording import day, window


def for_case(case: Case, *, person: str) -> list[dict[str, str]]:
    """Name and words of each; the date of the next news is put under every mail by itself."""
    name = first_name(person)
    zone = case.development.tz
    found = [
        (_("Thank you"), _("Dear %(name)s, thank you for your message. I look into it and answer you here.")),
        (
            _("Please send pictures"),
            _("Dear %(name)s, please send us two pictures: the whole place, and close up with a coin beside it."),
        ),
    ]
    if case.visit_starts_at and case.visit_ends_at:
        times = window(case.visit_starts_at, case.visit_ends_at, zone)
        found.append(
            (_("The visit"), _("Dear %(name)s, we come on {window}. Please keep the place free.").format(window=times))
        )
    if case.status == Status.WITH_CONTRACTOR and case.work_due_at:
        due = day(case.work_due_at.astimezone(zone).date())
        words = _("Dear %(name)s, our contractor has your repair and is to finish it by {due}.").format(due=due)
        found.append((_("With the contractor"), words))
    if case.status == Status.TO_CHECK and not case.not_right_at:
        found.append((_("We check it"), _("Dear %(name)s, the repair is done. I check it and then ask you.")))
    if case.is_open:
        found.append(
            (
                _("It takes longer"),
                _("Dear %(name)s, this takes longer than I told you, and I am sorry. I stay with it."),
            )
        )
    return [{"label": label, "words": words % {"name": name}} for label, words in found]
