"""Mails kept in a folder, as a demo reads them."""

from datetime import UTC, datetime

import pytest

from outbox import delivery, inbox
from outbox.layout import Letter, Picture, render
from tests.factories.documents import make_stored_file
from tests.factories.outbox import make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings):
    settings.EMAIL_BACKEND = "outbox.backends.FolderBackend"
    return settings.INBOX_DIR


def test_a_demo_without_any_mail_has_an_empty_inbox():
    assert inbox.newest() == []


def test_each_mail_is_one_whole_file(folder):
    make_mail(subject="First", at=AT)
    make_mail(subject="Second – ünï", recipient="hana@demo.example", at=AT)

    assert delivery.drain(AT) == 2

    assert [path.suffix for path in folder.iterdir()] == [".eml", ".eml"]
    second, first = inbox.newest()
    assert (second.subject, second.date, first.subject) == ("Second – ünï", AT, "First")
    assert "hana@demo.example" in second.to


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_read_with_both_bodies_and_its_pictures():
    text, html = render(Letter(title="Leak", pictures=[Picture(1, "Stain")]))
    make_mail(text=text, html=html, pictures=[(make_stored_file(is_developed=True), "Stain")], at=AT)
    delivery.drain(AT)

    mail = inbox.read(inbox.newest()[0].name)

    assert "Picture: Stain" in mail.text
    assert 'src="data:image/jpeg;base64,/9j/' in mail.html
    assert "cid:" not in mail.html


@pytest.mark.parametrize("name", ["missing", "../settings", "a/b", "", ".", "x.eml"])
def test_a_name_leads_to_no_other_file(folder, name):
    folder.mkdir()
    (folder.parent / "settings.eml").write_text("Subject: secret\n\nx")

    assert inbox.read(name) is None


def test_exactly_the_styles_of_the_mail_are_allowed():
    hashes = inbox.style_hashes('<style>p{}</style><p style="color:red">x</p><b style="color:red">y</b><i>z</i>')

    assert len(hashes) == 2
    assert all(source.startswith("'sha256-") for source in hashes)
