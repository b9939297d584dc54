"""What people type about themselves and others."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from accounts.choices import STAFF_ROLES, Role
from accounts.models import User
from accounts.querysets import UserQuerySet

PHONE_PATTERN = r"^[+0-9][0-9 ()./-]{4,28}$"


class EmailOnly(forms.Form):
    """An address that may or may not have an account."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
    )


class SignInForm(EmailOnly):
    """The door: an address, and a password for those who have one."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The address you gave us at handover, or your work address."),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    @property
    def wants_code(self) -> bool:
        """The code button was pressed, or Enter without a password."""
        way = self.data.get("way", "")
        return way == "code" or (way != "password" and not self.cleaned_data.get("password"))

    def clean(self) -> dict[str, Any]:
        """The password button needs a password."""
        cleaned = super().clean() or {}
        if self.data.get("way") == "password" and not cleaned.get("password") and not self.has_error("password"):
            self.add_error("password", _("Type your password, or let us e-mail you a code."))
        return cleaned


class CodeForm(forms.Form):
    """The digits from the mail."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input", "autofocus": True}
        ),
    )
    remember = forms.BooleanField(
        label=_("Stay signed in on this phone"),
        help_text=_("For 90 days. Not on a shared phone."),
        required=False,
        initial=True,
    )


class RememberForm(forms.Form):
    """The second tap of a homeowner's invitation."""

    remember = forms.BooleanField(
        label=_("Stay signed in on this phone"),
        help_text=_("For 90 days. Not on a shared phone."),
        required=False,
        initial=True,
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[1:2])

    def clean_password(self) -> str:
        """Long enough, not common, not the person's own name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same. Type the new password once more."))
        return cleaned


class ConfirmForm(forms.Form):
    """The password of the person who is signed in."""

    current = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class UserSearchForm(forms.Form):
    """Finds people on the settings page."""

    q = forms.CharField(label=_("Name, e-mail or phone"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("enabled", _("Enabled")), ("disabled", _("Disabled"))],
    )

    def filter(self, users: UserQuerySet) -> UserQuerySet:
        """The rows that fit what was asked."""
        asked = self.cleaned_data
        if asked["q"]:
            users = users.searched(asked["q"])
        if asked["role"]:
            users = users.filter(role=asked["role"])
        return users.filter(is_active=asked["state"] == "enabled") if asked["state"] else users

    def query(self) -> str:
        """What was asked, for the links to further pages."""
        return urlencode({name: value for name, value in self.data.items() if name in self.fields and value})


class DetailsForm(forms.Form):
    """Name and phone."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.RegexField(
        PHONE_PATTERN,
        label=_("Phone"),
        required=False,
        help_text=_("With the country code, as +60 12 345 6789."),
        error_messages={"invalid": _("Digits, spaces and a leading + only.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class AddUserForm(DetailsForm):
    """A new person: the invitation goes out at once."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    field_order = ["name", "email", "phone", "role"]


class EmailForm(forms.Form):
    """Another address to sign in with."""

    email = forms.EmailField(label=_("New e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class RoleForm(forms.Form):
    """Another role inside the office."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in STAFF_ROLES])


class ReasonForm(forms.Form):
    """Why; it stands in the audit."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
