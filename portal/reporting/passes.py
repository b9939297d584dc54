"""A form outlives its session: what is sent after it ended is kept in the draft, then the person signs in again.

The pass in the form says that it was handed out to the writer of the draft within the last day. It lets nobody read
anything, and nothing is sent by it (behaviours R1).
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import ReportDraft

NAME = "pass"
LIFE = timedelta(days=1)
SIGNER = TimestampSigner(salt="portal.report.pass")


def field(draft: ReportDraft) -> SafeString | str:
    """The hidden input; a visitor's draft needs none, its cookie lives as long."""
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, pass_of(draft)) if draft.user_id else ""


def pass_of(draft: ReportDraft) -> str:
    """For this draft and its writer only."""
    return SIGNER.sign(f"{draft.key}.{draft.user_id}")


def draft_of(text: str, key: str) -> ReportDraft | None:
    """The unsent draft with this key when the pass was made for it; None when forged, of another draft or too old."""
    draft = ReportDraft.objects.filter(key=key, user__is_active=True, report__isnull=True).first()
    try:
        value = SIGNER.unsign(text, max_age=LIFE)
    except BadSignature:
        return None
    return draft if draft and value == f"{draft.key}.{draft.user_id}" else None
