"""The owner's answer about a tenant who reported."""

from datetime import timedelta

import pytest
from django.conf import settings

from cases import claims, intake, links
from cases.choices import ReportState
from cases.evidence import MoveRefused
from cases.models import Case, Report
from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from ledger.actors import Actor
from ledger.models import AuditEntry
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import REPORTED_AT, a_fault, make_report

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(hours=2)


@pytest.fixture
def report(world):
    return make_report(world=world, person=False, claimed_role="tenant", name="Tariq Aziz", email="tariq@demo.example")


def by_link(person):
    return Actor(person.name, "homeowner", person.user_id, person.pk, "link")


def test_each_owner_is_asked_and_the_tenant_reads_nothing_of_them(world, report):
    asked = OutgoingMail.objects.get(kind="tenant-claim")
    assert (asked.recipient, set(asked.context["links"])) == ("hana@demo.example", {"yes", "no"})
    receipt = OutgoingMail.objects.get(kind="receipt")
    assert receipt.recipient == "tariq@demo.example"
    whole = receipt.subject + receipt.body_text + receipt.body_html
    assert not [word for word in ("Hana", "Yusof", "hana@") if word in whole]


def test_the_question_to_the_owner_counts_the_defects(world):
    make_report(world=world, person=False, claimed_role="tenant", faults=[a_fault() for _ in range(4)])
    assert "reported 4 defects in A-12-3" in OutgoingMail.objects.get(kind="tenant-claim").body_text


def test_a_joint_owner_is_asked_and_a_neighbour_is_not(world):
    from homeowners.choices import TenureRole

    rashid = homeowners.make_homeowner(name="Rashid Yusof", email="rashid@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rashid, role=TenureRole.JOINT_OWNER)
    make_report(world=world, person=False, claimed_role="tenant")
    asked = OutgoingMail.objects.filter(kind="tenant-claim").values_list("recipient", flat=True)
    assert sorted(asked) == ["hana@demo.example", "rashid@demo.example"]


def test_yes_makes_the_tenancy_verifies_the_report_and_opens_its_cases(world, report):
    cases = claims.confirm_tenant(report, world.hana, by=by_link(world.hana), at=AT)
    report.refresh_from_db()
    tenure = Tenure.objects.get(role="tenant")
    assert (tenure.unit, tenure.homeowner.name, tenure.from_on) == (world.unit, "Tariq Aziz", AT.date())
    assert (report.state, report.reporter, len(cases)) == (ReportState.VERIFIED, tenure.homeowner, 1)
    assert "Hana Yusof confirmed the tenant" in report.verified_how


def test_a_stranger_confirms_nobody(world, report):
    assert claims.confirm_tenant(report, world.noor, by=by_link(world.noor), at=AT) is None
    report.refresh_from_db()
    assert report.state == ReportState.UNVERIFIED
    assert not Tenure.objects.filter(role="tenant").exists()
    assert not Homeowner.objects.filter(name="Tariq Aziz").exists()


def test_no_is_noted_and_closes_nothing(world, report):
    claims.deny_tenant(report, world.hana, by=by_link(world.hana), at=AT)
    report.refresh_from_db()
    assert report.state == ReportState.UNVERIFIED
    assert "Hana Yusof does not know Tariq Aziz (2026-03-03)." in report.verified_how
    assert not Tenure.objects.filter(role="tenant").exists()


def test_the_owners_no_stays_on_record_when_the_officer_verifies_after_all(world, report):
    claims.deny_tenant(report, world.hana, by=by_link(world.hana), at=AT)
    report.refresh_from_db()
    tariq = homeowners.tariq(unit=world.unit)
    intake.verify(report, tariq, how=["Tenancy agreement seen"], by=world.amira.actor(), at=AT)
    report.refresh_from_db()
    assert report.verified_how == ["Hana Yusof does not know Tariq Aziz (2026-03-03).", "Tenancy agreement seen"]


@pytest.mark.database
def test_each_owner_says_no_once_and_none_is_lost(world, report):
    rashid = homeowners.make_homeowner(name="Rashid Yusof", email="rashid@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=rashid, role=TenureRole.JOINT_OWNER)
    same_page = Report.objects.get(pk=report.pk)
    for page, owner, day in ((report, world.hana, 0), (same_page, rashid, 0), (same_page, world.hana, 1)):
        claims.deny_tenant(page, owner, by=by_link(owner), at=AT + timedelta(days=day))
    report.refresh_from_db()
    assert [line.partition(" does")[0] for line in report.verified_how] == ["Hana Yusof", "Rashid Yusof"]
    assert AuditEntry.objects.filter(action="report.tenant-denied").count() == 2


@pytest.mark.database
def test_lines_are_added_to_what_was_read(world, report, monkeypatch):
    """Another owner answers between the reading and the writing."""
    Report.objects.filter(pk=report.pk).update(verified_how=["Rashid Yusof does not know Tariq Aziz (2026-03-03)."])
    monkeypatch.setattr(Report, "refresh_from_db", lambda *_args, **_named: None)
    with pytest.raises(MoveRefused):
        claims.deny_tenant(report, world.hana, by=by_link(world.hana), at=AT)
    assert len(Report.objects.get().verified_how) == 1


def test_a_second_report_of_the_tenant_is_of_the_same_person(world, report):
    other = make_report(world=world, person=False, claimed_role="tenant", name="Tariq Aziz", email="tariq@demo.example")
    for one in (report, other):
        assert claims.confirm_tenant(one, world.hana, by=by_link(world.hana), at=AT)
    assert report.reporter == other.reporter
    assert Tenure.objects.filter(role="tenant").count() == 1


@pytest.mark.parametrize("wrong", [{"reporter_phone": "no phone"}, {"reporter_email": "amira@demo.example"}])
def test_a_tenant_whom_the_register_does_not_take_waits_for_the_officer(world, report, wrong):
    Report.objects.filter(pk=report.pk).update(**wrong)
    report.refresh_from_db()
    for _press in range(2):
        assert claims.confirm_tenant(report, world.hana, by=by_link(world.hana), at=AT) is None
    (line,) = Report.objects.get().verified_how
    assert line.startswith("Hana Yusof confirmed the tenant, who could not be entered: ")
    assert Report.objects.get().state == ReportState.UNVERIFIED
    assert not Tenure.objects.filter(role="tenant").exists()
    assert AuditEntry.objects.filter(action="report.tenant-not-entered").count() == 1


def test_the_owner_is_told_that_the_office_will_call(client, world, report):
    Report.objects.filter(pk=report.pk).update(reporter_email="amira@demo.example")
    mail = OutgoingMail.objects.get(kind="tenant-claim")
    path = links.mint(mail, mail.context["links"]["yes"]).removeprefix(settings.BASE_URL)
    answer = client.post(path, {"answer": "yes"}, follow=True)
    assert answer.status_code == 200
    assert "our office will call you" in answer.content.decode()


@pytest.mark.parametrize("answer", [claims.confirm_tenant, claims.deny_tenant])
def test_what_was_answered_is_not_answered_again(world, report, answer):
    intake.refuse(report, words="Nobody of this name lives here.", by=world.amira.actor(), at=AT)
    report.refresh_from_db()
    people = Homeowner.objects.count()
    with pytest.raises(MoveRefused, match="answered already"):
        answer(report, world.hana, by=by_link(world.hana), at=AT)
    assert Homeowner.objects.count() == people


def test_danger_goes_on_while_the_owner_is_asked(world):
    fault = a_fault(answers={"danger": "yes"})
    kind = fault.defect_type
    question = next(q for q in kind.asked if "P1" in q.raises_to.values())
    answer = next(choice for choice, code in question.raises_to.items() if code == "P1")
    make_report(world=world, person=False, claimed_role="tenant", faults=[a_fault(answers={question.key: answer})])
    case = Case.objects.get()
    assert (case.priority_id, case.is_safety) == ("P1", True)
    assert sorted(OutgoingMail.objects.filter(kind="safety").values_list("recipient", flat=True)) == [
        "amira@demo.example",
        "mo@demo.example",
    ]
