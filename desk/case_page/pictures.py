"""Files of a case as the page's pictures and papers. Reads rows at hand, asks nothing."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import files
from cases.choices import AttachmentRole
from cases.models import Attachment, Case
from cases.views import DOCUMENT
from documents.choices import FileState, Kind
from units.wording import day

TAGGED = (AttachmentRole.BEFORE, AttachmentRole.CAUSE, AttachmentRole.AFTER)
SHOWN = 4
"""Pictures that stand on the page at once; the others follow folded."""

Row = dict[str, Any]


def of_case(case: Case) -> list[Attachment]:
    """The case's files and those of the reports joined with it, oldest first; one query."""
    rows = Attachment.objects.filter(Q(case=case) | Q(case__duplicate_of=case))
    return list(rows.select_related("file", "case").order_by("added_at", "pk"))


def row(attachment: Attachment, case: Case) -> Row:
    """One picture as `components/picture.html` takes it; `waiting` are words where there will be nothing to show.

    A picture that is still being made has an address too: what answers there is the size that is ready, or says so.
    """
    file = attachment.file
    label = attachment.get_role_display()
    caption = attachment.caption or (
        _("from %(ref)s") % {"ref": attachment.case} if _is_joined(attachment, case) else ""
    )
    taken = (file.captured_at or attachment.added_at).astimezone(case.development.tz).date()
    return {
        "src": reverse("case_file", args=[attachment.public_id, "pdf"]),
        "full": reverse("case_file", args=[attachment.public_id, "page"]),
        "list": reverse("case_file", args=[attachment.public_id, "list"]),
        "alt": attachment.caption or _("%(what)s: %(title)s") % {"what": label, "title": case.title},
        "width": file.width,
        "height": file.height,
        "caption": caption or label,
        "when": day(taken),
        "tag": label if attachment.role in TAGGED else "",
        "kind": "after" if attachment.role == AttachmentRole.AFTER else "",
        "waiting": _("This picture could not be opened") if file.state == FileState.FAILED else "",
        "is_visible": attachment.is_visible,
        "public_id": attachment.public_id,
    }


def _is_joined(attachment: Attachment, case: Case) -> bool:
    return attachment.case_id != case.pk


def rows(attachments: Sequence[Attachment], case: Case) -> list[Row]:
    """All pictures: of the present cycle first before and after, then what else there is."""
    pictures = [row(one, case) for one in attachments if one.file.kind == Kind.IMAGE]
    return sorted(pictures, key=lambda picture: picture["tag"] == "")


def first_ones(pictures: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What stands open and what is folded: a picture of the repair is never folded behind four of the fault."""
    if len(pictures) <= SHOWN:
        return list(pictures), []
    after = [picture for picture in pictures if picture["kind"] == "after"][-1:]
    others = [picture for picture in pictures if picture not in after]
    shown = others[: SHOWN - len(after)] + after
    return shown, [picture for picture in pictures if picture not in shown]


def papers(attachments: Sequence[Attachment], case: Case) -> list[Row]:
    """Documents, to be saved."""
    found = [one for one in attachments if one.file.kind == Kind.DOCUMENT]
    return [
        {
            "url": reverse("case_file", args=[one.public_id, DOCUMENT]),
            "words": one.caption or one.file.original_name,
            "note": _("%(when)s, %(who)s")
            % {"when": day(one.added_at.astimezone(case.development.tz).date()), "who": one.added_by_name},
            "is_visible": one.is_visible,
            "public_id": one.public_id,
        }
        for one in found
    ]


def pairs(attachments: Sequence[Attachment], case: Case) -> list[tuple[Row, Row]]:
    """Before and after of one place, where somebody said that they belong together."""
    return [
        (row(before, case), row(after, case))
        for before, after in files.pairs(attachments)
        if after.pair_of_id is not None
    ]
