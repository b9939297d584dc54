"""The page on which all repairs of a home are signed: by account, by the link of the mail, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts import links as account_links
from cases import batch, links, workflow
from cases.choices import Status
from cases.models import Case, SignOff, SignOffLine
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import a_fault, evidence_for, fresh, make_report, make_world, walk

pytestmark = pytest.mark.django_db
SIGN = "/portal/sign/"


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def at():
    return timezone.now() - timedelta(hours=5)


@pytest.fixture
def cases(world, at):
    """Three repairs that Hana is asked about in one mail."""
    faults = [a_fault(location=room, tile="wall", kind="CRK-H") for room in ("LIV", "KIT", "BR2")]
    report = make_report(world=world, faults=faults, at=at)
    found = list(Case.objects.filter(report_item__report=report).order_by("pk"))
    for case in found:
        for minutes, step in enumerate(("accept-and-send", "report-done"), start=1):
            walk(fresh(case), step, world=world, at=at + timedelta(minutes=minutes))
    ask = [(fresh(case), asking(world, fresh(case), at + timedelta(hours=1))) for case in found]
    batch.carry_out(ask, by=world.actor("amira"), at=at + timedelta(hours=1))
    return [fresh(case) for case in found]


def asking(world, case, at):
    given = evidence_for("ask-sign-off", world=world, at=at)
    by = world.actor("amira")
    return lambda mailing: workflow.move(
        case, "ask-sign-off", by=by, at=at, seen_version=case.version, mailing=mailing, **given
    )


def sent(cases, *, but=(), **more):
    """The form with everything ticked but these."""
    data = {f"seen-{case.reference}": case.version for case in cases}
    data |= {f"fixed-{case.reference}": "on" for case in cases if case not in but}
    return data | {"name": "Hana Yusof", "go": "sign"} | more


@pytest.fixture
def hana(client_for, world):
    return client_for(world.hana.user)


def states(cases):
    return [fresh(case).status for case in cases]


def test_everything_is_ticked_and_shown(hana, cases):
    page = hana.get(SIGN).content.decode()
    assert page.count("checked") >= 3
    for case in cases:
        assert case.title in page


def test_the_exception_goes_back_and_the_rest_is_completed(hana, cases):
    last = cases[2]
    answer = hana.post(SIGN, sent(cases, but=[last], **{f"words-{last.reference}": "It opened again."}))
    assert answer.status_code == 302
    assert states(cases) == [Status.CLOSED_COMPLETE, Status.CLOSED_COMPLETE, Status.TO_CHECK]
    page = hana.get(answer["Location"]).content.decode()
    assert "2 of 3 accepted" in page
    assert "It opened again." in page


def test_an_exception_without_words_comes_back_with_its_sentence_and_nothing_is_signed(hana, cases):
    answer = hana.post(SIGN, sent(cases, but=[cases[1]]))
    assert answer.status_code == 422
    assert "say what is not right yet" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_a_list_that_went_on_answers_409_names_it_and_keeps_the_words(hana, world, cases):
    first, second, third = cases
    walk(second, "send-back", world=world, at=timezone.now())
    data = sent(cases, but=[third], **{f"words-{third.reference}": "It opened again."})
    answer = hana.post(SIGN, data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert second.title in page
    assert "It opened again." in page
    assert not SignOff.objects.exists()


def test_who_does_not_want_to_sign_says_why_once(hana, cases):
    assert hana.post(SIGN, sent(cases, go="refuse")).status_code == 422
    answer = hana.post(SIGN, sent(cases, go="refuse", refusal="The shade of the paint differs in all rooms."))
    assert answer.status_code == 302
    assert states(cases) == [Status.TO_CHECK] * 3
    assert SignOff.objects.get().is_refusal


def test_later_leaves_it_open(hana, cases):
    hana.post(SIGN, sent(cases, but=[cases[0]], **{f"later-{cases[0].reference}": "on"}))
    assert states(cases) == [Status.AWAITING_HOMEOWNER, Status.CLOSED_COMPLETE, Status.CLOSED_COMPLETE]


def test_tenant_and_neighbour_have_no_list(client_for, world, cases):
    tariq = homeowners.tariq(unit=world.unit)
    for person in (tariq, world.noor):
        client = client_for(person.user)
        assert client.get(SIGN).status_code == 302
        client.post(SIGN, sent(cases))
    assert states(cases) == [Status.AWAITING_HOMEOWNER] * 3


def test_a_foreign_signature_is_as_one_that_does_not_exist(hana, client_for, world, cases):
    hana.post(SIGN, sent(cases))
    noor = client_for(world.noor.user)
    for path in ("/portal/sign-offs/S-1/", "/portal/sign-offs/S-1/signature/", "/portal/sign-offs/S-99/"):
        assert noor.get(path).status_code == 404
    assert noor.post("/portal/sign-offs/S-1/pdf/").status_code == 404
    assert hana.post("/portal/sign-offs/S-1/pdf/", {"idempotency_key": "a"}).status_code == 302


def link_of(world):
    """The page for all, as the mail's slot makes it."""
    mail = OutgoingMail.objects.filter(recipient="hana@demo.example", kind="ask-sign-off").get()
    slot = mail.context["links"]["answer-all"] if "links" in mail.context else mail.links["answer-all"]
    return links.mint(mail, slot).split("testserver")[-1].split("8000")[-1].partition("/portal")[2]


def test_the_mail_on_three_repairs_has_one_link_to_the_page_for_all(world, cases):
    path = f"/portal{link_of(world)}"
    page = Client().get(path)
    assert page.status_code == 200
    for case in cases:
        assert case.title in page.content.decode()
    assert states(cases) == [Status.AWAITING_HOMEOWNER] * 3
    last = cases[2]
    answer = Client().post(path, sent(cases, but=[last], **{f"words-{last.reference}": "It opened again."}))
    assert answer.status_code == 302
    assert states(cases) == [Status.CLOSED_COMPLETE, Status.CLOSED_COMPLETE, Status.TO_CHECK]
    assert SignOff.objects.get().how == "link"
    assert "Thank you" in Client().get(path).content.decode()


def test_the_link_is_dead_with_the_tenure(world, cases):
    path = f"/portal{link_of(world)}"
    world.hana.tenures.update(until_on=timezone.now().date() - timedelta(days=1))
    assert Client().get(path).status_code == 404
    assert Client().post(path, sent(cases)).status_code == 404
    assert states(cases) == [Status.AWAITING_HOMEOWNER] * 3
    assert account_links.find("nobodys", links.SIGN, timezone.now()) is None


def test_the_link_answers_no_other_case(world, cases, at):
    path = f"/portal{link_of(world)}"
    other = make_report(world=world, at=at)
    case = Case.objects.get(report_item__report=other)
    for minutes, step in enumerate(("accept-and-send", "report-done", "ask-sign-off"), start=1):
        walk(fresh(case), step, world=world, at=at + timedelta(minutes=minutes))
    Client().post(path, sent([*cases, fresh(case)]))
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_twenty_equal_presses_are_one_signature(client_for, world, cases):
    client = client_for(world.hana.user)
    data = sent(cases, idempotency_key="one-press")

    def press(_number):
        own = Client()
        own.cookies = client.cookies
        try:
            return own.post(SIGN, data).status_code
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(20)))
    assert set(answers) <= {302, 409}
    assert SignOff.objects.count() == 1
    assert SignOffLine.objects.count() == 3
    assert OutgoingMail.objects.filter(recipient="hana@demo.example", kind="confirm").count() == 1
