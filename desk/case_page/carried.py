"""Words typed on one form that the next one continues with: from *Edit defect* to the confirm panel.

Kept in the session, not in the address: they may be long, and addresses end in logs.
"""

from typing import Any

from django.http import HttpRequest

from cases.models import Case

KEY = "words-for-the-panel"


def keep(request: HttpRequest, case: Case, **words: str) -> None:
    """Put aside what was typed for this case; only the last form is remembered."""
    request.session[KEY] = {"case": case.reference, "words": {name: text for name, text in words.items() if text}}


def taken(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What was put aside for this case; it stays until another form replaces it, so that a reload shows it again."""
    kept = request.session.get(KEY) or {}
    return dict(kept.get("words", {})) if kept.get("case") == case.reference else {}


def forget(request: HttpRequest) -> None:
    """The words were used."""
    request.session.pop(KEY, None)
