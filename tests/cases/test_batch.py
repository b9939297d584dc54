"""Several cases in one confirmed action: each row stands for itself, each person gets one mail."""

from datetime import timedelta
from functools import partial

import pytest

from cases import batch, rehearsal, workflow
from cases.choices import Status
from cases.mailing import Mailing
from cases.models import Case, Notice
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import REPORTED_AT, evidence_for, fresh, make_case

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=1)


def act(world, case, name="accept-and-send", **changes):
    given = {**evidence_for(name, world=world, at=AT), **changes}
    return partial(_move, case, name, world.amira.actor(), given)


def _move(case, name, by, given, mailing):
    return workflow.move(case, name, by=by, at=AT, seen_version=case.version, mailing=mailing, **given)


def run(world, rows):
    return batch.carry_out(rows, by=world.amira.actor(), at=AT)


def mails_since(number):
    return list(OutgoingMail.objects.order_by("pk")[number:])


def test_each_person_gets_one_mail_that_counts_and_lists_the_cases(world):
    cases = [make_case(world=world), make_case(world=world)]
    sent = OutgoingMail.objects.count()
    run(world, [(case, act(world, case)) for case in cases])
    mails = {mail.recipient: mail for mail in mails_since(sent)}
    assert set(mails) == {"hana@demo.example", "lim@demo.example"}
    assert len(mails_since(sent)) == 2
    assert ": 2 items, " in mails["hana@demo.example"].subject
    assert mails["lim@demo.example"].subject.startswith("DL-1: 2 defects, ")
    for mail in mails.values():
        assert all(case.reference in mail.body_text for case in cases)


def test_each_case_knows_who_was_told(world):
    cases = [make_case(world=world), make_case(world=world)]
    run(world, [(case, act(world, case)) for case in cases])
    for case in cases:
        told = Notice.objects.filter(case=case, event__move="accept-and-send")
        assert sorted(told.values_list("audience", flat=True)) == ["contractor", "homeowner"]


def test_a_refused_row_keeps_its_sentence_and_the_others_go_through(world):
    good, bad = make_case(world=world), make_case(world=world, status=Status.WITH_CONTRACTOR)
    sent = OutgoingMail.objects.count()
    outcomes = run(world, [(bad, act(world, bad)), (good, act(world, good))])
    assert [bool(outcome.refusal) for outcome in outcomes] == [True, False]
    assert "With contractor" in outcomes[0].refusal.sentence
    assert fresh(good).status == Status.WITH_CONTRACTOR
    assert all(bad.reference not in mail.body_text for mail in mails_since(sent))


def test_a_row_that_somebody_else_changed_is_refused_alone(world):
    stale, good = make_case(world=world), make_case(world=world)
    Case.objects.filter(pk=stale.pk).update(version=7)
    outcomes = run(world, [(stale, act(world, stale)), (good, act(world, good))])
    assert [bool(outcome.refusal) for outcome in outcomes] == [True, False]


def test_a_row_for_the_manager_waits_and_the_others_go_through(world):
    grave, good = make_case(world=world), make_case(world=world)
    rows = [(grave, act(world, grave, "close-out-of-scope")), (good, act(world, good))]
    outcomes = run(world, rows)
    assert [outcome.event.kind for outcome in outcomes] == ["decision-asked", "move"]
    assert fresh(grave).status == Status.NEW


def test_people_who_share_an_address_get_one_mail(world):
    from homeowners.choices import TenureRole

    rashid = homeowners.make_homeowner(name="Rashid Yusof", email="hana@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rashid, role=TenureRole.JOINT_OWNER)
    case = make_case(world=world)
    run(world, [(case, act(world, case, "accept"))])
    assert OutgoingMail.objects.filter(kind="accept").count() == 1
    assert Notice.objects.filter(event__move="accept").count() == 2


def test_a_link_that_acts_on_one_case_stands_at_its_item_in_a_mail_on_several(world):
    cases = [make_case(world=world, status=Status.TO_CHECK) for _ in range(2)]
    run(world, [(case, act(world, case, "ask-sign-off")) for case in cases])
    mail = OutgoingMail.objects.get(kind="ask-sign-off")
    links = mail.context["links"]
    assert links.pop("answer-all")["cases"] == [case.pk for case in cases]
    assert {name: slot["case"] for name, slot in links.items()} == {
        f"{name}-{case.pk}": case.pk for name in ("yes", "no") for case in cases
    }
    (first, second), text = cases, mail.body_text
    marks = [first.reference, f"yes-{first.pk}", f"no-{first.pk}", second.reference, f"yes-{second.pk}"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)


def test_the_same_batch_rehearsed_leaves_nothing(world):
    case = make_case(world=world)
    sent = OutgoingMail.objects.count()
    by = world.amira.actor()

    def whole(mailing: Mailing):
        batch.carry_out([(case, act(world, case))], by=by, at=AT, mailing=mailing)

    seen = rehearsal.rehearse(whole, by=by, at=AT)
    assert (len(seen.letters), OutgoingMail.objects.count(), fresh(case).status) == (2, sent, Status.NEW)
