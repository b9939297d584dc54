"""What is counted: the keys that one case counts under, as SQL that triggers, repair and both databases share."""

from cases.choices import OPEN_STATES, Status

TABLE = "cases_casecount"
CASES = "cases_case"

RECEIVED, NEW, CLOSED = "received", "new", "closed"
OVER, NEWS, STATUTORY = "over", "news", "statutory"
TRADE, COMPANY = "trade", "company"

NO_DAY = "2000-01-01"
"""The day of what has none, and of all days that are folded into one because nobody asks for them singly."""

KEPT_DAYS = {RECEIVED: 60, NEW: 120, CLOSED: 120, OVER: 20, NEWS: 20, STATUTORY: 20}
"""How many past days of a kind stay single: the bands reach back 28 days, last week's 35, the weeks of charts 84."""

COLUMNS = (
    "development_id", "officer_id", "status", "trade_id", "work_company_id",
    "received_at", "closed_at", "rectify_due_at", "statutory_due_at", "update_due_at", "is_paused", "damage_of_id",
)  # fmt: skip
"""Columns of a case that its keys are made of; a change of any other counts nothing."""

KEY = "kind, development_id, officer_id, status, label, day"

_LATE = ", ".join(f"'{state.value}'" for state in OPEN_STATES if state != Status.AWAITING_HOMEOWNER)
_SOONER = """CASE WHEN c.is_paused OR c.rectify_due_at IS NULL THEN c.statutory_due_at
    WHEN c.statutory_due_at IS NULL OR c.rectify_due_at < c.statutory_due_at THEN c.rectify_due_at
    ELSE c.statutory_due_at END"""
"""From this moment on a case is over time (`cases.querysets.over_time`)."""

_DAY = {
    "postgresql": "({at} AT TIME ZONE d.zone)::date",
    "sqlite": "django_datetime_cast_date({at}, d.zone, 'UTC')",  # Django gives every connection of its this function
}


def counted(rows: str, sign: int, vendor: str) -> str:
    """A SELECT of the keys of all cases in `rows` (a table or a query in brackets), each with `sign` as its `n`."""
    own = "c.officer_id AS officer_id, c.status AS status, '' AS label"
    all_of = "CAST(NULL AS bigint) AS officer_id, '' AS status"
    late = f"c.status IN ({_LATE})"
    parts = (
        (RECEIVED, own, "c.received_at", "c.received_at IS NOT NULL"),
        (OVER, own, f"({_SOONER})", late),
        (NEWS, own, "c.update_due_at", "c.closed_at IS NULL"),
        (STATUTORY, own, "c.statutory_due_at", late),
        (NEW, f"{all_of}, '' AS label", "c.received_at", "c.received_at IS NOT NULL AND c.damage_of_id IS NULL"),
        (CLOSED, f"{all_of}, '' AS label", "c.closed_at", "c.closed_at IS NOT NULL"),
        (TRADE, f"{all_of}, c.trade_id AS label", "", "c.closed_at IS NULL"),
        (
            COMPANY,
            f"{all_of}, CAST(c.work_company_id AS text) AS label",
            "",
            "c.closed_at IS NULL AND c.work_company_id > 0",
        ),
    )
    return " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, c.development_id AS development_id, {names}, {_day(at, vendor)} AS day, "  # noqa: S608
        f"{sign} AS n FROM {rows} c JOIN units_development d ON d.id = c.development_id "
        f"WHERE {where}{f' AND {at} IS NOT NULL' if at else ''}"
        for kind, names, at, where in parts
    )


def _day(at: str, vendor: str) -> str:
    return _DAY[vendor].format(at=at) if at else no_day(vendor)


def no_day(vendor: str) -> str:
    """`NO_DAY` as a value of SQL."""
    return f"DATE '{NO_DAY}'" if vendor == "postgresql" else f"'{NO_DAY}'"


def added_up(keys: str) -> str:
    """An INSERT of what the keys come to, without those that cancel each other out."""
    return (
        f"INSERT INTO {TABLE} ({KEY}, n) SELECT {KEY}, SUM(n) FROM ({keys}) k "  # noqa: S608
        f"GROUP BY {KEY} HAVING SUM(n) <> 0"
    )
