"""The audit, the reference counters, the presses of buttons. No row points at a user: ids and names are values."""

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Which entries."""

    def about(self, kind: str, pk: int) -> "AuditQuerySet":
        """Everything that was done to one row."""
        return self.filter(about=kind, about_id=pk)

    def by_user(self, user_id: int) -> "AuditQuerySet":
        """Everything that one account did."""
        return self.filter(actor_user_id=user_id)


class AuditEntry(models.Model):
    """One change: who, what, old, new, when, from where, why. Append-only in the database (`ledger.triggers`)."""

    at = models.DateTimeField(_("when"))
    action = models.CharField(_("action"), max_length=60)
    actor_user_id = models.BigIntegerField(null=True)
    actor_party_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("by"), max_length=150)
    actor_role = models.CharField(_("role"), max_length=20)
    channel = models.CharField(_("channel"), max_length=20)
    address = models.CharField(_("from"), max_length=64, blank=True)
    about = models.CharField(_("about"), max_length=40)
    about_id = models.BigIntegerField()
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    old = models.JSONField(_("old"), null=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(_("new"), null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"), blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["about", "about_id", "-id"], name="ledger_audit_about"),
            models.Index(fields=["actor_user_id", "-id"], name="ledger_audit_actor"),
            models.Index(fields=["reference", "-id"], name="ledger_audit_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.reference or self.about_id}"


class Counter(models.Model):
    """The last number given out of one series of references."""

    name = models.CharField(max_length=40, unique=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class PressQuerySet(models.QuerySet["Press"]):
    """Which presses."""

    def older_than(self, at: datetime) -> "PressQuerySet":
        """Presses made before `at`."""
        return self.filter(pressed_at__lt=at)


class Press(models.Model):
    """One press of one form's button by one person, and where it led. Kept for a week (`ledger.duties`)."""

    author = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    pressed_at = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=500, blank=True)
    is_repeat = False  # said by `ledger.idempotency.first_time`, not stored

    objects = PressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "presses"
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="ledger_press_once")]

    def __str__(self) -> str:
        return self.key

    def settle(self, answer: str) -> None:
        """Remembers the address that the first press was sent to; every repeat is sent there too."""
        self.answer = answer
        self.save(update_fields=["answer"])
