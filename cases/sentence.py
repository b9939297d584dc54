"""One row of the table of sentences."""

from dataclasses import dataclass

from cases.words import Words


@dataclass(frozen=True)
class Sentence:
    """Subject, first sentence, what happens next, and the links that the mail offers."""

    subject: Words
    lead: Words = ""
    next: Words = ""
    links: tuple[str, ...] = ("see",)
