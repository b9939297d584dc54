"""What the office does with a report: refuses it and is asked again, takes it by phone, answers twenty items."""

import pytest
from django.utils import timezone

from cases.choices import Status
from cases.models import Case
from tests.browser.walking import AMIRA, HANA, LIM, MO, kept_inside, photo, the
from tests.factories.cases import a_fault, fresh, make_case, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

CLOSING_NOTES = "The sealant is worn by use; renewing it is part of keeping a bathroom."
RULE = "Sealant is maintained by the owner."
WHY = "The third of its kind from this tower, see the pictures."
APPEAL = "The sealant is one year old and was never touched by us."
ROOMS = ("MBA", "KIT", "LIV", "BR2")


def test_not_covered_by_the_managers_decision_and_the_appeal(walker, post, lived_in, size):
    hana, guest, amira, mo = walker(size), walker(size), walker(size), walker(size)
    case = make_case(world=lived_in, at=timezone.now(), faults=[a_fault(photos=1)])
    amira.come_by(the(post.deliver(), to=AMIRA, about="New P").link("View defect"), AMIRA)
    ask_manager(amira)
    assert fresh(case).status == Status.NEW
    (question,) = post.deliver()
    approve(mo, question, case)

    letters = post.deliver()
    the(letters, to=AMIRA, about="Decided")
    refusal = the(letters, to=HANA, about="Not covered, and why")
    hana.open(refusal.link("See progress"))
    hana.sign_in_by_code(post, HANA)
    for words in (CLOSING_NOTES, RULE):
        assert words in refusal.text
        hana.sees(words)

    disagree(guest, refusal, case)
    letters = post.deliver()
    the(letters, to=HANA, about="Open again")
    amira.open(the(letters, to=AMIRA, about="Open again").link("View defect"))
    amira.sees(APPEAL)
    assert kept_inside(WHY, [letter for letter in post.letters if letter.to not in {AMIRA, MO}], hana, guest)


def ask_manager(amira):
    """The refusal with everything it must have; it goes to the manager, not to the homeowner."""
    amira.choose("Close: not covered")
    amira.page.get_by_label("Reason").select_option("wear")
    amira.page.get_by_label("Closing notes for the homeowner").fill(CLOSING_NOTES)
    amira.page.get_by_label("Rule quoted").fill(RULE)
    amira.page.get_by_label("Why, for the manager").fill(WHY)
    amira.press("Show the e-mails")
    amira.sees("A manager decides this")
    amira.press("Ask a manager")


def approve(mo, question, case):
    """The manager comes by the mail, reads who asks why and what the homeowner will read, and approves."""
    assert question.to == MO
    mo.come_by(question.link("Open the request"), MO)
    for words in (WHY, CLOSING_NOTES):
        mo.sees(words)
    mo.press("Approve: close as not covered")
    assert fresh(case).status == Status.CLOSED_OUT_OF_SCOPE


def disagree(guest, refusal, case):
    """By the link, without signing in: opening it changes nothing, sending opens the case again."""
    guest.open(refusal.link("I disagree"))
    assert fresh(case).status == Status.CLOSED_OUT_OF_SCOPE
    guest.page.get_by_label("What happened").fill(APPEAL)
    guest.press("Send")
    assert fresh(case).status == Status.IN_REVIEW


def test_logged_by_phone_and_pictures_by_the_link(walker, post, lived_in, size):
    amira, guest = walker(size), walker(size)
    amira.open("/cases/log/")
    amira.sign_in_by_password(AMIRA)
    log_the_call(amira)
    case = Case.objects.get()
    assert amira.page.url.endswith(f"/cases/{case.reference}/")

    letters = post.deliver()
    assert "Water drips from the lamp." in the(letters, to=HANA, about="We have your report").text
    guest.open(the(letters, to=HANA, about="Please send us pictures").link("Add pictures"))
    guest.add_photos(photo("lamp.jpg"), photo("floor.jpg"))
    guest.press("Send pictures")
    guest.sees("your pictures have arrived")
    post.deliver()
    amira.open(f"/cases/{case.reference}/")
    assert len(amira.pictures()) == 2


def log_the_call(amira):
    """Who it is, what was said, and the link for pictures: one page."""
    amira.page.get_by_label("Who is calling?").fill("6789")
    with amira.page.expect_navigation():
        amira.page.keyboard.press("Enter")
    amira.press("Hana Yusof")
    for tick in amira.page.locator("[name=identity]").all():
        tick.check()
    amira.page.get_by_role("textbox", name="What was said").fill("Water drips from the lamp.")
    for name, choice in {"location": "MBA", "element": "ceiling", "kind": "LEAK"}.items():
        amira.page.select_option(f"[name={name}]", choice)
    amira.page.get_by_label("Send a link for photos now").check()
    amira.look()
    amira.press("Save")


def test_twenty_items_on_one_sheet_and_one_mail_a_person(walker, post, lived_in, size):
    amira = walker(size)
    report = make_report(world=lived_in, at=timezone.now(), faults=[door(number) for number in range(20)])
    letters = post.deliver()
    the(letters, to=HANA, about="We have your report: 20 defects in A-12-3")
    amira.come_by(the(letters, to=AMIRA, about="20").link("Open triage sheet"), AMIRA)
    ask, look, refuse = Case.objects.filter(report_item__report=report).order_by("pk")[:3]
    answer(amira, ask, "Ask", words="Which side of the door rubs?")
    answer(amira, look, "Inspect first")
    answer(amira, refuse, "Not covered", words=CLOSING_NOTES, rule=RULE, reason="wear")
    amira.press("Read the mails")
    assert Case.objects.filter(status=Status.NEW).count() == 20
    amira.press("Confirm the answers")

    letters = post.deliver()
    assert sorted(letter.to for letter in letters) == [HANA, LIM]
    news = the(letters, to=HANA, about="20 items")
    groups = ("We will repair (17)", "A question from Amira (1)", "Message from Amira (1)", "Not covered, and why (1)")
    for words in (*groups, "Which side of the door rubs?", CLOSING_NOTES):
        assert news.text.count(words) == 1
    order = the(letters, to=LIM, about="DL-1: 17 defects")
    assert [f"({case.reference})" in order.text for case in (ask, look, refuse)] == [False] * 3
    assert Case.objects.filter(status=Status.WITH_CONTRACTOR).count() == 17


def door(number):
    """The `number`-th item of a list made at the handover, every fourth with a picture."""
    facts = {"location": ROOMS[number % 4], "tile": "door", "kind": "STIFF", "photos": number % 4 == 0}
    return a_fault(words=f"Door number {number} rubs.", **facts)


def answer(amira, case, choice, **given):
    """One row of the sheet: the choice, and the words it needs."""
    row = amira.page.locator(f"#{case.reference}")
    row.get_by_text(choice, exact=True).click()
    if given:
        row.get_by_text("Words, reason").click()
    for name, words in given.items():
        field = row.locator(f"[name='{case.reference}-{name}']")
        field.select_option(words) if name == "reason" else field.fill(words)
