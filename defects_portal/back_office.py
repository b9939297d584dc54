"""Django's admin for reference data, with our own doors and only our own tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.views import door


class Site(AdminSite):
    """The default admin site (see `apps.BackOfficeConfig`)."""

    def register(self, model_or_iterable: Any, admin_class: type[ModelAdmin] | None = None, **options: Any) -> None:
        """Leaves out what Django and allauth register: secrets, keys and groups, which nobody may edit here."""
        asked: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        super().register([model for model in asked if is_ours(model)], admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The same way in as everywhere, with its throttles and its second factor."""
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(  # type: ignore[override]  # a redirect is no TemplateResponse
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """One page changes passwords: it asks for the second factor and ends other sessions."""
        return redirect("account_change_password")

    password_change_done = password_change  # type: ignore[assignment]

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """The same way out as everywhere, which is written into the audit."""
        return door.sign_out(request)


def is_ours(model: type[Model]) -> bool:
    """Whether a table belongs to one of our rooms."""
    return Path(apps.get_app_config(model._meta.app_label).path).parent == settings.BASE_DIR
