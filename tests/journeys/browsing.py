"""A person at a browser without scripts: opens addresses, follows links, fills in forms and presses their buttons.

Only what stands in the page can be used: a field or button that is not there fails the journey by its name.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Form:
    """A form as the page shows it."""

    number: int
    name: str = ""
    action: str = ""
    method: str = "get"
    fields: list = field(default_factory=list)
    names: set = field(default_factory=set)
    buttons: list = field(default_factory=list)


@dataclass
class Button:
    """What can be pressed."""

    words: str
    name: str
    value: str
    form: str


class Reader(HTMLParser):
    """Takes a page apart: words, links, forms."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.pictures, self.said = [], [], [], []
        self.loose = []
        self.open_form = self.select = self.button = self.link = self.area = self.label = None
        self.silent = 0
        self.feed(html)
        for form_name, kind, thing in self.loose:
            owner = next(form for form in self.forms if form.name == form_name)
            (owner.buttons if kind == "button" else owner.fields).append(thing)
            if kind == "field":
                owner.names.add(thing[0])

    def handle_starttag(self, tag, attrs):
        facts = {name: value if value is not None else "" for name, value in attrs}
        if tag in {"script", "style", "svg", "template"}:
            self.silent += 1
        handler = getattr(self, f"start_{tag}", None)
        if handler:
            handler(facts)

    def handle_endtag(self, tag):
        if tag in {"script", "style", "svg", "template"}:
            self.silent -= 1
        handler = getattr(self, f"end_{tag}", None)
        if handler:
            handler()

    def handle_data(self, data):
        if self.silent:
            return
        if self.area is not None:
            self.area[1] += data
            return
        self.said.append(data)
        for holder in (self.button, self.link):
            if holder is not None:
                holder[0].append(data)

    def start_form(self, facts):
        self.open_form = Form(
            len(self.forms), facts.get("id", ""), facts.get("action", ""), facts.get("method", "get").lower()
        )
        self.forms.append(self.open_form)

    def end_form(self):
        self.open_form = None

    def keep(self, facts, name, value):
        if "disabled" in facts or not name:
            return
        if facts.get("form"):
            self.loose.append((facts["form"], "field", (name, value)))
        elif self.open_form is not None:
            self.open_form.names.add(name)
            if value is not None:
                self.open_form.fields.append((name, value))

    def start_input(self, facts):
        kind = facts.get("type", "text")
        value = facts.get("value", "")
        if kind in {"checkbox", "radio"}:
            value = facts.get("value", "on") if "checked" in facts else None
        elif kind == "file":
            value = None
        elif kind in {"submit", "image"}:
            return
        self.keep(facts, facts.get("name"), value)

    def start_textarea(self, facts):
        self.area = [facts, ""]

    def end_textarea(self):
        facts, text = self.area
        self.area = None
        self.keep(facts, facts.get("name"), text.removeprefix("\n"))

    def start_select(self, facts):
        self.select = (facts, [], [])

    def start_option(self, facts):
        if self.select:
            self.select[1].append(facts.get("value", ""))
            if "selected" in facts:
                self.select[2].append(facts.get("value", ""))

    def end_select(self):
        facts, offered, chosen = self.select
        self.select = None
        values = chosen or ([] if "multiple" in facts else offered[:1])
        for value in values or [None]:
            self.keep(facts, facts.get("name"), value)

    def start_button(self, facts):
        self.button = ([], facts)

    def end_button(self):
        words, facts = self.button
        self.button = None
        pressed = Button(tidy(words), facts.get("name", ""), facts.get("value", ""), facts.get("form", ""))
        if facts.get("form"):
            self.loose.append((facts["form"], "button", pressed))
        elif self.open_form is not None and facts.get("type", "submit") == "submit":
            self.open_form.buttons.append(pressed)

    def start_a(self, facts):
        self.link = ([], facts)

    def end_a(self):
        if self.link:
            self.links.append((tidy(self.link[0]), self.link[1].get("href", "")))
        self.link = None

    def start_img(self, facts):
        self.pictures.append((facts.get("alt", ""), facts.get("src", "")))


def tidy(parts):
    return " ".join("".join(parts).split())


class Browser:
    """One person's browser; `page` is what it shows."""

    def __init__(self):
        self.client = Client()
        self.page = self.html = self.address = None

    def open(self, address, *, status=200):
        """Goes to an address, as typed or from a mail."""
        path = urlsplit(address)._replace(scheme="", netloc="").geturl()
        self._show(self.client.get(path, follow=True), status)
        assert path.startswith("/sign-in/") or not self.address.startswith("/sign-in/"), f"{path} asks to sign in"
        return self

    def follow(self, words):
        """Follows the link with these words."""
        return self.open(urljoin(self.address, self.link(words)))

    def press(self, label, /, *, status=200, files=None, **typed):
        """Types into the form that has a button with these words, and presses it. A field's None clears a tick."""
        form, button = self._button(label, set(typed) | set(files or {}))
        unknown = set(typed) | set(files or {})
        assert unknown <= form.names, f"no field {unknown - form.names} in the form of “{label}”: {sorted(form.names)}"
        data = {}
        for name, value in form.fields:
            if name not in typed:
                data.setdefault(name, []).append(value)
        data |= {name: value for name, value in typed.items() if value is not None}
        if button.name:
            data[button.name] = button.value
        data |= files or {}
        address = urljoin(self.address, form.action) if form.action else self.address
        ask = self.client.post if form.method == "post" else self.client.get
        return self._show(ask(address, data, follow=True), status)

    def _button(self, words, names):
        found = [(form, button) for form in self.page.forms for button in form.buttons if words in button.words]
        exact = [pair for pair in found if pair[1].words == words] or found
        fitting = [pair for pair in exact if names <= pair[0].names] or exact
        offered = [button.words for form in self.page.forms for button in form.buttons]
        assert fitting, f"no button “{words}”; there are {offered}"
        return fitting[0]

    def offers(self, words):
        """Whether the page has a link or button with these words."""
        buttons = [button.words for form in self.page.forms for button in form.buttons]
        return any(words in text for text in [*buttons, *(text for text, _href in self.page.links)])

    def link(self, words):
        """The address behind a link."""
        found = [href for text, href in self.page.links if words in text]
        assert found, f"no link “{words}”; there are {[text for text, _href in self.page.links]}"
        return found[0]

    @property
    def words(self):
        """What stands in the page, in one line."""
        return tidy(self.page.said)

    def _show(self, response, status):
        where = response.request["PATH_INFO"]
        assert response.status_code == status, (response.status_code, where, self._why(response))
        self.html = response.content.decode()
        self.page = Reader(self.html)
        request = response.request
        self.address = request["PATH_INFO"] + (f"?{request['QUERY_STRING']}" if request["QUERY_STRING"] else "")
        return self

    def _why(self, response):
        context = getattr(response, "context", None)
        form = context.get("form") if context else None
        return getattr(form, "errors", "") or tidy(Reader(response.content.decode()).said)[:600]
