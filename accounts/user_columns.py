"""The list of accounts, to be taken away."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.querysets import UserQuerySet
from documents.sheets_out.sheet import Asked, Column, Kind, Part, Sheet

COLUMNS = (
    Column(_("Name"), lambda user: user.name, width=26, is_printed=True),
    Column(_("E-mail"), lambda user: user.email, width=32, is_printed=True),
    Column(_("Phone"), lambda user: user.phone_shown, width=18, is_printed=True),
    Column(_("Role"), lambda user: user.get_role_display(), width=16, is_printed=True),
    Column(_("Enabled"), lambda user: user.is_active, Kind.YES, width=9, is_printed=True),
    Column(_("Invited"), lambda user: user.invited_at, Kind.MOMENT),
    Column(_("Entered"), lambda user: user.date_joined, Kind.MOMENT, is_printed=True),
    Column(_("Disabled"), lambda user: user.disabled_at, Kind.MOMENT),
    Column(_("Last sign-in"), lambda user: user.last_login, Kind.MOMENT, is_printed=True),
)


def of_users(rows: UserQuerySet, *, asked: Asked) -> Sheet:
    """These accounts, by name."""
    part = Part(rows.order_by("name", "pk"), User.objects.in_bulk)
    zone = timezone.get_current_timezone()
    return Sheet("users", _("Users"), COLUMNS, (part,), asked, zone=lambda _user: zone, is_personal=True)
