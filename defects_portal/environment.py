"""Settings from the environment: typed, and an odd value is refused with a sentence.

Nothing else in the project reads `os.environ`. The names are listed in README.md.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
REDIS_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 900,  # longer than the longest task: what a dead worker held comes back after that
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}


class Environment:
    """Reads named settings from a mapping (the process environment unless told otherwise)."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks, or the default."""
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """A yes or no: 1/0, true/false, yes/no, on/off."""
        word = self.text(name).lower()
        if not word:
            return default
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name}={word!r} is neither yes nor no: write 1 or 0.")

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        """A whole number between `low` and `high`."""
        word = self.text(name)
        if not word:
            return default
        if not word.isdecimal() or not low <= int(word) <= high:
            raise ImproperlyConfigured(f"{name}={word!r} is not a whole number from {low} to {high}.")
        return int(word)

    def words(self, name: str, default: str = "") -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def one_of(self, name: str, default: str, known: tuple[str, ...]) -> str:
        """One of a few words."""
        word = self.text(name, default)
        if word not in known:
            raise ImproperlyConfigured(f"{name}={word!r} is none of {', '.join(known)}.")
        return word

    def zone(self, name: str, default: str) -> str:
        """An IANA time zone name that this machine knows."""
        word = self.text(name, default)
        try:
            ZoneInfo(word)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ImproperlyConfigured(
                f"{name}={word!r} is not a time zone; write one such as Asia/Kuala_Lumpur."
            ) from error
        return word

    def web_address(self, name: str, default: str) -> str:
        """A bare http(s) address without path, query or trailing slash."""
        word = self.text(name, default).rstrip("/")
        parts = urlsplit(word)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise ImproperlyConfigured(f"{name}={word!r} is not an address such as https://defects.example.com.")
        return word


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for one database address; empty means SQLite in `folder`."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return sqlite(str(folder / "portal.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.lstrip("/"):
            raise ImproperlyConfigured("DATABASE_URL names no file: write sqlite:////folder/file.sqlite3.")
        return sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(parts.hostname or "", parts.port, parts)
    raise ImproperlyConfigured(f"DATABASE_URL starts with {parts.scheme!r}; use sqlite:// or postgresql://.")


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as measured in the design: WAL, IMMEDIATE transactions, 20 s of patience."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
            ),
        },
    }


def postgresql(host: str, port: int | None, parts: Any) -> dict[str, Any]:
    """PostgreSQL with bounded statements, so that no page can hang on a lock."""
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", host),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": "-c statement_timeout=30000", **query},
    }


def storage(url: str) -> tuple[dict[str, Any], list[str]]:
    """Django's default storage for `STORAGE_URL`, and the origins that a page then loads pictures from.

    Empty: files below MEDIA_ROOT. s3://[key:secret@]bucket?region=ap-southeast-1 (keys also from boto's own places), or
    s3://[key:secret@]bucket?endpoint=https://storage.example.com for another S3-type store.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}, []
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    region = query.pop("region", "")
    endpoint = query.pop("endpoint", "") or (f"https://s3.{region}.amazonaws.com" if region else "")
    if parts.scheme != "s3" or not parts.hostname or not endpoint or query or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "STORAGE_URL is not of the form s3://bucket?region=ap-southeast-1 or s3://bucket?endpoint=https://host."
        )
    is_own = not endpoint.endswith(".amazonaws.com")
    place = urlsplit(endpoint)
    options = {
        "bucket_name": parts.hostname,
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "region_name": region or None,
        "endpoint_url": endpoint,
        "addressing_style": "path" if is_own else "virtual",
        "signature_version": "s3v4",
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": True,  # paths hold a random id: only the same rendition made again meets its own name
    }
    host = place.netloc if is_own else f"{parts.hostname}.{place.netloc}"
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}, [f"{place.scheme}://{host}"]


def mail(url: str, *, debug: bool) -> dict[str, Any]:
    """Django's e-mail settings for `EMAIL_URL`.

    smtp://user:password@host:25, smtp+tls://host:587 (STARTTLS), smtps://host:465. Empty is allowed only with DEBUG:
    every mail is then kept as a file and read at /inbox/.
    """
    if not url:
        if not debug:
            raise ImproperlyConfigured("EMAIL_URL is empty: without it nobody is told anything. Write smtp://host:25.")
        return {"EMAIL_BACKEND": "outbox.backends.FolderBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is not of the form smtp://host:25, smtp+tls://host:587 or smtps://host:465."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def broker(url: str) -> tuple[str, dict[str, Any]]:
    """Celery's broker address and transport options for `REDIS_URL`.

    Nothing waits long for a broker that is away or hangs: the outbox keeps what could not be handed over. Empty means
    that this process has no broker; `manage.py up` gives its children the address of the embedded one.
    """
    if not url:
        return "redis+socket:///no-broker", REDIS_OPTIONS
    parts = urlsplit(url)
    if parts.scheme == "filesystem":
        folder = Path(parts.path)
        folder.mkdir(parents=True, exist_ok=True)
        return "filesystem://", {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.05,
        }
    if parts.scheme not in {"redis", "rediss", "redis+socket"}:
        raise ImproperlyConfigured(
            "REDIS_URL is not of the form redis://host:6379/0, rediss://... or redis+socket:///path."
        )
    return url, REDIS_OPTIONS
