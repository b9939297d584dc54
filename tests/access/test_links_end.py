"""A link of a mail does one thing, once, for its time, and is kept nowhere (quality 14, 16)."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.models import LinkToken
from cases import links
from cases.choices import Status
from cases.models import Case
from outbox import delivery
from outbox.models import OutgoingMail
from tests.access.ends import file_of, link_to, statuses
from tests.factories.cases import fresh
from tests.mails import links_in
from units import report_links

pytestmark = pytest.mark.django_db


def test_an_action_link_offers_nothing_after_its_answer(world, case, client, now):
    link = link_to(world.hana, links.ACTION, case=case.pk, action="confirm")
    assert b'name="answer"' in client.get(link).content
    sent = {"answer": "yes", "seen_version": case.version}
    assert client.post(link, sent).status_code == 302
    closed = fresh(case)
    assert closed.status == Status.CLOSED_COMPLETE
    assert b'name="answer"' not in client.get(link).content
    client.post(link, {"answer": "no", "words": "Changed my mind about it.", "seen_version": closed.version})
    assert (fresh(case).status, fresh(case).version) == (Status.CLOSED_COMPLETE, closed.version)


def test_opening_a_mail_link_changes_nothing(world, case, client):
    for action in ("confirm", "not-right", "reopen"):
        client.get(link_to(world.hana, links.ACTION, case=case.pk, action=action))
    report = case.report_item.report
    client.get(link_to(world.hana, links.TENANT, report=report.pk, action="yes"))
    assert (fresh(case).status, fresh(case).version) == (case.status, case.version)


def test_an_action_link_offers_only_its_action(world, case, client):
    """With the link of "Is it fixed?" nothing else is opened: neither the portal nor another case of the home."""
    link = link_to(world.hana, links.ACTION, case=case.pk, action="confirm")
    client.get(link)
    pages = ["/portal/", f"/portal/cases/{case.reference}/", file_of(case)]
    assert statuses(client, *pages) == [302] * 3


@pytest.mark.parametrize(("purpose", "hours"), [(links.ACTION, 30 * 24), (links.PHOTOS, 72), (links.TENANT, 30 * 24)])
def test_a_link_ends_with_its_time(world, case, client, purpose, hours):
    link = link_to(world.hana, purpose, case=case.pk, report=case.report_item.report_id, action="confirm")
    token = LinkToken.objects.get(purpose=purpose)
    assert token.expires_at - token.created_at == timedelta(hours=hours)
    assert client.get(link).status_code == 200
    ago = timedelta(hours=hours, seconds=1)
    LinkToken.objects.update(created_at=F("created_at") - ago, expires_at=F("expires_at") - ago)
    assert client.get(link).status_code == 404


def test_only_the_hash_of_a_link_is_kept(world, case, smtp_server):
    delivery.drain(timezone.now())
    raw = [
        link.rstrip("/").rsplit("/", 1)[-1]
        for mail in smtp_server.messages
        for link in links_in(mail)
        if "/portal/act/" in link
    ]
    assert raw
    kept = " ".join(str(row) for model in (OutgoingMail, LinkToken) for row in model.objects.values_list())
    assert [token for token in raw if token in kept] == []


def test_a_letter_link_printed_before_it_was_renewed_is_dead(world, client_for, client):
    old = f"/report/{report_links.token(world.unit)}/"
    client_for(world.amira).post("/units/krm/a123/link/", {"reason": "Lost in the post"})
    assert client.get(old).status_code == 404
    assert Case.objects.count() == 0
