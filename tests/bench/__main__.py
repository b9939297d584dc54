"""Makes each installation, measures, prints the table, writes the JSON."""

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import datetime
from http.client import HTTPException
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
    if asked.readme:
        print(figures.table(figures.from_json(Path(asked.file).read_text())))
        return
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
    facts = {
        "at": datetime.now().astimezone().isoformat(),
        "seconds": round(time.monotonic() - begun),
        "machine": machine(),
    }
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
        begun = time.monotonic()
        found += part_of(part, installation, sample, asked)
        found.append(Figure(32, f"time of the bench, {part}", round(time.monotonic() - begun), "s"))
    return found


def part_of(part, installation, sample, asked):
    """The figures of one part; one that breaks off is named, and the others go on."""
    try:
        return PARTS[part](installation, sample, asked)
    except (RuntimeError, OSError, HTTPException) as error:
        say(f"{part} broke off: {error}")
        return [figures.skipped(PROMISES[part], part, f"broke off: {str(error)[:200]}")]


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


PROMISES = {"pages": 33, "weights": 38, "plans": 32, "uploads": 34, "mail": 36, "pdf": 35, "import": 37}
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


def machine():
    """On what this was measured."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model or platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": round(memory, 1),
        "load": os.getloadavg(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
