"""What this room adds to the page of a person: the developments that an officer works."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from accounts.models import User
from accounts.views import panels
from ledger.actors import Actor
from units import scopes
from units.models import Development


class ScopeForm(forms.Form):
    """Ticks; none means all, also those that are added later."""

    developments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Developments"),
        queryset=Development.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "ticks", "hide_label": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["developments"]
        field.queryset = Development.objects.order_by("name")
        field.choices = [(row.pk, row) for row in field.queryset]


def _apply(person: User, facts: dict[str, Any], *, by: Actor, at: datetime) -> str:
    scopes.limit(person, facts["developments"], by=by, at=at)
    return _("Saved. It counts from the next page that %(name)s opens.")


def register() -> None:
    """Puts the panel on the page of every officer."""
    panel = panels.Panel(
        ScopeForm,
        _apply,
        gettext_lazy("Developments"),
        gettext_lazy("Save developments"),
        gettext_lazy("The officer sees only the homes and cases of what is ticked. None ticked: all developments."),
        is_offered=lambda person, reader: person.role == Role.OFFICER,
        initial=lambda person: {"developments": [scope.development_id for scope in scopes.of(person)]},
    )
    panels.add("developments", panel, after="role", actions={"scope-changed": gettext_lazy("Developments changed")})
