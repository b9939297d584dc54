"""The contractor of a case is told by its work orders: the case keeps what lists sort by, under names that say so."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_case_moved_home"), ("contractors", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("case", "cases_case_contractor_named"),
        migrations.RemoveIndex("case", "cases_case_company"),
        migrations.RenameField("case", "company", "work_company"),
        migrations.RenameField("case", "company_due_at", "work_due_at"),
        migrations.RenameField("case", "company_stage", "work_stage"),
        migrations.RenameField("case", "company_note", "work_note"),
        migrations.AlterField(
            "case",
            "work_company",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contractors.company",
            ),
        ),
        migrations.AlterField(
            "case",
            "work_stage",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Not sent"),
                    ("new", "New: please accept"),
                    ("accepted", "Accepted: offer a date"),
                    ("under-way", "Under way"),
                    ("waiting", "Waiting"),
                    ("disputed", "Under review"),
                    ("back", "Back to you"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["work_company", "status", "work_due_at"], name="cases_case_company")
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=~models.Q(status="with-contractor")
                | models.Q(work_company__isnull=False, work_due_at__isnull=False),
                name="cases_case_contractor_named",
            ),
        ),
    ]
