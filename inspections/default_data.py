"""The checklists that every installation starts with: code, name, kind of visit, trade, points."""

CHECKLISTS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (
        "initial",
        "First look",
        "initial",
        "",
        (
            "The place is photographed from near and from far",
            "Size or extent is measured and written down",
            "Likely cause is looked for, also above and behind",
            "Anything dangerous is made safe and explained",
            "Other rooms on the same wall or pipe are looked at",
        ),
    ),
    (
        "joint",
        "Joint inspection",
        "joint",
        "",
        (
            "Everybody has seen the defect",
            "The cause is agreed, or each view is written down",
            "Way of repair is agreed",
            "Sequence and drying times are agreed",
        ),
    ),
    (
        "rectification",
        "Before leaving a repair",
        "rectification",
        "",
        (
            "Repaired place is photographed from the same spot as before",
            "Water, power and doors tested with the resident",
            "Floor and furniture clean, rubbish taken away",
            "Nothing else was damaged",
        ),
    ),
    (
        "check",
        "Checking a repair",
        "check",
        "",
        (
            "Looked at in daylight or good light",
            "Compared with the pictures from before",
            "Surface even, colour matches",
            "Tested in use, not only looked at",
            "Resident asked about the last days",
        ),
    ),
    (
        "end-of-dlp",
        "Last inspection under the cover",
        "end-of-dlp",
        "",
        (
            "Walls and ceilings: cracks, stains",
            "Floors: hollow tiles, gaps, levels",
            "Doors and windows: open, close, lock, seal",
            "Bathrooms: fall to the drain, sealant, ventilation",
            "Kitchen: doors, taps, drain",
            "Sockets, switches, lights tested",
            "Water pressure, heater, taps, traps",
            "Air conditioning: cooling, drain",
            "Balcony: fall, outlet, balustrade",
        ),
    ),
    (
        "waterproofing",
        "Waterproofing",
        "",
        "WPF",
        (
            "Moisture is measured, the reading photographed",
            "Ponding test: hours and result written down",
            "Home below is asked or looked at",
        ),
    ),
    (
        "windows",
        "Windows",
        "",
        "WIN",
        ("Opens and closes with one hand", "Locks and catches hold", "Hose test or rain: no water inside"),
    ),
)
