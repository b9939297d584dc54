"""Sign-in codes by e-mail, for homeowners: six digits, ten minutes, three tries, one use.

A code is kept nowhere, neither in a session nor in the database nor in the outbox: it follows from the row's nonce and
the secret key of the installation, so that a mail sent twice (see the outbox) holds the same code.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import SignInCode, User
from ledger.actors import Actor
from outbox import post

PURPOSE = "sign-in-code"
LIFETIME = timedelta(minutes=10)


@transaction.atomic
def request(email: str, *, by: Actor, at: datetime) -> SignInCode:
    """Sends a code to this address if a homeowner signs in with it; for any other the same work is done and undone.

    The row comes back in both cases: who asks cannot tell them apart, neither by the answer nor by its time.
    """
    address = email.strip().lower()
    user = User.objects.enabled().filter(email=address, role=Role.HOMEOWNER).first()
    code = SignInCode.objects.create(nonce=secrets.token_hex(32), user=user, created_at=at, expires_at=at + LIFETIME)
    with transaction.atomic():
        _queue_mail(code, address, by=by, at=at)
        transaction.set_rollback(user is None)
    return code


def verify(code_id: int, digits: str, *, at: datetime) -> User | None:
    """The person whom these digits let in, or None. Each call takes one of three tries; the right digits work once."""
    if not SignInCode.objects.alive(at).filter(pk=code_id).update(tries=F("tries") + 1):
        return None
    code = SignInCode.objects.select_related("user").get(pk=code_id)
    is_right = constant_time_compare("".join(digits.split()), digits_of(code))
    if not is_right or not SignInCode.objects.filter(pk=code_id, used_at=None).update(used_at=at):
        return None
    return code.user if code.user and code.user.is_active and code.user.role == Role.HOMEOWNER else None


def is_alive(code_id: int | None, at: datetime) -> bool:
    """May this request still be tried?"""
    return code_id is not None and SignInCode.objects.alive(at).filter(pk=code_id).exists()


def end_all(user: User, *, at: datetime) -> None:
    """No code that is on its way to this person works any more."""
    SignInCode.objects.filter(user=user, used_at=None).update(used_at=at)


def digits_of(code: SignInCode) -> str:
    """The six digits of this request: for the mail while it is sent, and to compare with what was typed."""
    derived = salted_hmac("accounts.code", code.nonce, algorithm="sha256").hexdigest()
    return f"{int(derived, 16) % 1_000_000:06d}"


def _queue_mail(code: SignInCode, address: str, *, by: Actor, at: datetime) -> None:
    post.queue_secret(
        event=f"{PURPOSE}:{code.pk}",
        recipient=address,
        recipient_name=code.user.name if code.user else "",
        subject=_("Your sign-in code"),
        kind=PURPOSE,
        purpose=PURPOSE,
        user_id=code.user.pk if code.user else 0,
        expires_at=code.expires_at,
        context={"code_id": code.pk},
        by=by,
        at=at,
    )
