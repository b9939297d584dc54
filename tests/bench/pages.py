"""Promises 31 to 33: every page that people open all day, by one client and by eight."""

from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import quote_plus

from tests.bench import load, moves
from tests.bench.figures import Figure, skipped
from tests.bench.visitor import Visitor

OFFICER, MANAGER, OWNER = "amira@demo.example", "mo@demo.example", "hana@demo.example"
WHO = (OFFICER, MANAGER, OWNER)
WARM = 3


@dataclass(frozen=True)
class Page:
    """A page with the addresses to take in turn, and what is promised: milliseconds and statements."""

    what: str
    who: str
    paths: list[str]
    limit: float | None
    statements: int | None = None


def pages(sample):
    """The pages of one installation."""
    table, case = (100, 12), (80, 20)
    found = [
        Page("table, mine", OFFICER, ["/cases/?mine=mine"], *table),
        Page("table, all", MANAGER, ["/cases/?mine=all"], *table),
        Page("table, by age", MANAGER, ["/cases/?mine=all&sort=age"], *table),
        Page("table, by next date", MANAGER, ["/cases/?mine=all&sort=next"], *table),
        Page("table, closed", MANAGER, ["/cases/?mine=all&state=closed"], *table),
        Page("table, filtered", MANAGER, _filtered(sample["trades"]), *table),
        Page("case", OFFICER, [f"/cases/{one}/" for one in sample["cases"]], *case),
        Page("my day", OFFICER, ["/my-day/"], 100),
        Page("portal home", OWNER, ["/portal/"], 60),
    ]
    for what, words in _searched(sample).items():
        paths = [f"/cases/?mine=all&state=open&state=closed&q={quote_plus(word)}" for word in words]
        found.append(Page(f"search, {what}", OFFICER, paths, 150, 12))
    later = {"dashboard": (MANAGER, 200), "export": (MANAGER, None)}
    return [*found, *(Page(name, who, _of(sample, name), limit) for name, (who, limit) in later.items())]


def _of(sample, name):
    return [sample["routes"][name]] if sample["routes"][name] else []


def _filtered(trades):
    return [
        "/cases/?mine=all&state=with-contractor",
        f"/cases/?mine=all&priority=P3&trade={trades[0]}",
        "/cases/?mine=all&age=15-28&ball=officer",
        "/cases/?mine=all&clock=over",
        f"/cases/?mine=all&state=closed&trade={trades[-1]}",
        "/cases/?mine=all&clock=news",
    ]


def _searched(sample):
    return {
        "rare": sample["rare"],
        "common": ["tile", "water", "window", "the door"],
        "phone": sample["phones"],
        "home": sample["homes"],
        "person": sample["people"],
    }


def measure(installation, sample, options):
    """All figures of the pages; the memory of the web processes before and after."""
    figures = []
    with installation.serving(), ExitStack() as stack:
        people = {who: stack.enter_context(Visitor(installation.port)).sign_in(who) for who in WHO}
        before = installation.memory()
        for page in pages(sample):
            figures += _measured(people[page.who], page, options.requests)
        figures += moves.measure(people[OFFICER], sample["fresh"], options.requests)
        after = installation.memory()
    words = f"{before} MB before"
    return [*figures, Figure(33, "memory of a web process", max(after), "MB", more={"all": after}, note=words)]


def _measured(visitor, page, requests):
    if not page.paths:
        return [skipped(33, page.what, "this page does not exist yet")]
    paths = [page.paths[i % len(page.paths)] for i in range(2 * requests)]
    acts = [lambda by, path=path: by.get(path).must_be(200, 302) for path in paths]
    load.one_by_one([lambda act=act: act(visitor) for act in acts[:WARM]])
    alone = load.told(load.one_by_one([lambda act=act: act(visitor) for act in acts[:requests]]))
    many = load.told(load.at_once(visitor, acts))
    found = [
        Figure(33, page.what, alone["p95"], limit=page.limit, clients=1, more=alone),
        Figure(33, page.what, many["p95"], clients=load.MANY, more=many),
    ]
    if page.statements:
        found.append(Figure(31, page.what, alone["statements"], "statements", page.statements))
    return found
