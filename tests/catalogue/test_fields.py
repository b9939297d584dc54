"""The JSON columns refuse what could not be used."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.fields import check_prompts, check_questions, check_thresholds, read_thresholds

QUESTION = {
    "key": "coin",
    "text": "Does a coin fit in?",
    "choices": [["yes", "Yes"], ["no", "No"]],
    "raises_to": {"yes": "P3"},
    "because": {"yes": "A coin fits in."},
}


@pytest.mark.parametrize("value", [[], ["a", ""], "Show it", [3], ["a", "b", "c", "d", "e"], None])
def test_prompts_are_one_to_four_lines(value):
    with pytest.raises(ValidationError):
        check_prompts(value)


def test_good_prompts_pass():
    check_prompts(["Show the whole wall", "Close-up with a coin"])


@pytest.mark.parametrize(
    "change",
    [
        {"text": None, "choices": None},
        {"choices": ["yes", "no"]},
        {"choices": [["yes", "Yes"]], "raises_to": {}, "because": {}},
        {"choices": [["yes", "Yes"], ["yes", "Indeed"]]},
        {"raises_to": {"maybe": "P3"}, "because": {"maybe": "Why"}},
        {"raises_to": {"yes": "P7"}},
        {"raises_to": {"yes": "P0"}},
        {"because": {}},
        {"raises_to": ["yes"]},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(change):
    with pytest.raises(ValidationError):
        check_questions([{**QUESTION, **change}])


@pytest.mark.parametrize("value", [[{}], {"key": "a"}, "coin", 3, [QUESTION, QUESTION]])
def test_odd_questions_are_refused(value):
    with pytest.raises(ValidationError):
        check_questions(value)


def test_good_questions_pass():
    check_questions([QUESTION, {**QUESTION, "key": "other", "raises_to": {}, "because": {}}])


@pytest.mark.parametrize(
    "value",
    [{"gap": {}}, {"gap": 5}, [5], {"gap": {"value": "wide", "unit": "mm", "edition": "1"}}, {"gap": {"value": 5}}],
)
def test_a_threshold_needs_number_unit_and_edition(value):
    with pytest.raises(ValidationError):
        check_thresholds(value)


@pytest.mark.parametrize(("value", "words"), [(2, "2 mm"), (0.3, "0.3 mm"), ("10.0", "10 mm"), (100, "100 mm")])
def test_a_threshold_reads_as_number_and_unit(value, words):
    assert str(read_thresholds({"gap": {"value": value, "unit": "mm", "edition": "1"}})["gap"]) == words
