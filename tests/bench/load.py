"""Bounded loops of requests by one or several clients."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests.bench.figures import middle, p95

MANY = 8
LONGEST = 8.0
"""Seconds after which a loop ends, however few requests it made."""


def one_by_one(acts):
    """The answers of these acts, one after the other."""
    answers, ends = [], time.monotonic() + LONGEST
    for act in acts:
        answers.append(act())
        if time.monotonic() > ends:
            break
    return answers


def at_once(visitor, acts, clients=MANY):
    """The answers of these acts (called with a visitor), done by several clients with the same session."""
    parts = [acts[i::clients] for i in range(clients)]

    def work(part):
        with visitor.again() as own:
            return one_by_one([lambda act=act: act(own) for act in part])

    with ThreadPoolExecutor(clients) as pool:
        return [answer for answers in pool.map(work, parts) for answer in answers]


def told(answers):
    """Middle and 95th percentile of server and client time, most statements."""
    return {
        "p50": middle([one.server for one in answers]),
        "p95": p95([one.server for one in answers]),
        "cpu p50": middle([one.cpu for one in answers]),
        "wall p50": middle([one.wall for one in answers]),
        "wall p95": p95([one.wall for one in answers]),
        "statements": max(one.statements for one in answers),
        "kB": round(max(len(one.body) for one in answers) / 1000, 1),
        "requests": len(answers),
    }
