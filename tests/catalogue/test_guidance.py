"""A revision of an article is never edited: old decisions keep the words they quoted."""

from datetime import UTC, datetime

import pytest

from catalogue import guidance
from catalogue.models import DefectType, GuidanceArticle
from ledger.actors import Actor
from ledger.models import AuditEntry
from tests.factories.catalogue import make_defect_type, make_guidance, make_trade

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADA = Actor("Ada Wong", "administrator", user_id=7)
AT = datetime(2026, 3, 3, 9, 14, tzinfo=UTC)


def test_a_revision_leaves_the_old_words_as_they_were():
    old = make_guidance(slug="cracks", hint="Old words.", title="Cracks", order=20)

    newer = guidance.revise(old, by=ADA, at=AT, hint="New words.")

    assert GuidanceArticle.objects.get(pk=old.pk).hint == "Old words."
    assert GuidanceArticle.objects.newest("cracks") == newer
    assert (newer.revision, newer.hint, newer.title, newer.order) == (2, "New words.", "Cracks", 20)


def test_kinds_of_fault_lead_to_the_newest_revision():
    old = make_guidance()
    make_defect_type(guidance=old)

    newer = guidance.revise(old, by=ADA, at=AT, hint="New words.")

    assert DefectType.objects.get().guidance == newer


def test_a_revision_is_kept_in_the_audit():
    old = make_guidance(slug="cracks", hint="Old words.")

    guidance.revise(old, by=ADA, at=AT, hint="New words.")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.reference) == ("guidance-revised", "cracks 2")
    assert (entry.old, entry.new) == ({"hint": "Old words."}, {"hint": "New words."})


def test_the_second_of_two_editors_is_told_so():
    article = make_guidance()
    guidance.revise(article, by=ADA, at=AT, hint="First.")

    with pytest.raises(guidance.NotInForce, match="Somebody else has revised"):
        guidance.revise(article, by=ADA, at=AT, hint="Second.")

    assert GuidanceArticle.objects.in_use().get().hint == "First."
    assert GuidanceArticle.objects.count() == 2


def test_a_withdrawn_article_is_shown_nowhere_but_stays():
    article = make_guidance()
    make_defect_type(guidance=article)

    guidance.withdraw(article, by=ADA, at=AT)

    assert not GuidanceArticle.objects.in_use().exists()
    assert DefectType.objects.get().guidance is None
    assert AuditEntry.objects.get().action == "guidance-withdrawn"


def test_a_new_article_is_kept_in_the_audit():
    article = make_guidance()
    fresh = GuidanceArticle(**guidance.text_of(article) | {"slug": "roofs"})

    guidance.publish(fresh, by=ADA, at=AT)

    assert GuidanceArticle.objects.newest("roofs").revision == 1
    assert AuditEntry.objects.get().action == "guidance-published"


def test_a_trade_is_led_to_the_newest_revision_and_away_from_a_withdrawn_one():
    trade = make_trade(guidance=make_guidance())

    newer = guidance.revise(trade.guidance, by=ADA, at=AT, hint="New words.")
    trade.refresh_from_db()
    assert trade.guidance == newer

    guidance.withdraw(newer, by=ADA, at=AT)
    trade.refresh_from_db()
    assert trade.guidance is None


def test_the_articles_own_fault_goes_before_its_trade():
    leak, pipes = make_guidance(slug="leak"), make_guidance(slug="pipes")
    trade = make_trade(guidance=pipes)

    assert guidance.fitting(make_defect_type(guidance=leak, default_trade=trade), trade) == [leak, pipes]
    assert guidance.fitting(make_defect_type(guidance=pipes), trade) == [pipes]
    assert guidance.fitting(None, trade) == [pipes]
    assert guidance.fitting(None, None) == []
