"""The certificate of a signature: what was accepted and what not, with reasons and pictures, the name and the hash."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.choices import SIGNED_FOR, SignAnswer
from cases.models import Attachment, SignOff, SignOffLine
from cases.papers import readers
from cases.papers.closing import paragraphs
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.pictures import Album
from homeowners.choices import TenureRole
from units.papers import moment, sheet
from units.wording import full_day

KEY = "sign-off"


def find(paper: Paper) -> SignOff:
    """The signature of the paper."""
    rows = SignOff.objects.select_related("unit__development__calendar", "signature")
    signoff = rows.filter(pk=paper.subject_id).first()
    if signoff is None:
        raise Gone
    return signoff


def build(paper: Paper, at: datetime) -> Content:
    """Out of the rows of that day alone: it reads the same whatever became of the cases."""
    signoff = find(paper)
    development = signoff.unit.development
    album, shown = Album(), list[str]()
    lines = list(signoff.lines.select_related("case"))
    pictures = _pictures(lines)
    rows = [_row(line, pictures, album, shown, development.tz) for line in lines]
    context = {
        "signoff": signoff,
        "home": signoff.unit.number,
        "role": _role(signoff),
        "when": moment(signoff.at, development.tz),
        "accepted": [row for row in rows if row["line"].answer in SIGNED_FOR],
        "refused": [row for row in rows if row["line"].answer == SignAnswer.NOT_YET],
        "later": [row for row in rows if row["line"].answer == SignAnswer.LATER],
        "signature": album.add(signoff.signature) if signoff.signature else "",
        "hashes": _pieces(signoff.list_hash),
        "image_hashes": _pieces(signoff.signature_sha256),
    }
    return sheet(
        "pdf/sign_off.html",
        development=development,
        at=at,
        title=_("Repairs checked and signed: %(home)s") % {"home": signoff.unit.number},
        reference=signoff.reference,
        name=f"{signoff.reference} {signoff.unit.number}",
        context=context,
        album=album,
        shows=shown,
    )


def _role(signoff: SignOff) -> str:
    return str(TenureRole(signoff.role).label) if signoff.role in TenureRole.values else ""


def _pieces(value: str) -> list[str]:
    """A hash in groups of eight, which paper can break and people can compare."""
    return [value[start : start + 8] for start in range(0, len(value), 8)]


def _pictures(lines: list[SignOffLine]) -> dict[str, Attachment]:
    wanted = [public_id for line in lines for public_id in line.pictures]
    rows = Attachment.objects.filter(public_id__in=wanted).select_related("file")
    return {str(row.public_id): row for row in rows}


def _row(
    line: SignOffLine, pictures: dict[str, Attachment], album: Album, shown: list[str], zone: ZoneInfo
) -> dict[str, Any]:
    figures = []
    for public_id in line.pictures:
        row = pictures.get(public_id)
        if row and row.file.is_picture:
            shown.append(public_id)
            day = full_day((row.file.captured_at or row.added_at).astimezone(zone).date())
            figures.append({"src": album.add(row.file), "caption": row.caption, "when": day})
    return {"line": line, "words": paragraphs(line.words), "pictures": figures}


def may_read(paper: Paper, user: Any) -> bool:
    """Who may read the signature now, and each picture on it."""
    if not SignOff.objects.visible_to(user).filter(pk=paper.subject_id).exists():
        return False
    return readers.is_staff(user) or readers.still_shown(user, paper.shows)


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The page of the signature."""
    reference = find(paper).reference
    return (
        f"/cases/sign-offs/{reference}/" if readers.is_staff(user) else f"/portal/sign-offs/{reference}/"
    ), reference


def title(paper: Paper) -> str:
    """As "Certificate S-12"."""
    number = SignOff.objects.filter(pk=paper.subject_id).values_list("number", flat=True).first()
    return _("Certificate S-%(n)s") % {"n": number}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
