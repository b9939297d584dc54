"""The Celery application. Workers only ever do what a row in the database already asks for."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "defects_portal.settings")

app = Celery("defects_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
