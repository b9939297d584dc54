"""The shapes of the catalogue's JSON columns: read into values, refused when odd."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.choices import PriorityCode

MOST_PROMPTS = 4
SLOT = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True)
class Question:
    """One question to the reporter; `raises_to` says which answers make the case more urgent, `because` why."""

    key: str
    text: str
    choices: tuple[tuple[str, str], ...]
    raises_to: Mapping[str, str] = field(default_factory=dict)
    because: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Threshold:
    """A number that guidance quotes, with its unit and the edition of the source it was taken from."""

    value: Decimal
    unit: str
    edition: str

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}".strip()


def read_questions(rows: list[dict[str, Any]]) -> list[Question]:
    """The column `DefectType.questions` as values."""
    return [
        Question(
            key=row["key"],
            text=row["text"],
            choices=tuple((value, label) for value, label in row["choices"]),
            raises_to=dict(row.get("raises_to", {})),
            because=dict(row.get("because", {})),
        )
        for row in rows
    ]


def read_thresholds(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Threshold]:
    """The column `GuidanceArticle.thresholds` as values by name."""
    return {
        name: Threshold(Decimal(str(row["value"])), str(row["unit"]), str(row["edition"])) for name, row in rows.items()
    }


def quote(text: str, numbers: Mapping[str, Threshold]) -> str:
    """The text with each `{name}` replaced by the number of that name; unknown names stay as they are."""
    return SLOT.sub(lambda slot: str(numbers.get(slot[1], slot[0])), text)


def check_prompts(value: object) -> None:
    """Refuses photo prompts that are not one to four short lines."""
    fits = isinstance(value, list) and 0 < len(value) <= MOST_PROMPTS
    if not fits or not all(isinstance(line, str) and line.strip() for line in value):  # type: ignore[attr-defined]
        raise ValidationError(_("Write one to four prompts as a list of texts."))


def check_questions(value: object) -> None:
    """Refuses questions that could not be asked, or that raise to what is no priority or by what is no answer."""
    try:
        questions = read_questions(value)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError(_("Each question needs key, text and choices (pairs of value and label).")) from error
    if len({question.key for question in questions}) < len(questions):
        raise ValidationError(_("Two questions have the same key."))
    for question in questions:
        check_question(question)


def check_question(question: Question) -> None:
    """Refuses a question without two answers, and a raise that no answer or no priority stands behind."""
    answers = {value for value, _label in question.choices}
    if len(answers) < 2:
        raise ValidationError(_("The question %(key)s needs two different answers."), params={"key": question.key})
    if not set(question.raises_to) <= answers or set(question.raises_to) != set(question.because):
        raise ValidationError(
            _("In the question %(key)s each answer under raises_to needs its sentence under because."),
            params={"key": question.key},
        )
    if not set(question.raises_to.values()) <= {PriorityCode.P1, PriorityCode.P2, PriorityCode.P3}:
        raise ValidationError(
            _("The question %(key)s raises to something else than P1, P2 or P3."), params={"key": question.key}
        )


def check_thresholds(value: object) -> None:
    """Refuses a threshold without number, unit and edition."""
    try:
        read_thresholds(value)  # type: ignore[arg-type]
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise ValidationError(_("Each threshold needs value (a number), unit and edition.")) from error
