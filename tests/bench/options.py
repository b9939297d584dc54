"""What `./run bench` is asked for."""

import argparse
from dataclasses import dataclass

PARTS = ("pages", "weights", "plans", "uploads", "mail", "pdf", "import")
DATABASES = ("sqlite", "postgresql")
SIZES = (10_000, 100_000, 1_000_000)
LARGEST_ON_SQLITE = 100_000


@dataclass(frozen=True)
class Options:
    parts: tuple[str, ...]
    runs: tuple[tuple[str, int], ...]
    requests: int
    mails: int
    file: str
    readme: bool = False


def read(arguments):
    """The command line; without any option what the quality page names."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Figures 31 to 38 of the quality page.")
    parser.add_argument("--quick", action="store_true", help="10,000 cases on SQLite only")
    parser.add_argument("--sizes", type=_numbers, help="cases, such as 10000,100000")
    parser.add_argument("--databases", type=_of(DATABASES), help=f"some of {','.join(DATABASES)}")
    parser.add_argument("--only", type=_of(PARTS), default=PARTS, help=f"some of {','.join(PARTS)}")
    parser.add_argument("--requests", type=int, default=60, help="requests of each page by one client")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--file", default="bench-results.json", help="where the figures go as JSON")
    parser.add_argument("--readme", action="store_true", help="measure nothing: print that file's table")
    asked = parser.parse_args(arguments)
    databases = asked.databases or (("sqlite",) if asked.quick else DATABASES)
    return Options(asked.only, runs(asked, databases), asked.requests, asked.mails, asked.file, asked.readme)


def runs(asked, databases):
    """Database and size of each run. SQLite is promised for 100,000 cases, and asked for more only by name."""
    sizes = asked.sizes or ((SIZES[0],) if asked.quick else SIZES)
    return tuple(
        (database, size)
        for database in databases
        for size in sizes
        if asked.sizes or database != "sqlite" or size <= LARGEST_ON_SQLITE
    )


def _numbers(text):
    return tuple(sorted(int(word) for word in text.split(",")))


def _of(known):
    def chosen(text):
        words = tuple(text.split(","))
        if unknown := set(words) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(known)}")
        return words

    return chosen
