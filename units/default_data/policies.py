"""The default policies. Periods are data: every installation checks them against its own agreements and law.

Source: reference page `domain.md` 3.1 (legal terms as published there) and 3.4 (what a rule can say).
"""

from typing import Any

Row = dict[str, Any]

OWNERS = ["purchaser", "joint-purchaser", "successor"]
BODY = ["management-body"]
CHECK = "Figures as published for the prescribed form; check the edition of your own agreement, which goes first."
CRACK = {"junction": {"value": 2, "unit": "mm", "edition": "Default; publications say 2 to 4 mm"}}

VP_OR_DEEMED: Row = {
    "starts": [{"event": "vp-taken"}, {"event": "vp-notice", "plus_days": 14, "is_deemed": True}],
    "start_pick": "earliest",
}
MALAYSIA_24: Row = {
    "length_amount": 24,
    "length_unit": "months",
    "test": "apparent",
    "duty_amount": 30,
    "duty_unit": "days",
    "duty_is_statutory": True,
    "opportunity_days": 14,
}
SINGAPORE_12: Row = {
    "length_amount": 12,
    "length_unit": "months",
    "test": "apparent",
    "duty_amount": 1,
    "duty_unit": "months",
    "duty_is_statutory": True,
    "opportunity_days": 14,
    "clause": "Prescribed sale and purchase agreement, defects clause",
}
HDB: Row = {
    "starts": [{"event": "keys-collected"}, {"event": "vp-taken"}],
    "length_unit": "years",
    "duty_amount": 14,
    "duty_unit": "working-days",
    "clause": "HDB defects liability period",
    "claimants": OWNERS,
}
UK: Row = {
    "starts": [{"event": "legal-completion"}],
    "length_amount": 2,
    "length_unit": "years",
    "test": "notified",
    "duty_amount": 28,
    "duty_unit": "days",
    "claimants": OWNERS,
}
DUBAI_ONE_YEAR: Row = {
    "starts": [{"event": "vp-taken"}],
    "start_if_refused": "completion-certificate",
    "length_amount": 1,
    "length_unit": "years",
    "claimants": OWNERS,
}

POLICIES: tuple[Row, ...] = (
    {
        "code": "my-schedule-h",
        "name": "Malaysia, Schedule H (strata)",
        "jurisdiction": "Malaysia",
        "agreement": "Housing Development (Control and Licensing) Regulations 1989, Schedule H",
        "source": f"24 calendar months; older agreements 18. Deemed possession 14 days after the notice. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {
                **MALAYSIA_24,
                "code": "common-property",
                "label": "the common property",
                "scope": "common",
                "starts": [{"event": "common-start"}, {"event": "ccc"}],
                "clause": "Schedule H, defect liability period (common property)",
                "claimants": BODY,
                "words": "The claim is made by the management body.",
            },
            {
                **MALAYSIA_24,
                **VP_OR_DEEMED,
                "code": "parcel",
                "label": "the home",
                "clause": "Schedule H, defect liability period",
                "claimants": OWNERS,
            },
        ),
    },
    {
        "code": "my-schedule-g",
        "name": "Malaysia, Schedule G (landed)",
        "jurisdiction": "Malaysia",
        "agreement": "Housing Development (Control and Licensing) Regulations 1989, Schedule G",
        "source": f"24 calendar months; older agreements 18. Deemed possession 14 days after the notice. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {
                **MALAYSIA_24,
                **VP_OR_DEEMED,
                "code": "building",
                "label": "the house",
                "clause": "Schedule G, defect liability period",
                "claimants": OWNERS,
            },
        ),
    },
    {
        "code": "sg-private",
        "name": "Singapore, private condominium",
        "jurisdiction": "Singapore",
        "agreement": "Housing Developers Rules, prescribed sale and purchase agreement",
        "source": f"12 months from handing over or the 15th day after the notice, the earlier. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {
                **SINGAPORE_12,
                "code": "common-property",
                "label": "the common property",
                "scope": "common",
                "starts": [{"event": "common-start"}, {"event": "top"}],
                "claimants": BODY,
                "words": "The claim is made by the management corporation.",
            },
            {
                **SINGAPORE_12,
                "code": "unit",
                "label": "the home",
                "starts": [
                    {"event": "vp-taken"},
                    {"event": "keys-collected"},
                    {"event": "vp-notice", "plus_days": 15, "is_deemed": True},
                ],
                "start_pick": "earliest",
                "claimants": OWNERS,
            },
        ),
    },
    {
        "code": "sg-hdb",
        "name": "Singapore, HDB flat",
        "jurisdiction": "Singapore",
        "agreement": "HDB defects liability period",
        "source": f"1 year; ceiling leaks and external wall seepage 5 years; spalling concrete 10 years. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {**HDB, "code": "spalling", "label": "spalling concrete", "types": ["SPALL"], "length_amount": 10},
            {
                **HDB,
                "code": "ceiling-leak",
                "label": "ceiling leaks in toilet and kitchen",
                "tags": ["waterproofing"],
                "types": ["LEAK", "SEEP", "WETSTAIN"],
                "length_amount": 5,
            },
            {
                **HDB,
                "code": "ceiling-stain",
                "label": "ceiling leaks in toilet and kitchen",
                "elements": ["PLS-CEILING", "DRY-CEILING", "PNT-CEILING"],
                "types": ["LEAK", "SEEP", "WETSTAIN"],
                "length_amount": 5,
            },
            {
                **HDB,
                "code": "wall-seepage",
                "label": "water seepage through external walls",
                "tags": ["envelope"],
                "types": ["LEAK", "SEEP", "WETSTAIN"],
                "length_amount": 5,
            },
            {**HDB, "code": "general", "label": "general defects", "length_amount": 1},
        ),
    },
    {
        "code": "uk-two-year",
        "name": "United Kingdom, two years from the builder",
        "jurisdiction": "United Kingdom",
        "agreement": "Builder's period of a ten-year warranty, New Homes Quality Code",
        "source": f"2 years from legal completion; developers publish 28 to 30 days for repairs. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {
                **UK,
                "code": "handover-marks",
                "label": "marks and missing items",
                "types": ["SCRATCH", "CHIP", "DENT", "STAIN", "MISSING", "DEBRIS"],
                "is_snag_only": True,
                "clause": "Cosmetic items count when they are on the list made before or at completion",
            },
            {
                "code": "appliances",
                "label": "supplied appliances",
                "effect": "other-warranty",
                "tags": ["appliance"],
                "clause": "Manufacturer's warranty",
                "words": "The maker's guarantee is in your handover pack.",
            },
            {
                **UK,
                "code": "structure",
                "label": "the structure",
                "tags": ["structural"],
                "clause": "Builder's warranty period",
                "words": "From the third to the tenth year your home warranty insurer answers for the structure.",
            },
            {**UK, "code": "general", "label": "general defects", "clause": "Builder's warranty period"},
        ),
    },
    {
        "code": "ae-dubai",
        "name": "Dubai, Law 6 of 2019",
        "jurisdiction": "United Arab Emirates, Dubai",
        "agreement": "Law 6 of 2019, article 40",
        "source": f"Structure 10 years from the completion certificate; installations 1 year from handover. {CHECK}",
        "thresholds": CRACK,
        "rules": (
            {
                "code": "structure",
                "label": "the structure",
                "tags": ["structural"],
                "starts": [{"event": "completion-certificate"}],
                "length_amount": 10,
                "length_unit": "years",
                "clause": "Law 6 of 2019, article 40 (1)",
                "claimants": OWNERS,
            },
            {
                **DUBAI_ONE_YEAR,
                "code": "installations",
                "label": "mechanical, electrical and sanitary installations",
                "tags": ["m-and-e"],
                "clause": "Law 6 of 2019, article 40 (2)",
            },
            {**DUBAI_ONE_YEAR, "code": "general", "label": "general defects", "clause": "Sale and purchase agreement"},
        ),
    },
    {
        "code": "plain-12",
        "name": "Plain 12 months",
        "jurisdiction": "Any",
        "agreement": "The developer's own promise",
        "source": "A plain start for agreements without a prescribed form; edit it to your agreement.",
        "thresholds": CRACK,
        "rules": (
            {
                "code": "general",
                "label": "general defects",
                "starts": [{"event": "vp-taken"}, {"event": "keys-collected"}, {"event": "legal-completion"}],
                "length_amount": 12,
                "length_unit": "months",
                "duty_amount": 30,
                "duty_unit": "days",
                "extension": "months",
                "extension_months": 6,
                "clause": "Sale agreement",
                "claimants": [*OWNERS, *BODY],
            },
        ),
    },
)
