"""A double press counts once: each form carries a key, and the key is stored before anything else is done."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.transaction import TransactionManagementError

from ledger.actors import Actor
from ledger.models import Press

FIELD = "idempotency_key"


def first_time(key: str, *, by: Actor, at: datetime) -> Press:
    """Stores the press of a form's button, or finds the first one.

    Look at `press.is_repeat` and send a repeat to `press.answer`; otherwise do the work and call `press.settle(url)`.
    Must run inside the transaction of the work, so that work that failed does not use up the key. While a first press
    is still at work, its repeats wait for it. A form without a key is always a first press.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("first_time() must run inside the transaction of the work that it guards.")
    with transaction.atomic():
        press, is_new = Press.objects.get_or_create(
            author=_author(by), key=key.strip()[:64] or uuid4().hex, defaults={"pressed_at": at}
        )
    press.is_repeat = not is_new
    return press


def _author(by: Actor) -> str:
    """Whose keys these are: nobody learns another person's answers by sending their key."""
    if by.user_id is not None:
        return f"user:{by.user_id}"
    if by.party_id is not None:
        return f"{by.role}:{by.party_id}"
    return f"{by.channel}:{by.address}"[:80]
