"""Children that are started, watched and ended in order. The children here are small real programs."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from defects_portal.supervisor import LOG_LIMIT, Part, Supervisor

POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("up", flush=True)
time.sleep(60)
"""
BUSY = """
import signal, sys, time
asked = []
signal.signal(signal.SIGTERM, lambda *_: asked.append(1))
signal.signal(signal.SIGQUIT, lambda *_: sys.exit(3))
print("up", flush=True)
while not asked: time.sleep(0.01)
time.sleep({seconds})
print("finished", flush=True)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def said():
    """What the supervisor tells."""
    return []


@pytest.fixture
def supervisor(tmp_path, said):
    made = Supervisor(logs=tmp_path, environment=os.environ, stop_order=["first", "second", "third"], say=said.append)
    yield made
    made.presses = 2
    made.stop()


def start(supervisor, name, program, **options):
    """Starts a small program and waits until it says that it is up."""
    part = Part(name, [sys.executable, "-c", program], **options)
    supervisor.start(part)
    until(lambda: "up" in part.log(supervisor.logs).read_text())
    return part


def until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_alive(pid):
    """Whether a process runs; one that ended and was not collected by its parent does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_parts_end_in_their_order_each_after_the_one_before(supervisor, monkeypatch):
    ended = []
    for name in ["third", "first", "second"]:
        start(supervisor, name, POLITE)
    plain_end = supervisor.end
    monkeypatch.setattr(supervisor, "end", lambda part: (plain_end(part), ended.append((part.name, part.is_running))))

    supervisor.stop()

    assert ended == [("first", False), ("second", False), ("third", False)]
    assert [part.process.returncode for part in supervisor.parts] == [0, 0, 0]


def test_a_worker_may_finish_what_it_holds(supervisor, tmp_path):
    part = start(supervisor, "first", BUSY.format(seconds=0.5), patience=10)

    supervisor.stop()

    assert "finished" in part.log(tmp_path).read_text()
    assert part.process.returncode == 0


def test_a_second_press_cuts_it_short(supervisor, tmp_path):
    part = start(supervisor, "first", BUSY.format(seconds=30), patience=60, hurry=signal.SIGQUIT)
    supervisor.presses = 1
    threading.Timer(0.3, lambda: supervisor.count_press(signal.SIGINT, None)).start()

    begun = time.monotonic()
    supervisor.stop()

    assert part.process.returncode == 3
    assert time.monotonic() - begun < 5


def test_a_part_that_does_not_listen_is_killed_after_its_patience(supervisor):
    part = start(supervisor, "first", DEAF, patience=0.3)

    supervisor.stop()

    assert part.process.returncode == -signal.SIGKILL


def test_a_part_that_ends_by_itself_is_told_with_the_end_of_its_log(supervisor, said):
    start(supervisor, "first", POLITE)
    start(supervisor, "second", "print('up', flush=True); print('the disk is gone'); raise SystemExit(4)")

    assert supervisor.watch() == 1
    supervisor.tell_death()

    assert "second ended with code 4" in said[0]
    assert "  the disk is gone" in said


def test_the_wish_to_end_is_no_failure(supervisor):
    start(supervisor, "first", POLITE)
    supervisor.count_press(signal.SIGTERM, None)

    assert supervisor.watch() == 0


def test_a_part_that_never_answers_is_not_waited_for_longer(supervisor):
    start(supervisor, "first", POLITE)

    assert not supervisor.wait_until(lambda: False, seconds=0.2)


def test_ctrl_c_on_the_terminal_does_not_reach_the_children(supervisor):
    part = start(supervisor, "first", POLITE)

    assert os.getsid(part.process.pid) == part.process.pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death")
def test_no_child_outlives_a_killed_supervisor(tmp_path):
    program = f"""
import os, pathlib, sys, time
from defects_portal.supervisor import Part, Supervisor
supervisor = Supervisor(logs=pathlib.Path({str(tmp_path)!r}), environment=os.environ, stop_order=["child"], say=print)
supervisor.start(Part("child", [sys.executable, "-c", {POLITE!r}]))
print(supervisor.parts[0].process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        until(lambda: "up" in (tmp_path / "child.log").read_text())
        parent.kill()

    until(lambda: not is_alive(child))


def test_a_long_log_begins_anew(supervisor, tmp_path):
    (tmp_path / "first.log").write_text("x" * (LOG_LIMIT + 1))

    part = start(supervisor, "first", POLITE)

    assert len(part.log(tmp_path).read_text()) < 100
    assert (tmp_path / "first.log.1").exists()
