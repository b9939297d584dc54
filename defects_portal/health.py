"""`/healthz` and `/readyz`, for the machine that watches this one. No secrets, no names."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts.access import public
from defects_portal import broker
from outbox.models import OutgoingMail

LEAST_FREE_BYTES = 200 * 1024 * 1024
LATE_MAIL = timedelta(minutes=10)


@public(reason="asked by a watching machine; says only that the process answers")
def healthz(request: HttpRequest) -> JsonResponse:
    """Always 200 while the process answers."""
    return JsonResponse({"status": "ok"})


@public(reason="asked by a watching machine; holds no secret")
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served: database, migrations and disk. Outbox and broker are reported, never required."""
    required = {"database": database(), "disk": disk()}
    if required["database"] == "ok":
        required["migrations"] = migrations()
    reported = {"outbox": reading(outbox), "broker": reading(broker_state)}
    is_ready = set(required.values()) == {"ok"}
    answer = {"status": "ready" if is_ready else "not ready", **required, **reported}
    return JsonResponse(answer, status=200 if is_ready else 503)


def database() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def migrations() -> str:
    """Whether the tables are those that this code needs."""
    return "ok" if are_migrated() or reread_migrations() else "behind"


@cache
def are_migrated() -> bool:
    """Looked up once: tables do not go back while a process lives."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def reread_migrations() -> bool:
    """Looks again after a negative answer."""
    are_migrated.cache_clear()
    return are_migrated()


def disk() -> str:
    """Whether there is room for uploads and the database."""
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return "away"
    return "ok" if free >= LEAST_FREE_BYTES else "nearly full"


def outbox() -> str:
    """How many mails wait longer than they should."""
    late = OutgoingMail.objects.undelivered().filter(queued_at__lt=timezone.now() - LATE_MAIL).count()
    return f"{late} mails late" if late else "ok"


def broker_state() -> str:
    """Whether the broker answers within a second."""
    if not settings.REDIS_URL:
        return "none"
    return "ok" if broker.is_answering(settings.REDIS_URL) else "away"


def reading(part: Callable[[], str]) -> str:
    """What a reported part says; it cannot break the answer."""
    try:
        return part()
    except (DatabaseError, OSError):
        return "unknown"
