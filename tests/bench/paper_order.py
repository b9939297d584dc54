"""`python -m tests.bench.paper_order FILE`: the press's order for a home's record of 50 cases, two photos each."""

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from cases.models import Case  # noqa: E402
from desk.papers import unit_record  # noqa: E402
from documents import printing  # noqa: E402

CASES, PHOTOS = 50, 2
SIDE = (480, 360)


def main(place):
    """Written to `place`; the product's own HTML, and behind its tables the photos as papers show them."""
    with transaction.atomic():
        point = transaction.savepoint()
        content = unit_record.build(SimpleNamespace(subject_id=_full_home()), timezone.now())
        transaction.savepoint_rollback(point)
    files = {f"picture:{number}": printing.ordered((_photo(), printing.JPEG)) for number in range(CASES * PHOTOS)}
    shown = "".join(
        f'<figure><img src="{address}" alt="Picture"><figcaption>Before, Tue 3 Mar</figcaption></figure>'
        for address in files
    )
    order = {
        "html": content.html.replace("</body>", f'<div class="shots">{shown}</div></body>'),
        "style": str(printing.style()),
        "fonts": str(printing.fonts()),
        "files": files | {name: printing.ordered(asset) for name, asset in content.assets.items()},
        "target": str(Path(place).with_suffix(".pdf")),
        "seconds": 60,
        "niceness": 0,
    }
    Path(place).write_text(json.dumps(order))


def _full_home():
    """A home that has them all, until the transaction is undone."""
    some = list(Case.objects.order_by("-pk")[:CASES])
    Case.objects.filter(pk__in=[case.pk for case in some]).update(unit=some[0].unit_id)
    return some[0].unit_id


def _photo():
    held = io.BytesIO()
    Image.frombytes("RGB", (60, 45), os.urandom(60 * 45 * 3)).resize(SIDE).save(held, "JPEG", quality=80)
    return held.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
