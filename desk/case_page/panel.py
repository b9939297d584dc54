"""What a confirm panel shows beside its form: the mails as they will be sent, what hurts, what changed meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import Role
from cases.choices import Audience
from cases.models import Attachment, Case, CaseEvent
from cases.rehearsal import Rehearsal
from cases.told import Told
from cases.views import thumb
from cases.words import hurting_words
from desk.case_page import story

PILLS = {Audience.HOMEOWNER.value: "moving", Audience.CONTRACTOR.value: "booked", Audience.STAFF.value: "new"}
NAMES = {
    Audience.HOMEOWNER.value: gettext_lazy("Homeowner"),
    Audience.CONTRACTOR.value: gettext_lazy("Contractor"),
    Audience.STAFF.value: gettext_lazy("Colleague"),
}

Row = dict[str, Any]


def mails(rehearsal: Rehearsal) -> list[Row]:
    """The letters as `components/mail.html` takes them; pictures by the addresses that staff may open. One query."""
    files = {file.pk for told in rehearsal.letters for file, _caption in told.pictures}
    known = dict(Attachment.objects.filter(file__in=files).values_list("file_id", "public_id")) if files else {}
    return [_mail(told, known) for told in rehearsal.letters]


def _mail(told: Told, known: dict[int, Any]) -> Row:
    letter, person = told.letter, told.recipient
    words = [letter.greeting, letter.lead, f"“{letter.quote}”" if letter.quote else "", *letter.paragraphs]
    words += [
        "\n".join(
            part for part in (item.heading, item.under, item.title, item.note, item.words, _ways(item.links)) if part
        )
        for item in letter.items
    ]
    signature = [letter.signature.name, letter.signature.phone] if letter.signature else []
    return {
        "name": person.name,
        "role": NAMES[person.audience],
        "kind": PILLS[person.audience],
        "address": person.email or _("No e-mail address: a letter or call for you to make"),
        "subject": told.subject,
        "paragraphs": [str(part) for part in words if part],
        "pictures": [_picture(file, caption, known) for file, caption in told.pictures],
        "facts": [{"label": label, "words": value} for label, value in letter.facts],
        "next": letter.next,
        "button": _ways(letter.buttons),
        "signature": ", ".join(part for part in signature if part),
        "foot": _("by letter or phone") if not person.email else "",
    }


def _ways(links: Sequence[tuple[str, str]]) -> str:
    return " / ".join(str(label) for label, _to in links)


def _picture(file: Any, caption: str, known: dict[int, Any]) -> Row:
    public_id = known.get(file.pk)
    src = reverse("case_file", args=[public_id, "list"]) if public_id else thumb(file)
    full = reverse("case_file", args=[public_id, "page"]) if public_id else src
    return {"src": src, "full": full, "alt": caption or _("Picture in the mail"), "width": 240, "height": 180}


def count_words(rows: Sequence[Row]) -> str:
    """As "2 e-mails go out when you confirm"."""
    sent = sum(1 for row in rows if not row["foot"])
    by_hand = len(rows) - sent
    words = (
        [
            ngettext("%(n)d e-mail goes out when you confirm", "%(n)d e-mails go out when you confirm", sent)
            % {"n": sent}
        ]
        if sent
        else []
    )
    if by_hand:
        words.append(
            ngettext("%(n)d letter or call for you to make", "%(n)d letters or calls for you to make", by_hand)
            % {"n": by_hand}
        )
    return ", ".join(words)


def confirm_words(rows: Sequence[Row], *, needs_manager: bool, otherwise: str) -> str:
    """What the confirming button says it does."""
    if needs_manager:
        return _("Ask a manager")
    sent = sum(1 for row in rows if not row["foot"])
    if not sent:
        return otherwise or _("Confirm")
    return ngettext("Confirm, send %(n)d e-mail", "Confirm, send %(n)d e-mails", sent) % {"n": sent}


def hurting(words: Iterable[str]) -> list[str]:
    """Words that deserve a second look before a homeowner reads them."""
    return sorted({found for text in words for found in hurting_words(text)})


def last_event(case: Case) -> int:
    """Marks where the diary stood when a form was shown."""
    return CaseEvent.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True).first() or 0


def since(case: Case, event_id: int) -> list[story.Entry]:
    """What happened after the form was shown."""
    rows = CaseEvent.objects.filter(case=case, pk__gt=event_id).select_related("message", "corrected_by")
    events = list(rows.order_by("-pk")[:20])
    return story.entries(case, events, [], at=events[0].at) if events else []


def heard_since(case: Case, event_id: int) -> bool:
    """Whether the homeowner wrote or sent something after the form was shown."""
    return CaseEvent.objects.filter(case=case, pk__gt=event_id, actor_role=Role.HOMEOWNER).exists()


def number(text: str | None) -> int:
    """A number out of a hidden field; anything else is 0."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
