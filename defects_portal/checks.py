"""What `manage.py check` says about this machine and these settings."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections

from defects_portal import native

OLDEST_POSTGRESQL = 15


@register()
def pdf_libraries(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """PDFs need Pango; everything else works without it."""
    absent = native.missing()
    if not absent:
        return []
    return [
        checks.Warning(
            f"PDF pages will not work: {', '.join(absent)} cannot be loaded.",
            hint="apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (macOS: brew install pango)",
            id="defects_portal.W001",
        )
    ]


@register(Tags.security, deploy=True)
def base_url_is_https(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """Links in mails lead to BASE_URL: people's homes are shown there."""
    if settings.BASE_URL.startswith("https://"):
        return []
    return [checks.Warning("BASE_URL is not https.", hint="Set BASE_URL=https://...", id="defects_portal.W002")]


@register(Tags.database)
def postgresql_version(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """PostgreSQL 15 or newer."""
    return [
        checks.Error(f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed.", id="defects_portal.E001")
        for alias in databases or []
        if connections[alias].vendor == "postgresql" and postgresql_major(alias) < OLDEST_POSTGRESQL
    ]


def postgresql_major(alias: str) -> int:
    """The major version of the server behind a PostgreSQL connection."""
    connection: Any = connections[alias]
    connection.ensure_connection()
    return int(connection.pg_version) // 10000
