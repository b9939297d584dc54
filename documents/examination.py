"""Sends a file into the darkroom (a bounded child process) and brings the findings back."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.darkroom import Unusable

QUICK_SECONDS = 7
"""A sender waits for this: every bad file is answered within 10 s."""
PATIENT_SECONDS = 40
COPY_SECONDS = 900
"""For encoding a video anew: some three minutes of the sharpest, or a quarter of an hour of full HD."""

ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8", "PATH": os.defpath}

Runner = Callable[[dict[str, Any], int], tuple[int, bytes]]

log = logging.getLogger(__name__)


def examine(
    path: Path,
    family: str,
    *,
    outputs: dict[str, dict[str, Any]] | None = None,
    copy: Path | None = None,
    is_thorough: bool,
    seconds: int,
    wait: int | None = None,
    runner: Runner | None = None,
) -> dict[str, Any]:
    """What the file holds; writes `outputs` ({size: {"path", "edge"}}) on the way, or only the `copy` of a video.

    It may use `seconds` of processor time; `wait` is how long it may take on a busy machine (default: a second more).
    `runner` starts the child in another way than `run`. Raises `Unusable` when the file is at fault, `OSError` when
    this machine is (a full disk, no memory to start with).
    """
    order = {
        "path": str(path),
        "family": family,
        "outputs": outputs or {},
        "copy": str(copy) if copy else "",
        "is_thorough": is_thorough,
        "seconds": seconds,
        "niceness": 10 if seconds > QUICK_SECONDS else 0,  # nobody waits for the worker
    }
    return read_answer(*(runner or run)(order, wait or seconds + 1))


def run(order: dict[str, Any], wait: int, *, module: str = "documents.darkroom") -> tuple[int, bytes]:
    """Exit code and printed answer of a child; it is killed when it takes longer than `wait` seconds."""
    try:
        child = subprocess.run(
            [sys.executable, "-E", "-s", "-m", module],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env=ENVIRONMENT,
            timeout=wait,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unusable("too-slow") from error
    if child.returncode:
        log.warning("%s ended with %s: %s", module, child.returncode, child.stderr[-500:].decode(errors="replace"))
    return child.returncode, child.stdout


def read_answer(code: int, printed: bytes) -> dict[str, Any]:
    """The findings; a child that died took its reason along, so that the signal has to tell."""
    if code == -signal.SIGXCPU:
        raise Unusable("too-slow")
    if code == -signal.SIGKILL:  # not by us: the machine ran out of memory
        raise OSError("The machine ended the darkroom.")
    if code:
        raise Unusable("damaged")
    answer = json.loads(printed)
    if "unusable" in answer:
        raise Unusable(answer["unusable"])
    if "broken" in answer:
        raise OSError(answer["broken"], os.strerror(answer["broken"]))
    return answer["findings"]
