"""The link of a home in a letter or QR code."""

import pytest
from django.core import signing

from ledger.actors import Actor
from ledger.models import AuditEntry
from tests.factories import units as make
from units import report_links

pytestmark = pytest.mark.django_db

AMIRA = Actor("Amira Rahman", "officer", user_id=7)
AT = make.SET_UP_AT


def test_link_leads_to_its_home_and_can_be_printed_again():
    unit, other = make.make_unit(), make.make_unit()

    token = report_links.token(unit)
    assert report_links.unit_of(token) == unit
    assert report_links.token(unit) == token
    assert report_links.unit_of(report_links.token(other)) == other


def test_revoked_link_is_dead_and_the_next_one_works():
    unit = make.make_unit()
    old = report_links.token(unit)
    report_links.revoke(unit, by=AMIRA, at=AT, reason="Sold")

    assert report_links.unit_of(old) is None
    assert report_links.unit_of(report_links.token(unit)) == unit
    entry = AuditEntry.objects.get(action="unit.link-revoked")
    assert (entry.old, entry.new, entry.reason) == ({"link_version": 1}, {"link_version": 2}, "Sold")


@pytest.mark.parametrize(
    "change", [lambda t: "x" + t, lambda t: t[:-1], lambda t: t + "x", lambda t: "", lambda t: "."]
)
def test_forged_link_leads_nowhere(change):
    assert report_links.unit_of(change(report_links.token(make.make_unit()))) is None


def test_another_signature_of_the_same_secret_leads_nowhere():
    unit = make.make_unit()
    foreign = signing.Signer(salt="something else", sep=".").sign(f"{unit.pk}.1")

    assert report_links.unit_of(foreign) is None


def test_link_of_a_home_that_is_gone_leads_nowhere():
    unit = make.make_unit()
    token = report_links.token(unit)
    unit.delete()

    assert report_links.unit_of(token) is None


def test_link_fits_an_address():
    token = report_links.token(make.make_unit())

    assert len(token) < 60
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def test_home_comes_with_what_its_page_needs(queries):
    token = report_links.token(make.make_unit())

    with queries(1):
        unit = report_links.unit_of(token)
        assert unit.development.hours_in_words


def test_a_revoked_link_still_tells_whom_to_call():
    unit = make.make_unit()
    token = report_links.token(unit)
    report_links.revoke(unit, by=AMIRA, at=AT)

    assert report_links.development_of(token) == unit.development
    assert report_links.development_of(f"{token}x") is None
