"""Setting a password: the signed-in person, or whoever holds the mailed link."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import links, notices, sessions
from accounts.invitations import InvitationRefused, guest_of, subject_of
from accounts.models import LinkToken, User
from ledger import audit
from ledger.actors import Actor
from outbox import post

PURPOSE = "new-password"
LIFETIME = timedelta(minutes=10)


@transaction.atomic
def request_link(email: str, *, by: Actor, at: datetime) -> None:
    """Mails the link for a new password; for an address without an account the same work is done and undone."""
    address = email.strip().lower()
    user = User.objects.enabled().filter(email=address).first()
    with transaction.atomic():
        post.queue_secret(
            event=f"{PURPOSE}:{at.isoformat()}",
            recipient=address,
            recipient_name=user.name if user else "",
            subject=_("Your new password"),
            kind=PURPOSE,
            purpose=PURPOSE,
            user_id=user.pk if user else 0,
            expires_at=at + LIFETIME,
            context={"seal": (user or User()).seal},
            by=by,
            at=at,
        )
        transaction.set_rollback(user is None)


def link_for(user: User, *, seal: str, expires_at: datetime, at: datetime) -> str:
    """Makes a token and returns its address."""
    facts = {"user_id": user.pk, "seal": seal}
    raw = links.mint(
        PURPOSE,
        subject=subject_of(user),
        audience=user.email,
        expires_at=expires_at,
        single_use=True,
        at=at,
        facts=facts,
    )
    return settings.BASE_URL + reverse("new_password", args=[raw])


@transaction.atomic
def choose(token: LinkToken, password: str, *, by: Actor, at: datetime) -> User:
    """Uses the link up and sets the password. Raises InvitationRefused when it is dead."""
    user = guest_of(token)
    if user is None or not links.use(token, at):
        raise InvitationRefused(_("This link no longer works. Ask for a new one."))
    change(user, password, by=by, at=at)
    return user


@transaction.atomic
def change(user: User, password: str, *, by: Actor, at: datetime) -> None:
    """Sets the password; every session, code and link of the person ends, and a mail tells them."""
    user.set_password(password)
    user.save(update_fields=["password"])
    links.revoke(subject=subject_of(user), at=at)
    sessions.end_all(user, at=at)
    audit.record("password-changed", by=by, at=at, about="user", about_id=user.pk)
    notices.tell_password_changed(user, by=by, at=at)
