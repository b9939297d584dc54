"""The default catalogue against the reference page `domain.md` 5.1-5.4, written out literally."""

import re
from pathlib import Path

import pytest

from catalogue.choices import Clock
from catalogue.defaults import install_defaults
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade
from ledger import triggers

pytestmark = pytest.mark.usefixtures("installed")

UNIT = """ENT LIV DIN KIT WKT PAN STO STU MBR BR2 BR3 BR4 BR5 BR6 MBA BA2 BA3 BA4 BA5 POW UTY YRD BAL ACL COR STR ATT
    FAM MAI SHL DB METR WHOLE"""
OUTSIDE = "PCH GAR FYD BYD FEN DRV ROF RWG FAC DRN SEP RET PKB STR2"
COMMON = """LOB LFT LFTL CSTR CORR BSM CPK RMP ROOF TNK MER BIN POOL GYM CLB PLY LSC PER GRD RD STL SUB FPU FACE RIS"""
TAG_OF_TRADE = {
    "STR": "structural",
    "MAS": "envelope",
    "CLD": "envelope",
    "ROF": "waterproofing",
    "WPF": "waterproofing",
    "WIN": "envelope",
    "DOR": "finishes",
    "PLS": "finishes",
    "DRY": "finishes",
    "PNT": "finishes",
    "TIL": "finishes",
    "TIM": "finishes",
    "SCR": "finishes",
    "CAR": "finishes",
    "KIT": "finishes",
    "MET": "finishes",
    "PLB": "m-and-e",
    "SAN": "m-and-e",
    "DRN": "m-and-e",
    "ELE": "m-and-e",
    "ELV": "m-and-e",
    "ACM": "m-and-e",
    "HTG": "m-and-e",
    "GAS": "m-and-e",
    "FIR": "fire-safety",
    "LFT": "m-and-e",
    "APP": "appliance",
    "EXT": "external",
    "LSC": "external",
    "PST": "other",
    "CLN": "snag",
    "DOC": "snag",
    "SOL": "m-and-e",
    "UNK": "",
}
FAULTS = {
    "water": "LEAK SEEP PONDING BACKUP CONDENS MOULD WETSTAIN",
    "cracks": "CRK-H CRK-M CRK-S SPALL",
    "surface": "UNEVEN HOLLOW CHIP SCRATCH DENT STAIN DISCOL PAINT RUST BUBBLE GROUT SEALANT",
    "fit": "GAP MISALIGN LOOSE WARP STIFF RUB SQUEAK RATTLE MISSING WRONG BROKEN INCOMPLETE",
    "services": "NOPOWER TRIP SHOCK REVPOL NOWATER LOWPRESS NOHOT NOCOOL NOISE SMELL SIGNAL ALARM CONTROL",
    "safety": "FALLHAZ GLASSHAZ FIREHAZ GASLEAK STRUCTHAZ SECURITY",
    "other": "PEST DEBRIS DAMAGE-REC DESIGN NEIGH OTHER",
}
ASKED = {
    "LEAK",
    "SEEP",
    "WETSTAIN",
    "BACKUP",
    "CRK-H",
    "CRK-M",
    "HOLLOW",
    "LOOSE",
    "STIFF",
    "NOPOWER",
    "TRIP",
    "NOCOOL",
}
TARGETS = {
    ("P1", "acknowledge"): (15, "minutes", True),
    ("P1", "contact"): (240, "minutes", True),
    ("P1", "make-safe"): (1440, "minutes", True),
    ("P1", "inspect"): (240, "minutes", True),
    ("P1", "decide"): (1440, "minutes", True),
    ("P1", "rectify"): (5, "days", True),
    ("P1", "update"): (1440, "minutes", True),
    ("P2", "acknowledge"): (4, "working-hours", False),
    ("P2", "contact"): (1, "working-days", False),
    ("P2", "inspect"): (2, "working-days", False),
    ("P2", "decide"): (3, "working-days", False),
    ("P2", "rectify"): (7, "days", False),
    ("P2", "update"): (2, "days", False),
    ("P3", "acknowledge"): (1, "working-days", False),
    ("P3", "contact"): (3, "working-days", False),
    ("P3", "inspect"): (10, "days", False),
    ("P3", "decide"): (2, "working-days", False),
    ("P3", "rectify"): (28, "days", False),
    ("P3", "update"): (7, "days", False),
    ("P4", "acknowledge"): (1, "working-days", False),
    ("P4", "update"): (30, "days", False),
    ("P0", "acknowledge"): (1, "working-days", False),
    ("P0", "rectify"): (5, "working-days", False),
    ("P1", "work-accept"): (1, "working-days", False),
    ("P1", "work-date"): (3, "working-days", False),
    ("P1", "work-proof"): (1, "working-days", False),
    ("P2", "work-accept"): (1, "working-days", False),
    ("P2", "work-date"): (3, "working-days", False),
    ("P2", "work-proof"): (1, "working-days", False),
    ("P3", "work-accept"): (2, "working-days", False),
    ("P3", "work-date"): (3, "working-days", False),
    ("P3", "work-proof"): (1, "working-days", False),
    ("P4", "work-accept"): (2, "working-days", False),
    ("P4", "work-date"): (3, "working-days", False),
    ("P4", "work-proof"): (1, "working-days", False),
    ("P0", "work-accept"): (2, "working-days", False),
    ("P0", "work-date"): (3, "working-days", False),
    ("P0", "work-proof"): (1, "working-days", False),
}
SPRITE = Path(__file__).parents[2] / "static" / "icons.svg"


@pytest.mark.parametrize(("group", "codes"), [("unit", UNIT), ("outside", OUTSIDE), ("common", COMMON)])
def test_all_places_stand(group, codes):
    assert set(Location.objects.filter(group=group).values_list("code", flat=True)) == set(codes.split())


def test_wet_places_are_marked():
    wet = set(Location.objects.filter(is_wet=True, group="unit").values_list("code", flat=True))

    assert wet == {"KIT", "WKT", "MBA", "BA2", "BA3", "BA4", "BA5", "POW", "UTY", "YRD", "BAL", "ACL"}


def test_electrical_places_are_marked():
    electrical = set(Location.objects.filter(is_electrical=True).values_list("code", flat=True))

    assert electrical == {"DB", "METR", "LFT", "TNK", "MER", "STL", "SUB", "FPU", "RIS"}


def test_all_trades_stand_with_their_tag():
    assert dict(Trade.objects.values_list("code", "component_tag")) == TAG_OF_TRADE


def test_every_known_trade_has_elements():
    without = Trade.objects.filter(elements=None).values_list("code", flat=True)

    assert list(without) == ["UNK"]


@pytest.mark.parametrize(
    ("code", "tags"),
    [
        ("DOR-FIRE", ("fire-safety", "finishes")),
        ("DOR-LEAF", ("finishes",)),
        ("MET-BALUSTRADE", ("safety", "finishes")),
        ("MAS-LINTEL", ("structural", "envelope")),
        ("EXT-DRAIN", ("external-drainage", "external")),
        ("DRN-MANHOLE", ("external-drainage", "m-and-e")),
        ("GAS-PIPE", ("safety", "m-and-e")),
    ],
)
def test_an_element_carries_its_own_tag_and_its_trades(code, tags):
    assert Element.objects.select_related("trade").by_code(code).tags == tags


def test_the_unknown_trade_has_no_tag():
    assert Trade.objects.by_code("UNK").tags == ()


@pytest.mark.parametrize(("group", "codes"), FAULTS.items())
def test_all_kinds_of_fault_stand(group, codes):
    assert set(DefectType.objects.filter(group=group).values_list("code", flat=True)) == set(codes.split())


def test_every_kind_of_fault_is_complete():
    kinds = list(DefectType.objects.select_related("default_trade", "default_priority"))

    assert len(kinds) == 60
    for kind in kinds:
        kind.full_clean()
        assert 2 <= len(kind.photo_prompts) <= 3, kind.code
        assert len({kind.owner_label for kind in kinds}) == 60


def test_a_video_is_always_one_of_two_ways_and_never_demanded():
    prompts = [prompt for kind in DefectType.objects.all() for prompt in kind.photo_prompts]
    moving = [prompt for prompt in prompts if "video" in prompt]

    assert moving
    assert [prompt for prompt in moving if "photo or short video" not in prompt] == []
    assert [prompt for prompt in prompts if re.search(r"\b(must|need|required|have to)\b", prompt)] == []


def test_the_twelve_frequent_faults_have_three_questions_each():
    asked = {kind.code: len(kind.asked) for kind in DefectType.objects.all() if kind.asked}

    assert asked == dict.fromkeys(ASKED, 3)
    assert set(DefectType.objects.frequent().values_list("code", flat=True)) == ASKED


def test_dangers_are_emergencies_and_say_what_to_do():
    dangers = DefectType.objects.filter(is_safety=True)

    assert {kind.code for kind in dangers} == {
        "SHOCK",
        "FALLHAZ",
        "GLASSHAZ",
        "FIREHAZ",
        "GASLEAK",
        "STRUCTHAZ",
        "SECURITY",
    }
    assert {kind.default_priority_id for kind in dangers} == {"P1"}
    assert all(kind.do_now for kind in dangers)


def test_marks_and_missing_items_count_only_if_listed_at_handover():
    snags = set(DefectType.objects.filter(is_snag_only=True).values_list("code", flat=True))

    assert snags == {"CHIP", "SCRATCH", "DENT", "STAIN", "MISSING", "DEBRIS"}


def test_default_targets_are_the_table():
    targets = {
        (target.priority_id, target.clock): (target.amount, target.unit, target.around_the_clock)
        for target in SlaTarget.objects.all()
    }

    assert targets == TARGETS


def test_a_dash_in_the_table_is_no_target():
    assert SlaTarget.objects.default_for("P4", Clock.RECTIFY) is None
    assert SlaTarget.objects.default_for("P3", Clock.RECTIFY).amount == 28


def test_priorities_are_in_order_of_urgency():
    assert list(Priority.objects.values_list("code", flat=True)) == ["P1", "P2", "P3", "P4", "P0"]


def test_a_second_run_adds_nothing():
    assert sum(install_defaults().values()) == 0


def test_an_administrators_words_survive_the_next_run():
    Location.objects.filter(code="LIV").update(label="Lounge", is_retired=True)
    SlaTarget.objects.filter(priority="P2", clock="rectify").update(amount=9)
    GuidanceArticle.objects.filter(slug="cracks").update(is_retired=True)

    install_defaults()

    assert Location.objects.by_code("liv").label == "Lounge"
    assert Location.objects.by_code("liv").is_retired
    assert SlaTarget.objects.default_for("P2", "rectify").amount == 9
    assert not GuidanceArticle.objects.in_use().filter(slug="cracks").exists()


def test_a_missing_row_comes_back():
    DefectType.objects.filter(code="LEAK").update(code="DRIP")

    assert install_defaults()["defect types"] == 1
    assert DefectType.objects.by_code("LEAK").guidance.slug == "water-or-steam"


def test_an_older_installation_is_led_to_the_articles_that_are_new():
    Trade.objects.update(guidance=None)
    DefectType.objects.update(guidance=None)
    articles = GuidanceArticle.objects.exclude(slug__in=["cracks", "water-or-steam"])
    with triggers.lifted():
        articles.delete()

    install_defaults()

    assert Trade.objects.by_code("PNT").guidance.slug == "paint"
    assert DefectType.objects.by_code("TRIP").guidance.slug == "power-and-lights"
    assert Trade.objects.by_code("STR").guidance is None  # taken away from an article that was there before


def test_every_icon_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE.read_text()))
    used = {*Location.objects.values_list("icon", flat=True), *DefectType.objects.values_list("icon", flat=True)}

    assert used - drawn == set()
