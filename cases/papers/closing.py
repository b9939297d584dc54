"""The closing notes of a case that is not covered, as a letter: the words of the mail and of the portal page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import Audience, OutOfScopeReason
from cases.models import ClosingLetter
from cases.papers import readers
from cases.sentences import sentence_for
from cases.words import in_a_sentence
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from units.papers import moment, sheet
from units.wording import full_day

KEY = "closing-letter"


def find(paper: Paper) -> ClosingLetter:
    """The letter that the paper shows."""
    rows = ClosingLetter.objects.select_related("case__development__calendar", "case__unit", "guidance")
    letter = rows.filter(pk=paper.subject_id).first()
    if letter is None:
        raise Gone
    return letter


def build(paper: Paper, at: datetime) -> Content:
    """The letter out of its own row: it reads the same whatever became of the case."""
    letter = find(paper)
    case, zone = letter.case, letter.case.development.tz
    lead = str(sentence_for("close-out-of-scope", Audience.HOMEOWNER).lead)
    context = {
        "letter": letter,
        "case": case,
        "lead": lead.format(reason=in_a_sentence(str(OutOfScopeReason(letter.reason).label))),
        "notes": paragraphs(letter.notes),
        "rule": paragraphs(letter.rule),
        "dated": full_day(letter.issued_at.astimezone(zone).date()),
        "until": full_day(letter.ask_again_until),
        "again": f"{settings.BASE_URL}/portal/cases/{case.reference}/",
        "guidance": _guidance(letter),
        "withdrawn": moment(letter.withdrawn_at, zone) if letter.withdrawn_at else "",
    }
    title = _("Not covered, and why: %(title)s") % {"title": letter.title}
    return sheet(
        "pdf/closing_letter.html",
        development=case.development,
        at=at,
        title=title,
        reference=f"{letter.reference}, {case.reference}",
        name=f"{letter.reference} {case.reference}",
        context=context,
    )


def paragraphs(words: str) -> list[str]:
    """As they were typed, one string a paragraph."""
    return [part.strip("\n") for part in words.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _guidance(letter: ClosingLetter) -> dict[str, str] | None:
    if letter.guidance is None:
        return None
    url = f"{settings.BASE_URL}{reverse('guidance_detail', args=[letter.guidance.slug])}"
    return {"title": letter.guidance_title or letter.guidance.title, "url": url}


def may_read(paper: Paper, user: Any) -> bool:
    """Who sees the case; of the home only who held it when the letter was written."""
    letter = ClosingLetter.objects.select_related("case").filter(pk=paper.subject_id).first()
    if letter is None or not readers.sees_case(user, letter.case_id):
        return False
    return readers.is_staff(user) or readers.held_since(user, letter.case.unit_id, letter.issued_at)


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The case."""
    reference = find(paper).case.reference
    return (f"/cases/{reference}/" if readers.is_staff(user) else f"/portal/cases/{reference}/"), reference


def title(paper: Paper) -> str:
    """As "Letter L-12"."""
    letter = ClosingLetter.objects.filter(pk=paper.subject_id).first()
    return _("Letter %(ref)s") % {"ref": letter.reference if letter else "L-"}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
