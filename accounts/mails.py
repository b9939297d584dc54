"""Bodies of the mails that hold a one-time secret, made while they are sent and kept nowhere."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import codes, invitations, passwords
from accounts.choices import Role
from accounts.models import SignInCode, User
from outbox import registry
from outbox.failures import Undeliverable
from outbox.layout import Letter, render
from outbox.models import OutgoingMail


def register() -> None:
    """Tells the outbox who makes which body."""
    registry.body_renderers[codes.PURPOSE] = sign_in_code
    registry.body_renderers[invitations.PURPOSE] = invitation
    registry.body_renderers[passwords.PURPOSE] = new_password


def sign_in_code(mail: OutgoingMail) -> tuple[str, str]:
    """The six digits. Raises Undeliverable when the request has ended meanwhile."""
    user = _recipient(mail)
    code = SignInCode.objects.alive(timezone.now()).filter(pk=mail.context["code_id"], user=user).first()
    if code is None:
        raise Undeliverable(_("the code had ended before it could be sent"))
    return render(
        Letter(
            eyebrow=_("Your sign-in code"),
            title=codes.digits_of(code),
            preview=_("Type it on the page that is open on your phone. It works for 10 minutes."),
            greeting=_hello(user),
            lead=_("Type these six digits on the page that is still open. They work once, for 10 minutes."),
            paragraphs=[_("You did not ask for a code? Then do nothing. We never ask for it by phone.")],
        )
    )


def invitation(mail: OutgoingMail) -> tuple[str, str]:
    """Who invites, for what, and the link. Raises Undeliverable when the account changed or was disabled meanwhile."""
    user, facts = _recipient(mail), mail.context
    if facts["seal"] != user.seal:
        raise Undeliverable(_("the account was changed before this could be sent"))
    url = invitations.link_for(
        user,
        invited_by=facts["invited_by"],
        to=facts["to"],
        seal=facts["seal"],
        expires_at=datetime.fromisoformat(facts["expires_at"]),
        at=timezone.now(),
    )
    is_homeowner = user.role == Role.HOMEOWNER
    return render(
        Letter(
            eyebrow=_("Invitation"),
            title=_("Open your account"),
            greeting=_hello(user),
            lead=invitations.sentence(invited_by=facts["invited_by"], to=facts["to"], role=user.role),
            paragraphs=[
                _("Two taps and you are in; you need no password.")
                if is_homeowner
                else _("The link leads to a page where you choose your password.")
            ],
            buttons=[(_("Open your account"), url)],
            note=_("The link works for 72 hours and once. It is meant for you alone: please do not forward this mail."),
        )
    )


def new_password(mail: OutgoingMail) -> tuple[str, str]:
    """The link for a new password. Raises Undeliverable when the account changed or was disabled meanwhile."""
    user, facts = _recipient(mail), mail.context
    if facts["seal"] != user.seal:
        raise Undeliverable(_("the account was changed before this could be sent"))
    expires_at = datetime.fromisoformat(facts["expires_at"])
    url = passwords.link_for(user, seal=facts["seal"], expires_at=expires_at, at=timezone.now())
    return render(
        Letter(
            eyebrow=_("Your account"),
            title=_("Choose a new password"),
            greeting=_hello(user),
            lead=_("Somebody, probably you, asked for a new password for this account."),
            paragraphs=[_("It was not you? Then do nothing: your password stays as it is.")],
            buttons=[(_("Choose a new password"), url)],
            note=_("The link works for 10 minutes and once."),
        )
    )


def _recipient(mail: OutgoingMail) -> User:
    user = User.objects.enabled().filter(pk=mail.context["user_id"], email=mail.recipient).first()
    if user is None:
        raise Undeliverable(_("the account was disabled or its address changed"))
    return user


def _hello(user: User) -> str:
    return _("Hello %(name)s,") % {"name": user.name}
