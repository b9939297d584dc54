"""The report *Incomplete records*: one figure for each sort of gap, and the rows of the chosen one."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.sheets_out import asking
from documents.sheets_out.sheet import Column, Sheet
from reporting.presets.forms import PeriodForm
from reporting.presets.gaps import GAPS
from reporting.presets.report import Figure, Preset, Report

COLUMNS = (
    Column(_("Record"), lambda line: line.record, width=44, is_printed=True),
    Column(_("Home"), lambda line: line.place, width=14, is_printed=True),
    Column(_("Development"), lambda line: line.development, width=22, is_printed=True),
    Column(_("What is missing"), lambda line: line.lacks, width=28, is_printed=True),
    Column(_("Mend it here"), lambda line: f"{settings.BASE_URL}{line.url}", width=50),
)


def gaps(user: User, form: PeriodForm, at: datetime, chosen: str) -> Report:
    """All gaps in the file, on the page those of `chosen` (else of the first sort that has any)."""
    parts = {gap.key: gap.part(user, form, at) for gap in GAPS}
    counted = {key: part.rows.order_by().count() for key, part in parts.items()}
    first = next((key for key, number in counted.items() if number), GAPS[0].key)
    here = chosen if chosen in parts else first
    kept = {"development": form.cleaned_data["development"]} if form.cleaned_data["development"] else {}
    figures = [
        Figure(counted[gap.key], gap.words, f"?{urlencode({**kept, 'gap': gap.key})}", is_current=gap.key == here)
        for gap in GAPS
    ]
    asked = asking.in_use(form, but=("since", "until"))
    sheet = Sheet("incomplete-records", _("Incomplete records"), COLUMNS, tuple(parts.values()), asked)
    return Report(sheet, figures, parts[here], "pk", lambda line: line.url)


PRESET = Preset(
    "incomplete-records",
    _("Incomplete records"),
    _("Open cases, reports, homes and owners that lack a fact the work needs; each row leads to where it is mended."),
    "",
    gaps,
)
