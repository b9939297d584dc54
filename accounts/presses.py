"""What a page that changes something does with a press of its button: the work once, then the way on."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect

from accounts.access import actor_of
from ledger.idempotency import FIELD, first_time


def once(request: HttpRequest, work: Callable[[], str], *, at: datetime) -> HttpResponseRedirect:
    """Does `work` and sends the person to the address it returns; a repeat of the same press is only sent there.

    Work and key stand in one transaction: a refusal raised by `work` leaves nothing behind and may be tried again.
    """
    with transaction.atomic():
        press = first_time(request.POST.get(FIELD, ""), by=actor_of(request), at=at)
        if not press.is_repeat:
            press.settle(work())
    return HttpResponseRedirect(press.answer)
