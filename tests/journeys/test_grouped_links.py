"""One mail on several defects: each item's own links, as they come out of the mail server, work for that item alone."""

import re
from datetime import timedelta

import pytest

from cases import batch, workflow
from cases.choices import Status
from cases.models import Case
from tests.factories.cases import REPORTED_AT, a_fault, evidence_for, fresh, make_report
from tests.journeys.browsing import Browser
from tests.mails import html_of, text_of

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=2)
APPEAL = "The door was planed by your own people last year."


@pytest.fixture
def refused(clock, world, post_office):
    """Three doors refused at once, and the mail about them."""
    clock(AT)
    rooms = ("MBA", "KIT", "LIV")
    make_report(world=world, faults=[a_fault(location=room, tile="door", kind="STIFF") for room in rooms])
    by = world.amira.actor()
    given = evidence_for("close-out-of-scope", world=world, at=AT)
    cases = [fresh(case) for case in Case.objects.order_by("pk")]

    def refuse(case):
        return lambda mailing: workflow.move(
            case, "close-out-of-scope", by=by, at=AT, seen_version=case.version, mailing=mailing, **given
        )

    batch.carry_out([(case, refuse(case)) for case in cases], by=by, at=AT)
    post_office.run()
    return cases, post_office.to(world.hana, "3 items")


def links_of(mail, label):
    """The addresses under this label, in the order of the items."""
    return re.findall(rf"^ *{label}:\n *(\S+)$", text_of(mail).replace("\r\n", "\n"), re.M)


def test_every_item_has_its_own_links_in_text_and_html(refused):
    cases, mail = refused
    text, html = text_of(mail), html_of(mail)
    appeals, reads = links_of(mail, "I disagree"), links_of(mail, "Read and reply")

    assert [link.rpartition("/portal")[2] for link in reads] == [f"/cases/{case.reference}/#reply" for case in cases]
    assert len(set(appeals)) == 3
    for link in (*appeals, *reads):
        assert f'href="{link}"' in html
    assert "[[link:" not in text + html
    for case, link in zip(cases, appeals, strict=True):
        assert text.index(case.reference) < text.index(link)


def test_opening_changes_nothing_and_sending_opens_that_one_item_again(clock, refused):
    (first, second, third), mail = refused
    links = links_of(mail, "I disagree")
    for case, link in zip((first, second, third), links, strict=True):
        assert case.title in Browser().open(link).words
    assert {fresh(case).status for case in (first, second, third)} == {Status.CLOSED_OUT_OF_SCOPE}

    page = Browser().open(links[1]).press("Send", words=APPEAL)

    assert "We have your answer; this link has done its work." in page.words
    states = [fresh(case).status for case in (first, second, third)]
    assert states == [Status.CLOSED_OUT_OF_SCOPE, Status.IN_REVIEW, Status.CLOSED_OUT_OF_SCOPE]
    assert "Send" in Browser().open(links[2]).words


def test_a_used_link_says_so_and_a_second_sending_changes_nothing(clock, refused):
    (_first, case, _third), mail = refused
    link = links_of(mail, "I disagree")[1]
    waiting = Browser().open(link)
    Browser().open(link).press("Send", words=APPEAL)
    version = fresh(case).version

    assert "We have your answer; this link has done its work." in Browser().open(link).words
    assert "We have your answer" in waiting.press("Send", words="Pressed on another telephone.").words
    assert fresh(case).version == version


def test_a_link_whose_time_to_appeal_is_over_names_the_way_on(clock, refused, world):
    (case, *_rest), mail = refused
    link = links_of(mail, "I disagree")[0]
    Case.objects.filter(pk=case.pk).update(cover_ends_on=None, closed_at=AT - timedelta(days=31))

    page = Browser().open(link)

    assert "The time to ask again is over" in page.words
    assert world.development.office_phone in page.html


def test_what_the_office_did_meanwhile_is_no_thank_you(clock, refused, world):
    (case, *_rest), mail = refused
    workflow.correct(fresh(case), by=world.amira.actor(), at=AT, seen_version=fresh(case).version, words="Wrong door.")

    assert "This went on since we sent you the link." in Browser().open(links_of(mail, "I disagree")[0]).words
