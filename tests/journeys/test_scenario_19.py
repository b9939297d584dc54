"""Domain scenario 19: *not our package*, with a drawing; the homeowner's clocks run on, a manager decides."""

from datetime import timedelta

import pytest

from cases.choices import Status
from cases.models import Case
from contractors.models import Appointment
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk
from tests.factories.documents import jpeg, sent
from tests.mails import text_of
from works import duties
from works.models import Dispute, WorkOrder

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=14)
"""Wednesday morning at the home."""
DAY = timedelta(days=1)
WHY = {"reason": "not-our-package", "words": "The drawing shows the kitchen maker's pipe."}
OF_OURS = ("drawing", "dispute", "Lim", "not ours", "manager")


@pytest.fixture
def case(world, clock, post_office):
    clock(AT)
    made = make_case(world=world)
    Case.objects.filter(pk=made.pk).update(priority_id="P3")
    walk(fresh(made), "accept-and-send", world=world, at=AT)
    post_office.run()
    return fresh(made)


@pytest.fixture
def promises(case):
    return list(case.clocks.order_by("pk").values("kind", "due_at", "stopped_at", "paused_at"))


@pytest.fixture
def disputed(case, promises, world, sign_in, post_office):
    """Lim says so on the page of the order, with the drawing."""
    order = WorkOrder.objects.get(case=case)
    line = order.lines.get(until_revision__isnull=True)
    page = sign_in(world.company.contacts.get().user)
    page.open(f"/jobs/lists/{line.list.reference}/{order.reference}/not-ours/")
    page.press("Not ours", files={"photos": [sent(jpeg(comment=b"drawing"), "drawing.jpg")]}, **WHY)
    post_office.run()
    return Dispute.objects.get()


def decide(world, sign_in, disputed, label, **typed):
    mo = sign_in(world.mo).open(f"/decisions/{disputed.request.public_id}/")
    return mo, mo.press(label, **typed)


def test_the_clocks_of_the_home_run_on_and_the_homeowner_hears_nothing(
    disputed, promises, case, world, sign_in, post_office
):
    assert list(case.clocks.order_by("pk").values("kind", "due_at", "stopped_at", "paused_at")) == promises
    home = sign_in(world.hana.user).open(f"/portal/cases/{case.reference}/").words.lower()
    assert [word for word in OF_OURS if word.lower() in home] == []
    assert post_office.count(world.hana, "ispute") == 0


def test_the_manager_sees_the_evidence_of_both_sides_and_has_five_working_days(disputed, case, world, sign_in):
    page = sign_in(world.mo).open(f"/decisions/{disputed.request.public_id}/").words
    assert "Evidence of Lim" in page
    assert "As it was reported" in page
    assert WHY["words"] in page
    due = disputed.request.due_at.astimezone(case.development.tz)
    assert (due.date() - AT.date()).days == 7


def test_not_upheld_the_order_is_sent_again_and_closed_to_further_dispute(disputed, case, world, sign_in, post_office):
    decide(world, sign_in, disputed, "It is theirs all the same", remarks="Clause 15 covers the pipe: it is yours.")
    post_office.run()
    assert "Clause 15 covers the pipe" in text_of(post_office.to("lim@demo.example"))
    order = WorkOrder.objects.get(case=case)
    assert (order.state, order.is_beyond_dispute, fresh(case).status) == ("new", True, Status.WITH_CONTRACTOR)
    line = order.lines.get(until_revision__isnull=True)
    page = sign_in(world.company.contacts.get().user).open(f"/jobs/lists/{line.list.reference}/")
    assert not page.offers("Not ours")


def test_upheld_the_case_goes_back_to_review_for_another_company(disputed, case, world, sign_in, post_office):
    decide(world, sign_in, disputed, "Approve", remarks="The drawing is right, thank you.")
    post_office.run()
    assert (fresh(case).status, Dispute.objects.get().state) == (Status.IN_REVIEW, "upheld")
    told = text_of(post_office.to(world.hana)).lower()
    assert [word for word in OF_OURS if word.lower() in told] == []


def test_silence_for_two_working_days_is_acceptance_where_the_appointment_says_so(case, world, clock, post_office):
    Appointment.objects.update(silence_accepts=True)
    due = WorkOrder.objects.get().clocks.get(kind="accept").due_at
    assert (due.date() - AT.date()).days == 2
    duties.sweep(at=clock(due - timedelta(minutes=1)))
    assert WorkOrder.objects.get().state == "new"
    duties.sweep(at=clock(due + timedelta(minutes=1)))
    order = WorkOrder.objects.get()
    assert (order.state, order.accepted_how) == ("accepted", "silence")
    post_office.run()
    assert "accepted" in text_of(post_office.to("lim@demo.example"))
