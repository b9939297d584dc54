"""The product's settings with the few differences that tests need.

The environment of the person who runs the tests does not leak in: only `TEST_DATABASE_URL` is read.
Every process (also each xdist worker) has its own folder and its own database.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

os.environ.update(
    DEBUG="1",
    VAR_DIR=str(FOLDER),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    REDIS_URL="",
    EMAIL_URL="",
    STORAGE_URL="",
    BASE_URL="http://testserver",
    ALLOWED_HOSTS="testserver",
    TRUSTED_PROXIES="",
    SECURE_COOKIES="",
    REQUIRE_STAFF_MFA="",
    TIME_ZONE="",
    SECRET_KEY="",
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright's event loop runs in the thread of the tests
)

from defects_portal.settings import *  # noqa: E402, F403
from defects_portal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, TEMPLATES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.rig", "zeal"]
MIDDLEWARE = [
    "tests.rig.zeal_on_pages.watch_pages",
    *(name for name in MIDDLEWARE if "whitenoise" not in name),  # it scans the static folder for every new client
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES = [{**TEMPLATES[0], "BACKEND": "tests.rig.silence.SilentTemplates", "NAME": "django"}]

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: several threads and processes then see what they would see in production.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}

ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    {"model": "sessions.Session"},  # Django reads a dead session once more to delete it
    {"model": "ledger.Counter"},  # the preview of a move gives numbers to an order and to its list, and undoes it
    {"model": "outbox.OutgoingMail"},  # one event tells several people, each mail is its own row
]
