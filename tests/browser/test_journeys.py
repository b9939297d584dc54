"""A defect's whole life: from the phone to the thank-you mail, past everybody who has to do with it.

Every page on the way is looked at (axe, sideways scroll, console); every link comes out of a mail that the mail server
took.
"""

import pytest

from cases.choices import Status
from cases.models import Case
from tests.browser.walking import (
    AMIRA,
    HANA,
    LIM,
    is_upright_again,
    kept_inside,
    lying_heic,
    lying_jpeg,
    photo,
    tells_no_place,
    the,
)
from tests.factories import documents
from tests.factories.cases import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

WORDS = "A drop falls from the ceiling after rain."
NOTE = "Hana is known to the chairman, tread softly."


def test_from_the_phone_to_the_thank_you(walker, post, lived_in, size):
    hana, amira, lim = walker(size), walker(size), walker(size)
    case = report_with_three_photos(hana, post)
    come_to_the_case(amira, post.deliver(), hana)
    write_note(amira)
    send_to_lim(amira)
    look_at_the_job(lim, post.deliver(), case)
    record_done(amira)
    the(post.deliver(), to=HANA, about="Repair done, we are checking it")
    amira.press("Looks right: ask homeowner")
    amira.press("Confirm, send 1 e-mail")
    (question,) = post.deliver()
    say_yes(walker(size), question, case)

    letters = post.deliver()
    assert "Thank you" in the(letters, to=HANA, about="Completed").text
    the(letters, to=LIM, about="Closed")
    for address in ("/portal/", "/portal/cases/?done=1", f"/portal/cases/{case.reference}/"):
        hana.open(address)
    assert_clean(hana.pictures(), 4)
    assert kept_inside(NOTE, post.letters, hana, lim)


def report_with_three_photos(hana, post):
    """Signed in by code, three steps; gives the case."""
    hana.open("/portal/")
    hana.sign_in_by_code(post, HANA)
    hana.press("Report a defect")
    hana.press("Master bathroom")
    for tile in ("Ceiling", "Water is leaking"):
        hana.button(tile).click()
    hana.page.get_by_role("heading", name="Do this now").first.wait_for()
    hana.add_photos(photo(), lying_jpeg(), lying_heic())
    hana.page.fill("[name=words]", WORDS)
    hana.look()
    hana.press("Next")
    hana.press("Send report")
    hana.sees("We have your report")
    return Case.objects.get()


def come_to_the_case(amira, letters, hana):
    """The receipt and the alert are there; the alert leads past the door to the case, where everything stands."""
    receipt = the(letters, to=HANA, about="We have your report: 1 defect in A-12-3")
    assert "Master bathroom" in receipt.text
    assert WORDS in receipt.text
    assert_clean(receipt.pictures, 3)
    hana.open(receipt.link("See your report"))
    alert = the(letters, to=AMIRA, about="New P")
    assert_clean(alert.pictures, 3)
    amira.come_by(alert.link("View defect"), AMIRA)
    for fact in ("A-12-3, Kerinci Residences", "Hana Yusof", "Covered", WORDS):
        amira.sees(fact)
    assert_clean(amira.pictures(), 3)


def write_note(amira):
    """Into the lane that is open when the page comes."""
    amira.page.get_by_label("Internal note", exact=True).locator("visible=true").last.fill(NOTE)
    amira.press("Save note")
    amira.sees(NOTE)


def send_to_lim(amira):
    """The panel shows what both will read, then it is sent."""
    amira.press("Accept and send to Lim")
    for reader in ("Homeowner", "Contractor"):
        assert amira.page.get_by_role("article", name=f"E-mail to: {reader}").is_visible()
    amira.press("Confirm, send 2 e-mails")


def look_at_the_job(lim, letters, case):
    """Both mails came; the contractor's leads to the job and its pictures, without signing in."""
    the(letters, to=HANA, about="We will repair")
    order = the(letters, to=LIM, about="New P")
    assert len(letters) == 2
    lim.open(order.link("Open the list (no sign-in)"))
    lim.sees(case.work_orders.get().reference)
    assert_clean(lim.pictures(), 3)


def record_done(amira):
    """What the contractor said, with a picture of the repaired place."""
    amira.press("Record: repair done")
    amira.page.get_by_label("Who told you").fill("Lim Wei")
    amira.page.get_by_label("On what proof").fill("He rang at noon")
    amira.page.get_by_label("How it was repaired").fill("New seal, dried for 48 hours.")
    amira.add_photos(photo("after.jpg", documents.jpeg(size=(620, 480), gps=documents.KLANG)))
    amira.press("Confirm", exact=False)


def say_yes(guest, question, case):
    """By the link, without signing in: opening it changes nothing, pressing closes."""
    assert question.to == HANA
    guest.open(question.link("Yes, it is fixed"))
    assert fresh(case).status == Status.AWAITING_HOMEOWNER
    guest.press("Yes, it is fixed")
    guest.sees("Thank you")
    assert fresh(case).status == Status.CLOSED_COMPLETE


def assert_clean(pictures, count):
    """So many pictures, none with a trace of its place, the two that were stored lying upright."""
    assert len(pictures) == count
    assert all(tells_no_place(picture) for picture in pictures)
    assert sum(is_upright_again(picture) for picture in pictures) == 2
