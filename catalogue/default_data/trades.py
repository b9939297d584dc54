"""Trades and their elements with component tags. Source: reference page `domain.md` 5.2."""

from collections.abc import Mapping

from catalogue.default_data.guidance import TRADE_ARTICLE

Row = Mapping[str, object]

# code, label, component tag, elements as "CODE label" or "CODE label|own tag"
TRADES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "STR",
        "Structure",
        "structural",
        (
            "SLAB slab",
            "BEAM beam",
            "COLUMN column",
            "WALL load-bearing wall",
            "STAIR stair flight",
            "FOUND foundation",
            "RETAIN retaining wall",
        ),
    ),
    (
        "MAS",
        "Masonry and external walls",
        "envelope",
        (
            "BRICK brick or block",
            "RENDER external render",
            "JOINT joints",
            "LINTEL lintel|structural",
            "WEEP weep holes",
        ),
    ),
    (
        "CLD",
        "Cladding, curtain wall, facade sealant",
        "envelope",
        ("PANEL panels", "GASKET gaskets", "SEALANT facade sealant"),
    ),
    (
        "ROF",
        "Roofing and rain-water",
        "waterproofing",
        ("COVER roof covering", "FLASH flashing", "GUTTER gutter", "DOWNPIPE downpipe", "INSUL roof insulation"),
    ),
    (
        "WPF",
        "Waterproofing",
        "waterproofing",
        ("BATH bathroom", "BALCONY balcony", "ROOF roof", "PLANTER planter", "BASEMENT basement", "TANK tank"),
    ),
    (
        "WIN",
        "Windows and glazing",
        "envelope",
        ("FRAME frame", "SASH sash", "HINGE hinge", "HANDLE handle", "LOCK lock", "GASKET gasket", "GLASS glass"),
    ),
    (
        "DOR",
        "Doors and ironmongery",
        "finishes",
        (
            "LEAF leaf",
            "FRAME frame",
            "HINGE hinge",
            "LOCKSET lockset",
            "CLOSER closer",
            "THRESHOLD threshold",
            "FIRE fire door|fire-safety",
        ),
    ),
    (
        "PLS",
        "Plaster, skim, internal render",
        "finishes",
        ("WALL wall", "CEILING ceiling", "CORNER corner", "JUNCTION junction"),
    ),
    (
        "DRY",
        "Dry-lining, partitions and ceilings",
        "finishes",
        ("BOARD board", "JOINT joint", "CEILING suspended ceiling", "ACCESS access panel", "CORNICE cornice"),
    ),
    ("PNT", "Painting and decoration", "finishes", ("WALL wall", "CEILING ceiling", "METAL metal", "TIMBER timber")),
    (
        "TIL",
        "Tiling and stone",
        "finishes",
        ("FLOOR floor", "WALL wall", "SKIRT skirting", "GROUT grout", "MOVEJOINT movement joint"),
    ),
    ("TIM", "Timber, laminate, vinyl floor", "finishes", ("PLANK plank", "SKIRT skirting", "TRANSITION transition")),
    ("SCR", "Screed and concrete floor finish", "finishes", ("SCREED screed", "CONCRETE concrete floor")),
    (
        "CAR",
        "Carpentry and built-in joinery",
        "finishes",
        ("WARDROBE wardrobe", "VANITY vanity", "SHELF shelf", "STAIRTRIM stair trim", "HANDRAIL handrail|safety"),
    ),
    (
        "KIT",
        "Kitchen cabinet and worktop",
        "finishes",
        ("CARCASS carcass", "DOOR door", "DRAWER drawer", "WORKTOP worktop", "SPLASH splashback"),
    ),
    (
        "MET",
        "Metalwork and railings",
        "finishes",
        ("BALUSTRADE balustrade|safety", "GRILLE grille|safety", "GATE gate|safety", "SHUTTER roller shutter|safety"),
    ),
    (
        "PLB",
        "Plumbing",
        "m-and-e",
        ("PIPE supply pipe", "VALVE valve", "PRESSURE pressure", "HEATER water heater", "TANK tank"),
    ),
    (
        "SAN",
        "Sanitary ware and fittings",
        "m-and-e",
        (
            "WC WC",
            "BASIN basin or sink",
            "TAP tap",
            "SHOWER shower or bath",
            "SCREEN shower screen",
            "ACCESSORY accessories",
        ),
    ),
    (
        "DRN",
        "Drainage and sanitary pipework",
        "m-and-e",
        (
            "TRAP floor trap",
            "GULLY gully|external-drainage",
            "STACK stack",
            "MANHOLE manhole|external-drainage",
            "SLOPE slope of the pipe",
        ),
    ),
    (
        "ELE",
        "Electrical",
        "m-and-e",
        (
            "DB distribution board",
            "BREAKER breaker",
            "SOCKET socket",
            "SWITCH switch",
            "LIGHT light point",
            "EARTH earth",
            "METER meter",
        ),
    ),
    (
        "ELV",
        "Extra-low voltage and smart home",
        "m-and-e",
        (
            "INTERCOM intercom",
            "DATA data point",
            "TV TV point",
            "CCTV CCTV",
            "ACCESS access card reader",
            "SMARTLOCK smart lock",
        ),
    ),
    (
        "ACM",
        "Air-conditioning and ventilation",
        "m-and-e",
        ("UNIT unit", "PIPE pipe insulation", "DRAIN drain", "FAN fan", "DUCT duct", "MVHR heat-recovery ventilation"),
    ),
    (
        "HTG",
        "Heating and hot water",
        "m-and-e",
        ("BOILER boiler", "HEATPUMP heat pump", "RADIATOR radiator", "UFH underfloor heating", "CYLINDER cylinder"),
    ),
    ("GAS", "Gas", "m-and-e", ("PIPE pipe|safety", "VALVE valve|safety", "DETECTOR detector|safety")),
    (
        "FIR",
        "Fire protection",
        "fire-safety",
        ("SPRINKLER sprinkler", "HOSEREEL hose reel", "DETECTOR detector", "ALARM alarm", "STOPPING fire-stopping"),
    ),
    (
        "LFT",
        "Lifts and escalators",
        "m-and-e",
        ("CAR lift car", "DOOR lift door", "CONTROL lift controls", "ESCALATOR escalator"),
    ),
    (
        "APP",
        "Appliances (supplied)",
        "appliance",
        ("HOB hob", "HOOD hood", "OVEN oven", "FRIDGE fridge", "WASHER washer"),
    ),
    (
        "EXT",
        "External works",
        "external",
        (
            "PAVING paving",
            "DRIVE drive",
            "KERB kerb",
            "DRAIN surface drain|external-drainage",
            "FENCE fence",
            "TURF turf",
        ),
    ),
    ("LSC", "Landscape, pool and irrigation", "external", ("PLANT planting", "POOL pool", "IRRIGATION irrigation")),
    ("PST", "Pest and termite treatment", "other", ("TERMITE termite barrier", "PEST pest treatment")),
    ("CLN", "Cleaning and debris", "snag", ("CLEAN cleaning", "DEBRIS debris")),
    (
        "DOC",
        "Documents, keys, access items",
        "snag",
        ("KEYS keys", "CARDS cards", "REMOTES remotes", "MANUALS manuals", "CERTS certificates"),
    ),
    (
        "SOL",
        "Solar, EV charger, rain-water harvest",
        "m-and-e",
        ("PV solar panels", "EV EV charger", "RAINWATER rain-water harvest"),
    ),
    ("UNK", "Not known (triage)", "", ()),
)


def trades() -> list[Row]:
    """All trades, in the order of the table; `guidance` is the article's slug, to be replaced by its row."""
    return [
        {
            "code": code,
            "label": label,
            "component_tag": tag,
            "order": order * 10,
            "guidance": TRADE_ARTICLE.get(code),
        }
        for order, (code, label, tag, _elements) in enumerate(TRADES, start=1)
    ]


def elements() -> list[Row]:
    """All elements, in the order of the table; the code starts with the trade's."""
    named = [(trade, name) for trade, _label, _tag, names in TRADES for name in names]
    return [element(order, trade, name) for order, (trade, name) in enumerate(named, start=1)]


def element(order: int, trade: str, name: str) -> Row:
    """One element as the columns of `Element`."""
    code, words = name.split(" ", 1)
    label, _bar, tag = words.partition("|")
    return {
        "code": f"{trade}-{code}",
        "trade_id": trade,
        "label": label[0].upper() + label[1:],
        "component_tag": tag,
        "order": order * 10,
    }
