"""Several files of one request in the darkroom: its start is paid once and not for each file."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from documents.darkroom import Unusable
from documents.examination import ENVIRONMENT


class Desk:
    """One child that forks for each order; begun with the first one, and anew after one that took too long."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None

    def run(self, order: dict[str, Any], wait: int) -> tuple[int, bytes]:
        """As `examination.run`."""
        child = self.child = self.child or begun()
        if child.stdin is None or child.stdout is None:
            raise OSError("The darkroom has no pipes.")
        try:
            child.stdin.write(json.dumps(order).encode() + b"\n")
            child.stdin.flush()
            if not select.select([child.stdout], [], [], wait)[0]:
                raise Unusable("too-slow")
            code, printed = json.loads(child.stdout.readline() or b"[-9, null]")
        except BaseException:
            self.close()
            raise
        if printed is None:
            self.close()
        return code, (printed or "").encode()

    def close(self) -> None:
        """Ends the child with its fork."""
        child, self.child = self.child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None


class Desks:
    """So many desks for the threads of one request."""

    def __init__(self, count: int) -> None:
        self.desks = [Desk() for _ in range(count)]
        self.free: SimpleQueue[Desk] = SimpleQueue()
        for desk in self.desks:
            self.free.put(desk)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for desk in self.desks:
            desk.close()

    def run(self, order: dict[str, Any], wait: int) -> tuple[int, bytes]:
        """The order on the next free desk."""
        desk = self.free.get()
        try:
            return desk.run(order, wait)
        finally:
            self.free.put(desk)


def begun() -> subprocess.Popen[bytes]:
    """A child in a group of its own, so that its fork ends with it."""
    return subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", "documents.darkroom.several"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env=ENVIRONMENT,
        start_new_session=True,
    )
