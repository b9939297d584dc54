"""Words: every state, step and happening is worded for everybody who reads it, and no forbidden word reaches a home."""

import re
from string import Formatter

import pytest

from cases import moves, telling, updates, words
from cases.choices import (
    Audience,
    Ball,
    Basis,
    Channel,
    EventKind,
    HoldReason,
    OtherReason,
    OutOfScopeReason,
    Status,
)
from cases.sentences import LINK_LABELS, SENTENCES
from tests.conventions.sources import ROOT

TAG = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
LITERAL = re.compile(r"\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
UPDATE_FACTS = {
    "received",
    "inspected",
    "accepted",
    "company",
    "due",
    "done",
    "not_right",
    "asked",
    "deadline",
    "next",
    "note",
    "reason",
    "when",
    "officer",
}
STEP_FACTS = {"date", "when", "reason", "note"}


def forbidden_in(text):
    """Forbidden words that begin a word of the text."""
    return [word for word in words.FORBIDDEN_TO_HOMEOWNERS if re.search(rf"\b{re.escape(word)}", str(text), re.I)]


def names_in(text):
    return {name for _literal, name, _spec, _conversion in Formatter().parse(str(text)) if name}


def words_of_template(path):
    """What a reader sees: text between tags, and the strings of translate tags."""
    source = path.read_text()
    tags = " ".join(
        " ".join(filter(None, quoted))
        for tag in LITERAL.findall(source)
        if tag.startswith(("{% translate", "{% trans ", "{% blocktranslate"))
        for quoted in QUOTED.findall(tag)
    )
    return TAG.sub(" ", LITERAL.sub(" ", source)) + tags


# Status and steps


def test_every_state_has_a_label_and_a_step():
    assert {step.status for step in words.STEPS.values()} == set(Status)
    assert all(str(status.label) for status in Status)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_step_is_worded_with_facts_that_a_case_has(audience):
    unworded = [step for step, row in words.STEPS.items() if not str(row.for_audience(audience)).strip()]
    strange = {
        step: found for step, row in words.STEPS.items() if (found := names_in(row.for_audience(audience)) - STEP_FACTS)
    }
    assert (unworded, strange) == ([], {})


def test_only_what_is_not_yet_a_contractors_is_hidden_from_contractors():
    hidden = {step for step, row in words.STEPS.items() if row.contractor == words.HIDDEN}
    assert hidden == {"new", "in-review", "decision", "accepted"}
    assert not any(words.HIDDEN in (row.homeowner, row.staff) for row in words.STEPS.values())


def test_every_open_state_stands_on_the_homeowners_line():
    shown = {status for _label, states in words.PROGRESS for status in states}
    assert shown == set(Status) - {Status.CLOSED_OUT_OF_SCOPE, Status.CLOSED_OTHER}


def test_every_pill_is_a_class_of_the_style_sheet():
    assert {row.pill for row in words.STEPS.values()} == {"new", "moving", "booked", "waiting", "late", "done"}


# Sentences of mails


def test_every_happening_of_a_move_has_a_sentence_for_everybody_whom_it_tells():
    assert telling.worded() - set(SENTENCES) == set()


def test_what_is_told_of_a_move_is_that_of_the_table_and_of_each_reason_with_words_of_its_own():
    told = telling.worded()
    assert {(move.name, audience) for move in moves.TABLE for audience in move.tells} <= told
    for reason in telling.OWN_SENTENCE:
        assert {(f"close-{reason}", audience) for audience in moves.MOVES["close-other"].tells} <= told
    assert {("correct", audience) for audience in Audience} <= told


GIVEN = {
    "hold": {"reason", "deadline"},
    "ask": {"deadline"},
    "call": {"with_whom"},
    "date": {"old", "new"},
    "visit-booked": {"who"},
    "visit-changed": {"who"},
    "visit-inspected": {"on"},
    "visit-done": {"on"},
    "alert": {"name", "photos", "cover", "due"},
    "safety": {"name", "photos", "due"},
    "pictures": {"photos"},
    "decision-asked": {"decision"},
    "decision-answered": {"decision"},
    "close-out-of-scope": {"reason", "letter"},
    "close-other": {"reason"},
}
"""Facts that the verb itself adds to those of every mail."""


@pytest.mark.django_db
def test_every_placeholder_of_a_sentence_is_supplied(defaults):
    from cases import notices
    from tests.factories.cases import REPORTED_AT, make_case, make_world

    world = make_world()
    known = set(notices._facts(make_case(world=world), by=world.amira.actor(), at=REPORTED_AT)) | {"state"}
    missing = {}
    for (key, audience), sentence in SENTENCES.items():
        used = names_in(sentence.subject) | names_in(sentence.lead) | names_in(sentence.next)
        if lacking := used - known - GIVEN.get(key, set()):
            missing[key, audience.value] = lacking
    assert missing == {}


def test_every_link_of_a_sentence_has_a_label_and_leads_somewhere():
    from cases.notices import ACTION_LINKS

    used = {name for sentence in SENTENCES.values() for name in sentence.links}
    assert used == set(LINK_LABELS)
    assert set(ACTION_LINKS) <= used


def test_only_homeowners_get_links_that_act():
    acting = {"yes", "no", "reopen", "appeal", "photos"}
    assert not [key for key, row in SENTENCES.items() if key[1] != Audience.HOMEOWNER and acting & set(row.links)]


def test_every_subject_ends_with_the_reference():
    wrong = [key for key, row in SENTENCES.items() if not str(row.subject).endswith(("({ref})", "({other})"))]
    assert wrong == []


# The diary


def test_every_kind_of_diary_row_has_words_in_the_story():
    source = (ROOT / "desk" / "case_page" / "story_words.py").read_text()
    assert [kind.name for kind in EventKind if not re.search(rf"EventKind\.{kind.name}\b", source)] == []


# Forbidden words


def test_no_forbidden_word_in_what_homeowners_read_of_a_case():
    said = {step: row.homeowner for step, row in words.STEPS.items()}
    for (key, audience), sentence in SENTENCES.items():
        if audience == Audience.HOMEOWNER:
            said[key] = f"{sentence.subject} {sentence.lead} {sentence.next}"
    for choices in (HoldReason, OutOfScopeReason, OtherReason, Basis, Channel):
        said |= {f"{choices.__name__}.{value}": label for value, label in choices.choices}
    said |= {name: label for name, label in LINK_LABELS.items() if name not in {"desk", "decisions", "job"}}
    said |= {f"progress {number}": label for number, (label, _states) in enumerate(words.PROGRESS)}
    assert {name: found for name, text in said.items() if (found := forbidden_in(text))} == {}


def test_no_forbidden_word_on_a_page_of_the_portal():
    pages = [path for path in (ROOT / "templates" / "portal").rglob("*.html") if "contractor" not in path.parts]
    assert pages
    found = {str(path.relative_to(ROOT)): bad for path in pages if (bad := forbidden_in(words_of_template(path)))}
    assert found == {}


def test_no_forbidden_word_in_the_letter_that_carries_all_mails():
    pages = list((ROOT / "templates" / "outbox").glob("mail*"))
    assert pages
    assert {path.name: bad for path in pages if (bad := forbidden_in(words_of_template(path)))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your SLA ended", ["sla"]),
        ("Rejected.", ["rejected"]),
        ("translation", []),
        ("<p class='sla'>Fine</p>", ["sla"]),
    ],
)
def test_the_search_finds_whole_words(text, found):
    assert forbidden_in(text) == found


# Updates due


def test_every_open_step_and_everybody_who_acts_has_a_sentence_for_updates():
    """A step of a closed case owes no news; a new open step must be worded in `cases/updates.py`."""
    of_open = {name for name in words.STEPS if not name.startswith("closed-")}
    assert set(updates.SENTENCES) == of_open
    assert set(updates.WHO) == {ball for ball in Ball if ball != Ball.NOBODY}


UPDATES = [part for told in updates.SENTENCES.values() for part in (told.words, told.late) if part] + [
    part for part in updates.WHO.values() if part
]


@pytest.mark.parametrize("sentence", UPDATES, ids=str)
def test_updates_name_known_facts_no_promise_and_no_forbidden_word(sentence):
    assert names_in(sentence) <= UPDATE_FACTS
    assert forbidden_in(sentence) == words.hurting_words(str(sentence)) == []
    assert not re.search(r"\b(will|shall|soon|promise|guarantee)\b", str(sentence), re.I)
