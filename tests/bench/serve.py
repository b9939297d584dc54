"""`python -m tests.bench.serve`: the web process with the options of `manage.py up`, in place of this one."""

import os
import sys

import django

django.setup()

from defects_portal.management.commands.up import web_options  # noqa: E402

command = [sys.executable, "-m", "gunicorn", *web_options(), "defects_portal.wsgi:application"]
os.execv(command[0], command)
