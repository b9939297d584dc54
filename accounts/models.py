"""People who sign in, their links and their tries."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.choices import DESK_ROLES, STAFF_ROLES, Outcome, Role
from accounts.phones import display
from accounts.querysets import MOST_TRIES, LinkTokenQuerySet, SignInAttemptQuerySet, SignInCodeQuerySet, UserQuerySet
from ledger.actors import Actor


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; the e-mail address is the name to sign in with, kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **facts: object) -> "User":
        """A user; without a password it can only sign in by a code or a link."""
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Finds by address in any case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account with one role. Disabled, never deleted."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    is_active = models.BooleanField(_("enabled"), default=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="accounts_user_role"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_desk(self) -> bool:
        """Works cases: officer or manager."""
        return self.role in DESK_ROLES

    @property
    def is_staff(self) -> bool:
        """May enter /admin/: the administrator."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_office(self) -> bool:
        """Belongs to the developer's office: officer, manager, administrator."""
        return self.role in STAFF_ROLES

    @property
    def phone_shown(self) -> str:
        """The phone as people read it; as it was typed where it is no number with a country code."""
        return display(self.phone)

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        parts = self.name.split() or ["?"]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    def actor(self, *, channel: str = "desk", address: str = "", party_id: int | None = None) -> Actor:
        """This person as the author of a change."""
        return Actor(self.name, self.role, self.pk, party_id, channel, address)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's admin asks this: the administrator may, nobody else. Pages of ours ask for roles."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`, for a whole room."""
        return self.has_perm(app_label)

    @property
    def seal(self) -> str:
        """A mark that stays the same as long as this person's sessions may live; links carry it and die with it."""
        return salted_hmac("accounts.User.seal", self.get_session_auth_hash(), algorithm="sha256").hexdigest()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match to live: whatever changes here ends every session of the person at once."""
        facts = f"{self.password}|{self.role}|{self.is_active}|{self.email}|{self.session_epoch}"
        return salted_hmac("accounts.User.session", facts, secret=secret, algorithm="sha256").hexdigest()


class LinkToken(models.Model):
    """A link that was mailed, known by the hash of its token only."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.SlugField(max_length=40)
    subject = models.CharField(max_length=60)
    audience = models.EmailField()
    facts = models.JSONField(default=dict)
    single_use = models.BooleanField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkTokenQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "purpose"], name="accounts_linktoken_subject"),
            models.Index(fields=["audience"], name="accounts_linktoken_audience"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="accounts_linktoken_lives_a_while"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


class SignInAttempt(models.Model):
    """One try to prove who somebody is. Keeps no typed text: `account` is a keyed hash of the address typed."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    kind = models.SlugField(max_length=20)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    at = models.DateTimeField(db_index=True)

    objects = SignInAttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "kind", "at"], name="accounts_attempt_account"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="accounts_attempt_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


class SignInCode(models.Model):
    """A request for a code by e-mail, from one browser. Without a user it is a blind: nobody gets a mail.

    The code itself is kept nowhere: `accounts.codes` derives it from the nonce and the secret key of the installation.
    """

    nonce = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sign_in_codes")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="accounts_signincode_three_tries")
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"
