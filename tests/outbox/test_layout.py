"""The one mail template."""

import pytest
from django.utils.translation import gettext_lazy

from outbox.layout import Caution, Item, Letter, Picture, Signature, render

LETTER = Letter(
    eyebrow="Report R-318",
    title="We have your report: 3 defects in A-12-3",
    greeting="Hello Hana,",
    lead="We received this on Tue 3 Mar, 20:14.",
    items=[
        Item(
            "Master bathroom ceiling, leak",
            "KRM-2041, 3 photos",
            Picture(1, "Water stain"),
            heading="We will repair (1)",
            under="We passed this on today.",
            words="Which side of the ceiling drips?",
            links=[("Read and reply", "/portal/cases/KRM-2041/#reply"), ("I disagree", "[[link:appeal-12]]")],
        )
    ],
    pictures=[Picture(2, "The stain close up")],
    quote="Brown patch.\nIt drops after rain.",
    paragraphs=["First paragraph", "Second paragraph"],
    facts=[("First answer due", "Wed 4 Mar, 13:00")],
    next_bold="Amira writes to you by Wed 4 Mar.",
    next="Until then there is nothing for you to do.",
    caution=Caution("Water near lights?", "Keep away and call 03-5550 0199, day and night.", "03-5550 0199"),
    buttons=[("See your report", "/portal/"), ("I do not know this person", "[[link:no]]")],
    note="You can answer this e-mail.",
    signature=Signature("Amira Rahman", "customer service", "03-5550 0142", "Mon to Sat, 09:00-18:00"),
    footer="Report R-318",
)

WORDS = [
    "Kerinci Homes",
    "Report R-318",
    "We have your report: 3 defects in A-12-3",
    "Hello Hana,",
    "We received this on Tue 3 Mar, 20:14.",
    "We will repair (1)",
    "We passed this on today.",
    "Master bathroom ceiling, leak",
    "KRM-2041, 3 photos",
    "Which side of the ceiling drips?",
    "Read and reply",
    "http://testserver/portal/cases/KRM-2041/#reply",
    "[[link:appeal-12]]",
    "Water stain",
    "The stain close up",
    "It drops after rain.",
    "Second paragraph",
    "First answer due",
    "Wed 4 Mar, 13:00",
    "What happens next",
    "Amira writes to you by Wed 4 Mar.",
    "Until then there is nothing for you to do.",
    "Water near lights?",
    "03-5550 0199",
    "See your report",
    "http://testserver/portal/",
    "I do not know this person",
    "[[link:no]]",
    "You can answer this e-mail.",
    "Amira Rahman",
    "customer service",
    "03-5550 0142",
    "Mon to Sat, 09:00-18:00",
]


@pytest.mark.parametrize("words", WORDS)
def test_text_and_html_say_the_same(words):
    text, html = render(LETTER)

    assert words in text
    assert words in html


def test_the_text_part_reads_well_by_itself():
    text, _html = render(LETTER)

    assert "\n\n\n" not in text
    assert "<" not in text
    assert "&" not in text
    assert text.startswith("Kerinci Homes\n\nReport R-318\n")
    assert text.endswith("09:00-18:00\nReport R-318\n")


def test_a_short_letter_has_no_empty_parts():
    text, html = render(Letter(title="Your sign-in code", lead="123 456"))

    assert text == "Kerinci Homes\n\nYour sign-in code\n\n123 456\n"
    assert "What happens next" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "field", ["title", "lead", "eyebrow", "greeting", "quote", "next", "next_bold", "note", "footer"]
)
def test_words_are_words(field):
    hostile = '<script>alert(1)</script><img src="https://evil.example/x">'
    text, html = render(Letter(**{"title": "Title", field: hostile}))

    assert hostile in text
    assert "<script" not in html
    assert "<img" not in html


def test_words_inside_lists_are_words_too():
    hostile = '"><script>alert(1)</script>'
    _text, html = render(
        Letter(
            title=gettext_lazy("Title"),
            items=[Item(hostile, hostile, Picture(1, hostile), hostile, hostile)],
            pictures=[Picture(2, hostile)],
            paragraphs=[hostile],
            facts=[(hostile, hostile)],
            caution=Caution(hostile, hostile, hostile),
            buttons=[(hostile, "/x/")],
            signature=Signature(hostile, hostile, hostile, hostile),
        )
    )

    assert "<script" not in html


def test_a_phone_number_can_be_dialled():
    _text, html = render(LETTER)

    assert 'href="tel:0355500199"' in html
    assert 'href="tel:0355500142"' in html


def test_a_caution_names_its_phone_even_when_its_words_do_not():
    text, html = render(Letter(title="T", caution=Caution("Smell of gas?", "Go outside and call", "999")))

    assert "Go outside and call 999" in text
    assert 'href="tel:999"' in html


def test_nothing_is_fetched_and_every_link_is_ours():
    _text, html = render(LETTER)

    assert "http" not in html.replace("http://testserver/", "")
    assert "url(" not in html


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "x [[link:a]]"])
def test_a_button_leads_nowhere_else(to):
    with pytest.raises(ValueError, match="neither"):
        render(Letter(title="T", buttons=[("Go", to)]))


def test_what_people_type_never_becomes_a_link_slot():
    text, html = render(Letter(title="T", quote="see [[link:no]]", facts=[("a", "[[link:no]]")]))

    assert "[[link:no]]" not in text + html
    assert "link:no]]" in text


def test_a_link_of_an_item_leads_nowhere_else():
    with pytest.raises(ValueError, match="neither a path of this site"):
        render(Letter(title="News", items=[Item("Door", links=[("Read", "https://elsewhere.example/")])]))


def test_what_looks_like_a_link_slot_in_the_words_of_an_item_stays_words():
    text, html = render(
        Letter(title="News", items=[Item("Door", words="[[link:yes]]", links=[("Yes", "[[link:yes]]")])])
    )
    assert text.count("[[link:yes]]") == html.count("[[link:yes]]") == 1
