"""What a person says to an import: the file, what its columns mean, what may happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from defects_portal.imports import runs
from defects_portal.imports.sheets import KINDS, Sheet
from defects_portal.models import ImportRun
from units.form_fields import DayField
from units.models import Development
from units.sheets import columns


class FileForm(forms.Form):
    """The file itself; what is in it is looked at by `runs.take`."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (.xlsx), up to 10 MB and 30,000 rows. Nothing is entered before you have seen a check."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


@dataclass(frozen=True)
class HeaderRow:
    """One column of a sheet on the page."""

    header: str
    samples: list[str]
    field: forms.BoundField


@dataclass(frozen=True)
class SheetPanel:
    """One sheet on the page."""

    sheet: Sheet
    kind: forms.BoundField
    rows: list[HeaderRow]


class ColumnsForm(forms.Form):
    """What each sheet holds, and what each of its columns means. A changed kind proposes its columns anew."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, run: ImportRun) -> None:
        super().__init__(data)
        self.sheets = runs.sheets_of(run)
        developments = [(row.code, f"{row.code}: {row.name}") for row in Development.objects.order_by("code")]
        self.fields["development"] = forms.ChoiceField(
            label=_("Development of rows that name none"),
            choices=[("", _("The file says it")), *developments],
            initial=run.development or (developments[0][0] if len(developments) == 1 else ""),
            required=False,
        )
        for sheet in self.sheets:
            self._add(sheet)

    def _add(self, sheet: Sheet) -> None:
        kinds = [("", _("Leave this sheet out")), *((kind.key, kind.label) for kind in KINDS.values())]
        kind = forms.ChoiceField(label=_("This sheet holds"), choices=kinds, initial=sheet.kind, required=False)
        self.fields[f"kind_{sheet.index}"] = kind
        for place, header in enumerate(sheet.headers):
            self.fields[f"column_{sheet.index}_{place}"] = forms.ChoiceField(
                label=header or _("Column %(n)s") % {"n": place + 1},
                choices=self._meanings(sheet),
                initial=sheet.keys[place],
                required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )

    def _meanings(self, sheet: Sheet) -> list[tuple[str, Any]]:
        """Those of the kind as it stood when the page was made: a changed kind gets its own after this sending."""
        kind = KINDS.get(sheet.kind)
        wanted = [(column.key, column.label) for column in kind.columns] if kind else []
        return [("", _("Not used")), *wanted]

    def panels(self) -> Iterator[SheetPanel]:
        """The sheets with their fields, for the page."""
        for sheet in self.sheets:
            rows = [
                HeaderRow(
                    header or str(_("Column %(n)s") % {"n": place + 1}),
                    [cells[place] for cells in sheet.samples if place < len(cells) and cells[place]],
                    self[f"column_{sheet.index}_{place}"],
                )
                for place, header in enumerate(sheet.headers)
            ]
            yield SheetPanel(sheet, self[f"kind_{sheet.index}"], rows)

    def clean(self) -> dict[str, Any]:
        """Each meaning once in a sheet."""
        cleaned = super().clean() or {}
        for sheet in self.sheets:
            seen: set[str] = set()
            for place in range(len(sheet.headers)):
                name = f"column_{sheet.index}_{place}"
                key = cleaned.get(name, "")
                if key and key in seen:
                    self.add_error(name, _("Another column means this already."))
                seen.add(key)
        return cleaned

    def chosen(self) -> tuple[list[Sheet], bool]:
        """The sheets as chosen, and whether a kind was changed, so that its columns want another look."""
        is_changed = False
        for sheet in self.sheets:
            keys = [self.cleaned_data[f"column_{sheet.index}_{place}"] for place in range(len(sheet.headers))]
            kind = self.cleaned_data[f"kind_{sheet.index}"]
            if kind != sheet.kind:
                keys = columns.keys_for(sheet.headers, KINDS[kind]) if kind else [""] * len(keys)
                is_changed = is_changed or bool(kind)
            sheet.kind, sheet.keys = kind, keys
        return self.sheets, is_changed


class TermsForm(forms.Form):
    """The ticks before anything is entered: only those that the check gives a reason for."""

    replaces = forms.BooleanField(
        label=_("The file is right: replace what the register says"),
        help_text=_("Without the tick these rows wait, and stand in the file of rows to mend."),
        required=False,
    )
    is_transfer = forms.BooleanField(
        label=_("These homes were sold: the owners named below lose them"),
        help_text=_("Rights of the former owners, their tenants and representatives end on that day."),
        required=False,
    )
    transfers_on = DayField(
        label=_("Sold on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    proof = forms.CharField(label=_("Proof of the sales"), max_length=200, required=False)
    invites = forms.BooleanField(
        label=_("Invite people with a new account by e-mail"),
        help_text=_("Without the tick nobody is written to; you can invite anybody later."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, run: ImportRun) -> None:
        super().__init__(data)
        if not run.checked.get("replace"):
            del self.fields["replaces"]
        if not run.checked.get("transfer"):
            for name in ("is_transfer", "transfers_on", "proof"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A sale needs its day and its proof."""
        cleaned = super().clean() or {}
        if cleaned.get("is_transfer"):
            if not cleaned.get("transfers_on") and "transfers_on" not in self.errors:
                self.add_error("transfers_on", _("Give the day of the sales."))
            if not cleaned.get("proof", "").strip():
                self.add_error("proof", _("Name the proof: the solicitor's list, or the titles and their date."))
        return cleaned

    def ticked(self) -> dict[str, Any]:
        """For `runs.begin`."""
        facts = self.cleaned_data
        is_sale = facts.get("is_transfer", False)
        return runs.ticked(
            replaces=facts.get("replaces", False),
            transfers_on=facts.get("transfers_on") if is_sale else None,
            proof=facts.get("proof", "") if is_sale else "",
            invites=facts["invites"],
        )
