"""`python -m tests.bench.plans`: which index the database takes for each order of the list, as JSON."""

import json
import re

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from cases.forms.search import CaseSearchForm  # noqa: E402
from cases.models import Case  # noqa: E402

OFFICER, MANAGER = "amira@demo.example", "mo@demo.example"
LISTS = {
    "mine, by clock": (OFFICER, "mine=mine"),
    "all, by clock": (MANAGER, "mine=all"),
    "all, by age": (MANAGER, "mine=all&sort=age"),
    "all, by next date": (MANAGER, "mine=all&sort=next"),
    "closed, all": (MANAGER, "mine=all&state=closed"),
    "closed, mine": (OFFICER, "mine=mine&state=closed"),
}
INDEX = re.compile(r"\b(?:using|USING|Bitmap Index Scan on) (?:COVERING )?(?:INDEX )?(\w+)")


def main():
    """For each list the index and whether rows are sorted afterwards."""
    return {what: plan(*asked) for what, asked in LISTS.items()}


def plan(email, query):
    """What EXPLAIN says of the keys of the first page."""
    from units import pages

    form = CaseSearchForm(QueryDict(query), user=User.objects.get(email=email), at=timezone.now())
    found = form.filter(Case.objects.visible_to(form.user))
    way = {"descending": form.newest_first, "backwards": False, "may_lack": pages._may_lack(found, form.order)}
    keys = found.order_by(*pages._order(form.order, **way)).values("pk")[: pages.PER_PAGE + 1]
    text = keys.explain()
    return {
        "index": sorted(set(INDEX.findall(text))),
        "sorts": bool(re.search(r"Sort Key|TEMP B-TREE", text)),
        "text": text,
    }


if __name__ == "__main__":
    print(json.dumps({"vendor": connection.vendor, "plans": main()}))
