"""/inbox/: the mails of a demo, without a sign-in, and only in a demo."""

import pytest
from django.utils import timezone

from outbox import delivery, inbox
from outbox.layout import Letter, render
from tests.factories.outbox import make_mail

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script><img src="https://evil.example/x">'


@pytest.fixture(autouse=True)
def demo(settings):
    settings.EMAIL_BACKEND, settings.DEBUG = "outbox.backends.FolderBackend", True


@pytest.fixture
def kept(demo):
    text, html = render(Letter(title="Leak", quote=HOSTILE, buttons=[("View defect", "/cases/KRM-2041/")]))
    make_mail(subject=f"Leak {HOSTILE}", text=text, html=html, at=timezone.now())
    delivery.drain(timezone.now())
    return inbox.newest()[0]


def pages(kept):
    return ["/inbox/", f"/inbox/{kept.name}/", f"/inbox/{kept.name}/html/"]


def test_anybody_can_follow_the_links_of_a_demo(client, kept):
    head, mail, html = [client.get(page).content.decode() for page in pages(kept)]

    assert f'href="/inbox/{kept.name}/"' in head
    assert 'href="http://testserver/cases/KRM-2041/"' in mail
    assert f'href="/inbox/{kept.name}/html/"' in mail
    assert 'href="http://testserver/cases/KRM-2041/"' in html


def test_outside_of_a_demo_nobody_reads_anything(client, kept, settings):
    settings.DEBUG = False

    assert [client.get(page).status_code for page in pages(kept)] == [404, 404, 404]


def test_what_is_not_there_is_not_found(client):
    assert client.get("/inbox/nothing/").status_code == 404
    assert client.get("/inbox/").status_code == 200


def test_words_of_a_mail_stay_words(client, kept):
    for page in pages(kept):
        assert "<script>alert" not in client.get(page).content.decode()


def test_the_formatted_mail_is_shut_in(client, kept):
    policy = client.get(pages(kept)[2])["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "'unsafe-inline'" not in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_button_of_the_formatted_mail_works_in_a_browser(browser_page, site, settings, demo):
    text, html = render(Letter(title="Leak", buttons=[("All mails", "/inbox/")]))
    make_mail(text=text, html=html, subject="Leak", at=timezone.now())
    delivery.drain(timezone.now())

    browser_page.goto("/inbox/")
    browser_page.get_by_role("link", name="Leak").click()
    browser_page.get_by_role("link", name="Show it as the recipient sees it").click()
    button = browser_page.get_by_role("link", name="All mails")
    assert button.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(15, 118, 110)"
    button.click()

    assert browser_page.url == f"{site}/inbox/"
