"""Who gets a defect of which trade, until when the company answers, and access that ends with the appointment."""

from datetime import UTC, date, datetime

import pytest

from accounts.choices import Role
from contractors import appointments
from contractors.appointments import AppointmentRefused
from contractors.models import Appointment
from ledger.models import AuditEntry
from tests.factories.accounts import amira, make_user
from tests.factories.catalogue import make_trade
from tests.factories.contractors import lim, make_appointment, make_company, make_contact, otto, siva
from tests.factories.units import make_development
from units.liability import UpstreamFacts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)
TODAY = date(2026, 3, 11)


@pytest.fixture
def by():
    return amira().actor()


@pytest.fixture
def site():
    return make_development(code="KRM")


@pytest.fixture
def waterproofing():
    return make_trade(code="WPF", label="Waterproofing")


@pytest.fixture
def painting():
    return make_trade(code="PNT", label="Painting")


def test_the_company_named_for_the_trade_goes_before_the_main_contractor(site, waterproofing, painting):
    main, sub = lim(development=site).company, siva(development=site, trades=[waterproofing]).company
    assert appointments.for_trade(site, waterproofing, TODAY) == sub
    assert appointments.for_trade(site, painting, TODAY) == main


def test_the_main_contractor_goes_before_another_for_all_trades(site, painting):
    otto(development=site)
    main = lim(development=site).company
    assert appointments.for_trade(site, painting, TODAY) == main


def test_a_main_contractor_for_some_trades_gets_only_those(site, waterproofing, painting):
    row = make_appointment(development=site, is_main=True, trades=[waterproofing])
    assert appointments.for_trade(site, waterproofing, TODAY) == row.company
    assert appointments.for_trade(site, painting, TODAY) is None


def test_the_newest_of_two_named_for_the_trade_gets_it(site, painting):
    make_appointment(development=site, trades=[painting], from_on=date(2024, 1, 1))
    newer = make_appointment(development=site, trades=[painting], from_on=date(2025, 1, 1))
    assert appointments.for_trade(site, painting, TODAY) == newer.company


@pytest.mark.parametrize(
    ("from_on", "until_on"), [(date(2026, 3, 12), None), (date(2024, 1, 1), TODAY), (TODAY, TODAY)]
)
def test_an_appointment_counts_from_its_first_day_up_to_its_end(site, painting, from_on, until_on):
    make_appointment(development=site, from_on=from_on, until_on=until_on)
    make_appointment(development=make_development())
    assert appointments.for_trade(site, painting, TODAY) is None


@pytest.mark.parametrize("count", [1, 30])
def test_asks_twice_however_many_are_appointed(site, painting, queries, count):
    for _number in range(count):
        make_appointment(development=site, trades=[painting])
    with queries(2):
        roster = appointments.roster(site, TODAY)
        assert all(roster.company_for(painting) for _trade in range(400))


def test_the_contractors_own_liability_is_that_of_its_appointment(site, waterproofing, painting):
    main = make_company(name="Lim Construction Sdn Bhd")
    make_appointment(
        company=main, development=site, is_main=True, liability_starts_on=date(2024, 1, 1), liability_months=12
    )
    sub = siva(development=site, trades=[waterproofing]).company

    expected = UpstreamFacts("Lim Construction Sdn Bhd", date(2024, 1, 1), 12)
    assert appointments.upstream_facts(site, painting, TODAY) == expected
    assert appointments.upstream_facts(site, waterproofing, TODAY, company=main) == expected
    assert appointments.upstream_facts(site, waterproofing, TODAY) == UpstreamFacts("Siva Waterproofing")
    assert appointments.upstream_facts(site, painting, TODAY, company=sub) == UpstreamFacts("Siva Waterproofing")
    assert appointments.upstream_facts(make_development(), painting, TODAY) == UpstreamFacts()


def test_appointing_keeps_trades_liability_and_audit(site, waterproofing, by):
    company, main = make_company(short_name="Siva"), make_company(short_name="Lim")
    row = appointments.appoint(
        company, development=site, from_on=TODAY, trades=[waterproofing], parent=main,
        liability_starts_on=date(2025, 1, 1), liability_months=24, by=by, at=AT,
    )  # fmt: skip
    assert list(row.trades.all()) == [waterproofing]
    assert row.liability_until == date(2027, 1, 1)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about, entry.about_id) == ("appointment.begin", "company", company.pk)
    assert (entry.new["trades"], entry.new["parent"]) == (["WPF"], "Lim")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"liability_starts_on": TODAY}, "liability_months"),
        ({"liability_months": 0}, "liability_months"),
        ({"liability_months": 241}, "liability_months"),
        ({"parent": "itself"}, "parent"),
        ({"parent": "other", "is_main": True}, "parent"),
        ({"is_main": True}, "is_main"),
    ],
)
def test_refuses_a_bad_appointment_at_its_field(site, by, facts, field):
    company, other = make_company(), make_company()
    make_appointment(development=site, is_main=True)
    if "parent" in facts:
        facts = {**facts, "parent": {"itself": company, "other": other}[facts["parent"]]}
    with pytest.raises(AppointmentRefused) as refusal:
        appointments.appoint(company, development=site, from_on=TODAY, by=by, at=AT, **facts)
    assert refusal.value.field == field
    assert Appointment.objects.count() == 1


def test_ending_ends_the_access_of_its_people_at_once(site, by):
    contact = lim(development=site)
    row = contact.company.appointments.get()
    assert [site.development_id for site in appointments.sites_of(contact.user, AT)] == [site.pk]

    appointments.end(row, on=TODAY, reason="Contract over", by=by, at=AT)

    assert appointments.sites_of(contact.user, AT) == []
    assert appointments.companies_of(contact.user, AT) == []
    assert not Appointment.objects.visible_to(contact.user, at=AT).exists()
    assert AuditEntry.objects.get().reason == "Contract over"


def test_an_appointment_ends_at_local_midnight():
    contact = lim(development=make_development(zone="Asia/Kuala_Lumpur"))
    contact.company.appointments.update(until_on=TODAY)
    assert appointments.companies_of(contact.user, datetime(2026, 3, 10, 15, 59, tzinfo=UTC))
    assert not appointments.companies_of(contact.user, datetime(2026, 3, 10, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize(("on", "reason"), [(TODAY, " "), (date(2023, 1, 1), "x"), (date(2026, 7, 1), "x")])
def test_ending_is_refused_without_reason_or_outside_the_appointment(by, on, reason):
    row = make_appointment(until_on=date(2026, 6, 1))
    with pytest.raises(AppointmentRefused):
        appointments.end(row, on=on, reason=reason, by=by, at=AT)


def test_the_second_who_ends_it_is_told_so(by):
    row = make_appointment()
    stale = Appointment.objects.get(pk=row.pk)
    appointments.end(row, on=TODAY, reason="x", by=by, at=AT)
    with pytest.raises(AppointmentRefused, match="Somebody else"):
        appointments.end(stale, on=TODAY, reason="x", by=by, at=AT)


def test_liability_is_entered_later(by):
    row = make_appointment()
    appointments.set_liability(row, starts_on=date(2024, 8, 31), months=6, by=by, at=AT)
    row.refresh_from_db()
    assert row.liability_until == date(2025, 2, 28)
    with pytest.raises(AppointmentRefused):
        appointments.set_liability(row, starts_on=TODAY, months=None, by=by, at=AT)


def test_one_account_may_act_for_two_companies(site):
    user = make_user(role=Role.CONTRACTOR)
    for name in ("Alpha", "Beta"):
        company = make_company(short_name=name, name=name)
        make_contact(company=company, name=name, user=user)
        make_appointment(company=company, development=site)
    assert [company.name for company in appointments.companies_of(user, AT)] == ["Alpha", "Beta"]


def test_sites_are_asked_in_a_fixed_number_of_queries(site, queries):
    contact = lim(development=site)
    for _number in range(20):
        make_appointment(company=contact.company, development=make_development())
    with queries(2):
        assert len({row.development.name + row.company.name for row in appointments.sites_of(contact.user, AT)}) == 1


def test_whether_a_company_works_there(site):
    contact = lim(development=site)
    assert appointments.is_appointed(contact.company, site, TODAY)
    assert not appointments.is_appointed(contact.company, site, date(2023, 12, 31))
    assert not appointments.is_appointed(make_company(), site, TODAY)
