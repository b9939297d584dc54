"""Numbers for references such as KRM-2041: never given out twice, without holes unless a transaction is undone."""

from django.db import transaction
from django.db.models import F

from ledger.models import Counter


def next_number(counter: str) -> int:
    """The next number of the series `counter`, from 1. Call it in the transaction that uses the number."""
    return next_block(counter, 1).start


@transaction.atomic
def next_block(counter: str, size: int) -> range:
    """`size` numbers in a row, for bulk work. The counter's row stays locked until the transaction ends."""
    if size < 1:
        raise ValueError(f"A block of {size} numbers is none.")
    rows = Counter.objects.filter(name=counter)
    if not rows.update(value=F("value") + size):
        Counter.objects.bulk_create([Counter(name=counter)], ignore_conflicts=True)
        rows.update(value=F("value") + size)
    last = rows.values_list("value", flat=True).get()
    return range(last - size + 1, last + 1)
