"""Makes each installation, measures, prints the table, writes the JSON."""

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from tests.bench import figures, later, options, pages, uploads, weights
from tests.bench.figures import Figure
from tests.bench.installation import ROOT, Installation
from tests.rig import postgres

SAMPLE = 60
ONCE = {"uploads", "weights", "pdf", "import", "mail"}
"""Parts whose figures do not depend on the number of cases: measured at the smallest size of each database."""


def main(arguments):
    asked = options.read(arguments)
    begun = time.monotonic()
    found = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(temporary_folder()))
        smtp = stack.enter_context(mail_server())
        for database in dict.fromkeys(name for name, _size in asked.runs):
            sizes = [size for name, size in asked.runs if name == database]
            for some in of_database(database, sizes, folder, smtp, asked):
                found += some
                write(found, begun, asked)  # a run that breaks off leaves what it has measured
    found += figures.growth(found)
    write(found, begun, asked)
    print(f"\n{figures.table(found)}\n")
    missed = [one for one in found if one.is_missed]
    print(f"{len(found)} figures, {len(missed)} missed, {time.monotonic() - begun:.0f} s in all.")


def write(found, begun, asked):
    """The figures so far as JSON."""
    facts = {"at": datetime.now().astimezone().isoformat(), "seconds": round(time.monotonic() - begun)}
    Path(asked.file).write_text(figures.as_json(found, **facts, runs=asked.runs) + "\n")


def of_database(database, sizes, folder, smtp, asked):
    """The figures of one database, size by size: one installation that grows."""
    with address(database, folder / database) as (own, url):
        if url is None:
            yield [figures.skipped(33, "everything", "PostgreSQL is missing here", database=database)]
            return
        installation = Installation(own, url, smtp)
        for size in sizes:
            parts = [part for part in asked.parts if part not in ONCE or size == min(sizes)]
            some = of_installation(installation, size, parts, asked)
            for one in some:
                one.database, one.cases = one.database or database, one.cases or size
            yield some


def of_installation(installation, size, parts, asked):
    """The figures of one installation."""
    say(f"{installation.folder.name}: growing to {size:,} cases ...")
    seconds, memory = installation.build(size)
    sample = installation.ask("sample", SAMPLE)
    note = f"{sample['total']:,} cases, {memory:.0f} MB at most"
    found = [Figure(32, "growing the data", round(seconds), "s", more={"MB": round(memory)}, note=note)]
    for part in parts:
        say(f"{installation.folder.name}, {size:,} cases: {part} ...")
        found += PARTS[part](installation, sample, asked)
    return found


def _plans(installation, sample, asked):
    told = installation.ask("plans")
    return [
        Figure(32, f"plan, {what}", int(plan["sorts"]), "sorts", 0, note=", ".join(plan["index"]), more=plan)
        for what, plan in told["plans"].items()
    ]


def _mail(installation, sample, asked):
    told = installation.ask("drain", asked.mails)
    ratio = round(told["outbox"] / told["smtplib"], 2)
    note = f"{told['outbox']:g} against {told['smtplib']:g} mails/s, {told['left']} left"
    return [Figure(36, "mail drain", ratio, "x smtplib", 0.7, at_least=True, more=told, note=note)]


PARTS = {
    "pages": pages.measure,
    "weights": lambda installation, sample, asked: weights.measure(installation, sample),
    "plans": _plans,
    "uploads": lambda installation, sample, asked: uploads.measure(installation),
    "mail": _mail,
    "pdf": lambda installation, sample, asked: later.measure("pdf", installation),
    "import": lambda installation, sample, asked: later.measure("import", installation),
}


@contextmanager
def address(database, own):
    """The folder and the DATABASE_URL of one installation; PostgreSQL has a server of its own for each."""
    own.mkdir()
    if database == "sqlite":
        yield own, f"sqlite:///{own}/portal.sqlite3"
        shutil.rmtree(own, ignore_errors=True)
        return
    with postgres.server() as url:
        yield own, url


@contextmanager
def temporary_folder():
    """Gone afterwards, also when something failed."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as name:
        yield name


@contextmanager
def mail_server():
    """The address of a mail server that takes everything."""
    sink = subprocess.Popen([sys.executable, "-m", "tests.bench.sink"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield f"smtp://127.0.0.1:{sink.stdout.readline().strip()}"
    finally:
        sink.terminate()
        sink.wait(10)
        sink.stdout.close()


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
