"""The top room: settings, addresses, the worker, and the commands that span rooms."""

from defects_portal.celery import app as celery_app

__all__ = ["celery_app"]
