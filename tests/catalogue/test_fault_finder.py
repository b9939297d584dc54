"""Room - part - fault - trade."""

import pytest

from catalogue import fault_finder, placements, tiles
from catalogue.choices import ElementTile, RoomKind
from catalogue.fault_finder import element_tiles, fault_tiles, placement
from catalogue.models import DefectType, Element, Location, Trade
from tests.factories.catalogue import make_defect_type, make_trade

pytestmark = pytest.mark.usefixtures("installed")


def place(code):
    return Location.objects.by_code(code)


def faults(code, tile):
    return [kind.code for kind in fault_tiles(place(code), tile, DefectType.objects.in_use())]


def placed(tile, fault, code=None):
    return placement(tile, DefectType.objects.by_code(fault), place(code) if code else None)


def test_every_kind_of_room_has_its_parts():
    assert set(tiles.TILES) == set(RoomKind)


def test_every_part_has_its_faults_and_its_icon():
    assert set(tiles.FAULTS) == set(tiles.ICONS) == set(ElementTile)


def test_a_bathroom_has_shower_and_toilet_and_a_bedroom_has_not():
    bathroom, bedroom = element_tiles(place("MBA")), element_tiles(place("MBR"))

    assert {ElementTile.SHOWER, ElementTile.TOILET, ElementTile.TAP} <= set(bathroom)
    assert {ElementTile.SHOWER, ElementTile.TOILET, ElementTile.TAP}.isdisjoint(bedroom)
    assert ElementTile.AIRCON in bedroom


def test_something_else_closes_the_parts_of_every_place():
    for location in Location.objects.all():
        offered = element_tiles(location)
        assert offered[-1] == ElementTile.OTHER
        assert len(offered) == len(set(offered))


def test_water_comes_first_on_a_bathroom_ceiling_and_cracks_in_a_living_room():
    assert faults("MBA", "ceiling")[:2] == ["LEAK", "WETSTAIN"]
    assert faults("LIV", "ceiling")[:2] == ["CRK-H", "WETSTAIN"]


def test_something_else_closes_the_faults():
    for tile in ElementTile:
        assert faults("LIV", tile)[-1] == "OTHER"


def test_no_fault_is_offered_twice_and_none_that_makes_no_sense():
    offered = faults("MBA", "toilet")

    assert len(offered) == len(set(offered))
    assert {"NOCOOL", "SQUEAK", "NOPOWER"}.isdisjoint(offered)


def test_a_retired_fault_is_not_offered():
    DefectType.objects.filter(code="LEAK").update(is_retired=True)

    assert "LEAK" not in faults("MBA", "ceiling")


def test_every_fault_can_be_reached_and_is_a_row():
    codes = set(DefectType.objects.values_list("code", flat=True))

    assert codes == fault_finder.DEFAULT_CODES


def test_an_added_fault_is_offered_where_its_trade_works():
    kind = make_defect_type(code="FOGGED", default_trade=Trade.objects.by_code("WIN"))

    assert faults("LIV", "window")[-5:] == ["FOGGED", "WRONG", "INCOMPLETE", "DAMAGE-REC", "OTHER"]
    assert "FOGGED" not in faults("LIV", "ceiling")
    assert "FOGGED" in faults("LIV", "other")
    assert placement("window", kind) == ("WIN", "WIN-FRAME")


def test_an_added_fault_of_an_added_trade_goes_to_that_trade():
    kind = make_defect_type(default_trade=make_trade(code="THATCH"))

    assert placement("roof", kind) == ("THATCH", None)


def test_every_placement_is_a_row_of_the_catalogue():
    trade_of = dict(Element.objects.values_list("code", "trade"))
    tables = [placements.BY_PART, placements.BY_WET_AREA, *placements.BY_ROOM.values()]

    for element in {element for table in tables for elements in table.values() for element in elements}:
        assert trade_of[element] == element.split("-")[0]


def test_every_fault_named_for_a_placement_is_a_row_of_the_catalogue():
    tables = [placements.BY_PART, placements.BY_WET_AREA, *placements.BY_ROOM.values()]
    named = {
        code for table in tables for elements in table.values() for codes in elements.values() for code in codes.split()
    }

    assert named - fault_finder.DEFAULT_CODES == {placements.ANY_OTHER}


def test_each_part_has_one_element_for_any_other_fault_and_names_no_fault_twice():
    for tile, elements in placements.BY_PART.items():
        codes = [code for line in elements.values() for code in line.split()]
        assert codes.count(placements.ANY_OTHER) == 1, tile
        assert len(codes) == len(set(codes)), tile


@pytest.mark.parametrize(
    ("tile", "fault", "code", "expected"),
    [
        ("ceiling", "LEAK", "MBA", ("WPF", "WPF-BATH")),
        ("ceiling", "LEAK", "BAL", ("WPF", "WPF-BALCONY")),
        ("ceiling", "CRK-H", "LIV", ("PLS", "PLS-CEILING")),
        ("wall", "HOLLOW", "MBA", ("TIL", "TIL-WALL")),
        ("wall", "HOLLOW", "LIV", ("PLS", "PLS-WALL")),
        ("wall", "CRK-S", "LIV", ("STR", "STR-WALL")),
        ("floor", "SQUEAK", "BR2", ("TIM", "TIM-PLANK")),
        ("door", "STIFF", "ENT", ("DOR", "DOR-LEAF")),
        ("window", "LEAK", "LIV", ("WIN", "WIN-GASKET")),
        ("tap", "LEAK", "KIT", ("SAN", "SAN-TAP")),
        ("tap", "NOWATER", "KIT", ("PLB", "PLB-PIPE")),
        ("toilet", "BACKUP", "POW", ("DRN", "DRN-STACK")),
        ("socket", "LEAK", "LIV", ("ELE", "ELE-LIGHT")),
        ("socket", "TRIP", "DB", ("ELE", "ELE-BREAKER")),
        ("socket", "NOPOWER", "DB", ("ELE", "ELE-DB")),
        ("aircon", "NOCOOL", "MBR", ("ACM", "ACM-UNIT")),
        ("cupboard", "STIFF", "KIT", ("KIT", "KIT-DOOR")),
        ("cupboard", "STIFF", "MBR", ("CAR", "CAR-WARDROBE")),
        ("railing", "LOOSE", "BAL", ("MET", "MET-BALUSTRADE")),
        ("lift", "STIFF", "LFT", ("LFT", "LFT-DOOR")),
        ("ceiling", "LEAK", None, ("WPF", "WPF-ROOF")),
        ("other", "PEST", "KIT", ("PST", None)),
    ],
)
def test_part_and_fault_point_to_trade_and_element(tile, fault, code, expected):
    assert placed(tile, fault, code) == expected


def test_every_offered_fault_finds_a_trade():
    trades = set(Trade.objects.values_list("code", flat=True))
    kinds = list(DefectType.objects.all())

    for location in Location.objects.all():
        for tile in element_tiles(location):
            for kind in fault_tiles(location, tile, kinds):
                assert placement(tile, kind, location).trade in trades


def test_the_element_row_is_found_among_those_in_use():
    placed_at = placed("window", "LEAK")
    Element.objects.filter(code="WIN-FRAME").update(is_retired=True)

    assert fault_finder.element_row(placed_at, Element.objects.in_use()).label == "Gasket"
    assert fault_finder.element_row(placed("window", "WARP"), Element.objects.in_use()) is None
    assert fault_finder.element_row(placed("other", "PEST"), Element.objects.in_use()) is None
