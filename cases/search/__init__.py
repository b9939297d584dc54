"""Finding cases by what people say: a reference, a home, a person, a phone, words (product.md 11). For staff only.

`touch` marks cases whose words changed, in the transaction of the change; the relay and the sweep build their rows
again, and until then a search reads the cases that were marked last themselves.
"""

from cases.search.finding import Found, find, matching
from cases.search.index import aside
from cases.search.marks import build, is_due, rebuild, touch, turn
from cases.search.references import by_reference, key_of, reference_key, report_by_reference, visit_number
from cases.search.terms import LONGEST

__all__ = [
    "LONGEST",
    "Found",
    "aside",
    "build",
    "by_reference",
    "find",
    "is_due",
    "key_of",
    "matching",
    "rebuild",
    "reference_key",
    "report_by_reference",
    "touch",
    "turn",
    "visit_number",
]
