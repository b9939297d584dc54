"""`python -m documents.darkroom.several`: one order after another, each in a process of its own.

Half of what a quick look at a photo takes is the start of Python and its picture library. Here that is done once: each
order is worked on by a fork, which alone opens the file, under the limits of a darkroom, and is gone afterwards.
"""

import contextlib
import json
import os
import sys
from typing import Any

from PIL import JpegImagePlugin  # noqa: F401 - what nearly every order needs, read before the first one

from documents.darkroom import pictures  # noqa: F401
from documents.darkroom.__main__ import answer, keep_within


def work(order: dict[str, Any]) -> tuple[int, str]:
    """The exit code of the fork and what it printed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        with contextlib.suppress(BaseException):
            os.close(reader)
            keep_within(order)
            os.write(writer, json.dumps(answer(order)).encode())
            code = 0
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        printed = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), printed.decode(errors="replace")


def main() -> None:
    """Until the input ends."""
    for line in sys.stdin.buffer:
        print(json.dumps(work(json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
