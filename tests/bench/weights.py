"""Promise 38: what a first visit loads, compressed as a server sends it, and from where."""

import gzip
import re
from contextlib import ExitStack
from urllib.parse import urljoin, urlsplit

from tests.bench.figures import Figure
from tests.bench.pages import OFFICER, OWNER
from tests.bench.visitor import Visitor

PAGES = (
    ("portal home", OWNER, "/portal/", 150),
    ("portal report", OWNER, "/portal/report/", 150),
    ("sign-in", None, "/sign-in/", 150),
    ("my day", OFFICER, "/my-day/", 250),
    ("table", OFFICER, "/cases/?mine=mine", 250),
    ("case", OFFICER, None, 250),
)
LOADED = re.compile(r"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)=["']([^"']+)["'][^>]*>""")
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
IN_SCRIPT = re.compile(r"""(?:import|from)\s*["']([^"']+)["']""")
NOT_LOADED = re.compile(r"""rel=["'](?:canonical|alternate)""")


def measure(installation, sample):
    """kB of each page with everything that it names, and the requests to other hosts."""
    figures = []
    with installation.serving(), ExitStack() as stack:
        people = {who: stack.enter_context(Visitor(installation.port)) for who in (OFFICER, OWNER, None)}
        for who in (OFFICER, OWNER):
            people[who].sign_in(who)
        for what, who, path, limit in PAGES:
            visitor = people[who]
            size, others, count = weigh(visitor, path or f"/cases/{sample['cases'][0]}/")
            figures.append(Figure(38, f"weight, {what}", size, "kB", limit, more={"files": count}))
            figures.append(Figure(38, f"other hosts, {what}", len(others), "requests", 0, note=", ".join(others)))
    return figures


def weigh(visitor, path):
    """The compressed kB, the other hosts, and the number of files of one page."""
    waiting, seen, others, total = [path], set(), set(), 0
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        answer = visitor.get(here, **{"Accept-Encoding": "gzip"}).must_be(200, 404)
        total += _sent(answer)
        for found in _named(answer):
            other = urljoin(f"http://127.0.0.1:{visitor.port}{here}", found)
            if urlsplit(other).port != visitor.port:
                others.add(urlsplit(other).netloc)
            else:
                waiting.append(urlsplit(other)._replace(scheme="", netloc="", fragment="").geturl())
    return round(total / 1000, 1), sorted(others), len(seen)


def _sent(answer):
    """Bytes on the wire: as they came, or as nginx in front compresses pages."""
    if answer.headers.get("content-encoding") or "image" in _kind(answer) or "font" in _kind(answer):
        return len(answer.body)
    return len(gzip.compress(answer.body, 6))


def _kind(answer):
    return answer.headers.get("content-type", [""])[0]


def _named(answer):
    body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") else answer.body
    kind = _kind(answer)
    if "html" in kind:
        text = body.decode()
        names = [hit[1] for hit in LOADED.finditer(text) if not NOT_LOADED.search(hit[0])]
    elif "css" in kind:
        names = IN_STYLE.findall(body.decode())
    elif "javascript" in kind:
        names = IN_SCRIPT.findall(body.decode())
    else:
        names = []
    return [name for name in names if not name.startswith(("data:", "#"))]
