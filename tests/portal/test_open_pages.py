"""Guidance, how it works and the emergency page: written from the rows, so that they cannot grow stale."""

import re
from datetime import date

import pytest
from django.test import Client

from cases.words import FORBIDDEN_TO_HOMEOWNERS
from catalogue.models import GuidanceArticle, SlaTarget
from portal.open_pages import cover_words, process
from tests.desk.case_page.pages import text_of
from tests.factories import units as make
from tests.factories.cases import make_world
from units.choices import Effect, HandoverKind, StartPick, Transfer
from units.models import Policy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOW = "/portal/guidance/how-it-works/KRM/"


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def visitor(world):
    return Client()


def own_target(world, priority, clock, amount, unit, **facts):
    world.development.targets.create(priority_id=priority, clock=clock, amount=amount, unit=unit, **facts)


def policy(world, *rules, **facts):
    made = make.make_policy(rules=list(rules) or None, **facts)
    world.development.policy_assignments.all().delete()
    make.assign_policy(made, world.development, from_on=date(2001, 1, 1))
    return made


# How it works


def test_the_times_are_the_catalogues_until_a_development_sets_its_own(visitor, world):
    assert "A person answers you within 4 working hours." in text_of(visitor.get(HOW))
    assert "A person answers you within 15 minutes, day and night." in text_of(visitor.get(HOW))

    own_target(world, "P2", "acknowledge", 2, "working-hours")
    page = text_of(visitor.get(HOW))
    assert "A person answers you within 2 working hours." in page
    assert "within 4 working hours" not in page


def test_a_changed_default_changes_the_page(visitor):
    assert "repaired and checked within 28 days" in text_of(visitor.get(HOW))
    SlaTarget.objects.filter(priority="P3", clock="rectify").update(amount=21)
    SlaTarget.objects.filter(priority="P3", clock="acknowledge").update(amount=2)

    page = text_of(visitor.get(HOW))
    assert "repaired and checked within 21 days" in page
    assert "Usually within 2 working days" in page
    assert "28 days" not in page


def test_without_targets_nothing_is_promised(visitor):
    SlaTarget.objects.all().delete()

    page = text_of(visitor.get(HOW))
    assert "The office has not set its times yet" in page
    assert "within" not in page.partition("How quickly")[2].partition("Your cover")[0]


def test_the_days_to_appeal_are_the_policys_else_the_developments(visitor, world):
    type(world.development).objects.update(appeal_days=17)
    Policy.objects.update(appeal_days=None)
    assert "until 17 days after our e-mail" in text_of(visitor.get(HOW))

    Policy.objects.update(appeal_days=9)
    assert "until 9 days after our e-mail" in text_of(visitor.get(HOW))


def test_the_cover_is_that_of_the_policy_in_force(visitor, world):
    policy(
        world,
        {"code": "roof", "order": 1, "label": "the roof", "length_amount": 7, "length_unit": "years"},
        {
            "code": "rest",
            "order": 2,
            "label": "the home",
            "length_amount": 24,
            "starts": [{"event": "vp-taken"}, {"event": "vp-notice", "plus_days": 14}],
            "start_pick": "earliest",
            "duty_amount": 30,
            "duty_unit": "days",
            "duty_is_statutory": True,
        },
    )
    page = text_of(visitor.get(HOW))

    assert "The roof 7 years" in page
    assert "The home 24 months" in page
    assert "or 14 days after the notice that it is ready, whichever is earlier." in page
    assert "Your agreement gives us 30 days from your written notice to repair." in page


def test_no_duty_is_told_that_law_or_agreement_do_not_set(visitor, world):
    policy(world, {"code": "rest", "order": 1, "label": "the home", "length_amount": 24, "duty_amount": 30})

    assert "gives us" not in text_of(visitor.get(HOW))


def test_without_a_policy_the_page_sends_to_the_agreement(visitor, world):
    world.development.policy_assignments.all().delete()

    assert "How long you are covered stands in your agreement" in text_of(visitor.get(HOW))


def test_the_sale_follows_the_policy(visitor, world):
    policy(world, {"code": "rest", "order": 1, "label": "the home", "length_amount": 24, "transfer": "original-only"})

    page = text_of(visitor.get(HOW))
    assert "made with the first buyer" in page
    assert "The cover goes with the home" not in page


def test_every_choice_of_a_rule_has_its_words():
    assert set(cover_words.STARTS) == set(HandoverKind)
    assert set(cover_words.PICKS) == set(StartPick)
    assert set(cover_words.ON_SALE) == set(Transfer)
    assert set(cover_words.OTHER_ANSWERS) == set(Effect) - {Effect.COVER}


def test_every_clock_that_has_a_default_is_told(world):
    """But the contractors' own, which are between them and us."""
    told = {(code, clock) for code in process.URGENCIES for clock in process.SAID}

    ours = SlaTarget.objects.exclude(clock__startswith="work-")
    assert set(ours.values_list("priority_id", "clock")) <= told


def test_every_default_policy_can_be_told(world):
    for row in Policy.objects.prefetch_related("rules"):
        found = cover_words.of(row)
        assert [*found.home, *found.shared], row
        assert all(line.label and line.says for line in [*found.home, *found.shared]), row


def test_the_homeowner_of_one_development_reads_it_at_once(world, client_for):
    make.make_development(code="SIN", name="Sinar Heights")
    page = "/portal/guidance/how-it-works/"

    assert "Kerinci" in text_of(client_for(world.hana.user).get(page))
    chosen = text_of(Client().get(page))
    assert "Where is your home?" in chosen
    assert "Sinar Heights" in chosen


@pytest.mark.parametrize("address", [HOW, "/portal/guidance/", "/emergency/", "/portal/guidance/cracks/"])
def test_no_word_that_homeowners_never_read(visitor, address):
    text = f" {text_of(visitor.get(address)).lower()} "

    assert [word for word in FORBIDDEN_TO_HOMEOWNERS if f" {word}" in text] == []
    assert not [code for code in (" p1 ", " p2 ", " p3 ", "trade") if code in text]


def test_the_pages_ask_a_fixed_number_of_queries(visitor, world, queries):
    visitor.get(HOW)
    with queries(6):
        visitor.get(HOW)
    for number in range(5):
        make.make_development(code=f"D{'ABCDE'[number]}", name=f"Place {number}")
    with queries(4):
        visitor.get("/emergency/")


# Emergency


def test_the_emergency_page_says_how_quickly_each_development_comes(visitor, world):
    own_target(world, "P1", "contact", 90, "minutes", around_the_clock=True)

    page = text_of(visitor.get("/emergency/"))
    assert "Somebody comes to you within 90 minutes, day and night." in page
    assert world.development.public_emergency_number in page


def test_police_may_have_a_number_of_its_own(visitor, world):
    world.development.public_emergency_words = "Fire and ambulance 995, police 999"
    world.development.save()

    page = visitor.get("/emergency/").content.decode()
    assert 'href="tel:995"' in page
    assert 'href="tel:999"' in page
    assert "Fire, ambulance, police:" not in page


def test_ones_own_development_stands_first(world, client_for):
    make.make_development(code="AAA", name="Aaron Court")

    def first(client):
        return client.get("/emergency/").context["places"][0]["development"].code

    assert first(Client()) == "AAA"
    assert first(client_for(world.hana.user)) == "KRM"


def test_without_a_number_for_the_night_the_office_is_called(visitor, world):
    type(world.development).objects.update(emergency_phone="")

    assert (
        f'href="tel:{world.development.office_phone.replace(" ", "")}"' in visitor.get("/emergency/").content.decode()
    )


# Guidance


@pytest.mark.parametrize(
    ("sought", "first"),
    [("crack", "cracks"), ("TAPS", "taps-and-pipes"), ("stop cock", None), ("balcony door lock", "railings-and-metal")],
)
def test_guides_are_found_by_the_beginnings_of_words(visitor, sought, first):
    found = [row.slug for row in visitor.get("/portal/guidance/", {"q": sought}).context["articles"]]

    assert found
    assert first is None or found[0] == first


def test_what_is_not_found_is_said(visitor):
    page = visitor.get("/portal/guidance/", {"q": "<b>zeppelin</b>" + "x" * 200})

    assert "Nothing found" in text_of(page)
    assert b"<b>zeppelin" not in page.content
    assert len(page.context["sought"]) == 100


def test_a_guide_quotes_the_number_that_is_agreed_for_the_readers_home(visitor, client_for, world):
    Policy.objects.filter(assignments__development=world.development).update(
        thresholds={"junction": {"value": 3.5, "unit": "mm", "edition": "Our agreement"}}
    )

    mine = client_for(world.hana.user).get("/portal/guidance/cracks/").content.decode()

    assert "wider than 3.5 mm" in mine
    assert "wider than 2 mm" in visitor.get("/portal/guidance/cracks/").content.decode()


def test_every_guide_opens_and_every_link_on_the_pages_leads_somewhere(visitor):
    addresses = {"/portal/guidance/", HOW, "/emergency/"}
    addresses |= {f"/portal/guidance/{row.slug}/" for row in GuidanceArticle.objects.in_use()}
    for address in addresses:
        page = visitor.get(address)
        assert page.status_code == 200
        for link in links_of(page):
            assert visitor.get(link).status_code in {200, 302}, (address, link)


def links_of(page):
    found = set(re.findall(r'href="(/[^"#]*)', page.content.decode()))
    return {link for link in found if not link.startswith("/static/")}


@pytest.mark.parametrize("page", ["/portal/", "/portal/report/"])
def test_guidance_is_one_tap_away(world, client_for, page):
    links = links_of(client_for(world.hana.user).get(page))

    assert any(link.startswith("/portal/guidance/how-it-works/") for link in links)
