"""Invitations: the only way to an account. A mailed link, 72 hours, used by a button and never by opening it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import links, sessions
from accounts.choices import Role
from accounts.models import LinkToken, User
from ledger import audit
from ledger.actors import SYSTEM, Actor
from outbox import post

PURPOSE = "invitation"
LIFETIME = timedelta(hours=72)


class InvitationRefused(Exception):
    """Says in a sentence why this invitation cannot be sent or used."""


@transaction.atomic
def invite(user: User, *, by: Actor, at: datetime, to: str = "") -> None:
    """Mails the link with which `user` opens the account; earlier invitations of this person end.

    `to` says for what ("your home A-12-3 in Kerinci Residences"); the page shows it beside the inviter's name. The
    token is made while the mail is sent. Raises InvitationRefused for a disabled account.
    """
    if not user.is_active:
        raise InvitationRefused(
            _("This account is disabled. Enable it before you invite %(name)s.") % {"name": user.name}
        )
    links.revoke(purpose=PURPOSE, subject=subject_of(user), at=at)
    User.objects.filter(pk=user.pk).update(invited_at=at)
    user.invited_at = at
    audit.record("invited", by=by, at=at, about="user", about_id=user.pk, new={"to": to})
    post.queue_secret(
        event=f"{PURPOSE}:{user.pk}:{at.isoformat()}",
        recipient=user.email,
        recipient_name=user.name,
        subject=_("%(office)s: open your account") % {"office": settings.PRODUCT_NAME},
        kind=PURPOSE,
        purpose=PURPOSE,
        user_id=user.pk,
        expires_at=at + LIFETIME,
        context={"invited_by": by.name, "to": to, "seal": user.seal},
        by=by,
        at=at,
    )


@transaction.atomic
def first_admin_link(email: str, at: datetime) -> str:
    """The address with which the first administrator of an installation opens the account: one use, 72 hours.

    Makes the account when there is none. Raises InvitationRefused when the address belongs to another role or to a
    disabled account.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name=address.partition("@")[0], role=Role.ADMINISTRATOR, invited_at=at)
        audit.record("user-added", by=SYSTEM, at=at, about="user", about_id=user.pk, new={"role": user.role})
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        raise InvitationRefused(_("%(email)s is no enabled administrator.") % {"email": address})
    links.revoke(purpose=PURPOSE, subject=subject_of(user), at=at)
    return link_for(user, invited_by=str(settings.PRODUCT_NAME), to="", seal=user.seal, expires_at=at + LIFETIME, at=at)


def link_for(user: User, *, invited_by: str, to: str, seal: str, expires_at: datetime, at: datetime) -> str:
    """Makes a token and returns its address."""
    facts = {"user_id": user.pk, "invited_by": invited_by, "to": to, "seal": seal}
    raw = links.mint(
        PURPOSE,
        subject=subject_of(user),
        audience=user.email,
        expires_at=expires_at,
        single_use=True,
        at=at,
        facts=facts,
    )
    return settings.BASE_URL + reverse("invitation", args=[raw])


def sentence(*, invited_by: str, to: str, role: str) -> str:
    """Who invites and for what, for the mail and for the page behind its link."""
    if to:
        return _("%(name)s invites you to %(to)s.") % {"name": invited_by, "to": to}
    return _("%(name)s invites you to %(office)s as %(role)s.") % {
        "name": invited_by,
        "office": settings.PRODUCT_NAME,
        "role": Role(role).label.lower(),
    }


def guest_of(token: LinkToken | None) -> User | None:
    """The person whom this link invites; None when password, address or role changed or the account was disabled."""
    if token is None:
        return None
    user = User.objects.enabled().filter(pk=token.facts.get("user_id")).first()
    return user if user and token.facts.get("seal") == user.seal else None


@transaction.atomic
def accept(token: LinkToken, *, password: str | None, by: Actor, at: datetime) -> User:
    """Uses the link up and opens the account, with `password` for everybody but a homeowner.

    Raises InvitationRefused when the link has been used a moment ago or is otherwise dead.
    """
    user = guest_of(token)
    if user is None or not links.use(token, at):
        raise InvitationRefused(_("This link no longer works. Ask for a new one."))
    if password is not None:
        user.set_password(password)
        user.save(update_fields=["password"])
    links.revoke(subject=subject_of(user), at=at)
    sessions.end_all(user, at=at)
    audit.record("invitation-accepted", by=by, at=at, about="user", about_id=user.pk)
    return user


def subject_of(user: User) -> str:
    """How links name this person."""
    return f"user:{user.pk}"
