"""Choosing a guidance article to go with words to a homeowner: the fitting ones as chips, all others in a list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cases.dates import local_date
from cases.models import Case
from catalogue import guidance
from catalogue.models import GuidanceArticle
from units import policies

CHIPS, OTHER = "guidance", "other_guidance"
NAMES = (CHIPS, OTHER)


def add_to(form: forms.Form, case: Case) -> None:
    """Adds the two fields; the list is one query, the chips none when the case brings `guidance` of type and trade."""
    fitting = guidance.fitting(case.defect_type, case.trade)
    others = [row for row in GuidanceArticle.objects.in_use().order_by("title") if row not in fitting]
    if fitting:
        chips = [(row.pk, _("Attach: %(title)s") % {"title": row.title}) for row in fitting]
        form.fields[CHIPS] = _field(
            _("Guidance that goes with it"),
            [*chips, ("", _("None of these"))],
            widget=forms.RadioSelect(attrs={"data-look": "chips"}),
            help_text=_("The e-mail quotes its first line and leads to the article as it is today."),
        )
    label = _("Another article") if fitting else _("Guidance that goes with it")
    form.fields[OTHER] = _field(label, [("", _("None")), *((row.pk, row.title) for row in others)])


def _field(label: str, choices: list[Any], **more: Any) -> forms.ModelChoiceField:
    field = forms.ModelChoiceField(label=label, queryset=GuidanceArticle.objects.in_use(), required=False, **more)
    field.choices = choices
    return field


def chosen(cleaned: Mapping[str, Any]) -> GuidanceArticle | None:
    """The article that was chosen, by chip or from the list; the list goes first, because it was opened on purpose."""
    return cleaned.get(OTHER) or cleaned.get(CHIPS)


def shown(form: forms.Form, case: Case, *, at: datetime) -> list[GuidanceArticle]:
    """The articles whose words stand ready to be put into the letter: the fitting ones and the one from the list.

    Their numbers are those that the policy of the case's development names.
    """
    if OTHER not in form.fields:
        return []
    found = _offered(form, case)
    policies.quote_numbers(found, case.development, on=local_date(case, at))
    return found


def _offered(form: forms.Form, case: Case) -> list[GuidanceArticle]:
    found = guidance.fitting(case.defect_type, case.trade)
    picked = form[OTHER].value()
    if form.is_bound and picked and str(picked).isdecimal():
        found += [row for row in GuidanceArticle.objects.in_use().filter(pk=picked) if row not in found]
    return found
