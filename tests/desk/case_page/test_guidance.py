"""Guidance attached to a decision or a message: one click, quoted in the mail, and kept as it was."""

import pytest
from django.utils import timezone

from cases.choices import Status
from cases.models import Case, Message
from catalogue import guidance
from catalogue.models import GuidanceArticle
from ledger.actors import SYSTEM
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import form, text_of
from units.models import Policy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MOVE = "close-out-of-scope"


@pytest.fixture
def crack(a_case):
    """A thin crack in a painted wall: an officer may say no alone."""
    case = a_case(status=Status.IN_REVIEW, location="LIV", tile="wall", kind="CRK-H")
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT", element=None)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def article():
    return GuidanceArticle.objects.newest("cracks")


def panel(case):
    return f"/cases/{case.reference}/moves/{MOVE}/"


def sent(case, world, **facts):
    return form(case, MOVE, world=world, at=timezone.now(), **facts)


def to_hana():
    return OutgoingMail.objects.filter(recipient="hana@demo.example").latest("pk")


def test_the_fitting_articles_are_offered_first_and_none_is_chosen(desk, crack):
    page = desk.get(panel(crack))
    chips = [str(label) for _value, label in page.context["form"]["guidance"].field.choices]

    assert chips == ["Attach: Cracks: which ones matter?", "Attach: Paint and wall finish", "None of these"]
    assert not page.context["form"]["guidance"].value()
    assert len(page.context["form"]["other_guidance"].field.choices) > 15


def test_the_words_for_the_letter_quote_the_numbers_of_the_developments_policy(desk, crack, world):
    Policy.objects.filter(assignments__development=world.development).update(
        thresholds={"junction": {"value": 3.5, "unit": "mm", "edition": "Our agreement"}}
    )

    page = desk.get(panel(crack)).content.decode()

    assert "The crack is 3.5 mm wide or less and stays so" in page
    assert "The crack is 2 mm wide" not in page


def test_an_attached_article_is_quoted_linked_and_kept_as_it_was(desk, crack, world, article, client):
    answer = desk.post(panel(crack), sent(crack, world, rule=None, guidance=article.pk))
    assert answer.status_code == 302
    guidance.revise(article, by=SYSTEM, at=timezone.now(), title="New title", hint="New words.", usually_not="New.")

    crack.refresh_from_db()
    mail = to_hana()
    address = f"/portal/guidance/cracks/{article.revision}/"
    assert (crack.guidance.title, crack.guidance.hint) == (article.title, article.hint)
    assert article.hint in mail.body_text
    assert address in mail.body_text
    kept = text_of(client.get(address))
    assert "2 mm wide or less" in kept
    assert "New title" in kept
    assert "New words" not in kept


def test_the_homeowner_reads_which_guide_went_with_it(desk, crack, world, article, client_for):
    desk.post(panel(crack), sent(crack, world, rule=None, guidance=article.pk))
    guidance.withdraw(article, by=SYSTEM, at=timezone.now())

    page = client_for(world.hana.user).get(f"/portal/cases/{crack.reference}/")

    assert f'href="/portal/guidance/cracks/{article.revision}/"' in page.content.decode()
    assert "We no longer use this article" in text_of(page.client.get(f"/portal/guidance/cracks/{article.revision}/"))


def test_the_contractor_reads_nothing_of_it(desk, a_case, world, article):
    case = a_case(status=Status.WITH_CONTRACTOR)
    Case.objects.filter(pk=case.pk).update(priority_id="P3", trade_id="PNT", element=None)
    case = Case.objects.get(pk=case.pk)
    desk.post(panel(case), sent(case, world, rule=None, guidance=article.pk))

    theirs = OutgoingMail.objects.filter(kind=MOVE).exclude(recipient="hana@demo.example")
    assert theirs.exists()
    assert not [mail for mail in theirs if article.hint in mail.body_text or "guidance" in mail.body_text]


def test_its_words_are_inserted_without_a_script_and_nothing_is_sent(desk, crack, world, article):
    before = OutgoingMail.objects.count()
    answer = desk.post(panel(crack), sent(crack, world, rule=None, words="I looked at it.", insert=article.pk))

    shown = answer.context["form"]
    assert answer.status_code == 200
    assert shown["words"].value() == f"I looked at it.\n\n{article.in_notes}"
    assert str(shown["guidance"].value()) == str(article.pk)
    assert "2 mm wide or less" in shown["words"].value()
    assert OutgoingMail.objects.count() == before
    assert Case.objects.get(pk=crack.pk).status == Status.IN_REVIEW


def test_an_article_that_does_not_fit_is_chosen_from_the_list_and_its_words_stand_ready(desk, crack, world):
    other = GuidanceArticle.objects.newest("windows")
    answer = desk.post(panel(crack), sent(crack, world, rule=None, other_guidance=other.pk, preview="yes"))

    assert other in answer.context["articles"]
    assert any(other.hint in " ".join(mail["paragraphs"]) for mail in answer.context["mails"])


def test_an_unknown_article_inserts_nothing(desk, crack, world):
    answer = desk.post(panel(crack), sent(crack, world, rule=None, words="I looked at it.", insert="999999"))

    assert answer.context["form"]["words"].value() == "I looked at it."


def test_an_update_sends_an_article_from_the_case_page(desk, crack, world, article, client_for):
    assert f'value="{article.pk}" id="t-article"' in desk.get(f"/cases/{crack.reference}/").content.decode()
    desk.post(
        f"/cases/{crack.reference}/messages/",
        {"kind": "update", "words": "Please read this.", "guidance": article.pk, "idempotency_key": "guide-1"},
    )

    assert Message.objects.get(words="Please read this.").guidance == article
    assert article.hint in to_hana().body_text
    page = client_for(world.hana.user).get(f"/portal/cases/{crack.reference}/")
    assert "Our guide: Cracks" in text_of(page)
    assert "Guidance attached: Cracks" in text_of(desk.get(f"/cases/{crack.reference}/"))


def test_a_manager_approves_with_the_article_that_was_attached(desk, manager, a_case, world, article):
    case = a_case(status=Status.IN_REVIEW)
    desk.post(panel(case), sent(case, world, rule=None, guidance=article.pk))
    asked = case.decisions.get()
    page = manager.get(f"/decisions/{asked.public_id}/")

    assert any(article.hint in " ".join(mail["paragraphs"]) for mail in page.context["mails"])
