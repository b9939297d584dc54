"""An import from the file to the registers: kept, columns chosen, checked, entered. Each step is one verb."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from defects_portal.choices import AT_WORK, ImportState
from defects_portal.imports import sheets as reading
from defects_portal.imports.sheets import Sheet
from defects_portal.models import ImportRun
from documents import tables
from ledger import audit
from ledger.actors import Actor
from units.refusals import Refused
from units.sheets.outcomes import Terms


class ImportRefused(Refused):
    """This step of an import is not possible now."""


def take(uploaded: File, *, by: Actor, at: datetime) -> ImportRun:
    """Keeps a file and proposes what its columns mean. `UploadRefused` or ImportRefused with a sentence.

    Not to be called inside a transaction: reading the file takes up to some seconds.
    """
    file = tables.store(uploaded, by=by, at=at)
    with tables.opened(file) as table:
        proposed = reading.propose(table)
        facts = {"format": table.format, "encoding": table.encoding if table.is_guess else ""}
        rows = table.rows
    with transaction.atomic():
        run = ImportRun.objects.create(
            file=file,
            sheets=[sheet.packed() for sheet in proposed],
            facts=facts,
            rows=rows,
            made_at=at,
            made_by=asdict(by),
        )
        _record("import.sent", run, by=by, at=at, new={"name": file.original_name, "sha256": file.sha256})
    return run


def sheets_of(run: ImportRun) -> list[Sheet]:
    """How its sheets are read."""
    return [Sheet(**packed) for packed in run.sheets]


def missing_columns(sheets: Sequence[Sheet]) -> str:
    """What the chosen columns leave out, as a sentence; empty when all is there."""
    if not any(sheet.kind for sheet in sheets):
        return _("Choose what at least one sheet holds.")
    for sheet in sheets:
        kind = sheet.its_kind
        missing = kind.missing(sheet.keys) if kind else []
        if kind and missing:
            said = {"kind": kind.label, "what": ", ".join(str(column.label) for column in missing)}
            return _("%(kind)s: choose the column for %(what)s.") % said
    return ""


@transaction.atomic
def check(run: ImportRun, *, sheets: Sequence[Sheet], development: str, by: Actor, at: datetime) -> None:
    """Has a worker check the file with these columns; remembers them. Nothing is entered. Refused without a column."""
    sentence = missing_columns(sheets)
    if sentence:
        raise ImportRefused(sentence)
    _move(
        run,
        {ImportState.COLUMNS, ImportState.CHECKED},
        state=ImportState.CHECKING,
        sheets=[sheet.packed() for sheet in sheets],
        development=development,
        checked={},
        chunks_done=0,
        rows_done=0,
        attempts=0,
    )
    reading.remember(sheets)
    _record("import.check", run, by=by, at=at, new={"columns": {sheet.name: sheet.keys for sheet in sheets}})


@transaction.atomic
def begin(run: ImportRun, *, terms: dict[str, Any], by: Actor, at: datetime) -> None:
    """Has a worker enter what was checked, under what was ticked (keys of `ticked`). Refused unless it is checked."""
    if terms.get("transfers_on") and not str(terms.get("proof", "")).strip():
        raise ImportRefused(
            _("Name the proof of the sales: a list of the solicitor, the titles and their date."), field="proof"
        )
    _move(
        run,
        {ImportState.CHECKED},
        state=ImportState.IMPORTING,
        terms=terms,
        entered={},
        chunks_done=0,
        rows_done=0,
        attempts=0,
        begun_at=at,
        made_by=asdict(by),
    )
    _record("import.begin", run, by=by, at=at, new={**terms, "checked": run.checked})


def ticked(
    *, replaces: bool = False, transfers_on: date | None = None, proof: str = "", invites: bool = False
) -> dict[str, Any]:
    """What was ticked, as the run keeps it."""
    on = transfers_on.isoformat() if transfers_on else ""
    return {"replaces": replaces, "transfers_on": on, "proof": proof, "invites": invites}


def terms_of(run: ImportRun, *, at: datetime) -> Terms:
    """The terms of the pass at hand; `at` is the time of its beginning, also when it goes on after a break."""
    kept = run.terms if run.state == ImportState.IMPORTING else {}
    on = kept.get("transfers_on")
    return Terms(
        by=run.author,
        at=run.begun_at or at,
        replaces=kept.get("replaces", False),
        transfers_on=date.fromisoformat(on) if on else None,
        proof=kept.get("proof", ""),
        invites=kept.get("invites", False),
        development=run.development,
    )


@transaction.atomic
def stop(run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Ends the pass at hand after its present chunk; what is entered stays entered."""
    _move(run, set(AT_WORK), state=ImportState.FAILED, failure=_("Stopped by %(name)s.") % {"name": by.name})
    _record("import.stop", run, by=by, at=at, new={"rows": run.rows_done})


def _move(run: ImportRun, sources: set[ImportState], **changes: Any) -> None:
    """Compare-and-set: of two people who press at once one wins."""
    changes |= {"claim": None, "lease_until": None}
    if not ImportRun.objects.filter(pk=run.pk, state__in=sources).update(**changes):
        raise ImportRefused(_("This import has moved on meanwhile. Look again."))
    run.refresh_from_db()


def _record(action: str, run: ImportRun, *, by: Actor, at: datetime, new: Any) -> None:
    name = run.file.original_name[:40]
    audit.record(action, by=by, at=at, about="import", about_id=run.pk, reference=name, new=new)
