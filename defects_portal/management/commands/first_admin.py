"""`manage.py first_admin EMAIL`: the way into a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import EmailValidator
from django.forms import ValidationError
from django.utils import timezone

from accounts.invitations import InvitationRefused, first_admin_link


class Command(BaseCommand):
    help = "Makes the first administrator and prints a link that opens the account once, within 72 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the address."""
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        try:
            EmailValidator()(options["email"])
            link = first_admin_link(options["email"], timezone.now())
        except ValidationError as error:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from error
        except InvitationRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(link)
