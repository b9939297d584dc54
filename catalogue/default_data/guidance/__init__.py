"""The guidance articles, in our own words. Source of what counts: reference page `domain.md` 5.5."""

from catalogue.default_data.guidance import cracks, fittings, machines, openings, outside, power, surfaces, water

ARTICLES = (
    water.ARTICLE,
    cracks.ARTICLE,
    *surfaces.ARTICLES,
    *openings.ARTICLES,
    power.ARTICLE,
    *fittings.ARTICLES,
    *machines.ARTICLES,
    *outside.ARTICLES,
)

BY_TRADE = {
    "cracks": ("STR",),
    "outside-walls": ("MAS", "CLD"),
    "roof-and-gutters": ("ROF",),
    "water-or-steam": ("WPF",),
    "windows": ("WIN",),
    "doors": ("DOR",),
    "walls-and-ceilings": ("PLS", "DRY"),
    "paint": ("PNT",),
    "tiles-and-stone": ("TIL",),
    "floors": ("TIM", "SCR"),
    "cupboards-and-worktops": ("CAR", "KIT"),
    "railings-and-metal": ("MET",),
    "taps-and-pipes": ("PLB",),
    "bathroom-fittings": ("SAN",),
    "drains-and-smells": ("DRN",),
    "power-and-lights": ("ELE",),
    "intercom-and-network": ("ELV",),
    "air-conditioning": ("ACM",),
    "hot-water-and-heating": ("HTG",),
    "gas-and-appliances": ("GAS", "APP", "SOL"),
    "lifts-and-shared-areas": ("FIR", "LFT"),
    "outdoors": ("EXT", "LSC"),
    "pests": ("PST",),
    "left-from-building": ("CLN", "DOC"),
}
"""Which article speaks of a trade's work; UNK is no trade and has none."""

BY_TYPE = {
    "water-or-steam": ("LEAK", "SEEP", "WETSTAIN", "CONDENS", "MOULD"),
    "cracks": ("CRK-H", "CRK-M", "CRK-S", "SPALL"),
    "power-and-lights": ("NOPOWER", "TRIP", "SHOCK", "REVPOL", "FIREHAZ"),
    "taps-and-pipes": ("NOWATER", "LOWPRESS"),
    "hot-water-and-heating": ("NOHOT",),
    "air-conditioning": ("NOCOOL",),
    "drains-and-smells": ("BACKUP", "SMELL"),
    "doors": ("SECURITY",),
    "windows": ("GLASSHAZ",),
    "railings-and-metal": ("FALLHAZ", "RUST"),
    "gas-and-appliances": ("GASLEAK",),
    "lifts-and-shared-areas": ("ALARM",),
    "pests": ("PEST",),
    "left-from-building": ("DEBRIS",),
}
"""Faults that ask for the same article wherever they are; all others are answered by their trade's."""

TRADE_ARTICLE = {code: slug for slug, codes in BY_TRADE.items() for code in codes}
TYPE_ARTICLE = {code: slug for slug, codes in BY_TYPE.items() for code in codes}
