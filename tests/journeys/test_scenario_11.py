"""Domain scenario 11: two people of one home report the same tap; *correct* takes the joining back."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.models import Case
from homeowners.choices import TenureRole
from tests.factories import homeowners
from tests.journeys.acting import describe, photos, send
from tests.journeys.test_scenario_07 import buttons
from tests.mails import text_of

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
TAP = {"room": "Kitchen", "kind": "Water is leaking"}


@pytest.fixture
def jun(world):
    """Hana's husband, joint owner."""
    person = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=person, role=TenureRole.JOINT_OWNER)
    return person


def report(browser, words, picture):
    browser.open("/portal/report/").press("Kitchen")
    part = next(name for name in ("Tap or shower", "Sink", "Tap", "Basin, sink, tap") if browser.offers(name))
    describe(browser, **TAP, part=part, words=words, pictures=photos(1, name=picture))
    send(browser)


@pytest.fixture
def both(world, jun, clock, sign_in, post_office):
    """Hana's report of the morning, Jun's of the next morning."""
    clock(MORNING)
    report(sign_in(world.hana.user), "The kitchen tap drips all night.", "hers")
    clock(MORNING + timedelta(days=1))
    report(sign_in(jun.user), "Our tap in the kitchen leaks at its foot.", "his")
    post_office.run()
    return Case.objects.order_by("pk")


def join(amira, closed, kept):
    amira.open(f"/cases/{closed.reference}/moves/close-other/")
    return amira.press(buttons(amira)[0], reason="duplicate", duplicate_of=kept.reference)


def test_the_officer_sees_the_likely_duplicate_beside_the_second(both, world, sign_in):
    first, second = both
    page = sign_in(world.amira).open(f"/cases/{second.reference}/")
    assert first.reference in page.words


def test_joining_keeps_both_reporters_both_pictures_and_the_earlier_date(both, world, sign_in, post_office):
    first, second = both
    amira = sign_in(world.amira)
    join(amira, first, second)
    assert Case.objects.get(pk=first.pk).status == "closed-other"
    page = amira.open(f"/cases/{second.reference}/")
    assert "Hana" in page.words
    assert "Jun" in page.words
    assert Case.objects.get(pk=second.pk).received_at == first.received_at
    shown = {name for _alt, name in page.page.pictures}
    for case in both:
        photo = case.attachments.get(role="before")
        assert any(str(photo.public_id) in name for name in shown), case.reference
    assert second.reference in amira.open(f"/cases/{first.reference}/").words


def test_each_person_is_told_once(both, world, jun, sign_in, post_office):
    first, second = both
    join(sign_in(world.amira), first, second)
    told = [mail.envelope_to[0] for mail in post_office.run()]
    assert sorted(told) == sorted([world.hana.email, jun.email])
    assert second.reference in text_of(post_office.to(world.hana))


def test_correct_takes_all_of_it_back_and_tells_both_again(both, world, jun, sign_in, post_office):
    first, second = both
    own = {party.homeowner_id for party in second.parties.filter(until__isnull=True)}
    amira = sign_in(world.amira)
    join(amira, first, second)
    post_office.run()
    amira.open(f"/cases/{first.reference}/moves/correct/")
    amira.press(buttons(amira)[0], words="These are two taps after all, sorry for the mix-up.")
    again = {row.pk: row for row in Case.objects.all()}
    assert again[first.pk].status == "new"
    assert again[second.pk].status == "new"
    assert again[second.pk].received_at == second.received_at
    assert {party.homeowner_id for party in second.parties.filter(until__isnull=True)} == own
    told = [mail.envelope_to[0] for mail in post_office.run()]
    assert sorted(told) == sorted([world.hana.email, jun.email])
    assert "two taps after all" in text_of(post_office.to(world.hana))
