"""What a worker does for an import: chunk by chunk, each in its own short transaction, under a lease.

A chunk's rows, its lines and the mark that it is done are one transaction: a pass that was killed goes on behind the
last whole chunk, and nothing is entered twice.
"""

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from defects_portal.choices import ImportStage, ImportState
from defects_portal.imports import runs
from defects_portal.imports import sheets as reading
from defects_portal.imports.planning import Registers
from defects_portal.imports.sheets import Numbered, Sheet
from defects_portal.models import ImportLine, ImportRun
from documents import tables
from documents.tables import Table
from documents.uploads import UploadRefused
from ledger import audit
from units.refusals import Refused
from units.sheets.outcomes import Plan, Terms, Verdict

LEASE = timedelta(minutes=3)
"""Longer than the worker's hard time limit: whoever still holds a lease is still alive."""
SLICE = timedelta(seconds=60)
"""An import rests after so long, and the relay hands it out again; a check is made in one go."""
MOST_ATTEMPTS = 4
EXAMPLES = 25
BREATH = 0.02
"""Seconds between chunks in which others write: SQLite has one writer."""

Clock = Callable[[], datetime]
Told = Callable[[ImportRun], object]


class Lost(Exception):
    """Somebody else has this import by now, or stopped it."""


def due(at: datetime) -> list[int]:
    """Imports to work on now: what the relay hands to `defects_portal.tasks.import_registers`."""
    return list(ImportRun.objects.due(at).order_by("pk").values_list("pk", flat=True)[:10])


def work(run_id: int, *, clock: Clock, patience: timedelta = SLICE, told: Told | None = None) -> bool:
    """Takes the pass at hand as far as it goes; False when there was nothing to do (another worker has it).

    `told` hears of every chunk that is done.
    """
    claim = take(run_id, clock())
    run = ImportRun.objects.filter(pk=run_id, claim=claim).select_related("file").first()
    if run is None:
        return False
    try:
        if run.attempts > MOST_ATTEMPTS:  # every earlier try took its worker down, or too long
            give_up(run, _("The file could not be worked through. Send it in smaller parts."))
            return True
        with contextlib.suppress(Lost), tables.opened(run.file) as table:
            Pass(run, table, clock=clock, until=clock() + patience, told=told).go()
    except UploadRefused as refused:
        give_up(run, refused.sentence)
    finally:
        ImportRun.objects.filter(pk=run_id, claim=claim).update(claim=None, lease_until=None)
    return True


def take(run_id: int, at: datetime) -> UUID:
    """Claims the pass: the one statement that decides between two workers."""
    claim = uuid4()
    ImportRun.objects.due(at).filter(pk=run_id).update(claim=claim, lease_until=at + LEASE, attempts=F("attempts") + 1)
    return claim


def give_up(run: ImportRun, sentence: str) -> None:
    """No further; the page says why."""
    ImportRun.objects.filter(pk=run.pk, claim=run.claim).update(
        state=ImportState.FAILED, failure=sentence[:300], claim=None, lease_until=None
    )


class Pass:
    """One check of a file, or one entering of it (or what is left of that)."""

    def __init__(
        self, run: ImportRun, table: Table, *, clock: Clock, until: datetime, told: Told | None = None
    ) -> None:
        self.run, self.table, self.clock, self.until, self.told = run, table, clock, until, told
        self.is_check = run.state == ImportState.CHECKING
        self.stage = ImportStage.CHECK if self.is_check else ImportStage.IMPORT
        self.counts = Counter(run.checked if self.is_check else run.entered)
        self.registers = Registers(table, runs.sheets_of(run), runs.terms_of(run, at=clock()))

    def go(self) -> None:
        """Works through the chunks that are not done yet, then marks the pass as done.

        At least one chunk, however long it took to come to it: a slow machine gets on too.
        """
        if self.is_check:
            self._begin_anew()
        number, done_before = 0, self.run.chunks_done
        for sheet in self.registers.sheets:
            for chunk in reading.chunks_of(self.table, sheet):
                number += 1
                if number <= self.run.chunks_done:
                    continue
                is_over = self.run.chunks_done > done_before and self.clock() >= self.until
                if not self.is_check and is_over:
                    return
                self._do(sheet, chunk)
                if self.told:
                    self.told(self.run)
                time.sleep(BREATH)
        self._finish()

    def _begin_anew(self) -> None:
        """A check keeps in mind what the file adds, so it is never continued."""
        self.counts.clear()
        self.run.chunks_done = self.run.rows_done = 0
        with transaction.atomic():
            self.run.lines.all().delete()
            self._mark(chunks_done=0, rows_done=0)

    def _do(self, sheet: Sheet, chunk: list[Numbered]) -> None:
        """One chunk: as a whole when possible, else row by row, so that one row never keeps the others out."""
        counts = self.counts.copy()
        try:
            with transaction.atomic():
                self._chunk(sheet, chunk)
        except (IntegrityError, Refused):
            self.counts = counts
            self.registers.forget()
            with transaction.atomic():
                self._one_by_one(sheet, chunk)

    def _chunk(self, sheet: Sheet, chunk: list[Numbered]) -> None:
        plans = self.registers.plan(sheet, [row for row, _cells in chunk])
        self._enter(sheet, plans)
        self._note(plans, chunk)
        self._advance(len(chunk))

    def _one_by_one(self, sheet: Sheet, chunk: list[Numbered]) -> None:
        """What the database refuses is a bad row, with its sentence."""
        for numbered in chunk:
            plans: list[Plan] = []
            try:
                with transaction.atomic():
                    plans = self.registers.plan(sheet, [numbered[0]])
                    self._enter(sheet, plans)
            except (IntegrityError, Refused) as fault:
                self.registers.forget()
                plans = [Plan(numbered[0], fault=self._sentence(fault))]
            self._note(plans, [numbered])
        self._advance(len(chunk))

    def _sentence(self, fault: Exception) -> str:
        if isinstance(fault, Refused):
            return str(fault)
        return _("The register holds something that contradicts this row. Look at the home or person by hand.")

    def _enter(self, sheet: Sheet, plans: list[Plan]) -> None:
        if self.is_check:
            return
        checked = self._checked(plans)
        ready = []
        for plan in plans:
            if plan.fault:
                continue
            plan.work["held"] = self._held(plan, checked.get(plan.row.number))
            if not plan.work["held"]:
                ready.append(plan)
        self.registers.write(sheet, ready)

    def _checked(self, plans: Sequence[Plan]) -> dict[int, ImportLine]:
        """What the check showed of these rows."""
        asking = [plan.row for plan in plans if plan.needs]
        if not asking:
            return {}
        lines = self.run.lines.filter(stage=ImportStage.CHECK, sheet=asking[0].sheet)
        return {line.row: line for line in lines.filter(row__in=[row.number for row in asking])}

    def _held(self, plan: Plan, line: ImportLine | None) -> str:
        """Why a row has to wait: a tick is missing, or the register is not what the person saw when ticking."""
        terms = self.registers.terms
        if not plan.needs:
            return ""
        if not plan.allowed(terms):
            return tick_sentence(plan, terms)
        if line is None or line.changes != packed_changes(plan):
            return _("The register was changed after the check. Check the file again.")
        return ""

    def _note(self, plans: Sequence[Plan], chunk: Sequence[Numbered]) -> None:
        """Counts the verdicts and keeps the lines that a person has to know of."""
        cells = {row.number: cells for row, cells in chunk}
        lines = []
        for plan in plans:
            held = plan.work.get("held", "")
            verdict = Verdict.HELD if held else plan.verdict
            self.counts[verdict] += 1
            if self.is_check and not plan.fault and plan.needs:
                self.counts[plan.needs] += 1
            self.counts["warned"] += bool(plan.warnings)
            if self._is_kept(plan, verdict):
                lines.append(self._line(plan, verdict, held, cells[plan.row.number]))
        ImportLine.objects.bulk_create(lines)

    def _is_kept(self, plan: Plan, verdict: Verdict) -> bool:
        if verdict in {Verdict.BAD, Verdict.HELD}:
            return True
        if not self.is_check:
            return False
        return bool(plan.needs or plan.warnings) or self.counts[verdict] <= EXAMPLES

    def _line(self, plan: Plan, verdict: Verdict, held: str, cells: list[str]) -> ImportLine:
        return ImportLine(
            run=self.run,
            stage=self.stage,
            sheet=plan.row.sheet,
            row=plan.row.number,
            verdict=verdict,
            needs="" if plan.fault else plan.needs,
            sentence=plan.fault or held,
            changes=[] if plan.fault else packed_changes(plan),
            ends=[str(words) for words in plan.ends],
            warnings=[str(words) for words in plan.warnings],
            cells=cells,
        )

    def _advance(self, rows: int) -> None:
        """Marks the chunk as done, unless the lease was lost: then nothing of it stands."""
        self.run.chunks_done += 1
        self.run.rows_done += rows
        name = "checked" if self.is_check else "entered"
        counts = {str(key): value for key, value in self.counts.items()}
        self._mark(chunks_done=self.run.chunks_done, rows_done=self.run.rows_done, **{name: counts})

    def _mark(self, **changes: object) -> None:
        mine = ImportRun.objects.filter(pk=self.run.pk, claim=self.run.claim, state=self.run.state)
        if not mine.update(lease_until=self.clock() + LEASE, attempts=1, **changes):
            raise Lost

    @transaction.atomic
    def _finish(self) -> None:
        state = ImportState.CHECKED if self.is_check else ImportState.DONE
        at = self.clock()
        self._mark(state=state, **({} if self.is_check else {"ended_at": at}))
        if not self.is_check:
            name, counts = self.run.file.original_name[:40], {str(key): value for key, value in self.counts.items()}
            by = self.run.author
            audit.record("import.done", by=by, at=at, about="import", about_id=self.run.pk, reference=name, new=counts)


def packed_changes(plan: Plan) -> list[list[str]]:
    """Old and new as the line keeps them."""
    return [[str(change.label), change.old, change.new] for change in (*plan.replaced, *plan.entered)]


def tick_sentence(plan: Plan, terms: Terms) -> str:
    """What a waiting row waits for, with what the register says."""
    if plan.is_transfer and terms.transfers_on is None:
        said = {"names": ", ".join(str(words) for words in plan.ends)}
        return _("The register has another owner: %(names)s. Tick that this is a sale, or correct the row.") % said
    first = plan.replaced[0]
    said = {"what": first.label, "old": first.old, "new": first.new}
    return _("%(what)s: the register says “%(old)s”, the file “%(new)s”. Tick that the file is right.") % said
