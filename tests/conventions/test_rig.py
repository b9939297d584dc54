"""The guards and servers that all other tests rely on."""

import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.core.mail import get_connection, send_mail
from django.template import engines

from tests.rig import silence, sockets


def test_the_network_is_closed():
    with pytest.raises(sockets.OutsideWorld):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(sockets.OutsideWorld):
        socket.getaddrinfo("example.com", 80)


def test_a_template_that_asks_the_database_is_refused(db, django_user_model):
    template = engines["django"].from_string("{% if people.exists == 5 %}{% endif %}")
    page = silence.SilentTemplate(template)
    template.origin.name = silence.root() + "cases/case_list.html"

    with pytest.raises(silence.TemplateAskedDatabase):
        page.render({"people": django_user_model.objects.all()})


def test_a_third_party_page_may_ask_the_database(db, django_user_model):
    template = engines["django"].from_string("{{ people.exists }}")
    template.origin.name = silence.root() + "account/login.html"

    assert silence.SilentTemplate(template).render({"people": django_user_model.objects.all()}) == "False"


def test_mail_goes_through_a_real_server(smtp_server):
    send_mail("Leak", "Water", "office@demo.example", ["hana@demo.example"])

    (message,) = smtp_server.wait_for(1)
    assert message["Subject"] == "Leak"
    assert message.envelope_to == ["hana@demo.example"]


@pytest.mark.parametrize(
    ("how", "error", "kept"),
    [
        ("later", smtplib.SMTPDataError, 0),
        ("refuse", smtplib.SMTPRecipientsRefused, 0),
        ("reset", (smtplib.SMTPServerDisconnected, ConnectionError), 0),
        ("store-then-reset", (smtplib.SMTPServerDisconnected, ConnectionError), 1),
        ("hang", smtplib.SMTPServerDisconnected, 0),
    ],
)
def test_the_mail_server_fails_on_demand_and_recovers(smtp_server, how, error, kept):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "office@demo.example", "hana@demo.example", "Leak"
    smtp_server.fail(how, times=1)

    with pytest.raises(error), smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=1) as server:
        server.send_message(mail)
    assert len(smtp_server.messages) == kept

    send_mail("Again", "Water", "office@demo.example", ["hana@demo.example"], connection=get_connection())
    assert len(smtp_server.messages) == kept + 1


def test_redis_is_real_and_survives_a_kill(redis_server):
    redis_server.client().config_set("appendfsync", "always")  # a busy disk may delay a write by two seconds
    redis_server.client().set("case", "KRM-2041")

    redis_server.kill()
    redis_server.start()

    assert redis_server.client().get("case") == b"KRM-2041"


@pytest.mark.browser
def test_chromium_reads_the_running_site(browser_page, site):
    answer = browser_page.goto("/healthz")

    assert answer.status == 200
    assert browser_page.url.startswith(site)
