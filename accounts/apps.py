"""The room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django, and its mails with the outbox."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "accounts"

    def ready(self) -> None:
        """Mails with a secret get their bodies here; the admin signs in through the same door as everybody."""
        from allauth.account.decorators import secure_admin_login
        from django.contrib import admin

        from accounts import mails

        mails.register()
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
