"""The room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django, and its mails with the outbox."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "accounts"

    def ready(self) -> None:
        """Mails with a secret get their bodies here."""
        from accounts import mails

        mails.register()
