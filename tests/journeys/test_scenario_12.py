"""Domain scenario 12: a tenant who is in no register reports by the link of the home; the owner says *Yes*."""

from datetime import UTC, datetime

import pytest

from cases.models import Case, Report
from homeowners.models import Tenure
from tests.factories.cases import make_case, walk
from tests.journeys.acting import describe, photos, send
from tests.mails import html_of, links_in, text_of
from units import report_links

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
TENANT = {"reporter_name": "Tom Lee", "reporter_email": "tom@example.com", "claimed_role": "tenant"}
PATCH = {"room": "Bedroom 2", "part": "Wall", "kind": "Damp patch", "words": "A damp patch below the window."}
SHOCK = {
    "room": "Kitchen",
    "part": "Socket, switch, light",
    "kind": "Electric shock or bare wire",
    "words": "The socket beside the sink gave me a shock.",
}
OF_THE_OWNER = ("Hana", "hana@", "12-345 6789", "123456789", "KRM-")


@pytest.fixture
def link(world):
    return f"/report/{report_links.token(world.unit)}/"


@pytest.fixture
def tom(visitor, link, clock):
    """Tom's phone, at the receipt of his report; an earlier case of Hana's exists."""
    clock(NOW)
    describe(visitor, **PATCH, start=link, pictures=photos(1))
    return send(visitor, **TENANT)


@pytest.fixture
def earlier(world, clock):
    """What Hana reported before Tom lived there."""
    clock(NOW)
    return make_case(world=world, at=datetime(2026, 1, 5, 2, 0, tzinfo=UTC))


def test_neither_the_pages_nor_the_receipt_tell_anything_of_the_owner(earlier, tom, post_office):
    assert "R-" in tom.words
    post_office.run()
    receipt = post_office.to("tom@example.com")
    assert "We have your report" in receipt["Subject"]
    for text in (tom.html, text_of(receipt), html_of(receipt)):
        assert [fact for fact in OF_THE_OWNER if fact in text] == []


def test_the_report_waits_for_the_owner_but_a_danger_does_not(visitor, link, clock, world, post_office):
    clock(NOW)
    describe(visitor, **PATCH, start=link)
    describe(visitor, **SHOCK, start=link)
    send(visitor, **TENANT)
    (danger,) = Case.objects.all()
    assert danger.priority_id == "P1"
    assert danger.report_item.words == SHOCK["words"]
    post_office.run()
    for person in (world.amira, world.mo):
        assert danger.reference in post_office.to(person)["Subject"]
    assert not Tenure.objects.filter(homeowner__name="Tom Lee").exists()


def test_the_owner_is_asked_and_opening_the_mails_links_answers_nothing(tom, world, visitor, post_office):
    post_office.run()
    asked = post_office.to(world.hana, "Is this your tenant?")
    assert "Tom Lee" in text_of(asked)
    for link in links_in(asked):
        if "/portal/tenant/" in link:
            visitor.open(link)
    assert Report.objects.get().state == "unverified"
    assert not Case.objects.exists()


@pytest.fixture
def confirmed(tom, world, visitor, post_office):
    """Hana pressed *Yes, my tenant* on the page behind her mail's link, on a phone that is not signed in."""
    post_office.run()
    asked = post_office.to(world.hana, "Is this your tenant?")
    yes = next(link for link in links_in(asked) if "/portal/tenant/" in link)
    visitor.open(yes).press("Yes, my tenant")
    post_office.run()
    return Case.objects.get(report_item__report__reporter_name="Tom Lee")


def test_yes_makes_the_tenancy_and_the_case_and_tells_both_officer_and_tenant(confirmed, world, post_office):
    tenure = Tenure.objects.get(homeowner__name="Tom Lee")
    assert (tenure.role, tenure.unit_id, str(tenure.from_on)) == ("tenant", world.unit.pk, "2026-03-03")
    assert Report.objects.get(reporter_name="Tom Lee").state == "verified"
    assert confirmed.reference in post_office.to(world.amira)["Subject"]
    assert "looking into" in post_office.to("tom@example.com")["Subject"]


def test_a_second_answer_changes_nothing(confirmed, world, visitor, post_office):
    asked = post_office.to(world.hana, "Is this your tenant?")
    no = [link for link in links_in(asked) if "/portal/tenant/" in link][-1]
    visitor.open(no)
    assert not visitor.offers("I do not know this person")
    visitor.client.post(no.replace("http://testserver", ""), {"answer": "no"})
    assert Report.objects.get(reporter_name="Tom Lee").state == "verified"
    assert Tenure.objects.filter(homeowner__name="Tom Lee").count() == 1


def test_the_tenant_sees_the_own_case_not_the_earlier_ones_and_may_arrange_access(
    earlier, confirmed, sign_in_by_code, world, sign_in, clock
):
    tom = sign_in_by_code("tom@example.com")
    page = tom.open("/portal/cases/").html
    assert confirmed.title in page
    assert earlier.title not in page
    tom.open(f"/portal/cases/{earlier.reference}/", status=404)
    tom.open(f"/portal/cases/{confirmed.reference}/")
    assert [fact for fact in OF_THE_OWNER[:4] if fact in tom.html] == []
    tom.press("Send", words="I am at home on Thursday morning, come then.")
    assert "Thursday morning" in sign_in(world.amira).open(f"/cases/{confirmed.reference}/").words


def test_the_tenant_cannot_sign_off_but_the_owner_can(confirmed, world, sign_in_by_code, post_office, visitor, clock):
    case = confirmed
    for step in ("accept-and-send", "report-done", "ask-sign-off"):
        case.refresh_from_db()
        walk(case, step, world=world, at=NOW)
    tom = sign_in_by_code("tom@example.com")
    tom.open(f"/portal/cases/{case.reference}/")
    assert not tom.offers("Yes, it is fixed")
    tom.open(f"/portal/cases/{case.reference}/answer/")
    assert not tom.offers("Yes, it is fixed")
    case.refresh_from_db()
    path = f"/portal/cases/{case.reference}/answer/"
    tom.client.post(path, {"answer": "yes", "seen_version": case.version})
    case.refresh_from_db()
    assert case.status == "awaiting-homeowner"
    post_office.run()
    asked = [link for mail in post_office.server.to("tom@example.com") for link in links_in(mail)]
    assert [link for link in asked if "/portal/act/" in link] == []
    mail = post_office.to(world.hana, "Is it fixed?")
    visitor.open(next(link for link in links_in(mail) if "/portal/act/" in link)).press("Yes, it is fixed")
    case.refresh_from_db()
    assert case.status == "closed-complete"


def test_i_do_not_know_this_person_leaves_it_to_the_officer(tom, world, visitor, post_office, sign_in):
    post_office.run()
    asked = post_office.to(world.hana, "Is this your tenant?")
    no = [link for link in links_in(asked) if "/portal/tenant/" in link][-1]
    visitor.open(no).press("I do not know this person")
    assert Report.objects.get().state == "unverified"
    assert not Case.objects.exists()
    page = sign_in(world.amira).open("/intake/").follow("R-1")
    assert "does not know Tom Lee" in page.words


def test_the_link_of_the_receipt_gives_the_unknown_tenant_no_right(tom, post_office, visitor):
    post_office.run()
    for link in links_in(post_office.to("tom@example.com")):
        visitor.open(link)
        assert [fact for fact in OF_THE_OWNER if fact in visitor.html] == []
