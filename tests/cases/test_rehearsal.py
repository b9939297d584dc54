"""A rehearsal is the real act undone: same letters, nothing left behind."""

from datetime import timedelta

import pytest

from cases import rehearsal, talk, workflow
from cases.choices import Status
from cases.models import Case, CaseEvent, Clock, DecisionRequest, Message, Notice
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, evidence_for, fresh, make_case

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=1)


def everything():
    rows = [CaseEvent, Clock, DecisionRequest, Message, Notice, OutgoingMail, AuditEntry]
    return [model.objects.count() for model in rows], list(Case.objects.values().order_by("pk"))


def rehearse(world, case, name, **changes):
    given = {**evidence_for(name, world=world, at=AT), **changes}
    by = world.amira.actor()

    def act(mailing):
        return workflow.move(case, name, by=by, at=AT, seen_version=case.version, mailing=mailing, **given)

    return rehearsal.rehearse(act, by=by, at=AT)


def test_nothing_remains_and_no_mail_leaves(world):
    case = make_case(world=world)
    before = everything()
    seen = rehearse(world, fresh(case), "accept-and-send")
    assert everything() == before
    assert {told.recipient.email for told in seen.letters} == {"hana@demo.example", "lim@demo.example"}


def test_the_letters_are_those_that_are_sent(world):
    case = make_case(world=world)
    seen = rehearse(world, fresh(case), "accept")
    sent = OutgoingMail.objects.count()
    workflow.move(fresh(case), "accept", by=world.amira.actor(), at=AT, seen_version=case.version)
    assert [told.subject for told in seen.letters] == [mail.subject for mail in OutgoingMail.objects.all()[sent:]]


def test_a_refusal_is_shown_with_its_field(world):
    seen = rehearse(world, make_case(world=world), "accept-and-send", company_id=None)
    assert (seen.refusal.field, seen.letters, seen.is_silent) == ("company", (), False)


def test_a_managers_decision_is_foretold_and_not_asked(world):
    case = make_case(world=world, status=Status.IN_REVIEW)
    before = everything()
    seen = rehearse(world, case, "close-out-of-scope")
    assert (seen.needs_manager, everything()) == (True, before)


def test_a_hidden_case_says_that_nobody_will_be_told(world):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    assert rehearse(world, fresh(case), "accept").is_silent


def test_words_are_rehearsed_too(world):
    case = make_case(world=world)
    by = world.amira.actor()
    before = everything()
    seen = rehearsal.rehearse(
        lambda mailing: talk.update(case, words="I come on Monday.", by=by, at=AT, mailing=mailing), by=by, at=AT
    )
    assert [told.key for told in seen.letters] == ["message"]
    assert everything() == before
