"""Mailed links: hashed, single use by compare-and-set, ending by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import links
from accounts.models import LinkToken

pytestmark = pytest.mark.django_db
AT = timezone.now()


def mint(**facts):
    given = {"subject": "homeowner:7", "audience": "Hana@Demo.example", "single_use": True, "at": AT}
    return links.mint("upload", **{**given, "expires_at": AT + timedelta(hours=72), **facts})


def test_token_is_found_by_its_text_and_kept_as_a_hash():
    raw = mint(facts={"case": 3})
    token = links.find(raw, "upload", AT)
    assert token.facts == {"case": 3}
    assert token.audience == "hana@demo.example"
    assert raw not in str(LinkToken.objects.values().get())
    assert len(raw) >= 43


@pytest.mark.parametrize("wrong", ["", "nonsense", "\x00"])
def test_wrong_text_finds_nothing(wrong):
    mint()
    assert links.find(wrong, "upload", AT) is None


def test_token_of_another_purpose_is_not_found():
    assert links.find(mint(), "invitation", AT) is None


def test_token_ends_at_its_hour():
    raw = mint()
    assert links.find(raw, "upload", AT + timedelta(hours=72)) is None
    assert links.find(raw, "upload", AT + timedelta(hours=72, seconds=-1))


def test_single_use_link_is_claimed_once():
    raw = mint()
    first, second = links.find(raw, "upload", AT), links.find(raw, "upload", AT)
    assert [links.use(first, AT), links.use(second, AT)] == [True, False]
    assert links.find(raw, "upload", AT) is None


def test_link_for_many_uses_stays_until_it_ends():
    raw = mint(single_use=False)
    token = links.find(raw, "upload", AT)
    assert [links.use(token, AT), links.use(token, AT)] == [True, True]
    assert links.use(token, AT + timedelta(hours=73)) is False


@pytest.mark.parametrize(
    "named", [{"subject": "homeowner:7"}, {"audience": "HANA@demo.example"}, {"purpose": "upload"}]
)
def test_revoked_links_are_dead(named):
    raw = mint(single_use=False)
    token = links.find(raw, "upload", AT)
    assert links.revoke(at=AT, **named) == 1
    assert links.find(raw, "upload", AT) is None
    assert links.use(token, AT) is False


def test_others_live_on():
    raw = mint()
    assert links.revoke(at=AT, subject="homeowner:8") == 0
    assert links.find(raw, "upload", AT)


def test_nothing_named_ends_nothing():
    with pytest.raises(ValueError, match="name a purpose"):
        links.revoke(at=AT)
