"""Everything that the confirm panel prints."""

from datetime import datetime
from typing import Any

from django.forms import Textarea
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest
from cases import duplicates
from cases.dates import local_date
from cases.forms import articles
from cases.models import Case
from cases.rehearsal import Rehearsal
from desk.case_page import cover, doors, panel, people, pictures
from desk.case_page.deeds import Deed
from desk.my_day import queues
from ledger.idempotency import FIELD
from units.choices import CoverStatus


def context(request: SignedInRequest, deed: Deed, *, at: datetime) -> dict[str, Any]:
    """Form, mails, the case's strip and the way back."""
    rehearsal = None if deed.impossible else deed.rehearsed()
    _name_field(deed, rehearsal)
    mails = panel.mails(rehearsal) if rehearsal else []
    needs_manager = deed.needs_manager
    return {
        "deed": deed,
        "form": deed.form,
        **fields(deed, needs_manager=bool(needs_manager)),
        "title": deed.title,
        "impossible": deed.impossible,
        "unsent": unsent(deed) if deed.impossible else [],
        "mails": mails,
        "mail_count": panel.count_words(mails),
        "confirm": panel.confirm_words(mails, needs_manager=bool(needs_manager), otherwise=deed.button),
        "needs_manager": needs_manager,
        "is_silent": bool(rehearsal and rehearsal.is_silent) and deed.tells,
        "is_incomplete": rehearsal is None and not deed.impossible and deed.tells,
        "refusal": rehearsal.refusal if rehearsal and not deed.form.errors else None,
        **strip(request, deed.case, at=at),
    }


def _name_field(deed: Deed, rehearsal: Rehearsal | None) -> None:
    """What the rehearsal refused stands at its field, once the form was sent."""
    refusal = rehearsal.refusal if rehearsal else None
    if refusal and deed.form.is_bound and refusal.field in deed.form.fields and not deed.form.errors:
        deed.form.add_error(refusal.field, refusal.sentence)


EXTRA = ("words", "note", "why")
"""Fields that most moves leave empty: they stand folded unless they are needed."""


def fields(deed: Deed, *, needs_manager: bool) -> dict[str, Any]:
    """What must be looked at, and what is folded under "Add a sentence or a note"."""
    form = deed.form
    wanted = {"why"} if needs_manager else set()
    folded = [form[name] for name in EXTRA if name in form.fields and not form.fields[name].required]
    folded = [bound for bound in folded if deed.folds and bound.name not in wanted]
    names = {bound.name for bound in folded}
    return {
        "main_fields": [bound for bound in form if bound.name not in names],
        "last_of_guidance": articles.OTHER,
        "articles": articles.shown(form, deed.case, at=deed.at),
        "extra_fields": folded,
        "extra_open": any(bound.value() or bound.errors for bound in folded),
    }


def unsent(deed: Deed) -> list[Any]:
    """The words typed for what the case cannot do any more: they stay on the page, to be copied."""
    wordy = [bound for bound in deed.form if isinstance(bound.field.widget, Textarea)]
    return [bound for bound in wordy if deed.form.is_bound and bound.value()]


def strip(request: SignedInRequest, case: Case, *, at: datetime) -> dict[str, Any]:
    """What the person should see of the case beside any form about it."""
    queue = doors.queue_of(request)
    back = doors.address(case, queue=queue)
    files = pictures.rows(pictures.of_case(case), case)
    likely = duplicates.likely(case) if case.is_open else []
    return {
        "case": case,
        "zone": case.development.tz,
        "person": people.main_person(case, people.of_home(case, at)),
        "picture": files[0] if files else None,
        "cover": cover_line(case, at=at),
        "likely": likely,
        "queue": queue,
        "place": queues.place(queue, case, user=request.user, at=at) if queue else None,
        "back": back,
        "crumbs": [{"url": "/cases/", "words": _("Cases")}, {"url": back, "words": case.reference}],
        "seen_event": request.POST.get("seen_event") or panel.last_event(case),
        "key": request.POST.get(FIELD, ""),
    }


def cover_line(case: Case, *, at: datetime) -> dict[str, str]:
    """The owner's cover in one line, from the case's own columns."""
    today = local_date(case, at)
    status = case.cover_status
    return {
        "kind": cover.kind(status, case.cover_ends_on, today=today),
        "words": str(CoverStatus(status).label) if status in CoverStatus.values else _("Needs review"),
        "end": cover.days_words(case.cover_ends_on, today=today),
    }
