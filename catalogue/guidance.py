"""Guidance articles: a letter or decision points to the words that were in force, so a revision is never edited."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from catalogue.models import DefectType, GuidanceArticle, Trade
from ledger import audit
from ledger.actors import Actor


class NotInForce(Exception):
    """The article was revised or withdrawn meanwhile; carries the sentence for the person."""


@transaction.atomic
def revise(article: GuidanceArticle, *, by: Actor, at: datetime, **changes: Any) -> GuidanceArticle:
    """Writes the next revision with these columns changed, retires this one, leads trades and faults to the new one.

    Raises NotInForce when somebody else was quicker; then nothing is changed.
    """
    withdraw_row(article)
    old = GuidanceArticle.objects.get(pk=article.pk)
    newer = GuidanceArticle.objects.create(**text_of(old) | changes, slug=old.slug, revision=old.revision + 1)
    lead(old, newer)
    record("guidance-revised", newer, by=by, at=at, old={name: getattr(old, name) for name in changes}, new=changes)
    return newer


@transaction.atomic
def withdraw(article: GuidanceArticle, *, by: Actor, at: datetime) -> None:
    """Takes the article out of use and away from trades and kinds of fault. Raises NotInForce when it was already."""
    withdraw_row(article)
    lead(article, None)
    record("guidance-withdrawn", article, by=by, at=at)


@transaction.atomic
def publish(article: GuidanceArticle, *, by: Actor, at: datetime) -> None:
    """Saves a first revision of a new article."""
    article.save(force_insert=True)
    record("guidance-published", article, by=by, at=at)


def lead(old: GuidanceArticle, newer: GuidanceArticle | None) -> None:
    """Leads what pointed to one revision to another, or to none."""
    DefectType.objects.filter(guidance=old).update(guidance=newer)
    Trade.objects.filter(guidance=old).update(guidance=newer)


def fitting(defect_type: DefectType | None, trade: Trade | None) -> list[GuidanceArticle]:
    """The articles that speak of this fault, the best first: the fault's own before its trade's.

    Asks nothing when `guidance` of both is selected with the rows.
    """
    found = [row.guidance for row in (defect_type, trade) if row and row.guidance]
    return list(dict.fromkeys(found))


def matching(articles: Iterable[GuidanceArticle], text: str) -> list[GuidanceArticle]:
    """Those in which every word of `text` begins some word, in any case; a word in title or first line goes first."""
    wanted = words_of(text)
    found = [
        row for row in articles if begin(wanted, " ".join([row.title, row.hint, *(row.text(p) for p in row.PARTS)]))
    ]
    return sorted(found, key=lambda row: not begin(wanted, f"{row.title} {row.hint}"))


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"\w+", text.casefold())


def begin(wanted: list[str], text: str) -> bool:
    """Whether each of `wanted` begins a word of the text."""
    there = words_of(text)
    return all(any(word.startswith(one) for word in there) for one in wanted)


def withdraw_row(article: GuidanceArticle) -> None:
    """Compare-and-set, so that of two people only one revises."""
    if not GuidanceArticle.objects.in_use().filter(pk=article.pk).update(is_retired=True):
        raise NotInForce(_("Somebody else has revised or withdrawn this article. Open the newest revision."))


def text_of(article: GuidanceArticle) -> dict[str, Any]:
    """What a revision takes over from the one before."""
    return model_to_dict(article, exclude=["id", "slug", "is_retired"])


def record(action: str, article: GuidanceArticle, *, by: Actor, at: datetime, **values: Any) -> None:
    """The audit entry of a change to an article."""
    reference = f"{article.slug} {article.revision}"
    audit.record(action, by=by, at=at, about="guidancearticle", about_id=article.pk, reference=reference, **values)
