"""How a refused act is told on the page that it came from."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from cases.evidence import MoveRefused, StaleCase


def tell(request: HttpRequest, form: Form | None, refusal: MoveRefused) -> int:
    """Put the sentence at its field (or on top of the page) and answer the status: 409 when the page was too old."""
    if form is not None and form.is_bound and form.is_valid():
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    else:
        messages.error(request, refusal.sentence)
    return 409 if isinstance(refusal, StaleCase) else 422
