"""Mails that tell people what happened to their account. They hold no secret."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import Actor
from outbox import post
from outbox.layout import Letter, render

KIND = "account"


def tell_password_changed(user: User, *, by: Actor, at: datetime) -> None:
    """To the person: the password was changed."""
    lead = _("The password of your account was changed. You are signed out everywhere and sign in with the new one.")
    _tell(user, user.email, "password", Letter(title=_("Your password was changed"), lead=lead), by=by, at=at)


def tell_email_changed(user: User, old: str, *, by: Actor, at: datetime) -> None:
    """To both addresses: from now on the new one signs in. The old one may be a stranger's: it is not told the new."""
    title = _("Your e-mail for signing in was changed")
    lead = _("From now on you sign in with %(email)s. You are signed out everywhere.") % {"email": user.email}
    _tell(user, user.email, "email", Letter(title=title, lead=lead), by=by, at=at)
    ended = _("This address no longer signs in to the account. You are signed out everywhere.")
    _tell(user, old, "email", Letter(title=title, lead=ended), by=by, at=at)


def tell_second_factor_reset(user: User, *, by: Actor, at: datetime) -> None:
    """To the person: the authenticator app no longer belongs to the account."""
    lead = _("%(name)s removed the authenticator app from your account. You set up a new one at the next sign-in.")
    letter = Letter(title=_("Your second factor was removed"), lead=lead % {"name": by.name})
    _tell(user, user.email, "second-factor", letter, by=by, at=at)


def _tell(user: User, recipient: str, what: str, letter: Letter, *, by: Actor, at: datetime) -> None:
    warning = _("Was this not you? Call the office at once.")
    text, html = render(replace(letter, eyebrow=_("Your account"), greeting=_hello(user), paragraphs=[warning]))
    post.queue(
        event=f"account:{what}:{user.pk}:{at.isoformat()}",
        recipient=recipient,
        recipient_name=user.name,
        subject=letter.title,
        text=text,
        html=html,
        kind=KIND,
        about="user",
        about_id=user.pk,
        by=by,
        at=at,
    )


def _hello(user: User) -> str:
    return _("Hello %(name)s,") % {"name": user.name}
