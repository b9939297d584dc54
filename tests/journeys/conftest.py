"""What a journey has: people at browsers, a post office with a real SMTP server, and a clock that can be set."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from documents import renditions
from outbox import delivery
from tests.factories.accounts import PASSWORD
from tests.factories.cases import make_world
from tests.journeys.browsing import Browser
from tests.mails import text_of


@pytest.fixture
def clock():
    """`clock(moment)`: it is that time from now on, for pages, mails and links."""
    travels = []

    def set_to(moment):
        while travels:
            travels.pop().stop()
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travels.append(traveller)
        return timezone.now()

    yield set_to
    while travels:
        travels.pop().stop()


@pytest.fixture
def world(defaults):
    """Kerinci with Hana's home A-12-3, Noor next door, Amira, Mo and Lim."""
    return make_world()


@pytest.fixture
def sign_in(db):
    """`sign_in(user)`: a browser in which this person signed in by the page, with the password."""

    def enter(user, *, at="/"):
        browser = Browser().open(f"/sign-in/?next={at}")
        browser.press("Sign in", email=user.email, password=PASSWORD)
        return browser

    return enter


@pytest.fixture
def sign_in_by_code(post_office):
    """`sign_in_by_code(email)`: a browser of a homeowner who signed in by the code that came by e-mail."""

    def enter(email):
        browser = Browser().open("/sign-in/")
        browser.press("E-mail me a code", email=email)
        post_office.run()
        code = re.search(r"\b\d{6}\b", text_of(post_office.to(email)))
        return browser.press("Sign in", code=code.group())

    return enter


@pytest.fixture
def visitor(db):
    """A browser of somebody who is not signed in."""
    return Browser()


class PostOffice:
    """Does in this process what relay and worker do: makes the sizes of pictures, sends what is due."""

    def __init__(self, server):
        self.server = server

    def develop(self):
        """The worker makes every size of every picture that waits."""
        for file_id in list(renditions.due(timezone.now())):
            renditions.make(file_id, at=timezone.now())

    def run(self, *, seconds=0, pictures=True):
        """Everything that is due `seconds` from now, sent; the mails of this round."""
        if pictures:
            self.develop()
        before = len(self.server.messages)
        delivery.drain(timezone.now() + timedelta(seconds=seconds))
        return self.server.messages[before:]

    def to(self, person, subject=""):
        """The newest mail to this person whose subject holds these words."""
        email = getattr(person, "email", person)
        found = [mail for mail in self.server.messages if email in mail.envelope_to and subject in mail["Subject"]]
        assert found, (subject, [(mail.envelope_to, mail["Subject"]) for mail in self.server.messages])
        return found[-1]

    def count(self, person, subject=""):
        """How many mails of this kind this person got."""
        email = getattr(person, "email", person)
        return len([mail for mail in self.server.messages if email in mail.envelope_to and subject in mail["Subject"]])


@pytest.fixture
def post_office(smtp_server):
    return PostOffice(smtp_server)
