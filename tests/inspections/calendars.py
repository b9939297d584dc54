"""A strict reader of RFC 5545 that shares nothing with the library that writes our entries."""

import re
from dataclasses import dataclass, field

LINE = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(.*)$', re.DOTALL)
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Component:
    """BEGIN to END."""

    name: str
    lines: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def value(self, name):
        return self.lines[name][0][1]

    def words(self, name):
        """A TEXT value with its escapes undone; a bare comma or semicolon in it is an error."""
        raw = self.value(name)
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", raw), raw
        return ESCAPE.sub(lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), raw)

    def parameter(self, name, parameter):
        return self.lines[name][0][0].get(parameter, "").strip('"')

    def all(self, name):
        return [part for part in self.parts if part.name == name]


def read(text):
    """The one VCALENDAR of a text: CRLF, at most 75 octets a line, every property well formed, everything closed."""
    assert text.endswith("\r\n"), "ends without CRLF"
    assert "\n" not in text.replace("\r\n", ""), "a bare line feed"
    rows = text[:-2].split("\r\n")
    assert max(len(row.encode()) for row in rows) <= 75, "a line of more than 75 octets"
    stack, root = [], None
    for row in re.sub(r"\r\n[ \t]", "", text[:-2]).split("\r\n"):
        found = LINE.match(row)
        assert found, f"not a content line: {row!r}"
        name, rest, value = found.groups()
        if name == "BEGIN":
            stack.append(Component(value))
            continue
        if name == "END":
            done = stack.pop()
            assert done.name == value
            if stack:
                stack[-1].parts.append(done)
            else:
                assert root is None
                root = done
            continue
        stack[-1].lines.setdefault(name, []).append((dict(PARAMETER.findall(rest)), value))
    assert not stack
    assert root.name == "VCALENDAR"
    assert root.value("VERSION") == "2.0"
    assert root.value("PRODID")
    return root


def event_of(text):
    """The one entry of a calendar."""
    (event,) = read(text).all("VEVENT")
    return event
