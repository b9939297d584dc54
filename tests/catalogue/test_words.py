"""What a homeowner reads in the default catalogue is plain, blames nobody and sends nobody to live equipment."""

import re

import pytest

from catalogue import guidance
from catalogue.choices import ElementTile
from catalogue.default_data.guidance import ARTICLES, BY_TRADE, BY_TYPE
from catalogue.models import DefectType, GuidanceArticle, Location, Trade

pytestmark = pytest.mark.usefixtures("installed")

# workflow.md section 6, with the forms these words take.
NEVER = re.compile(
    r"\b(reject\w*|invalid\w*|SLAs?|tickets?|rectif\w*|verif\w*|out[- ]of[- ]scope|blam\w*|your fault|you caused)\b",
    re.I,
)
OPENING = re.compile(
    r"\b(open|unscrew|remove|take off|dismantle|repair)\b[^.;:]*\b(cover|panel|socket|switch|light|fuse box|"
    r"board|unit|heater|boiler|meter|detector|gas)\b",
    re.I,
)
PERMITTED = re.compile(r"\b(never|do not)\b", re.I)


def owner_texts():
    """Everything of the default catalogue that a homeowner may read, with where it stands."""
    texts = [("location", label) for label in Location.objects.values_list("label", flat=True)]
    texts += [("tile", str(tile.label)) for tile in ElementTile]
    for kind in DefectType.objects.all():
        texts += [(kind.code, text) for text in [kind.owner_label, kind.do_now, *kind.photo_prompts]]
        for question in kind.asked:
            texts += [(kind.code, question.text), *((kind.code, label) for _value, label in question.choices)]
    for article in GuidanceArticle.objects.all():
        texts += [(article.slug, text) for text in [article.title, article.hint, article.source, article.edition]]
        texts += [(article.slug, words) for part in article.parts() for words in part]
        texts += [(article.slug, row["edition"]) for row in article.thresholds.values()]
    return texts


def test_words_that_are_never_said_to_a_homeowner():
    found = [(where, text) for where, text in owner_texts() if NEVER.search(text)]

    assert found == []


def test_nobody_is_told_to_open_electrical_or_gas_equipment():
    sentences = [(where, line) for where, text in owner_texts() for line in re.split(r"(?<=[.?!])\s", text)]
    found = [(where, line) for where, line in sentences if OPENING.search(line) and not PERMITTED.search(line)]

    assert found == []


def test_the_words_are_looked_for():
    assert NEVER.search("Your ticket was rejected.")
    assert OPENING.search("Open the cover of the fuse box.")


def test_gas_is_answered_by_going_outside():
    words = DefectType.objects.by_code("GASLEAK").do_now

    assert "go outside" in words
    assert "No flame, no switch, no telephone indoors" in words
    assert words.index("emergency service") < words.index("then us")


def test_a_leak_is_answered_by_stop_cock_and_power():
    words = DefectType.objects.by_code("LEAK").do_now

    assert "stop-cock" in words
    assert "Switch off the power" in words


def test_owner_labels_and_questions_are_short():
    for where, label in [(kind.code, kind.owner_label) for kind in DefectType.objects.all()]:
        assert len(label) <= 40, where


# Articles: short enough to be read before a report is sent, in plain sentences (about CEFR B1)

LEAST_WORDS, MOST_WORDS = 150, 350
LONGEST_SENTENCE, MOST_ON_AVERAGE = 32, 15
LONG_WORD = 11
FEW_LONG_WORDS = 0.06


def body(article):
    """Everything of an article that a homeowner reads, without its headings."""
    return " ".join([article.hint, *(text for _heading, text in article.parts())])


def sentences(text):
    return [one for one in re.split(r"(?<=[.?!:;])\s+", text) if one]


@pytest.mark.parametrize("slug", [article["slug"] for article in ARTICLES])
def test_an_article_is_short_and_plain(slug):
    article = GuidanceArticle.objects.newest(slug)
    text = body(article)
    words = re.findall(r"[\w'’-]+", text)
    lengths = [len(one.split()) for one in sentences(text)]

    assert all(getattr(article, part) for part in GuidanceArticle.PARTS)
    assert LEAST_WORDS <= len(words) <= MOST_WORDS
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) / len(lengths) <= MOST_ON_AVERAGE
    assert sum(len(word) >= LONG_WORD for word in words) / len(words) <= FEW_LONG_WORDS


def test_every_trade_has_an_article():
    without = set(Trade.objects.filter(guidance=None).values_list("code", flat=True))

    assert without == {"UNK"}
    assert Trade.objects.exclude(guidance=None).values("guidance").distinct().count() >= 15


def test_no_article_is_named_in_vain():
    named = {*BY_TRADE, *BY_TYPE}
    codes = {code for codes in (*BY_TRADE.values(), *BY_TYPE.values()) for code in codes}
    known = {*Trade.objects.values_list("code", flat=True), *DefectType.objects.values_list("code", flat=True)}

    assert named == set(GuidanceArticle.objects.in_use().values_list("slug", flat=True))
    assert codes <= known


def test_a_danger_has_an_article_that_says_at_once():
    for kind in DefectType.objects.filter(is_safety=True).select_related("guidance", "default_trade__guidance"):
        article = guidance.fitting(kind, kind.default_trade)[0]
        assert "at once" in article.is_urgent, kind.code
