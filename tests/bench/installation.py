"""One installation to measure: its own folder, database, data and web process, on the loopback."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEBUG, RELEASE = {"DEBUG": "1"}, {"DEBUG": "0", "SECRET_KEY": "bench" * 12, "REQUIRE_STAFF_MFA": "0"}


@dataclass(frozen=True)
class Spent:
    """What a process took."""

    seconds: float
    cpu: float
    megabytes: float


class Installation:
    """Made by `build`; every command runs as a process of its own with its environment."""

    def __init__(self, folder, database_url, smtp_url):
        self.folder = folder
        self.port = free_port()
        self.web = None
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "EMAIL_URL": smtp_url,
            "PORT": str(self.port),
            "BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def build(self, cases):
        """Tables, and so many cases; the seconds and the peak memory (MB) of making them."""
        self.run(["manage.py", "prepare"], DEBUG)
        self.run(["manage.py", "demo"], DEBUG)
        begun = time.monotonic()
        self.run(["manage.py", "demo", "--cases", str(cases)], DEBUG)
        seconds = time.monotonic() - begun
        self.run(["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], RELEASE)
        return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

    def run(self, command, mode=RELEASE):
        """Runs a Python command to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment | mode, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def spent(self, command, mode=RELEASE, given=os.devnull):
        """Runs a Python command with `given` as its input; its seconds, those of the processor, its peak memory."""
        log = self.folder / "spent.log"
        with log.open("wb") as out, open(given, "rb") as words:
            begun = time.monotonic()
            child = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment | mode,
                stdin=words,
                stdout=out,
                stderr=out,
            )
            _pid, status, used = os.wait4(child.pid, 0)
            seconds = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{log.read_text()[-4000:]}")
        return Spent(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def ask(self, module, *arguments):
        """Runs a module of this package inside the installation; its last line is JSON."""
        return json.loads(self.run(["-m", f"tests.bench.{module}", *map(str, arguments)]).splitlines()[-1])

    @contextmanager
    def serving(self):
        """The web process runs."""
        log = (self.folder / "web.log").open("ab")
        self.web = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.serve"],
            cwd=ROOT,
            env=self.environment | RELEASE,
            stdout=log,
            stderr=log,
        )
        try:
            self.wait()
            yield
        finally:
            self.web.send_signal(signal.SIGTERM)
            self.web.wait(30)
            log.close()

    def wait(self):
        """Until the site answers."""
        end = time.monotonic() + 60
        while not self.is_answering():
            if self.web.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "web.log").read_text()[-4000:])
            time.sleep(0.1)

    def is_answering(self):
        """The process check."""
        web = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            web.request("GET", "/healthz")
            return web.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            web.close()

    def memory(self):
        """MB of each worker process of the web server."""
        workers = subprocess.run(["ps", "--ppid", str(self.web.pid), "-o", "rss="], capture_output=True, text=True)
        return sorted(round(int(line) / 1024) for line in workers.stdout.split())


def free_port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
