"""Visits have five kinds: an inspection is the initial one, a repair the rectification."""

from django.db import migrations, models

KINDS = {"inspection": "initial", "repair": "rectification"}
CHOICES = [
    ("initial", "Inspection"),
    ("joint", "Joint inspection"),
    ("rectification", "Repair"),
    ("check", "Check"),
    ("end-of-dlp", "Last inspection under your cover"),
]


def rename(apps, schema_editor):
    rows = apps.get_model("cases", "Case").objects
    for old, new in KINDS.items():
        rows.filter(visit_kind=old).update(visit_kind=new)
    _rename_in_diary(apps.get_model("cases", "CaseEvent").objects.exclude(move=""))


def _rename_in_diary(events):
    """What *correct* puts back."""
    for row in events.only("before", "after").iterator(chunk_size=1000):
        columns = row.before.get("columns", {}) if row.before else {}
        if columns.get("visit_kind") in KINDS:
            columns["visit_kind"] = KINDS[columns["visit_kind"]]
            row.save(update_fields=["before"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_work_orders")]

    operations = [
        migrations.AlterField("case", "visit_kind", models.CharField(blank=True, choices=CHOICES, max_length=16)),
        migrations.RunPython(rename, migrations.RunPython.noop, elidable=True),
    ]
