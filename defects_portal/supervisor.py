"""Runs the parts of one installation as child processes and ends them in order.

Each child has its own session, so Ctrl-C reaches only this process, which then signals main processes one after the
other: a worker may finish the task in its hands. On Linux no child outlives a killed supervisor.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
TICK = 0.1
TAIL_LINES = 20
LOG_LIMIT = 5_000_000
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One child: its command and the seconds it may take to end.

    `hurry` is the signal of a second Ctrl-C, `orphaned` the one it gets from the kernel when the supervisor is killed.
    """

    name: str
    command: Sequence[str]
    patience: float = 10.0
    hurry: signal.Signals = signal.SIGKILL
    orphaned: signal.Signals = signal.SIGTERM
    keep_open: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def is_running(self) -> bool:
        """Started and not ended."""
        return self.process is not None and self.process.poll() is None

    def log(self, folder: Path) -> Path:
        """The file that holds what it prints."""
        return folder / f"{self.name}.log"

    def start(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Starts it with its output in its log."""
        path = self.log(folder)
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,
                pass_fds=tuple(self.keep_open),
                preexec_fn=end_with_parent(self.orphaned),  # noqa: PLW1509 - the supervisor has no threads
            )


class Supervisor:
    """Starts parts in the order given, watches them, and stops them in the order of `stop_order`."""

    def __init__(
        self, *, logs: Path, environment: Mapping[str, str], stop_order: Sequence[str], say: Callable[[str], None]
    ) -> None:
        self.logs, self.environment, self.stop_order, self.say = logs, environment, stop_order, say
        self.parts: list[Part] = []
        self.presses = 0
        logs.mkdir(parents=True, exist_ok=True)

    def listen(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal ask for the end."""
        for number in STOP_SIGNALS:
            signal.signal(number, self.count_press)

    def count_press(self, number: int, frame: FrameType | None) -> None:
        """One more wish to end: the second one makes it short."""
        self.presses += 1

    def start(self, part: Part) -> None:
        """Starts one more part."""
        part.start(self.logs, self.environment)
        self.parts.append(part)

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> bool:
        """Waits for a part to answer; False when one ended, the end was asked for, or the time is over."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self.presses or self.dead() or time.monotonic() > deadline:
                return False
            time.sleep(TICK)
        return True

    def watch(self) -> int:
        """Waits until the end is asked for (0) or a part ends by itself (1)."""
        while not self.presses:
            if self.dead():
                return 1
            time.sleep(TICK)
        return 0

    def dead(self) -> Part | None:
        """A part that has ended."""
        return next((part for part in self.parts if not part.is_running), None)

    def tell_death(self) -> None:
        """Says which part ended, with the last lines of its log."""
        part = self.dead()
        if part is None or part.process is None:
            return
        self.say(f"{part.name} ended with code {part.process.returncode}. The end of {part.log(self.logs)}:")
        lines = part.log(self.logs).read_text(errors="replace").splitlines()
        for line in lines[-TAIL_LINES:]:
            self.say(f"  {line}")

    def stop(self) -> None:
        """Ends every part that runs: politely, then after its patience by force."""
        by_order = sorted(self.parts, key=lambda part: self.stop_order.index(part.name))
        for part in by_order:
            if part.is_running:
                self.end(part)

    def end(self, part: Part) -> None:
        """Ends one part."""
        process = part.process
        if process is None:
            return
        process.terminate()
        deadline = time.monotonic() + part.patience
        has_hurried = False
        while process.poll() is None and time.monotonic() < deadline:
            if self.presses > 1 and not has_hurried:
                process.send_signal(part.hurry)
                has_hurried, deadline = True, min(deadline, time.monotonic() + 5)
            time.sleep(TICK / 2)
        if process.poll() is None:
            process.kill()
            process.wait()


def end_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program so that it gets a signal when its parent dies; only Linux knows how."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return ask_kernel
