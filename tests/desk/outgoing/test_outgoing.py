"""The ledger of mails: who sees which row and which words, filters, pages, sending again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import Report
from ledger.models import AuditEntry
from outbox.choices import MailState
from outbox.models import OutgoingMail
from tests.factories.accounts import ada, lim
from tests.factories.cases import fresh, make_case, make_report
from tests.factories.outbox import make_failed_mail, make_mail
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7


@pytest.fixture
def case(world):
    case = make_case(world=world, at=timezone.now() - timedelta(days=1))
    OutgoingMail.objects.all().update(queued_at=timezone.now() - timedelta(days=1))
    return case


def mail_about(case, **facts):
    return make_mail(**{"about_id": case.pk, "about_reference": case.reference, **facts})


def subjects(client, query=""):
    response = client.get(f"/outgoing/{query}")
    assert response.status_code == 200, response
    return [row["subject"] for row in response.context["rows"]]


@pytest.mark.parametrize("amount", [1, 30])
def test_the_number_of_queries_is_flat(desk, case, queries, amount):
    for number in range(amount):
        mail_about(case, subject=f"Mail {number}")
    desk.get("/outgoing/")

    with queries(LIST_QUERIES):
        desk.get("/outgoing/")


def test_each_mail_is_told_in_the_zone_of_its_development(desk, client_for, world, case):
    there = make_development(code="ELM", zone="Europe/London")
    other = make_report(world=world, at=timezone.now())
    Report.objects.filter(pk=other.pk).update(development=there)
    at = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
    here = mail_about(case, subject="Here", at=at)
    make_mail(about="report", about_id=other.pk, about_reference=other.reference, subject="There", at=at)
    make_mail(about="user", about_id=1, about_reference="", subject="Nowhere", at=at)

    rows = {row["subject"]: row["when"] for row in client_for(ada()).get("/outgoing/").context["rows"]}

    assert (rows["Here"][-5:], rows["There"][-5:], rows["Nowhere"][-5:]) == ("20:00", "13:00", "12:00")
    facts = {fact["label"]: fact["words"] for fact in desk.get(f"/outgoing/{here.pk}/").context["facts"]}
    assert facts["Queued"].endswith("20:00")


def test_newest_stand_first_with_their_state_in_words(desk, case, world):
    now = timezone.now()
    mail_about(case, subject="Older", at=now - timedelta(minutes=5))
    mail_about(case, subject="Newest", at=now)
    sent = mail_about(case, subject="Sent", at=now - timedelta(minutes=9))
    OutgoingMail.objects.filter(pk=sent.pk).update(state=MailState.SENT, sent_at=now)
    make_failed_mail(about_id=case.pk, about_reference=case.reference, subject="Lost", at=now - timedelta(minutes=10))

    rows = {row["subject"]: row for row in desk.get("/outgoing/").context["rows"]}

    assert list(rows)[:2] == ["Newest", "Older"]
    assert rows["Newest"]["state"].startswith("queued since")
    assert rows["Sent"]["state"].startswith("delivered")
    assert rows["Lost"]["state"] == "not delivered: no such mailbox"


def test_mails_about_accounts_and_unknown_things_are_the_administrators(desk, client_for, case, world):
    account = make_mail(about="user", about_id=world.mo.pk, about_reference="", subject="Your account")
    nowhere = make_mail(about="", about_id=None, about_reference="", subject="About nothing")

    assert "Your account" not in subjects(desk)
    assert "About nothing" not in subjects(desk)
    for mail in (account, nowhere):
        assert desk.get(f"/outgoing/{mail.pk}/").status_code == 404
        assert client_for(world.mo).get(f"/outgoing/{mail.pk}/").status_code == 404
    administrator = client_for(ada())
    assert {"Your account", "About nothing"} <= set(subjects(administrator))
    assert administrator.get(f"/outgoing/{account.pk}/").status_code == 200


def test_an_officer_of_another_development_sees_no_row_and_no_mail(client_for, case, world):
    mail = OutgoingMail.objects.filter(about="case").first()
    limit_officer(world.amira, make_development(code="TJM"))
    client = client_for(world.amira)

    assert subjects(client) == []
    assert client.get(f"/outgoing/{mail.pk}/").status_code == 404
    assert client.post(f"/outgoing/{mail.pk}/retry/").status_code == 404


def test_words_of_a_mail_on_several_cases_need_sight_of_all(client_for, world, case):
    hidden = make_development(code="TJM", name="Tanjong")
    both = make_report(world=world, at=timezone.now())
    mail = mail_about(case, text="Two homes: A-12-3 and the secret one.", subject="2 items")
    other = fresh(case.__class__.objects.get(report_item__report=both))
    case.notices.create(
        audience="contractor", recipient_name="Lim", channel="e-mail", mail=mail, subject="2 items", at=timezone.now()
    )
    other.notices.create(
        audience="contractor", recipient_name="Lim", channel="e-mail", mail=mail, subject="2 items", at=timezone.now()
    )
    case.__class__.objects.filter(pk=other.pk).update(development=hidden)
    manager = client_for(world.mo)
    limit_officer(world.amira, world.development)
    officer = client_for(world.amira)

    assert "the secret one" in manager.get(f"/outgoing/{mail.pk}/").content.decode()
    page = officer.get(f"/outgoing/{mail.pk}/").content.decode()
    assert "the secret one" not in page
    assert "outside your developments" in page


def test_a_link_with_a_key_is_not_shown_and_html_is_text(desk, case):
    mail = mail_about(
        case, text="Confirm: [[link:yes]] <script>alert(1)</script>", links={"yes": {"purpose": "case-action"}}
    )

    page = desk.get(f"/outgoing/{mail.pk}/").content.decode()

    assert "[[link" not in page
    assert "a link that only the mail holds" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


FILTERS = {
    "q=leak": ({"subject": "A LEAK somewhere"}, {"subject": "A crack"}),
    "q=noor": ({"recipient_name": "Noor Said"}, {"recipient_name": "Hana"}),
    "q=noor@demo": ({"recipient": "noor@demo.example"}, {"recipient": "hana@demo.example"}),
}


@pytest.mark.parametrize("query", FILTERS)
def test_words_find_subject_name_and_address(desk, case, query):
    OutgoingMail.objects.all().update(subject="x", recipient_name="x")
    inside, _outside = (mail_about(case, **facts) for facts in FILTERS[query])

    rows = desk.get(f"/outgoing/?{query}").context["rows"]

    assert [row["pk"] for row in rows] == [inside.pk]


@pytest.mark.parametrize(("state", "wanted"), [("failed", "Lost"), ("sent", "Sent"), ("waiting", "Queued")])
def test_states(desk, case, state, wanted):
    OutgoingMail.objects.update(subject="x", state=MailState.SENT, sent_at=timezone.now())
    OutgoingMail.objects.update(about_id=0)
    facts = {"about_id": case.pk, "about_reference": case.reference}
    make_failed_mail(**facts, subject="Lost")
    make_mail(**facts, subject="Queued")
    sent = make_mail(**facts, subject="Sent")
    OutgoingMail.objects.filter(pk=sent.pk).update(state=MailState.SENT, sent_at=timezone.now())

    assert subjects(desk, f"?state={state}") == [wanted]


def test_development_day_and_reference(desk, case, world):
    other = make_case(world=world, at=timezone.now() - timedelta(days=40))
    elsewhere = make_development(code="TJM")
    case.__class__.objects.filter(pk=other.pk).update(development=elsewhere)
    OutgoingMail.objects.all().update(about_id=0)
    zone = world.development.tz
    mail_about(case, subject="Here", at=timezone.now())
    mail_about(other, subject="There", at=timezone.now() - timedelta(days=30))
    today = timezone.now().astimezone(zone).date().isoformat()

    assert subjects(desk, "?development=TJM") == ["There"]
    assert subjects(desk, "?development=KRM") == ["Here"]
    assert subjects(desk, f"?day={today}") == ["Here"]
    letters, number = case.reference.lower().split("-")
    case.notices.create(
        audience="homeowner", recipient_name="Hana", channel="e-mail", subject="x", at=timezone.now(),
        mail=OutgoingMail.objects.get(subject="Here"),
    )  # fmt: skip
    assert "Here" in subjects(desk, f"?q={letters}{number}")


@pytest.mark.parametrize(
    "query",
    ["state=x", "day=0001-01-01", "day=9999-12-31", "day=x", "development=ZZZ", "q=%00", "q=" + "x" * 2000],
)
def test_wrong_values_are_named(desk, case, query):
    assert desk.get(f"/outgoing/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["page=1000000", "after=x", "recipient__contains=a", "q='%22<b>"])
def test_other_values_do_no_harm(desk, case, query):
    assert desk.get(f"/outgoing/?{query}").status_code == 200


def test_pages(desk, case):
    for number in range(45):
        mail_about(case, subject=f"Mail {number}", at=timezone.now() + timedelta(minutes=number))
    first = desk.get("/outgoing/?q=Mail")
    second = desk.get(f"/outgoing/{first.context['next']}")
    back = desk.get(f"/outgoing/{second.context['previous']}")

    shown = [[row["subject"] for row in page.context["rows"]] for page in (first, second, back)]
    assert [len(rows) for rows in shown] == [40, 5, 40]
    assert shown[2] == shown[0]
    assert not set(shown[0]) & set(shown[1])


def test_sending_again_is_audited_and_counts_once(desk, case, world):
    mail = make_failed_mail(about_id=case.pk, about_reference=case.reference)
    assert "Send again" in desk.get(f"/outgoing/{mail.pk}/").content.decode()

    for _press in range(2):
        response = desk.post(f"/outgoing/{mail.pk}/retry/", {"idempotency_key": "k"})
        assert response.url == f"/outgoing/{mail.pk}/"

    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert AuditEntry.objects.filter(action="mail-retried").count() == 1
    assert desk.get(f"/outgoing/{mail.pk}/retry/").status_code == 405
    assert "Send again" not in desk.get(f"/outgoing/{mail.pk}/").content.decode()


def test_a_secret_mail_shows_why_it_has_no_words(client_for, world):
    mail = make_mail(about="user", about_id=world.amira.pk, about_reference="", text="", html="")
    OutgoingMail.objects.filter(pk=mail.pk).update(secret_purpose="sign-in-code")

    assert "kept nowhere" in client_for(ada()).get(f"/outgoing/{mail.pk}/").content.decode()


def test_the_ledger_is_the_offices(client_for, case, world):
    mail = OutgoingMail.objects.first()
    for stranger in (world.hana.user, lim(email="lim2@demo.example")):
        client = client_for(stranger)
        assert client.get("/outgoing/").status_code == client.get(f"/outgoing/{mail.pk}/").status_code == 403
        assert client.post(f"/outgoing/{mail.pk}/retry/").status_code == 403
    assert client_for(ada()).get(f"/outgoing/{2**70}/").status_code == 404


def test_an_empty_ledger_teaches(desk):
    assert "Mails stand here" in desk.get("/outgoing/").content.decode()
