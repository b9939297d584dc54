"""Policies are put in force by an assignment, and changed only by their next version."""

from datetime import date

import pytest

from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from tests.factories import units as make
from units import policies
from units.models import Policy

pytestmark = pytest.mark.django_db

AT = make.SET_UP_AT


def test_assigning_freezes_the_policy_once():
    policy, unit = make.make_policy(), make.make_unit()
    assert not policy.is_used

    make.assign_policy(policy, unit)
    assert (policy.is_used, policy.used_at) == (True, AT)
    policies.assign(policy, unit.development, from_on=date(2024, 1, 1), by=SYSTEM, at=AT.replace(year=2025))
    assert policy.used_at == AT


def test_assigning_is_in_the_audit():
    development = make.make_development(name="Kerinci")
    make.assign_policy(make.make_policy(code="plain"), development, from_on=date(2024, 1, 1))

    entry = AuditEntry.objects.get(action="policy.assigned")
    assert (entry.about, entry.about_id, entry.reference) == ("development", development.pk, "Kerinci")
    assert entry.new == {"policy": "plain", "version": 1, "from_on": "2024-01-01"}


def test_next_version_is_an_editable_copy_with_all_rules():
    policy = make.make_policy(code="plain", rules=[{"code": "a", "length_amount": 12}, {"code": "b"}])
    make.assign_policy(policy, make.make_development())
    draft = policies.next_version(policy, by=SYSTEM, at=AT)

    assert (draft.pk != policy.pk, draft.version, draft.is_used) == (True, 2, False)
    assert list(draft.rules.values_list("code", "length_amount")) == [("a", 12), ("b", 24)]
    assert policy.rules.count() == 2
    assert Policy.objects.get(pk=policy.pk).version == 1


def test_next_version_follows_the_latest():
    policy = make.make_policy()
    policies.next_version(policy, by=SYSTEM, at=AT)

    assert policies.next_version(policy, by=SYSTEM, at=AT).version == 3
