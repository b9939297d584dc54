"""A visitor of the site: one kept connection, cookies, forms as they stand on the page."""

import time
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin

PASSWORD = "demo-pass-1"
IDLE = 1.0
"""Seconds after which a kept connection is given up: the server does so after two."""


@dataclass(frozen=True)
class Answer:
    """Status, body, and milliseconds: of the client after its last byte, of the product itself,
    and of the processor for it."""

    status: int
    headers: dict
    body: bytes
    wall: float
    server: float
    cpu: float
    statements: int

    @property
    def text(self):
        return self.body.decode()

    def must_be(self, *statuses):
        """This answer, if it is what was expected."""
        if self.status not in statuses:
            raise RuntimeError(f"{self.status} instead of {statuses}: {self.text[:1500]}")
        return self


class Visitor:
    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.used_at = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def again(self):
        """Another connection with the same cookies."""
        other = Visitor(self.port)
        other.cookies = dict(self.cookies)
        return other

    def sign_in(self, email):
        """By password, like a person."""
        page = self.get("/sign-in/").must_be(200)
        self.keep(page)
        form = form_of(page.text, "/sign-in/")
        answer = self.post("/sign-in/", form.fields | {"email": email, "password": PASSWORD, "way": "password"})
        self.keep(answer.must_be(302))
        return self

    def keep(self, answer):
        """Keeps the cookies that an answer sets."""
        for line in answer.headers.get("set-cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value

    def get(self, path, **headers):
        return self.ask("GET", path, None, headers)

    def post(self, path, fields, files=()):
        """A form; with files as multipart."""
        body, kind = multipart(fields, files) if files else (urlencode(fields, doseq=True).encode(), FORM)
        return self.ask("POST", path, body, {"Content-Type": kind, "Referer": f"http://127.0.0.1:{self.port}{path}"})

    def ask(self, method, path, body, headers):
        """One request; the clock starts when its last byte has been handed over."""
        if time.monotonic() - self.used_at > IDLE:
            self.connection.close()  # the next request opens it again
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in {"Cookie": cookies, **headers}.items():
            self.connection.putheader(name, value)
        if body is not None:
            self.connection.putheader("Content-Length", str(len(body)))
        self.connection.endheaders()
        if body is not None:
            self.connection.send(body)
        begun = time.perf_counter()
        response = self.connection.getresponse()
        content = response.read()
        wall = 1000 * (time.perf_counter() - begun)
        self.used_at = time.monotonic()
        return Answer(response.status, _headers(response), content, wall, *_timing(response))


FORM = "application/x-www-form-urlencoded"


def _headers(response):
    found = {}
    for name, value in response.getheaders():
        found.setdefault(name.lower(), []).append(value)
    return found


def _timing(response):
    parts = dict(part.strip().split(";", 1) for part in response.getheader("Server-Timing", "").split(",") if part)
    app, cpu = (float(parts.get(name, "dur=0")[4:]) for name in ("app", "cpu"))
    return app, cpu, int(parts.get("sql", "desc=0")[5:])


def multipart(fields, files):
    """Fields and files (name, file name, type, bytes) as a browser sends them."""
    mark = uuid.uuid4().hex
    parts = [f'name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, filename, kind, content in files:
        head = f'name="{name}"; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    lead = f"--{mark}\r\nContent-Disposition: form-data; ".encode()
    body = b"".join(lead + part for part in parts) + f"--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


@dataclass
class Form:
    action: str
    fields: dict = field(default_factory=dict)


def form_of(page, part):
    """The first form whose address holds `part`, with what stands in it."""
    reader = _Forms()
    reader.feed(page)
    found = next((form for form in reader.forms if part in form.action), None)
    if found is None:
        raise RuntimeError(f"No form with {part}: {[form.action for form in reader.forms]}")
    return found


def address(answer, path):
    """Where a redirect leads, as a path."""
    return urljoin(path, answer.headers["location"][0])


class _Forms(HTMLParser):
    """Collects forms: hidden and typed fields, ticked ones, chosen options, texts."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.select = self.textarea = ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif not self.forms:
            return
        elif tag == "input" and name and given.get("type") not in {"submit", "button", "file", "image"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.forms[-1].fields[name] = given.get("value", "on" if "checked" in given else "") or ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.forms[-1].fields[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.textarea = name
            self.forms[-1].fields[name] = ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data):
        if self.textarea and self.forms:
            self.forms[-1].fields[self.textarea] += data
