"""Sample data of the component sheet: long names, many and none, errors. Nothing of it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

HANA = "Hana Yusof"
LONG = "Charlotte Fitzgerald-Pemberton"
LONGER = "Nurul Huda binti Mohd Kamaruzzaman"
LIM = "Lim Brothers Construction Sdn Bhd"


@dataclass(frozen=True)
class Choice:
    """The label of a choice: its words, and what the tile, tick or slot shows beside them."""

    words: str
    icon: str = ""
    note: str = ""
    on: date | None = None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Office:
    """The part of a development that the portal's frame shows."""

    office_phone: str = "03-5550 0142"
    office_hours: str = "Mon to Sat, 09:00-18:00"
    emergency_phone: str = "03-5550 0199"


ROOMS_OF_A_HOME = [
    ("living", Choice("Living room", "sofa")),
    ("kitchen", Choice("Kitchen", "cooking-pot")),
    ("bath", Choice("Master bathroom", "bath")),
    ("bed", Choice("Bedroom 2", "bed-single")),
    ("other", Choice("Somewhere else", "ellipsis")),
]
TIMES = [("am", "Mornings"), ("pm", "Afternoons"), ("sat", "Saturdays"), ("any", "Any time")]
PEOPLE = [
    ("hana", Choice(HANA, note="Homeowner, since 09:12")),
    ("lim", Choice("Lim Wei", note="Lim Brothers, since 09:10")),
]
SLOTS = [
    ("1", Choice("09:00-12:00", note="Friday morning", on=date(2026, 3, 13))),
    ("2", Choice("14:00-17:00", note="Monday afternoon", on=date(2026, 3, 16))),
]


class SampleForm(forms.Form):
    """Every kind of field."""

    room = forms.ChoiceField(
        label="Where is it?", choices=ROOMS_OF_A_HOME, widget=forms.RadioSelect(attrs={"data-look": "tiles"})
    )
    times = forms.MultipleChoiceField(
        label="When may we come?",
        help_text="Choose all that suit you.",
        required=False,
        choices=TIMES,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    slot = forms.ChoiceField(label="Visit time", choices=SLOTS, widget=forms.RadioSelect(attrs={"data-look": "slots"}))
    here = forms.MultipleChoiceField(label="Who is here?", choices=PEOPLE, widget=forms.CheckboxSelectMultiple)
    email = forms.EmailField(label="E-mail", help_text="The address you gave us at handover.")
    trade = forms.ChoiceField(label="Trade", choices=[("", "Choose"), ("plumbing", "Plumbing")])
    words = forms.CharField(
        label="In your own words", required=False, help_text="Since when?", widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.DateField(label="Repair due", widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(label="Photo", required=False)
    is_urgent = forms.BooleanField(label="Water near a socket", required=False, help_text="We ring at once.")


def filled_form() -> SampleForm:
    """Some answers, none checked."""
    return SampleForm(
        initial={"room": "bath", "times": ["am", "sat"], "slot": "1", "here": ["hana"], "email": "hana@demo.example"}
    )


def refused_form() -> SampleForm:
    """A form that came back: four errors."""
    form = SampleForm({"room": "", "email": "hana@demo", "slot": "2", "here": ["hana"], "words": "Drips since Sunday."})
    form.add_error(None, "This report was already sent from another device.")
    return form


def picture(name: str, alt: str, caption: str, when: str, **more: str) -> dict[str, Any]:
    """One picture as components/picture.html takes it."""
    src = f"/static/img/sample/{name}.jpg"
    return {"src": src, "full": src, "alt": alt, "caption": caption, "when": when, "width": 560, "height": 420, **more}


PICTURES = [
    picture("ceiling-before", "Ceiling with a brown ring", "Whole ceiling", "Tue 3 Mar", tag="Before"),
    picture("wall-before", "Wall with a diagonal crack", "Crack to the socket", "Tue 3 Mar", tag="Before"),
    picture("tap", "Tap with a drop", "Kitchen tap, when shut", "Fri 6 Mar", tag="Cause"),
    picture("ceiling-after", "The same ceiling, dry", "Painted", "Tue 10 Mar", tag="After", kind="after"),
]
STEPS = [
    {"words": "Received", "state": "done"},
    {"words": "Accepted", "state": "done"},
    {"words": "Repair booked", "state": "done"},
    {"words": "Repaired", "state": "now"},
    {"words": "You confirm", "state": ""},
]
ENTRIES = [
    {
        "kind": "in",
        "icon": "mail",
        "who": LONGER,
        "did": "replied by e-mail",
        "when": "Tue 10 Mar, 19:42",
        "text": "Thank you, they were on time.\n\nIs there anything I have to sign?",
    },
    {
        "kind": "note",
        "icon": "lock",
        "who": "Amira Rahman",
        "did": "internal note",
        "when": "Tue 10 Mar, 17:05",
        "text": "Moisture reading 12 % at the joint. Keep this one and KRM-1987 together.",
    },
    {
        "kind": "done",
        "icon": "tools",
        "who": LIM,
        "did": "reported the repair as done",
        "when": "Tue 10 Mar, 12:20",
        "text": "Replaced the waste pipe seal, dried 48 h, painted.",
        "plain": True,
        "told": "Told: Hana Yusof, e-mail delivered 12:21.",
    },
    {
        "kind": "out",
        "icon": "send",
        "who": "Amira Rahman",
        "did": "updated the resident",
        "when": "Thu 5 Mar, 10:30",
        "text": "Dear Hana, we accepted this and passed it to our contractor today.",
        "told": "Not delivered to hana@demo.example: the mailbox is full.",
        "failed": True,
    },
    {
        "icon": "move",
        "who": "Accepted and sent to Lim Brothers",
        "did": "by Amira Rahman",
        "when": "Thu 5 Mar, 10:30",
        "told": "Told: Hana Yusof, Lim Brothers.",
    },
]
ROWS = """\
KRM-1966 | B-07-1 | Rajeswari a/p Muniandy | P1 | Kitchen: sink trap leaks into cabinet
late | Not right: answer | 34 | late | 100 | 4 days over | you | You | Wed 11 Mar
TJM-0412 | 12-05 | Tan Mei Ling | P2 | Living room: rain comes in under window
late | Visit missed | 29 | late | 100 | 1 day over | contractor | Lim Brothers | Wed 11 Mar
KRM-2038 | C-02-8 | Charlotte Fitzgerald-Pemberton | P3 | Bedroom 2: door binds, gap at frame
new | New | 1 | soon | 70 | 5 h left | you | You | Wed 11 Mar, 15:30
KRM-2029 | B-11-4 | Nurul Huda binti Mohd Kamaruzzaman | P2 | Bedroom 1: crack from window corner down to the skirting
moving | In review | 5 | soon | 60 | 2 days left | you | You | Fri 13 Mar
KRM-2035 | A-14-9 | Wong Kah Hoe | P3 | Balcony: water stands after rain
booked | Inspection booked | 2 | ok | 15 | 3 days left | manager | Manager | Fri 13 Mar, 09:00
KRM-2011 | C-15-1 | Goh Swee Lian | P4 | Foyer: paint peels beside door
waiting | Please confirm | 16 | paused | 40 | Paused | homeowner | Homeowner | Sat 21 Mar
KRM-1900 | C-15-2 | Emily Clarke | P4 | Study: skirting gap
done | Completed | 44 | ok | 90 | Met | nobody | Nobody | none
"""
COLUMNS = (
    *("reference", "unit", "owner", "priority", "fault", "kind", "headline"),
    *("days", "clock", "used", "left", "ball", "who", "next"),
)
TILES = [
    ("43", "Open, mine", "acc", 100),
    ("5", "0-1 days", "", 12),
    ("11", "2-7 days", "", 26),
    ("12", "8-14 days", "warm", 28),
    ("9", "15-28 days", "warm", 21),
    ("6", "29+ days", "late", 14),
    ("4", "Over time", "late", 9),
    ("7", "News due", "warm", 16),
]


def desk() -> dict[str, Any]:
    """The case page's components."""
    return {
        "rail": [{"url": "/my-day/", "count": 23}, {"url": "/cases/", "count": 43}, {"url": "/intake/", "count": 5}],
        "pictures": PICTURES,
        "entries": ENTRIES,
        "kinds": ["new", "moving", "booked", "waiting", "late", "done"],
        "facts": [
            {"label": "Company", "words": LIM, "url": "/contractors/"},
            {"label": "Visit", "words": "Tue 10 Mar, 09:00-12:00, kept"},
            {"label": "Empty", "words": ""},
        ],
        "form": filled_form(),
        "refused": refused_form(),
        "paragraphs": ["Dear Charlotte,", "We accepted this and passed it to our contractor today."],
        "names": [HANA, LONG, LONGER],
        "today": date(2026, 3, 13),
    }


def table() -> dict[str, Any]:
    """The case table. A row of ROWS is two lines."""
    lines = ROWS.splitlines()
    halves = zip(lines[::2], lines[1::2], strict=True)
    rows: list[dict[str, Any]] = [
        dict(zip(COLUMNS, (*left.split(" | "), *right.split(" | ")), strict=True)) for left, right in halves
    ]
    for row in rows:
        row["days"] = int(row["days"])
    tiles = [dict(zip(("n", "words", "kind", "used"), tile, strict=True)) for tile in TILES]
    return {"rows": rows, "tiles": tiles, "rail": [{"url": "/cases/", "count": 43}]}


def portal() -> dict[str, Any]:
    """The homeowner's components."""
    return {
        "office": Office(),
        "home": "A-12-3",
        "on": date(2026, 3, 13),
        "steps": STEPS,
        "pictures": PICTURES,
        "visit": [
            {"icon": "calendar-check", "strong": "Fri 13 Mar, 14:00-14:30", "words": "about 20 minutes"},
            {"icon": "user-check", "strong": "Amira", "words": "from our office, with a badge"},
            {"icon": "key-round", "words": "You open the door."},
        ],
        "story": [
            {"day": "Tue 10 Mar", "words": "Repaired by Lim Brothers, 3 pictures"},
            {"day": "Tue 3 Mar", "words": "You reported it:", "quote": "From the ceiling down to the socket."},
        ],
        "form": filled_form(),
        "refused": refused_form(),
        "long": LONGER,
    }


def work() -> dict[str, Any]:
    """The contractor's list."""
    return {
        "office": Office(),
        "company": "Lim Brothers",
        "officer": "Amira, customer service",
        "home_facts": [
            {"icon": "calendar-check", "strong": "Tue 10 Mar, 09:00-12:00", "words": "agreed with the resident"},
            {"icon": "key-round", "words": "Ring first, baby sleeps until 10:00"},
        ],
        "pictures": PICTURES[:3],
    }


ROOMS: dict[str, Callable[[], dict[str, Any]]] = {"desk": desk, "table": table, "portal": portal, "work": work}
