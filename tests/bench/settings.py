"""The product's own settings with one more middleware."""

from defects_portal.settings import *  # noqa: F403
from defects_portal.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.timing.middleware", *MIDDLEWARE]
