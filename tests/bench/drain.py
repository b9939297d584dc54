"""`python -m tests.bench.drain N`: the outbox against bare smtplib on one kept connection, mail for mail, as JSON.

Both send the same mails to the same server in turn, so that a machine which is busy is busy for both.
"""

import json
import smtplib
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from ledger.actors import SYSTEM  # noqa: E402
from outbox import delivery, post  # noqa: E402
from outbox.compose import compose  # noqa: E402
from outbox.layout import Letter, render  # noqa: E402
from outbox.models import OutgoingMail  # noqa: E402

ROUNDS = 4


def main(count):
    """Mails a second of each, over all rounds; what a first connection costs is in both."""
    OutgoingMail.objects.undelivered().update(state="sent", sent_at=timezone.now(), claim=None, lease_until=None)
    bare = product = 0.0
    for number in range(ROUNDS):
        mails = queue(count // ROUNDS, number)
        messages = [message(mail) for mail in mails]
        bare += timed(lambda messages=messages: send(messages))
        product += timed(lambda: delivery.drain(timezone.now(), seconds=600))
    left = OutgoingMail.objects.undelivered().count()
    sent = ROUNDS * (count // ROUNDS)
    return {"smtplib": round(sent / bare, 1), "outbox": round(sent / product, 1), "left": left, "mails": sent}


def queue(count, number):
    """Mails as a move writes them, due now."""
    at = timezone.now() - timedelta(seconds=1)
    return [_queued(f"bench:{number}:{at.timestamp()}:{n}", at) for n in range(count)]


def _queued(event, at):
    letter = Letter(
        title="Your defect is with the contractor",
        paragraphs=["Lim Brothers repairs the water stain on the ceiling. They call you for a time."],
        facts=[("Case", "KRM-2041"), ("Repair until", "Fri 4 Dec")],
    )
    text, html = render(letter)
    return post.queue(
        event=event,
        recipient="hana@demo.example",
        recipient_name="Hana Yusof",
        subject="KRM-2041: with the contractor",
        text=text,
        html=html,
        kind="move",
        by=SYSTEM,
        at=at,
    )


def message(mail):
    """What the product sends, ready made."""
    posted = compose(mail, at=timezone.now())
    return posted.sender, posted.to, posted.wired.as_bytes(linesep="\r\n")


def send(messages):
    """One connection, nothing else."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=20) as session:
        for sender, to, content in messages:
            session.sendmail(sender, to, content)


def timed(work):
    """Seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
