"""`./run lint` and `./run test`: every step runs, each is named with its outcome, the last line tells all.

`python -m tests.rig.suite lint test`. A step that this machine cannot run is reported as skipped by name; where
CI=true that is a failure.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.rig import postgres

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal"]
LINT = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "types": ["mypy", "."],
}


@dataclass
class Outcome:
    name: str
    is_good: bool
    words: str


def run(name, command, **environment):
    """Runs one step, printing as it goes; its outcome with the last line it printed."""
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment}
    )
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line.strip("= \n") or last
    is_good = process.wait() == 0
    print(f"-- {name}: {'ok' if is_good else 'FAILED'} after {time.monotonic() - begun:.0f} s", flush=True)
    return Outcome(name, is_good, last)


def lint():
    """Formatters, linters and types."""
    return [run(name, [sys.executable, "-m", *command]) for name, command in LINT.items()]


def test():
    """The whole suite on SQLite, then what depends on the database on PostgreSQL."""
    yield run("tests on SQLite", PYTEST, TEST_DATABASE_URL="")
    with postgres.server() as url:
        if url:
            yield run("database tests on PostgreSQL", [*PYTEST, "-m", "database"], TEST_DATABASE_URL=url)
        else:
            yield not_run("database tests on PostgreSQL", "PostgreSQL is missing on this machine")


def not_run(name, reason):
    """A step that this machine cannot do."""
    print(f"\n== {name}\nNOT RUN: {reason}", flush=True)
    return Outcome(name, os.environ.get("CI", "").lower() != "true", f"NOT RUN, {reason}")


def tell(outcomes):
    """The closing lines: steps without tests by name, tests with pytest's own counts."""
    checks = [outcome.name for outcome in outcomes if outcome.is_good and "tests" not in outcome.name]
    rest = [f"{outcome.name}: {outcome.words}" for outcome in outcomes if "tests" in outcome.name]
    bad = [outcome.name for outcome in outcomes if not outcome.is_good]
    print("\n== summary")
    if checks:
        print(f"ok: {', '.join(checks)}")
    print(
        f"{'FAILED: ' + ', '.join(bad) if bad else 'ALL GOOD'} | {' | '.join(rest) or 'no tests asked for'}", flush=True
    )
    return 1 if bad else 0


def main(parts):
    outcomes = []
    if "lint" in parts:
        outcomes += lint()
    if "test" in parts:
        outcomes += test()
    return tell(outcomes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
