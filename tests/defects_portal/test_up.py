"""The whole product under its supervisor, as `./run` starts it: real processes, a real broker, real pages."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT

PATIENCE = 60

pytestmark = pytest.mark.timeout(300)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """A data folder of its own, and the processes on it."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "DEBUG": "1",
            "VAR_DIR": str(folder),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.process = None

    def manage(self, *words):
        """Runs one command to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    def start(self):
        """Starts `manage.py up` and waits until it has greeted."""
        with (self.folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.environment, stdout=said, stderr=said
            )
        self.wait(lambda: "Ctrl-C stops" in self.words(), "the greeting")

    @contextmanager
    def on_another_port(self):
        """Commands meanwhile are told another port."""
        self.environment["PORT"] = str(free_port())
        yield
        self.environment["PORT"] = str(self.port)

    def words(self):
        """What it has printed."""
        return (self.folder / "said").read_text()

    def wait(self, is_so, what):
        """Waits until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"{what} did not come:\n{self.words()}"
            assert self.process.poll() is None, f"ended before {what}:\n{self.words()}"
            time.sleep(0.05)

    def get(self, path):
        """Status and body of one page."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as web:
            web.request("GET", path)
            answer = web.getresponse()
            return answer.status, answer.read().decode()

    def log(self, part):
        """What one part has printed."""
        return (self.folder / "log" / f"{part}.log").read_text()

    def processes(self):
        """The processes that work on this folder."""
        mark = f"VAR_DIR={self.folder}".encode()
        return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if holds(path, mark)}

    def children(self):
        """The parts: direct children of the supervisor, by the words of their commands."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in pids}
        marks = {"web": "gunicorn", "relay": "relay", "worker": " worker ", "beat": " beat "}
        return {name: pid for name, mark in marks.items() for pid, words in commands.items() if mark in words}

    def end(self):
        """Leaves nothing behind."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        end = time.monotonic() + 20
        while self.processes() and time.monotonic() < end:
            time.sleep(0.1)
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


def holds(path, mark):
    """Whether a process has this in its environment; one that is not ours or gone has not."""
    try:
        return mark in path.read_bytes().split(b"\0")
    except OSError:
        return False


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An installation with its tables, copied for each test."""
    installation = Installation(tmp_path_factory.mktemp("up"))
    answer = installation.manage("prepare")
    assert answer.returncode == 0, answer.stderr
    return installation


@pytest.fixture
def installation(prepared):
    yield prepared
    prepared.end()


def test_it_serves_works_and_stops_cleanly(installation):
    installation.start()

    status, words = installation.get("/readyz")
    assert (status, json.loads(words)["broker"]) == (200, "ok")
    installation.wait(lambda: "ready." in installation.log("worker"), "the worker")

    installation.process.send_signal(signal.SIGINT)
    assert installation.process.wait(PATIENCE) == 0
    assert "Stopped." in installation.words()
    assert installation.processes() == set()


def test_a_second_one_is_refused_for_its_port_and_for_its_folder(installation):
    installation.start()

    assert f"Port {installation.port} cannot be used" in installation.manage("up").stderr
    with installation.on_another_port():
        assert "Another `manage.py up` is running" in installation.manage("up").stderr


def test_when_one_part_dies_all_stop_and_its_log_is_shown(installation):
    installation.start()

    os.kill(installation.children()["relay"], signal.SIGKILL)

    assert installation.process.wait(PATIENCE) == 1
    assert "relay ended with code -9" in installation.words()
    assert installation.processes() == set()


def test_nothing_outlives_a_killed_supervisor_and_it_starts_again(installation):
    installation.start()
    installation.wait(lambda: "ready." in installation.log("worker"), "the worker")

    installation.process.kill()
    installation.process.wait()

    end = time.monotonic() + PATIENCE
    while installation.processes():
        assert time.monotonic() < end, installation.processes()
        time.sleep(0.1)
    installation.start()
    assert installation.get("/healthz")[0] == 200
