"""How far a mail got, in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from outbox.choices import MailState
from outbox.models import OutgoingMail

AT = datetime(2026, 3, 3, 1, 14, tzinfo=UTC)
KLANG = ZoneInfo("Asia/Kuala_Lumpur")


def mail(**facts):
    return OutgoingMail(**{"queued_at": AT, "next_try_at": AT, **facts})


def test_the_same_day_needs_no_date():
    assert mail().wording_at(AT + timedelta(hours=5), KLANG) == "queued since 09:14"


def test_another_day_needs_one():
    assert mail().wording_at(AT + timedelta(days=1), KLANG) == "queued since Tue 3 Mar, 09:14"
    assert mail().wording == "queued since Tue 3 Mar, 01:14"


def test_a_delivered_mail_says_when():
    sent = mail(state=MailState.SENT, sent_at=AT + timedelta(hours=11, minutes=1))

    assert sent.wording_at(AT + timedelta(days=2), KLANG) == "delivered Tue 3 Mar, 20:15"


def test_a_failed_mail_says_why():
    assert mail(state=MailState.FAILED, failure="no such mailbox").wording == "not delivered: no such mailbox"


def test_a_mail_between_two_tries_says_what_went_wrong_and_when_it_is_tried_again():
    waiting = mail(attempts=1, failure="the mail server did not answer in time", next_try_at=AT + timedelta(minutes=5))

    words = waiting.wording_at(AT, KLANG)

    assert words == "queued since 09:14, next try 09:19: the mail server did not answer in time"
