"""A defect from the phone to the thank-you mail, and a refusal from the manager's desk to the appeal.

Every page on the way is looked at (axe, sideways scroll, console); every link is followed out of a mail that the mail
server took.
"""

import pytest

from cases.choices import Status
from cases.models import Case, Report
from tests.browser.walking import is_the_upright_one, lying_heic, photo, tells_no_place, the
from tests.factories import cases as make
from tests.factories import documents
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

HANA, AMIRA, MO, LIM = "hana@demo.example", "amira@demo.example", "mo@demo.example", "lim@demo.example"
WORDS = "A drop falls from the ceiling after rain."
SECRET = "Hana is known to the chairman, tread softly."


def sign_in_by_code(person, post, email):
    """From the sign-in page, by the digits of the mail."""
    person.page.fill("[name=email]", email)
    person.press("E-mail me a code")
    (letter,) = post.deliver()
    assert letter.to == email
    person.page.fill("[name=code]", letter.code())
    person.press("Sign in")


def sign_in_by_password(person, email):
    """From the sign-in page, as the office does."""
    person.page.fill("[name=email]", email)
    person.page.get_by_text("Use my password").click()
    person.page.fill("[name=password]", PASSWORD)
    person.press("Sign in")


def come_by(person, link, email):
    """A link of a mail, opened signed out: to the door, through it, and there."""
    person.open(link)
    assert "/sign-in/" in person.page.url
    sign_in_by_password(person, email)
    assert person.page.url.split("#")[0] == link.split("#")[0]


def report_with_three_photos(hana):
    """Three steps on a phone; gives the case."""
    hana.press("Report a defect")
    hana.press("Master bathroom")
    for tile in ("Ceiling", "Water is leaking"):
        hana.button(tile).click()
    hana.page.get_by_role("heading", name="Do this now").first.wait_for()
    hana.add_photos(photo(), photo("close.jpg", documents.jpeg(size=(600, 500), gps=documents.KLANG)), lying_heic())
    hana.page.fill("[name=words]", WORDS)
    hana.look()
    hana.press("Next")
    hana.press("Send report")
    hana.sees("We have your report")
    return Case.objects.get(report_item__report=Report.objects.get())


def note(amira, words):
    """An internal note, typed into the lane that is open."""
    amira.page.get_by_label("Internal note", exact=True).last.fill(words)
    amira.press("Save note")
    amira.sees(words)


def record_done(amira):
    """What the contractor said, with a picture of the repaired place."""
    amira.press("Record: repair done")
    amira.page.get_by_label("Who told you").fill("Lim Wei")
    amira.page.get_by_label("On what proof").fill("He rang at noon")
    amira.page.get_by_label("How it was repaired").fill("New seal, dried for 48 hours.")
    amira.add_photos(photo("after.jpg", documents.jpeg(size=(620, 480), gps=documents.KLANG)))
    amira.press("Confirm", exact=False)


def status(case):
    return make.fresh(case).status


def test_from_the_phone_to_the_thank_you(walker, post, lived_in, size):
    hana, amira, lim = walker(size), walker(size), walker(size)
    hana.open("/portal/")
    sign_in_by_code(hana, post, HANA)
    case = report_with_three_photos(hana)

    letters = post.deliver()
    receipt = the(letters, to=HANA, about="We have your report: 1 defect in A-12-3")
    assert WORDS in receipt.text
    assert receipt.pictures
    alert = the(letters, to=AMIRA, about="New P")
    assert len(alert.pictures) == 3
    hana.open(receipt.link("See your report"))

    come_by(amira, alert.link("View defect"), AMIRA)
    for fact in ("A-12-3, Kerinci Residences", "Hana Yusof", "Covered", WORDS):
        amira.sees(fact)
    assert_clean(amira.pictures(".case"), 3)
    note(amira, SECRET)

    amira.press("Accept and send to Lim")
    for reader in ("Homeowner", "Contractor"):
        assert amira.page.get_by_role("article", name=f"E-mail to: {reader}").is_visible()
    amira.press("Confirm, send 2 e-mails")
    letters = post.deliver()
    the(letters, to=HANA, about="We will repair")
    order = the(letters, to=LIM, about="New: ")
    assert_clean(order.pictures, 3)
    come_by(lim, order.link("Open your jobs"), LIM)
    lim.sees(case.reference)
    assert_clean(lim.pictures(), 3)

    record_done(amira)
    the(post.deliver(), to=HANA, about="Repair done, we are checking it")
    amira.press("Looks right: ask homeowner")
    amira.press("Confirm, send 1 e-mail")
    (question,) = post.deliver()
    assert question.to == HANA
    answer_by_link(walker(size), question, case)

    letters = post.deliver()
    assert "Thank you" in the(letters, to=HANA, about="Completed").text
    the(letters, to=LIM, about="Closed")
    hana.open(f"/portal/cases/{case.reference}/")
    assert_clean(hana.pictures(), 4)
    assert_kept_inside(SECRET, post, hana, lim)


def answer_by_link(guest, question, case):
    """Yes by the link, without signing in; opening it changes nothing, pressing does."""
    guest.open(question.link("Yes, it is fixed"))
    assert status(case) == Status.AWAITING_HOMEOWNER
    guest.press("Yes, it is fixed")
    guest.sees("Thank you")
    assert status(case) == Status.CLOSED_COMPLETE


def assert_clean(pictures, count):
    """So many pictures, none with a trace of its place, the lying one upright."""
    assert len(pictures) == count
    assert all(tells_no_place(picture) for picture in pictures)
    assert any(is_the_upright_one(picture) for picture in pictures)


def assert_kept_inside(words, post, *outsiders):
    """In no mail to anybody and on no page that somebody outside read."""
    for letter in post.letters:
        assert words not in letter.text + letter.html + letter.subject, letter
    for person in outsiders:
        assert [url for url, content in person.read if words in content] == []


CLOSING_NOTES = "The sealant is worn by use; renewing it is part of keeping a bathroom."
RULE = "Sealant is maintained by the owner."
WHY = "Third report of the same kind from this tower."


def test_not_covered_by_a_managers_decision_and_the_appeal(walker, post, lived_in, size):
    hana, amira, mo = walker(size), walker(size), walker(size)
    case = make.make_case(world=lived_in, at=documents_now())
    alert = the(post.deliver(), to=AMIRA, about="New P")
    come_by(amira, alert.link("View defect"), AMIRA)
    ask_manager(amira)
    assert status(case) == Status.NEW

    letters = post.deliver()
    assert {letter.to for letter in letters} == {MO}
    come_by(mo, the(letters, to=MO, about="Please decide").link("Open decisions"), MO)
    mo.press("Out of scope", exact=False)
    mo.sees(WHY)
    mo.press("Approve", exact=False)
    assert status(case) == Status.CLOSED_OUT_OF_SCOPE

    letters = post.deliver()
    the(letters, to=AMIRA, about="Decided")
    refusal = the(letters, to=HANA, about="Not covered, and why")
    assert CLOSING_NOTES in refusal.text
    assert RULE in refusal.text
    hana.open(refusal.link("See progress"))
    sign_in_by_code(hana, post, HANA)
    for words in (CLOSING_NOTES, RULE):
        hana.sees(words)

    appeal(walker(size), refusal, case)
    letters = post.deliver()
    the(letters, to=HANA, about="Open again")
    come_by(walker(size), the(letters, to=AMIRA, about="Open again").link("View defect"), AMIRA)
    assert_kept_inside(WHY, post, hana)
