"""Sending: a mail is claimed in the database, sent outside of any transaction, and its outcome is written at once.

"At once" is before the server has a word of the next mail (`outbox.conversation`), and before anything else is begun.

Two workers never send the same mail: the claim is a compare-and-set with a lease. A worker that dies leaves a lease
that runs out, and the mail is due again; that window, between the server's yes and our note of it, is the only one in
which a copy can go out, under the same Message-ID.
"""

import logging
import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import F, prefetch_related_objects
from django.utils.translation import gettext as _

from outbox import failures
from outbox.choices import MailState
from outbox.compose import PostedMail, compose
from outbox.conversation import hand_over
from outbox.models import OutgoingMail

logger = logging.getLogger(__name__)

# Longer than one mail can take: ten answers of the server at EMAIL_TIMEOUT (20 s) each, plus the batch before it.
LEASE = timedelta(minutes=5)
BATCH = 200
# A mail whose worker died this often kills workers.
MOST_CLAIMS = 40
# So many workers send at once; a mail server that hangs must not hold up the other work of all of them.
MOST_ROUNDS = 2
# A claim this young belongs to a worker that is sending now.
YOUNG = timedelta(seconds=45)


class Round:
    """One connection to the mail server for as many mails as it stays good for.

    What is left to do of the mail before and of the mail behind is done while the server thinks about the one at hand:
    the outcome of the first is written before the server has a word of the second, so a copy can go out of one only.
    """

    def __init__(self, at: datetime) -> None:
        self.started_at, self.started = at, time.monotonic()
        self.connection: BaseEmailBackend | None = None
        self.taken: tuple[OutgoingMail, datetime] | None = None
        self.ready: tuple[int, PostedMail] | None = None

    @property
    def seconds(self) -> float:
        """Since the round began."""
        return time.monotonic() - self.started

    @property
    def now(self) -> datetime:
        """The time passed in, moved on by the time the round has taken."""
        return self.started_at + timedelta(seconds=self.seconds)

    def send(self, mail: OutgoingMail, *, behind: OutgoingMail | None = None) -> bool:
        """Sends one claimed mail; True when the server took it: `settle`, or the next `send`, writes that down."""
        try:
            self._hand_over(mail, behind)
        except Exception as error:
            self.settle()
            self.close()
            if not isinstance(error, OSError | failures.Undeliverable):  # SMTP errors are OSErrors
                logger.exception("Mail %s could not be made ready.", mail.pk)
            _note_failure(mail, error, self.now)
            return False
        self.taken = mail, self.now
        return True

    def settle(self) -> None:
        """Writes that the server took the last mail, unless that is done."""
        if self.taken is not None:
            _note_sent(*self.taken)
            self.taken = None

    def _hand_over(self, mail: OutgoingMail, behind: OutgoingMail | None) -> None:
        if mail.claims > MOST_CLAIMS:
            raise failures.Undeliverable(_("sending it was broken off too often"))
        message = self._message(mail)
        if self.connection is None:
            opened = get_connection()
            opened.open()
            self.connection = opened
        session = getattr(self.connection, "connection", None)
        if isinstance(session, smtplib.SMTP):
            # Without Django's detour, which parses again what is checked already: that takes longer than sending it.
            # Django has opened the connection, with its timeout, encryption and sign-in.
            hand_over(session, message, first=self.settle, then=lambda: self._make_ready(behind))
            return
        self.settle()
        if not self.connection.send_messages([message]):
            raise smtplib.SMTPServerDisconnected("The mail server took nothing.")

    def _message(self, mail: OutgoingMail) -> PostedMail:
        """The message, made ahead or now; what was done before it is written down first: making it may take long."""
        ready, self.ready = self.ready, None
        if ready is not None and ready[0] == mail.pk:
            return ready[1]
        self.settle()
        return compose(mail, at=self.now)

    def _make_ready(self, mail: OutgoingMail | None) -> None:
        """Makes the message of the next mail; one that cannot be made fails in its own turn.

        A secret runs out, so it is made last of all.
        """
        if mail is None or mail.is_secret or mail.claims > MOST_CLAIMS:
            return
        try:
            self.ready = mail.pk, compose(mail, at=self.now)
        except Exception:
            logger.info("Mail %s could not be made ahead.", mail.pk)

    def close(self) -> None:
        """Ends the connection; one that ends badly has done its work all the same."""
        ended, self.connection = self.connection, None
        if ended is None:
            return
        try:
            ended.close()
        except OSError:
            logger.info("The connection to the mail server did not end in order.")


def deliver(mail_id: int, at: datetime) -> bool:
    """Sends one mail if it is due and nobody else has it; True when the mail server took it.

    5xx: failed at once. 4xx, timeout, broken connection: due again after a growing pause (`outbox.failures.PAUSES`),
    failed after the last one. Must not be called inside a transaction.
    """
    mails = _claim([mail_id], at)
    if not mails:
        return False
    sending = Round(at)
    try:
        return sending.send(mails[0])
    finally:
        sending.settle()
        sending.close()


def drain(at: datetime, *, first: int | None = None, seconds: float = 20.0) -> int:
    """Sends what is due, `first` before all, on one connection, for about `seconds`; says how many left.

    Safe in any number of processes at once. Must not be called inside a transaction.
    """
    sending, sent = Round(at), 0
    ids = [first] if first is not None else _next(at)
    try:
        while ids and sending.seconds < seconds:
            sent += _send_batch(sending, _claim(ids, sending.now), seconds)
            ids = _next(sending.now)
    finally:
        sending.close()
    return sent


def hints(at: datetime) -> list[int]:
    """For the relay: a mail for each worker that should begin to send now. It goes on with the rest by itself."""
    sending = OutgoingMail.objects.filter(state=MailState.SENDING, lease_until__gt=at + LEASE - YOUNG)
    rounds = sending.order_by().values("claim").distinct().count()
    return _next(at)[: max(MOST_ROUNDS - rounds, 0)]


def _send_batch(sending: Round, mails: Sequence[OutgoingMail], seconds: float) -> int:
    """Sends claimed mails until the time is up, and gives back the claims that are left."""
    sent = 0
    left = list(mails)
    try:
        while left and sending.seconds < seconds:
            mail = left.pop(0)
            sent += sending.send(mail, behind=left[0] if left else None)
    finally:
        try:
            sending.settle()
        finally:
            _give_back(left)
    return sent


def _next(at: datetime) -> list[int]:
    return list(OutgoingMail.objects.due(at).values_list("pk", flat=True)[:BATCH])


def _claim(ids: Sequence[int], at: datetime) -> list[OutgoingMail]:
    """Takes those of the mails that are still due: of several workers that ask at once, each mail gets one."""
    claim = uuid4()
    taken = OutgoingMail.objects.due(at).order_by().filter(pk__in=ids)
    if not taken.update(state=MailState.SENDING, claim=claim, lease_until=at + LEASE, claims=F("claims") + 1):
        return []
    mine = list(OutgoingMail.objects.filter(claim=claim).order_by("next_try_at", "pk"))
    prefetch_related_objects([mail for mail in mine if mail.may_have_pictures], "pictures__file")
    return mine


def _give_back(mails: Sequence[OutgoingMail]) -> None:
    """Claims that were not used: the mails are due again at once."""
    if mails:
        unused = OutgoingMail.objects.filter(claim=mails[0].claim, pk__in=[mail.pk for mail in mails])
        unused.update(state=MailState.QUEUED, claim=None, lease_until=None, claims=F("claims") - 1)


def _note_failure(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """Failed for good, or due again later."""
    tries = mail.attempts + 1
    pause = None if failures.is_final(error) else failures.pause_after(tries)
    sentence = failures.in_words(error)[:300]
    if pause is None:
        logger.warning("Mail %s is given up after %s tries.", mail.pk, tries)
        _note(mail, state=MailState.FAILED, failed_at=now, failure=sentence, attempts=tries)
    else:
        _note(mail, state=MailState.QUEUED, next_try_at=now + pause, failure=sentence, attempts=tries)


def _note_sent(mail: OutgoingMail, now: datetime) -> None:
    """Writes the outcome of nearly every mail, as `_note` does, with a statement made once.

    Making it anew for each mail takes longer than half of what sending the mail takes (quality promise 36).
    """
    fields: Callable[[str], Any] = OutgoingMail._meta.get_field
    given = {"state": MailState.SENT, "sent_at": now, "attempts": mail.attempts + 1, "id": mail.pk, "claim": mail.claim}
    values = [fields(name).get_db_prep_save(value, connection) for name, value in given.items()]
    with connection.cursor() as cursor:
        cursor.execute(NOTE_SENT, values)


NOTE_SENT = (
    f"UPDATE {OutgoingMail._meta.db_table} SET state = %s, sent_at = %s, attempts = %s, "  # noqa: S608 - our own table
    "failure = '', claim = NULL, lease_until = NULL WHERE id = %s AND claim = %s"
)


def _note(mail: OutgoingMail, **facts: object) -> None:
    """Writes an outcome, unless the lease ran out and another worker has the mail by now."""
    OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim).update(claim=None, lease_until=None, **facts)
