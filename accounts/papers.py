"""Asking for a PDF by the press of a button."""

from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.access import SignedInRequest, actor_of
from accounts.presses import once
from documents import papers


def ask(request: SignedInRequest, key: str, **about: Any) -> HttpResponseRedirect:
    """Asks once for each press, and leads to the page that shows how far it is; `about` as in `documents.papers.ask`.

    The caller has made sure that this person may see what the paper is about.
    """
    at = timezone.now()

    def work() -> str:
        paper = papers.ask(key, by=actor_of(request), at=at, **about)
        return reverse("paper_detail", args=[paper.public_id])

    return once(request, work, at=at)
