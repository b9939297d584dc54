"""How the audit of homes and people reads."""

from django.utils.translation import gettext_lazy as _

from homeowners.choices import TenureRole
from homeowners.models import Homeowner, Tenure
from units.choices import HandoverKind
from units.history import Reader

READER = Reader(
    words={
        "tenure.begin": _("entered"),
        "tenure.end": _("ended"),
        "homeowner.add": _("entered this person"),
        "homeowner.change": _("changed"),
    },
    labels={field.name: field.verbose_name for model in (Tenure, Homeowner) for field in model._meta.fields},
    values=dict([*TenureRole.choices, *HandoverKind.choices]),
)
