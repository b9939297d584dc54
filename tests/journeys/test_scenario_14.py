"""Domain scenario 14: the home is sold while its cover runs; access, privacy and dates (the dossier comes later)."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.models import Case
from tests.journeys.acting import describe, photos, send
from tests.mails import links_in

pytestmark = pytest.mark.django_db

REPORTED = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
SOLD = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
"""Month 14 after vacant possession on 24 July 2025."""
LEAK = {
    "room": "Master bathroom",
    "part": "Ceiling",
    "kind": "Water is leaking",
    "words": "Seller-words: it drips since my birthday.",
}
BUYER = {
    "name": "Bao Buyer",
    "email": "bao@example.com",
    "on": "2026-09-24",
    "proof": "Solicitor's letter of 20 Sep 2026",
}
OF_THE_SELLER = ("Hana", "hana@", "Seller-words", "for-hana-only", "123456789", "345 6789")


@pytest.fixture
def hana(world, clock, sign_in, post_office):
    """The seller's browser, three weeks after her report, with messages to and fro."""
    clock(REPORTED)
    browser = sign_in(world.hana.user)
    send(describe(browser, **LEAK, pictures=photos(2)))
    case = Case.objects.get()
    browser.open(f"/portal/cases/{case.reference}/").press("Send", words="Seller-words: when do you come?")
    amira = sign_in(world.amira).open(f"/cases/{case.reference}/")
    amira.press("Send to Hana", words="Next week, for-hana-only.")
    post_office.run()
    assert "for-hana-only" in browser.open(f"/portal/cases/{case.reference}/").words
    return browser


@pytest.fixture
def case(hana):
    return Case.objects.get()


def save_of(browser):
    """What the button of the resale form is called."""
    forms = [form for form in browser.page.forms if "proof" in form.names]
    return next(button.words for form in forms for button in form.buttons if button.words)


@pytest.fixture
def sold(hana, world, clock, sign_in, post_office):
    """The officer records date and proof on the page of the home."""
    clock(SOLD)
    hana.client = sign_in(world.hana.user).client
    hana.open(f"/portal/cases/{Case.objects.get().reference}/")
    amira = sign_in(world.amira).open("/units/krm/a123/resale/")
    amira.press(save_of(amira), **BUYER)
    post_office.run()
    return amira


def test_date_and_proof_stand_on_the_page_of_the_home(sold):
    page = sold.open("/units/krm/a123/").words
    assert "Bao Buyer" in page
    assert "24 Sep 2026" in page
    assert BUYER["proof"] in page


def test_a_sale_needs_its_proof(hana, world, clock, sign_in):
    clock(SOLD)
    amira = sign_in(world.amira).open("/units/krm/a123/resale/")
    amira.press(save_of(amira), status=200, **{**BUYER, "proof": ""})
    assert "Bao Buyer" not in sign_in(world.amira).open("/units/krm/a123/").words


def test_the_sellers_access_ends_that_day_with_the_links_of_old_mails(hana, case, sold, visitor, post_office):
    assert case.title not in hana.open("/portal/").words
    hana.open(f"/portal/cases/{case.reference}/", status=404)
    photo = case.attachments.first()
    assert hana.client.get(f"/cases/files/{photo.public_id}/page/").status_code == 404
    links = {link for mail in post_office.server.to("hana@demo.example") for link in links_in(mail)}
    assert any("/portal/cases/" in link for link in links)
    for link in links:
        answer = hana.client.get(link.replace("http://testserver", ""), follow=True)
        assert LEAK["words"] not in answer.content.decode(), link
        assert case.title not in answer.content.decode(), link


def test_until_that_day_the_seller_still_sees_it(hana, case, clock, world, sign_in):
    clock(SOLD - timedelta(hours=12))
    seller = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/")
    assert "for-hana-only" in seller.words


def test_the_buyer_sees_the_open_defect_and_cover_but_nothing_of_the_seller(sold, case, sign_in_by_code):
    bao = sign_in_by_code("bao@example.com")
    home = bao.open("/portal/")
    assert "A-12-3" in home.words
    assert "24 Jul" in home.words
    assert case.title in bao.open("/portal/cases/").words
    pages = [home.html, bao.html, bao.open(f"/portal/cases/{case.reference}/").html, bao.open("/portal/visits/").html]
    assert [fact for fact in OF_THE_SELLER for page in pages if fact in page] == []
    for photo in case.attachments.all():
        assert bao.client.get(f"/cases/files/{photo.public_id}/page/").status_code == 404
    bao.open(f"/portal/reports/{case.report_item.report.reference}/", status=404)


def test_cover_does_not_start_again(sold, case, world, sign_in_by_code, sign_in):
    bao = sign_in_by_code("bao@example.com")
    send(describe(bao, **{**LEAK, "room": "Bathroom 2", "words": "Water drips here too."}))
    new = Case.objects.latest("pk")
    assert new.cover_ends_on == case.cover_ends_on
    assert new.unit_id == case.unit_id
    assert "Sat 24 Jul 2027" in sign_in(world.amira).open(f"/cases/{new.reference}/").words


def test_the_buyers_report_of_the_same_fault_is_seen_as_the_same(sold, case, world, sign_in_by_code, sign_in):
    bao = sign_in_by_code("bao@example.com")
    send(describe(bao, **{**LEAK, "words": "Water drips from the ceiling."}))
    new = Case.objects.latest("pk")
    assert case.reference in sign_in(world.amira).open(f"/cases/{new.reference}/").words


def test_news_of_the_open_defect_goes_to_the_buyer_and_no_longer_to_the_seller(sold, case, world, sign_in, post_office):
    before = post_office.count(world.hana)
    amira = sign_in(world.amira).open(f"/cases/{case.reference}/")
    amira.press("Send to Bao", words="Dear Bao, we come on Monday.")
    post_office.run()
    assert post_office.count("bao@example.com", case.reference) == 1
    assert post_office.count(world.hana) == before
    assert "we come on Monday" not in post_office.to(world.hana).as_string()
