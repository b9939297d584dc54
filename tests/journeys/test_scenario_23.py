"""Domain scenario 23: silence after the repair: three reminders, noted as completed on day 14, one click to reopen."""

from datetime import UTC, datetime, timedelta

import pytest

from cases import duties
from cases.choices import Status
from cases.models import Attachment, Case
from tests.factories.cases import fresh
from tests.journeys.repairs import repairs

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def silent(world, clock, post_office):
    """`silent(days)`: the sweep and the post run every morning for so many days; nobody answers."""
    clock(ASKED)
    (case,) = repairs(world, 1, at=ASKED)
    post_office.run()

    def wait(days):
        for day in range(1, days + 1):
            clock(ASKED + timedelta(days=day, hours=8))
            duties.sweep(at=ASKED + timedelta(days=day, hours=8))
            post_office.run()
        return fresh(case)

    return wait


@pytest.fixture
def morning(silent, clock, post_office):
    """`morning(day)`: the sweep and the post of that one day."""

    def pass_by(day):
        clock(ASKED + timedelta(days=day, hours=8))
        duties.sweep(at=ASKED + timedelta(days=day, hours=8))
        post_office.run()

    return pass_by


def test_reminders_go_on_days_3_7_and_12(morning, world, post_office):
    sent = []
    for day in range(1, 14):
        before = post_office.count(world.hana, "Please tell us")
        morning(day)
        if post_office.count(world.hana, "Please tell us") > before:
            sent.append(day)
    assert sent == [3, 7, 12]


def test_it_is_noted_as_completed_only_after_the_whole_of_day_14(silent, sign_in, world):
    assert silent(14).status == Status.AWAITING_HOMEOWNER
    case = silent(15)
    assert (case.status, case.step) == (Status.CLOSED_COMPLETE, "closed-no-reply")
    hana = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/")
    assert "Completed (no reply received)" in hana.words
    hana.press("It is not fixed: open it again")
    assert fresh(case).status == Status.IN_REVIEW


@pytest.mark.parametrize("lacking", ["after-photo", "staff check", "two reminders", "silence"])
def test_never_without_each_of_its_conditions(silent, morning, world, lacking):
    case = silent(13)
    if lacking == "after-photo":
        Attachment.objects.filter(case=case, role="after").update(role="other")
    elif lacking == "staff check":
        Case.objects.filter(pk=case.pk).update(checked_at=None)
    elif lacking == "two reminders":
        mails = case.notices.filter(event__kind="reminded").values_list("mail", flat=True)
        from outbox.models import OutgoingMail

        OutgoingMail.objects.filter(pk__in=list(mails)[1:]).update(
            state="failed", sent_at=None, failed_at=ASKED, failure="Refused."
        )
    else:
        from cases import talk

        talk.reply(case, words="I am abroad until April.", by=world.actor("hana"), at=ASKED + timedelta(days=13))
    morning(15)
    morning(16)
    assert fresh(case).status == Status.AWAITING_HOMEOWNER
