"""What the tests of the door share."""

import re
import time
from email.utils import parseaddr

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from outbox import delivery
from outbox.models import OutgoingMail
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def client(db):
    """A browser of its own."""
    return Client()


@pytest.fixture
def by_password():
    """`by_password(client, user)`: types address and password at the door."""

    def press(client, user, password=PASSWORD, **more):
        email = user if isinstance(user, str) else user.email
        return client.post("/sign-in/", {"email": email, "password": password, "way": "password", **more})

    return press


@pytest.fixture
def ask_code():
    """`ask_code(client, email)`: asks for a code by e-mail."""

    def press(client, email, **more):
        return client.post("/sign-in/", {"email": email, "way": "code", **more})

    return press


@pytest.fixture
def letters(settings):
    """`letters()`: everything that is due leaves now; returns the messages, newest last."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django_mail.outbox = []

    def deliver():
        for mail in list(OutgoingMail.objects.due(timezone.now())):
            delivery.deliver(mail.pk, timezone.now())
        return django_mail.outbox

    return deliver


@pytest.fixture
def readers():
    """`readers(messages)`: the bare addresses that the messages go to."""
    return lambda messages: sorted(parseaddr(to)[1] for message in messages for to in message.to)


@pytest.fixture
def digits_in():
    """`digits_in(message)`: the code in a mail."""
    return lambda message: re.search(r"\b(\d{6})\b", message.body)[1]


@pytest.fixture
def path_in(settings):
    """`path_in(message)`: the path of the link in a mail."""
    return lambda message: re.search(re.escape(settings.BASE_URL) + r"(/\S+)", message.body)[1]


@pytest.fixture
def with_app():
    """`with_app(user)`: gives the person an authenticator app."""

    def set_up(user):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
        return user

    return set_up


@pytest.fixture
def app_code():
    """`app_code(user)`: what the app shows now."""

    def show(user, *, steps=0):
        row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        counter = int(time.time()) // 30 + steps
        return totp.format_hotp_value(totp.hotp_value(decrypt(row.data["secret"]), counter))

    return show
