"""Whoever loses a right loses it with the next request; the links of old mails are dead (quality 14, 16)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import people
from accounts.choices import Role
from cases import facts, files, links, talk, workflow
from cases.choices import Status
from cases.models import ReportDraft
from contractors import appointments, companies
from homeowners import tenures
from homeowners.models import Tenure
from outbox import delivery
from outbox.models import OutgoingMail
from tests.access.ends import file_of, link_to, statuses
from tests.factories import accounts, homeowners
from tests.factories.cases import a_fault, evidence_for, fresh, make_case
from tests.factories.documents import jpeg, make_stored_file
from tests.mails import links_in
from units import report_links

pytestmark = pytest.mark.django_db


def sell(world, at, *, tenants_stay=False):
    buyer = homeowners.make_homeowner(name="Bao Buyer", email="buyer@demo.example")
    tenures.transfer(
        world.unit,
        buyers=[buyer],
        on=tenures.local_day(world.unit, at),
        proof="Title",
        tenants_stay=tenants_stay,
        by=world.actor("amira"),
        at=at,
    )
    return buyer


def test_a_sale_ends_the_sellers_pages_files_and_drafts_at_once(world, case, hana, now):
    hana.post("/portal/report/", {"room": "MBA"})
    draft = f"/portal/report/{ReportDraft.objects.get().key}/"
    pages = [f"/portal/cases/{case.reference}/", f"/portal/cases/{case.reference}/answer/", file_of(case)]
    pages += [f"/portal/reports/{case.report_item.report.reference}/", draft, f"{draft}1/"]
    assert 404 not in statuses(hana, *pages)
    sell(world, now)
    assert statuses(hana, *pages) == [404] * len(pages)
    home = hana.get("/portal/").content.decode()
    assert "A-12-3" not in home
    assert case.title not in home


def test_a_sale_ends_every_link_of_the_sellers_mails(world, case, client, now):
    old = [
        link_to(world.hana, links.ACTION, case=case.pk, action="confirm"),
        link_to(world.hana, links.PHOTOS, case=case.pk, action="photos"),
        link_to(world.hana, links.TENANT, report=case.report_item.report_id, action="yes"),
        f"/report/{report_links.token(world.unit)}/",
    ]
    assert statuses(client, *old) == [200] * 4
    sell(world, now)
    assert statuses(client, *old) == [404] * 4
    sent = {"answer": "yes", "seen_version": case.version}
    assert [client.post(path, sent).status_code for path in old] == [404] * 4
    assert fresh(case).status == Status.AWAITING_HOMEOWNER


def test_a_mail_still_waiting_when_the_home_is_sold_carries_a_dead_link(world, case, client, smtp_server, now):
    sell(world, now)
    delivery.drain(timezone.now())
    asked = [mail for mail in smtp_server.to("hana@demo.example") if "Is it fixed?" in mail["Subject"]]
    addresses = [link for mail in asked for link in links_in(mail) if "/portal/act/" in link]
    assert addresses
    assert {client.get(link).status_code for link in addresses} == {404}


def test_the_buyer_is_asked_and_sees_the_case_but_no_picture_of_before(world, case, client_for, now):
    photo = file_of(case)
    buyer = sell(world, now)
    answers = statuses(client_for(buyer.user), f"/portal/cases/{case.reference}/", photo)
    assert answers == [200, 404]


@pytest.mark.parametrize(("stays", "status"), [(True, 200), (False, 404)])
def test_a_tenant_of_the_seller_leaves_too_unless_the_tenant_stays(world, client_for, now, stays, status):
    tariq = homeowners.tariq(unit=world.unit)
    case = make_case(world=world, at=now - timedelta(days=2), person=tariq)
    client = client_for(tariq.user)
    assert statuses(client, f"/portal/cases/{case.reference}/") == [200]
    sell(world, now, tenants_stay=stays)
    assert statuses(client, f"/portal/cases/{case.reference}/") == [status]


def test_a_tenancy_that_ended_ends_pages_and_links(world, client, client_for, now):
    tariq = homeowners.tariq(unit=world.unit)
    case = make_case(world=world, at=now - timedelta(days=2), person=tariq, faults=[a_fault(photos=1)])
    signed_in, photos = client_for(tariq.user), link_to(tariq, links.PHOTOS, case=case.pk, action="photos")
    assert statuses(signed_in, f"/portal/cases/{case.reference}/", photos) == [200, 200]
    tenures.end(
        Tenure.objects.get(homeowner=tariq),
        on=tenures.local_day(world.unit, now),
        reason="Moved out",
        by=world.actor("amira"),
        at=now,
    )
    assert statuses(signed_in, f"/portal/cases/{case.reference}/", file_of(case), photos) == [404] * 3
    assert client.get(photos).status_code == 404


@pytest.fixture
def job(world, now):
    return make_case(world=world, at=now - timedelta(days=2), status=Status.WITH_CONTRACTOR, faults=[a_fault(photos=1)])


@pytest.fixture
def lim(world, client_for, job):
    """Lim's browser, which sees the job and its picture."""
    client = client_for(world.company.contacts.get().user)
    assert job.work_orders.get().reference in client.get("/jobs/").content.decode()
    assert client.get(file_of(job)).status_code in {200, 202}
    return client


def assert_gone(lim, job):
    page = lim.get("/jobs/")
    assert page.status_code in {200, 403, 302}
    assert job.work_orders.get().reference not in page.content.decode()
    assert "A-12-3" not in page.content.decode()
    assert lim.get(file_of(job)).status_code in {302, 403, 404}


def test_a_company_whose_appointment_ended_sees_no_job_and_no_picture(world, job, lim, now):
    appointments.end(
        world.company.appointments.get(),
        on=tenures.local_day(world.unit, now),
        reason="Contract over",
        by=world.actor("amira"),
        at=now,
    )
    assert_gone(lim, job)


def test_a_company_that_the_job_was_taken_from_sees_it_no_more(world, job, lim, now):
    workflow.move(
        fresh(job),
        "take-back",
        by=world.actor("amira"),
        at=now,
        seen_version=job.version,
        **evidence_for("take-back", world=world, at=now),
    )
    assert_gone(lim, job)


def test_a_person_who_left_the_company_sees_nothing(world, job, lim, now):
    companies.contact_left(world.company.contacts.get(), reason="Left", by=world.actor("amira"), at=now)
    assert_gone(lim, job)


def test_a_lowered_role_ends_the_session_and_the_right(world, case, client_for, now):
    client = client_for(world.mo)
    facts.escalate(fresh(case), why="The neighbour complains as well.", by=world.actor("amira"), at=now)
    page = f"/decisions/{case.decisions.get().public_id}/"
    assert client.get(page).status_code == 200
    people.change_role(world.mo, Role.OFFICER, by=accounts.ada().actor(), at=now)
    answer = client.post(page, {"answer": "approve", "seen_version": fresh(case).version})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in/")
    assert case.decisions.get().state == "waiting"
    again = client_for(world.mo)
    assert again.post(page, {"answer": "approve", "seen_version": fresh(case).version}).status_code in {403, 404}


@pytest.mark.parametrize("name", ["amira", "hana", "lim"])
def test_a_disabled_person_is_out_with_the_next_request(world, job, client_for, now, name):
    users = {"amira": world.amira, "hana": world.hana.user, "lim": world.company.contacts.get().user}
    home = {"amira": "/my-day/", "hana": "/portal/", "lim": "/jobs/"}[name]
    client = client_for(users[name])
    assert client.get(home).status_code == 200
    people.disable(users[name], by=accounts.ada().actor(), at=now, reason="Left")
    for path in (home, file_of(job)):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_an_officer_limited_to_another_development_loses_cases_at_once(world, case, client_for):
    from tests.factories import units

    client = client_for(world.amira)
    pages = (f"/cases/{case.reference}/", file_of(case))
    assert 404 not in statuses(client, *pages)
    units.limit_officer(world.amira, units.make_development(code="SIN", name="Sinar"))
    assert statuses(client, *pages) == [404, 404]
    assert client.post(f"/cases/{case.reference}/messages/", {"words": "Still here?"}).status_code == 404


def test_a_case_that_was_hidden_is_gone_for_the_homeowner_everywhere(world, case, hana, client, now):
    link = link_to(world.hana, links.ACTION, case=case.pk, action="confirm")
    photo = file_of(case)
    assert 404 not in statuses(hana, f"/portal/cases/{case.reference}/", photo, link)
    facts.edit(fresh(case), seen_version=case.version, by=world.actor("amira"), at=now, is_visible=False)
    assert statuses(hana, f"/portal/cases/{case.reference}/", photo, link) == [404] * 3
    for page in ("/portal/", "/portal/cases/", "/portal/visits/"):
        assert case.reference not in hana.get(page).content.decode()
    assert client.post(link, {"answer": "yes", "seen_version": fresh(case).version}).status_code == 404
    before = OutgoingMail.objects.count()
    with pytest.raises(Exception, match="hidden"):
        talk.update(fresh(case), words="Nobody reads this.", by=world.actor("amira"), at=now)
    assert OutgoingMail.objects.count() == before


def test_a_picture_that_was_hidden_again_is_gone(world, case, hana, now):
    by = world.actor("amira")
    (row,) = files.attach(
        case, [make_stored_file(content=jpeg(comment=b"x"))], role="after", by=by, at=now, is_visible=True
    )
    assert hana.get(f"/cases/files/{row.public_id}/list/").status_code in {200, 202}
    facts.show_file(row, is_visible=False, by=by, at=now)
    assert hana.get(f"/cases/files/{row.public_id}/list/").status_code == 404
    assert str(row.public_id) not in hana.get(f"/portal/cases/{case.reference}/").content.decode()
