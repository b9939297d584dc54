"""Updates due: rows edited in place, ticked, previewed, sent once; what cannot go stays with its sentence and words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from zeal import zeal_ignore

from cases import talk, workflow
from cases.dates import local_date
from cases.models import Case, Message, Notice
from outbox.models import OutgoingMail
from tests.factories.accounts import ada
from tests.factories.cases import a_fault, fresh, make_report
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
ADDRESS = "/my-day/updates/"
DAY = timedelta(days=1)
SHEET_QUERIES = 10


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def due(world, now):
    """`due(3)`: so many of Hana's cases, with Lim, whose news is due since an hour."""

    def make(amount=1):
        report = make_report(world=world, at=now - 2 * DAY, faults=[a_fault() for _ in range(amount)])
        rows = list(Case.objects.for_page().filter(report_item__report=report).order_by("pk"))
        for case in rows:
            until = (now + 9 * DAY).isoformat()
            facts = {"company_id": world.company.pk, "due_at": until, "seen_version": case.version}
            workflow.move(case, "accept-and-send", by=world.actor("amira"), at=now - DAY, **facts)
        Case.objects.filter(report_item__report=report).update(update_due_at=now - DAY / 24)
        return [fresh(case) for case in rows]

    return make


def sent(cases, *, key="one", **facts):
    """What the page sends when these are ticked, with the sentences as they are prefilled."""
    data = {"case": [case.reference for case in cases], "idempotency_key": key, **facts}
    for case in cases:
        news_on = (local_date(case, timezone.now()) + 3 * DAY).isoformat()
        row = {"seen_version": case.version, "seen_due": case.update_due_at.isoformat(), "send": "on"}
        row |= {"words": f"Lim is at work on {case.reference}.", "news_on": news_on}
        data |= {f"{case.reference}-{name}": value for name, value in row.items()}
    return data


def lines(response):
    return {row["line"].case.reference: row["line"] for row in response.context["rows"]}


def test_my_day_offers_a_true_sentence_for_each_ticked_where_it_is_new(desk, due, world, now):
    told, new = due(2)
    talk.update(told, words="Lim called me, all goes well.", by=world.actor("amira"), at=now - DAY / 2)
    Case.objects.filter(pk=told.pk).update(update_due_at=now - DAY / 24)

    page = desk.get("/my-day/")
    rows = {row["line"].case.reference: row["line"] for row in page.context["panels"]["updates"]["lines"]}

    assert rows[new.reference].is_ticked
    assert not rows[told.reference].is_ticked
    assert "Nothing new: call, or write in your own words." in page.content.decode()
    assert "is to finish it by" in rows[new.reference].words
    assert "Send 1 ticked" in page.content.decode()


def test_the_preview_shows_the_mails_and_changes_nothing(desk, due):
    cases = due(3)
    before = OutgoingMail.objects.count()

    with zeal_ignore():  # each row is really sent and undone
        response = desk.post(ADDRESS, sent(cases, preview="yes"))

    assert [mail["role"] for mail in response.context["mails"]] == ["Homeowner"]
    assert "1 e-mail goes out when you confirm" in response.content.decode()
    assert OutgoingMail.objects.count() == before
    assert not Message.objects.exists()


def test_confirming_sends_one_mail_a_person_and_promises_the_next_news(desk, due):
    cases = due(2)
    before = OutgoingMail.objects.count()

    response = desk.post(ADDRESS, sent(cases))

    assert response.url == ADDRESS
    mail = OutgoingMail.objects.order_by("pk")[before]
    assert OutgoingMail.objects.count() == before + 1
    assert all(f"Lim is at work on {case.reference}." in mail.body_text for case in cases)
    promised = {local_date(case, fresh(case).update_due_at) for case in cases}
    assert promised == {local_date(cases[0], timezone.now()) + 3 * DAY}
    assert "All done" in desk.get(ADDRESS).content.decode()


def test_a_second_press_sends_nothing_again(desk, due):
    data = sent(due(2))
    desk.post(ADDRESS, data)
    before = OutgoingMail.objects.count()

    assert desk.post(ADDRESS, data).status_code == 302
    assert OutgoingMail.objects.count() == before


def test_rows_without_a_tick_stay(desk, due):
    first, second = due(2)
    data = sent([first, second])
    del data[f"{second.reference}-send"]

    desk.post(ADDRESS, data)

    assert [message.case for message in Message.objects.all()] == [first]


def test_nothing_ticked_is_said(desk, due):
    case = due()[0]
    data = sent([case])
    del data[f"{case.reference}-send"]

    assert "Tick the rows that you want to send." in desk.post(ADDRESS, data).content.decode()


def test_a_stale_row_is_named_keeps_its_words_and_the_others_go(desk, due, world, now):
    stale, other = due(2)
    data = sent([stale, other])
    workflow.move(
        stale, "take-back", by=world.mo.actor(), at=now, seen_version=stale.version, reason="wrong company",
        words="Lim does no roofs.",
    )  # fmt: skip

    response = desk.post(ADDRESS, data)

    assert response.status_code == 422
    assert list(lines(response)) == [stale.reference]
    assert "Somebody changed this case" in lines(response)[stale.reference].sentence
    assert f"Lim is at work on {stale.reference}." in response.content.decode()
    assert [message.case for message in Message.objects.all()] == [other]


def test_a_refused_row_can_be_mended_and_sent(desk, due):
    case = due()[0]
    bad = sent([case]) | {f"{case.reference}-news_on": "soon"}
    response = desk.post(ADDRESS, bad)
    assert response.status_code == 422
    assert "Say when the homeowner hears from us next." in response.content.decode()
    assert 'value="soon"' in response.content.decode()

    assert desk.post(ADDRESS, sent([case], key="two")).status_code == 302
    assert Message.objects.count() == 1


def test_words_that_hurt_are_looked_at_a_second_time(desk, due):
    case = due()[0]
    data = sent([case]) | {f"{case.reference}-words": "This is obviously your fault."}

    first = desk.post(ADDRESS, data)
    assert first.status_code == 422
    assert "Look at your words once more" in first.content.decode()
    assert not Message.objects.exists()

    other_words = data | {f"{case.reference}-words": "You were careless.", "second_look": first.context["second_look"]}
    assert desk.post(ADDRESS, other_words).status_code == 422

    assert desk.post(ADDRESS, data | {"second_look": first.context["second_look"]}).status_code == 302
    assert Message.objects.get().words == "This is obviously your fault."


def test_hidden_cases_and_those_with_a_reply_are_not_offered(desk, due, world, now):
    hidden, replied = due(2)
    Case.objects.filter(pk=hidden.pk).update(is_visible=False)
    talk.reply(replied, words="Please ring my mother.", by=world.actor("hana"), at=now)
    Case.objects.filter(pk=replied.pk).update(update_due_at=now - DAY / 24)

    page = desk.get(ADDRESS)
    assert "Hidden from the homeowner" in lines(page)[hidden.reference].blocked
    assert "wrote to you" in lines(page)[replied.reference].blocked
    assert 'type="checkbox"' not in page.content.decode()

    desk.post(ADDRESS, sent([fresh(hidden), fresh(replied)]))
    assert not Message.objects.filter(direction="out").exists()


def test_people_without_an_address_become_a_letter_to_do(desk, due, world):
    world.hana.prefers_letter = True
    world.hana.save()
    cases = due()
    before = OutgoingMail.objects.count()
    with zeal_ignore():
        page = desk.post(ADDRESS, sent(cases, preview="yes")).content.decode()
    assert "1 letter or call for you to make" in page

    desk.post(ADDRESS, sent(cases))

    assert Notice.objects.filter(channel="letter", words__contains="Lim is at work").exists()
    assert OutgoingMail.objects.count() == before


def test_rows_out_of_sight_are_missing_for_all(client_for, due, world):
    data = sent(due(2))
    limit_officer(world.amira, make_development(code="TJM"))

    assert client_for(world.amira).post(ADDRESS, data).status_code == 404
    assert not Message.objects.exists()
    assert client_for(world.amira).post(ADDRESS, {"case": [f"KRM-{n}" for n in range(101)]}).status_code == 400


def test_only_those_who_work_cases(client_for, world):
    assert client_for(ada()).get(ADDRESS).status_code == 403
    assert client_for(world.hana.user).post(ADDRESS).status_code == 403


@pytest.mark.parametrize("amount", [1, 30])
def test_the_number_of_queries_is_flat(desk, due, queries, amount):
    due(amount)
    with queries(SHEET_QUERIES):
        desk.get(ADDRESS)
