"""Why a mail did not leave, in a sentence for people, and whether trying again can help."""

import smtplib
from datetime import timedelta

from django.utils.translation import gettext as _

# Ten tries over a day: an outage of one night needs nobody's hand.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 480))


class Undeliverable(Exception):
    """This mail can never be sent as it is; carries the sentence."""


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after the `attempts`-th try; None when there is no further one."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_final(error: Exception) -> bool:
    """True when the server refused this mail for good (5xx to sender, recipient or content).

    A refusal of the whole session (greeting, sign-in) says nothing about the mail, so it is tried again.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    return isinstance(error, Undeliverable) or _answer(error)[0] >= 500


def in_words(error: Exception) -> str:
    """One clause without a name or an address of a person beyond what the server itself says."""
    if isinstance(error, Undeliverable):
        return str(error)
    code, text = _answer(error)
    if code:
        return _("the mail server answered %(answer)s") % {"answer": f"{code} {text}".strip()}
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib wraps some of them
        return _("the mail server did not answer in time")
    if isinstance(error, OSError):
        return _("the connection to the mail server failed")
    return _("it could not be made ready for sending")


def _answer(error: Exception) -> tuple[int, str]:
    """The code and text of the server's answer; (0, "") when there was none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused) and error.recipients:
        code, text = next(iter(error.recipients.values()))
        return code, _tidy(text)
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, _tidy(error.smtp_error)
    return 0, ""


def _tidy(text: bytes | str) -> str:
    """What the server said, on one line and not too long."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return " ".join(words.split())[:200]
