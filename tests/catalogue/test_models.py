"""What the database refuses, and the words of the querysets."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from catalogue.fields import Threshold
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade
from tests.factories.catalogue import (
    make_defect_type,
    make_element,
    make_guidance,
    make_location,
    make_priority,
    make_target,
    make_trade,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(model, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize(
    "values",
    [{"code": "liv"}, {"code": ""}, {"label": ""}, {"group": "attic"}, {"room_kind": "cave"}, {"suits": "boat"}],
)
def test_a_place_is_well_formed(values):
    make_location()

    refused(Location, **values)


def test_a_code_stands_once():
    make_location(code="LIV")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_location(code="LIV")


@pytest.mark.parametrize("values", [{"code": "str"}, {"label": ""}, {"component_tag": "magic"}])
def test_a_trade_and_an_element_are_well_formed(values):
    make_element()

    refused(Element, **values)
    refused(Trade, **values)


@pytest.mark.parametrize("values", [{"code": "P9"}, {"is_retired": True}, {"label": ""}])
def test_a_priority_is_one_of_five_and_stays(values):
    make_priority()

    refused(Priority, **values)


@pytest.mark.parametrize(
    "values", [{"amount": 0}, {"clock": "lunch"}, {"unit": "moons"}, {"unit": "working-days", "around_the_clock": True}]
)
def test_a_target_is_well_formed(values):
    make_target(unit="days")

    refused(SlaTarget, **values)


def test_a_priority_and_clock_have_one_target():
    make_target(clock="decide")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(clock="decide")


@pytest.mark.parametrize("values", [{"code": "leak"}, {"label": ""}, {"owner_label": ""}, {"group": "noise"}])
def test_a_kind_of_fault_is_well_formed(values):
    make_defect_type()

    refused(DefectType, **values)


def test_a_danger_is_p1_and_has_words():
    make_defect_type(default_priority=make_priority(code="P3"), do_now="Keep away.")
    refused(DefectType, is_safety=True)

    make_priority(code="P1")
    DefectType.objects.update(is_safety=True, default_priority="P1")
    refused(DefectType, do_now="")


def test_an_article_has_one_revision_in_force():
    make_guidance(slug="cracks")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_guidance(slug="cracks", revision=2)

    make_guidance(slug="cracks", revision=2, is_retired=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_guidance(slug="cracks", revision=2, is_retired=True)


@pytest.mark.parametrize(
    "change", ["UPDATE catalogue_guidancearticle SET title = 'x'", "DELETE FROM catalogue_guidancearticle"]
)
def test_an_article_is_never_reworded_in_place(change):
    make_guidance()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("column", ["default_trade", "default_priority", "guidance"])
def test_what_a_kind_of_fault_points_to_stays(column):
    kind = make_defect_type(guidance=make_guidance())

    with pytest.raises(ProtectedError):
        getattr(kind, column).delete()


def test_a_code_is_found_in_any_case():
    place = make_location(code="CRK-H")

    assert Location.objects.by_code(" crk-h ") == place
    with pytest.raises(Location.DoesNotExist):
        Location.objects.by_code("CRK")


def test_retired_rows_are_out_of_use_but_found():
    make_location(code="OLD", is_retired=True)

    assert not Location.objects.in_use().exists()
    assert Location.objects.by_code("OLD").is_retired


@pytest.mark.parametrize(
    ("kind", "is_landed", "codes"),
    [
        ("home", None, {"LIV", "PKB", "ROF"}),
        ("home", False, {"LIV", "PKB"}),
        ("home", True, {"LIV", "ROF"}),
        ("common", None, {"LOB"}),
        ("common", True, {"LOB"}),
    ],
)
def test_places_for_a_kind_of_unit(kind, is_landed, codes):
    make_location(code="LIV")
    make_location(code="PKB", group="outside", suits="flat")
    make_location(code="ROF", group="outside", suits="landed")
    make_location(code="LOB", group="common")

    found = Location.objects.for_kind(kind, is_landed=is_landed)

    assert set(found.values_list("code", flat=True)) == codes


def test_the_first_places_of_a_flat_are_the_tiles_of_the_report(installed):
    found = Location.objects.for_kind("home", is_landed=False).in_use().frequent()

    assert list(found.values_list("code", flat=True)) == [
        "LIV",
        "KIT",
        "MBA",
        "BA2",
        "MBR",
        "BR2",
        "BR3",
        "BAL",
        "UTY",
        "ENT",
        "PKB",
    ]


def test_elements_are_chosen_under_their_trade():
    window = make_trade(code="WIN")
    glass = make_element(trade=window, code="WIN-GLASS")
    make_element(trade=window, code="WIN-PUTTY", is_retired=True)
    make_element()

    assert list(Element.objects.for_trade("win")) == [glass]


def test_an_article_quotes_its_numbers():
    article = make_guidance(
        thresholds={"wide": {"value": 2, "unit": "mm", "edition": "2020"}},
        usually_not="Up to {wide} is normal, {this} stays.",
    )

    assert ("What is normal, or care of the home", "Up to 2 mm is normal, {this} stays.") in article.parts()


def test_a_developments_policy_may_quote_its_own_number():
    article = make_guidance(
        thresholds={"wide": {"value": 2, "unit": "mm", "edition": "2020"}}, usually_not="Up to {wide} is normal."
    )

    parts = dict(article.quoting({"wide": Threshold(Decimal(3), "mm", "Warranty guide")}).parts())

    assert parts["What is normal, or care of the home"] == "Up to 3 mm is normal."


def test_an_article_has_eight_parts_in_reading_order():
    assert [heading for heading, _text in make_guidance().parts()] == [
        "What it looks like",
        "Is it urgent",
        "Do this now",
        "What we usually repair",
        "What is normal, or care of the home",
        "How to look after it",
        "How to photograph and measure it",
        "What happens next",
    ]


def test_a_part_without_words_is_left_out():
    assert "How to look after it" not in dict(make_guidance(care="").parts())


def test_every_article_names_source_edition_and_review(installed):
    articles = list(GuidanceArticle.objects.in_use())

    assert len(articles) >= 15
    for article in articles:
        article.full_clean()
        assert article.source
        assert article.edition
        assert article.reviewed_on
        assert not any("{" in text for _heading, text in article.parts())


def test_crack_guidance_quotes_2_mm_at_junctions(installed):
    crack = GuidanceArticle.objects.newest("cracks")

    assert "wider than 2 mm where wall" in dict(crack.parts())["What we usually repair"]
    assert crack.thresholds["junction"]["edition"] == "NHBC Standards 2020, 9.1.3"
