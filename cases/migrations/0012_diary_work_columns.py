"""What *correct* puts back is kept in the diary under the names of the columns: they follow the new names."""

from django.db import migrations

NAMES = {
    "company_id": "work_company_id",
    "company_due_at": "work_due_at",
    "company_stage": "work_stage",
    "company_note": "work_note",
}


def rename(apps, schema_editor):
    rows = apps.get_model("cases", "CaseEvent").objects.exclude(move="").only("before", "after")
    for row in rows.iterator(chunk_size=1000):
        columns = row.before.get("columns", {}) if row.before else {}
        if NAMES.keys() & columns.keys():
            row.before["columns"] = _renamed(columns)
            row.after = _renamed(row.after)
            row.save(update_fields=["before", "after"])


def _renamed(values):
    return {NAMES.get(name, name): value for name, value in values.items()}


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_work_columns")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
