"""The room `ledger`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from ledger import triggers


class LedgerConfig(AppConfig):
    """Keeps the audit append-only, and with it every table that another room names."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "ledger"

    def ready(self) -> None:
        """Installs the triggers after each migrate."""
        triggers.append_only("ledger_auditentry", redactable=("actor_name", "address", "old", "new", "reason"))
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="ledger.triggers")
