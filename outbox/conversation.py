"""One mail over an open SMTP session, as `smtplib.SMTP.sendmail` hands it over, with work done while the server thinks.

A mail is four questions, and a worker that only waits for the answers is half as fast as the server (quality promise
36). What may be done meanwhile is named by its place: nothing stands between the server's yes and the caller.
"""

import re
import smtplib
from collections.abc import Callable

from outbox.compose import PostedMail

LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)

Work = Callable[[], object]


def hand_over(session: smtplib.SMTP, posted: PostedMail, *, first: Work, then: Work) -> None:
    """Returns when the server has taken the mail, or raises what `sendmail` raises.

    `first` is done while the server looks at the sender, `then` while it looks at the recipient: before it has a word
    of the mail, so that work which kills the worker makes no copy. The session is not to be used after an error.
    """
    (recipient,) = posted.to
    content = posted.wired.as_bytes(linesep="\r\n")
    session.ehlo_or_helo_if_needed()
    size = f" size={len(content)}" if session.does_esmtp and session.has_extn("size") else ""
    code, words = _answer(session, "mail", f"FROM:{smtplib.quoteaddr(posted.sender)}{size}", first)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, words, posted.sender)
    code, words = _answer(session, "rcpt", f"TO:{smtplib.quoteaddr(recipient)}", then)
    if code not in {250, 251}:
        raise smtplib.SMTPRecipientsRefused({recipient: (code, words)})
    code, words = session.docmd("data")
    if code == 354:
        session.send(_ended(content))
        code, words = session.getreply()
    if code != 250:
        raise smtplib.SMTPDataError(code, words)


def _answer(session: smtplib.SMTP, command: str, facts: str, meanwhile: Work) -> tuple[int, bytes]:
    session.putcmd(command, facts)
    meanwhile()
    return session.getreply()


def _ended(content: bytes) -> bytes:
    """The content with its lines of dots doubled and the line that ends it."""
    end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
    return LINE_WITH_DOT.sub(b"..", content) + end
