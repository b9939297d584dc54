"""How the audit of contractors reads."""

from django.utils.translation import gettext_lazy as _

from contractors.choices import CompanyKind
from contractors.models import Appointment, Company, Contact
from units.history import Reader

READER = Reader(
    words={
        "company.add": _("entered this company"),
        "company.change": _("changed the company"),
        "contact.add": _("entered a contact"),
        "contact.change": _("changed a contact"),
        "contact.leave": _("took a contact out"),
        "appointment.begin": _("appointed"),
        "appointment.end": _("ended an appointment"),
        "appointment.liability": _("entered the liability"),
    },
    labels={
        field.name: field.verbose_name for model in (Appointment, Contact, Company) for field in model._meta.fields
    },
    values=dict(CompanyKind.choices),
)
