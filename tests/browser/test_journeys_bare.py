"""The same way without a mouse, and without scripts."""

import pytest
from django.utils import timezone

from cases.choices import Status
from cases.models import Case
from tests.browser.walking import AMIRA, HANA, lying_heic, photo, the
from tests.factories.accounts import PASSWORD
from tests.factories.cases import a_fault, fresh, make_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

MOST_TABS = 80


def test_from_the_alert_to_the_contractor_by_keyboard_alone(walker, post, lived_in):
    amira = walker((1440, 900))
    case = make_case(world=lived_in, at=timezone.now(), faults=[a_fault(photos=1)])
    amira.open(the(post.deliver(), to=AMIRA, about="New P").link("View defect"))
    tab_to(amira, "Your e-mail")
    amira.page.keyboard.type(AMIRA)
    tab_to(amira, "Use my password")
    amira.page.keyboard.press("Enter")
    tab_to(amira, "Password")
    amira.page.keyboard.type(PASSWORD)
    enter(amira)
    tab_to(amira, "Accept and send to Lim")
    enter(amira)
    tab_to(amira, "Confirm, send 2 e-mails")
    enter(amira)

    assert fresh(case).status == Status.WITH_CONTRACTOR
    assert len(post.deliver()) == 2


def tab_to(person, name):
    """Presses Tab until what is focused has this name, and can be seen to be focused."""
    for _press in range(MOST_TABS):
        if person.page.evaluate(FOCUSED) == name:
            assert person.page.evaluate(SHOWS_FOCUS), f"the focus on {name} cannot be seen"
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


FOCUSED = "(document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || '').trim()"
SHOWS_FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""


def enter(person):
    """Enter on what is focused; it leads to another page, which is looked at."""
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.look()


def test_report_and_move_without_scripts(walker, post, lived_in, size):
    hana, amira = walker(size, runs_scripts=False), walker(size, runs_scripts=False)
    hana.open("/portal/report/")
    hana.sign_in_by_code(post, HANA)
    for tile in ("Master bathroom", "Ceiling", "Water is leaking"):
        hana.press(tile)
    hana.add_photos(photo(), lying_heic())
    hana.page.fill("[name=words]", "A drop falls.")
    hana.press("Next")
    hana.press("Send report")
    hana.sees("We have your report")

    amira.come_by(the(post.deliver(), to=AMIRA, about="New P").link("View defect"), AMIRA)
    assert len(amira.pictures()) == 2
    amira.press("Accept and send to Lim")
    amira.press("Confirm, send 2 e-mails")
    assert Case.objects.get().status == Status.WITH_CONTRACTOR
    assert len(post.deliver()) == 2
    hana.open(f"/portal/cases/{Case.objects.get().reference}/")
    hana.sees("With our contractor")
