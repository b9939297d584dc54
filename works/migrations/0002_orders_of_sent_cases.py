"""Every case that is with a contractor, or was and is not closed, gets the work order that its columns told of."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

STATES = {"new": "new", "accepted": "accepted", "under-way": "under-way", "waiting": "waiting", "back": "back"}
SENT = ("with-contractor", "to-check", "awaiting-homeowner")
CHUNK = 1000


def make_orders(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    sending = apps.get_model("cases", "CaseEvent").objects.filter(case=OuterRef("pk"), move="accept-and-send")
    latest = sending.order_by("-at", "-pk")
    cases = (
        Case.objects.filter(status__in=SENT, work_company__isnull=False, work_due_at__isnull=False)
        .filter(work_orders__isnull=True)
        .annotate(sent_at=Subquery(latest.values("at")[:1]), sent_by=Subquery(latest.values("actor_name")[:1]))
        .order_by("pk")
    )
    keys = list(cases.values_list("pk", flat=True))
    number = _numbers(apps, len(keys))
    for start in range(0, len(keys), CHUNK):
        chunk = list(cases.filter(pk__in=keys[start : start + CHUNK]))
        orders = [_order(apps, case, number + start + index) for index, case in enumerate(chunk)]
        apps.get_model("works", "WorkOrder").objects.bulk_create(orders)
        owed = [order for order in orders if order.state != "done"]
        apps.get_model("works", "WorkClock").objects.bulk_create(_clock(apps, order) for order in owed)


def _numbers(apps, size):
    """The first of a block of the series of work orders."""
    Counter = apps.get_model("ledger", "Counter")
    counter, _made = Counter.objects.get_or_create(name="WO")
    first = counter.value + 1
    counter.value += size
    counter.save()
    return first


def _clock(apps, order):
    """The time to finish; the others start with the next word of the company."""
    return apps.get_model("works", "WorkClock")(
        order=order, kind="done", started_at=order.sent_at, first_due_at=order.due_at, due_at=order.due_at
    )


def _order(apps, case, number):
    state = STATES.get(case.work_stage, "new") if case.status == "with-contractor" else "done"
    sent_at = case.sent_at or case.accepted_at or case.opened_at
    done_at = (case.reports_done_at or case.checked_at or sent_at) if state == "done" else None
    is_accepted = state in ("accepted", "under-way", "waiting", "done")
    return apps.get_model("works", "WorkOrder")(
        number=number,
        case_id=case.pk,
        company_id=case.work_company_id,
        cycle=case.cycle,
        position=1,
        state=state,
        due_at=case.work_due_at,
        first_due_at=case.work_due_at,
        created_at=sent_at,
        created_by_name=case.sent_by or "Defects Portal",
        sent_at=sent_at,
        accepted_at=sent_at if is_accepted else None,
        accepted_how="said" if is_accepted else "",
        started_at=sent_at if state == "under-way" else None,
        done_at=done_at,
        waits_for="others" if state == "waiting" else "",
        words=case.work_note if state in ("waiting", "back") else "",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("works", "0001_initial"),
        ("cases", "0013_work_orders"),
        ("ledger", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_orders, migrations.RunPython.noop)]
