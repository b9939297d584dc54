"""Who holds a home: beginning, ending, resale, and rights that end at local midnight."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.choices import Role
from homeowners import tenures
from homeowners.choices import TenureRole, VerifiedHow
from homeowners.models import Tenure
from homeowners.tenures import TenureRefused
from ledger.models import AuditEntry
from tests.factories.accounts import amira, make_user
from tests.factories.homeowners import (
    MOVED_IN,
    farid,
    hana,
    make_homeowner,
    make_management_body,
    make_tenure,
    noor,
    tariq,
)
from tests.factories.units import make_development, make_unit
from units import report_links
from units.choices import HandoverKind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)  # noon in Kuala Lumpur
TODAY = date(2026, 3, 11)


@pytest.fixture
def by():
    return amira().actor()


@pytest.fixture
def home():
    return make_unit(number="A-12-3")


def begin(unit, person, by, role=TenureRole.OWNER, **facts):
    facts = {"from_on": TODAY, "evidence": "Title", "verified_how": VerifiedHow.TITLE, **facts}
    return tenures.begin(unit, homeowner=person, role=role, by=by, at=AT, **facts)


def sell(unit, *buyers, by, on=TODAY, proof="Letter of Messrs Tan, 2 Mar 2026", **facts):
    return tenures.transfer(unit, buyers=buyers, on=on, proof=proof, by=by, at=AT, **facts)


def holders(unit, on):
    return {row.homeowner.name: row.role for row in unit.tenures.in_force(on).select_related("homeowner")}


def test_beginning_keeps_proof_author_and_audit(home, by):
    tenure = begin(home, hana(), by)

    assert (tenure.recorded_by_name, tenure.recorded_at, tenure.evidence) == ("Amira Rahman", AT, "Title")
    entry = AuditEntry.objects.get(action="tenure.begin")
    assert (entry.about, entry.about_id, entry.new["role"]) == ("unit", home.pk, "owner")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"evidence": "  "}, "evidence"),
        ({"until_on": TODAY}, "until_on"),
        ({"role": TenureRole.REPRESENTATIVE}, "letter_on"),
        ({"role": TenureRole.MANAGEMENT_BODY}, "role"),
    ],
)
def test_refuses_what_the_register_does_not_take(home, by, facts, field):
    with pytest.raises(TenureRefused) as refusal:
        begin(home, hana(), by, **facts)
    assert refusal.value.field == field
    assert not Tenure.objects.exists()


def test_a_common_area_is_held_by_the_management_body_only(by):
    _body, area = make_management_body()
    with pytest.raises(TenureRefused):
        begin(area, hana(), by)


def test_a_second_owner_is_a_joint_owner_or_a_resale(home, by):
    hana(unit=home)
    with pytest.raises(TenureRefused) as refusal:
        begin(home, noor(), by)
    assert refusal.value.field == "role"
    begin(home, make_homeowner(name="Aziz Yusof"), by, role=TenureRole.JOINT_OWNER)
    assert holders(home, TODAY) == {"Hana Yusof": "owner", "Aziz Yusof": "joint-owner"}


def test_nobody_is_entered_twice_at_one_time(home, by):
    person = tariq(unit=home)
    with pytest.raises(TenureRefused) as refusal:
        begin(home, person, by, role=TenureRole.TENANT)
    assert refusal.value.field == "homeowner"


def test_somebody_may_come_back_after_leaving(home, by):
    person = make_homeowner(name="Tariq Aziz")
    make_tenure(unit=home, homeowner=person, role=TenureRole.TENANT, until_on=date(2026, 1, 1))
    assert begin(home, person, by, role=TenureRole.TENANT).holds_on(TODAY)


def test_a_representative_holds_with_a_dated_letter(home, by):
    tenure = begin(home, tariq(), by, role=TenureRole.REPRESENTATIVE, letter_on=date(2026, 3, 1))
    assert tenure.may_confirm
    assert tenure.letter_on == date(2026, 3, 1)


def test_ending_is_half_open(home, by):
    tenure = make_tenure(unit=home, role=TenureRole.TENANT)
    tenures.end(tenure, on=TODAY, reason="Moved out", by=by, at=AT)

    assert holders(home, date(2026, 3, 10)) == {"Hana Yusof": "tenant"}
    assert holders(home, TODAY) == {}
    assert AuditEntry.objects.get(action="tenure.end").reason == "Moved out"


def test_an_entry_made_by_mistake_never_held(home, by):
    tenure = make_tenure(unit=home, role=TenureRole.TENANT, from_on=TODAY)
    tenures.end(tenure, on=TODAY, reason="Wrong home", by=by, at=AT)
    assert tenure.never_held
    assert holders(home, TODAY) == {}


@pytest.mark.parametrize(("on", "reason"), [(MOVED_IN.replace(year=2024), "x"), (TODAY, " "), (date(2026, 6, 2), "x")])
def test_ending_is_refused_before_the_beginning_without_reason_or_later_than_it_ended(home, by, on, reason):
    tenure = make_tenure(unit=home, role=TenureRole.TENANT, until_on=date(2026, 6, 1))
    with pytest.raises(TenureRefused):
        tenures.end(tenure, on=on, reason=reason, by=by, at=AT)


def test_the_second_who_ends_an_entry_is_told_so(home, by):
    tenure = make_tenure(unit=home, role=TenureRole.TENANT)
    stale = Tenure.objects.get(pk=tenure.pk)
    tenures.end(tenure, on=TODAY, reason="Moved out", by=by, at=AT)
    with pytest.raises(TenureRefused, match="Somebody else"):
        tenures.end(stale, on=TODAY, reason="Moved out", by=by, at=AT)


def test_a_resale_ends_the_sellers_side_and_begins_the_buyers_the_same_day(home, by):
    hana(unit=home)
    make_tenure(unit=home, homeowner=make_homeowner(name="Aziz Yusof"), role=TenureRole.JOINT_OWNER)
    make_tenure(unit=home, homeowner=make_homeowner(name="Rita Rep"), role=TenureRole.REPRESENTATIVE)
    tariq(unit=home)
    buyer, wife = make_homeowner(name="Noor Said"), make_homeowner(name="Salmah Said")

    done = sell(home, buyer, wife, by=by)

    assert holders(home, date(2026, 3, 10)) == {
        "Hana Yusof": "owner",
        "Aziz Yusof": "joint-owner",
        "Rita Rep": "representative",
        "Tariq Aziz": "tenant",
    }
    assert holders(home, TODAY) == {"Noor Said": "owner", "Salmah Said": "joint-owner"}
    assert len(done.ended) == 4
    assert {row.until_on for row in done.ended} == {row.from_on for row in done.begun} == {TODAY}
    assert home.handover_events.get().kind == HandoverKind.RESALE
    assert AuditEntry.objects.filter(action="tenure.end", reason__contains="Messrs Tan").count() == 4


def test_tenants_may_stay_through_a_resale(home, by):
    hana(unit=home)
    tariq(unit=home)
    sell(home, noor(), by=by, tenants_stay=True)
    assert holders(home, TODAY) == {"Noor Said": "owner", "Tariq Aziz": "tenant"}


def test_a_tenant_who_buys_is_a_tenant_no_more(home, by):
    hana(unit=home)
    buyer = tariq(unit=home)
    sell(home, buyer, by=by, tenants_stay=True)
    assert holders(home, TODAY) == {"Tariq Aziz": "owner"}


def test_a_joint_owner_may_buy_the_other_half(home, by):
    hana(unit=home)
    joint = make_homeowner(name="Aziz Yusof")
    make_tenure(unit=home, homeowner=joint, role=TenureRole.JOINT_OWNER)
    sell(home, joint, by=by)
    assert holders(home, TODAY) == {"Aziz Yusof": "owner"}


def test_a_resale_in_advance_leaves_the_seller_in_until_that_day(home, by):
    hana(unit=home)
    link = report_links.token(home)
    sell(home, noor(), by=by, on=date(2026, 4, 1))
    assert holders(home, TODAY) == {"Hana Yusof": "owner"}
    assert holders(home, date(2026, 4, 1)) == {"Noor Said": "owner"}
    assert report_links.unit_of(link) == home


def test_a_resale_ends_the_printed_report_link(home, by):
    hana(unit=home)
    link = report_links.token(home)
    sell(home, noor(), by=by)
    assert report_links.unit_of(link) is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"proof": " "}, "proof"), ({"on": date(2025, 3, 2)}, "on"), ({"buyers": ()}, "buyer")],
)
def test_a_resale_is_refused_and_changes_nothing(home, by, facts, field):
    hana(unit=home)
    facts = {"buyers": (noor(),), "on": TODAY, "proof": "Title", **facts}
    with pytest.raises(TenureRefused) as refusal:
        tenures.transfer(home, by=by, at=AT, **facts)
    assert refusal.value.field == field
    assert holders(home, TODAY) == {"Hana Yusof": "owner"}


def test_a_home_without_owner_is_not_resold(home, by):
    with pytest.raises(TenureRefused) as refusal:
        sell(home, noor(), by=by)
    assert refusal.value.field == "on"


def test_a_common_area_is_not_sold(by):
    _body, area = make_management_body()
    with pytest.raises(TenureRefused) as refusal:
        sell(area, noor(), by=by)
    assert refusal.value.field == "unit"


@pytest.mark.parametrize(
    ("zone", "last", "first_out"),
    [
        ("Asia/Kuala_Lumpur", datetime(2026, 3, 10, 15, 59, 59), datetime(2026, 3, 10, 16, 0, 0)),
        ("Europe/London", datetime(2026, 6, 30, 22, 59, 59), datetime(2026, 6, 30, 23, 0, 0)),
    ],
)
def test_the_seller_is_out_at_local_midnight(by, zone, last, first_out):
    home = make_unit(development=make_development(zone=zone))
    seller, buyer = hana(unit=home), noor()
    on = first_out.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    sell(home, buyer, by=by, on=on)

    def has_it(person, at):
        at = at.replace(tzinfo=UTC)
        asked = {home.unit for home in tenures.homes_of(person.user, at)}
        rows = {row.unit for row in Tenure.objects.visible_to(person.user, at=at)}
        assert asked == rows
        return home in asked

    assert has_it(seller, last)
    assert not has_it(buyer, last)
    assert not has_it(seller, first_out)
    assert has_it(buyer, first_out)


def test_an_owners_word_makes_a_tenant_once(home, by):
    owner, tenant = hana(unit=home), tariq()
    first = tenures.confirm_tenant(home, tenant=tenant, owner=owner, by=by, at=AT)
    again = tenures.confirm_tenant(home, tenant=tenant, owner=owner, by=by, at=AT)

    assert first == again
    assert (first.verified_how, first.evidence) == ("owner-confirmed", "Confirmed by Hana Yusof")


def test_only_who_holds_the_home_confirms_a_tenant(home, by):
    for stranger in (noor(unit=make_unit(number="A-12-4")), farid(unit=home), make_homeowner(name="Nobody")):
        with pytest.raises(TenureRefused):
            tenures.confirm_tenant(home, tenant=tariq(), owner=stranger, by=by, at=AT)
    hana(unit=home)
    tenant = tariq(unit=home)
    with pytest.raises(TenureRefused):
        tenures.confirm_tenant(home, tenant=make_homeowner(name="Friend"), owner=tenant, by=by, at=AT)


def test_homes_of_gives_each_home_once_in_one_query(queries):
    couple = make_user(role=Role.HOMEOWNER)
    here, there = make_unit(number="A-1-1"), make_unit(number="B-2-2")
    wife, husband = make_homeowner(name="Hana", user=couple), make_homeowner(name="Aziz", user=couple)
    make_tenure(unit=here, homeowner=husband, role=TenureRole.JOINT_OWNER)
    make_tenure(unit=here, homeowner=wife)
    make_tenure(unit=there, homeowner=husband, role=TenureRole.TENANT)
    make_tenure(unit=make_unit(), homeowner=wife, until_on=TODAY)

    with queries(1):
        homes = tenures.homes_of(couple, AT)
        found = [(home.unit.number, home.unit.development.tz.key, home.role) for home in homes]

    assert [(number, role) for number, _zone, role in found] == [("A-1-1", "owner"), ("B-2-2", "tenant")]
    assert homes[0].homeowner_ids == {wife.pk, husband.pk}


def test_capacity_is_the_strongest_role_on_that_day(home):
    person = hana(unit=home)
    make_tenure(unit=home, homeowner=person, role=TenureRole.TENANT, from_on=date(2024, 1, 1), until_on=TODAY)

    assert tenures.capacity(home, homeowner_id=person.pk, on=TODAY) == "owner"
    assert tenures.capacity(home, user_id=person.user_id, on=TODAY) == "owner"
    assert tenures.capacity(home, homeowner_id=person.pk, on=date(2024, 5, 1)) == "tenant"
    assert tenures.capacity(home, homeowner_id=noor().pk, on=TODAY) is None
    assert tenures.capacity(home, user_id=None, on=TODAY) is None
