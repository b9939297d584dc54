"""`manage.py import_register FILE [--dry-run]`: developments, homes, owners, contractors from CSV or XLSX."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from defects_portal.choices import ImportState
from defects_portal.imports import error_file, runs, work
from defects_portal.models import ImportLine, ImportRun
from documents.uploads import UploadRefused
from ledger.actors import Actor
from units.refusals import Refused

SHOWN = 20
PATIENCE = timedelta(hours=1)
"""In one go, as nobody else waits for this process: every break has the whole file read and looked through again."""


class Command(BaseCommand):
    help = "Checks a register file and enters its good rows; bad ones are named. Ends with 1 when a row was not taken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only the check; nothing is entered.")
        parser.add_argument("--development", default="", help="Code for rows that name no development.")
        parser.add_argument("--replace", action="store_true", help="Facts of the register give way to the file's.")
        parser.add_argument("--transfers-from", type=date.fromisoformat, help="Other owners are buyers since that day.")
        parser.add_argument("--proof", default="", help="The proof of those sales.")
        parser.add_argument("--invite", action="store_true", help="Invite people with a new account by e-mail.")
        parser.add_argument("--errors", type=Path, help="Where to write the rows that were not taken.")

    def handle(self, **options: Any) -> None:
        by, path = Actor(name="Command line", role="system", channel="command"), options["file"]
        try:
            with path.open("rb") as stream:
                run = runs.take(File(stream, name=path.name), by=by, at=timezone.now())
            runs.check(run, sheets=runs.sheets_of(run), development=options["development"], by=by, at=timezone.now())
            self.go(run)
            self.show(run, run.checked)
            if not options["dry_run"]:
                self.enter(run, options, by)
        except (UploadRefused, Refused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.finish(run, options)

    def enter(self, run: ImportRun, options: dict[str, Any], by: Actor) -> None:
        """The second pass, under what the options allow."""
        allowed = runs.ticked(
            replaces=options["replace"],
            transfers_on=options["transfers_from"],
            proof=options["proof"],
            invites=options["invite"],
        )
        runs.begin(run, terms=allowed, by=by, at=timezone.now())
        self.go(run)
        self.show(run, run.entered)

    def go(self, run: ImportRun) -> None:
        """Works here, with a line of progress, until the pass is over."""
        while run.is_at_work:
            work.work(run.pk, clock=timezone.now, patience=PATIENCE, told=self.tell)
            run.refresh_from_db()
        if run.state == ImportState.FAILED:
            raise CommandError(run.failure)

    def tell(self, run: ImportRun) -> None:
        """How far it is, where somebody looks on."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{run.get_state_display()}: {run.rows_done} of {run.rows} rows", ending="")

    def show(self, run: ImportRun, counts: dict[str, int]) -> None:
        """The counts of a pass in one line."""
        words = ("new", "changed", "unchanged", "held", "bad", "transfer", "replace", "warned")
        said = ", ".join(f"{counts[word]} {word}" for word in words if counts.get(word))
        self.stdout.write(f"{run.get_state_display()}: {said or 'no rows'}.")

    def finish(self, run: ImportRun, options: dict[str, Any]) -> None:
        """Names the rows that are not in, writes them where asked, and ends with 1 when there are any."""
        lines: list[ImportLine] = list(error_file.bad_lines(run))
        for line in lines[:SHOWN]:
            self.stdout.write(f"  row {line.row}: {line.sentence}")
        if len(lines) > SHOWN:
            self.stdout.write(f"  and {len(lines) - SHOWN} more")
        if lines and options["errors"]:
            options["errors"].write_bytes(error_file.content(run))
        if lines:
            sys.exit(1)
