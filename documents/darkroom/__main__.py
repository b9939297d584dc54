"""One order in, one answer out, under limits that no file can argue with."""

import json
import os
import sys
from typing import Any

from documents.darkroom import Unusable, bounds

MEMORY = 600 * 1024 * 1024
"""Bytes of address space: 59 megapixels with transparency fit, a bomb doesn't."""
LARGEST_OUTPUT = {"picture": 20 * 1024 * 1024, "table": 20 * 1024 * 1024, "video": 300 * 1024 * 1024}
"""Bytes of one file that is written; the longest video that is encoded anew comes to 250 MB."""
OPEN_FILES = 32


def examine(order: dict[str, Any]) -> dict[str, Any]:
    """Does what the order asks; `Unusable` when the file is at fault."""
    if order["family"] == "picture":
        from documents.darkroom import pictures

        return pictures.examine(order["path"], outputs=order["outputs"], is_thorough=order["is_thorough"])
    if order["family"] == "table":
        from documents.darkroom import tables

        return tables.examine(order["path"], order["outputs"]["rows"]["path"])
    if order["family"] == "video":
        return watch(order)
    from documents.darkroom import papers

    return papers.examine(order["path"], order["family"])


def watch(order: dict[str, Any]) -> dict[str, Any]:
    """Looks at a video, or writes the copy that people play when the order names a place for it."""
    from documents.darkroom import copies, films

    if order["copy"]:
        return copies.examine(order["path"], target=order["copy"])
    return films.examine(order["path"], outputs=order["outputs"], is_thorough=order["is_thorough"])


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """The findings, or why the file is unusable: decoders raise anything at all, so everything is caught here."""
    try:
        return {"findings": examine(order)}
    except Unusable as refusal:
        return {"unusable": refusal.reason}
    except MemoryError:
        return {"unusable": "too-much-memory"}
    except OSError as error:
        # A number means that the operating system refused (a full disk, say): not the file's fault.
        return {"broken": error.errno} if error.errno else {"unusable": "damaged"}
    except Exception:
        return {"unusable": "damaged"}


def keep_within(order: dict[str, Any]) -> None:
    """Bounds this process for good, as the order says."""
    bounds.limit(
        seconds=order["seconds"],
        memory=MEMORY,
        largest_output=LARGEST_OUTPUT.get(order["family"], 0),
        open_files=OPEN_FILES,
    )
    os.nice(order["niceness"])


def main() -> None:
    """Reads the order, works, prints the answer."""
    order = json.load(sys.stdin)
    keep_within(order)
    print(json.dumps(answer(order)))  # noqa: T201


if __name__ == "__main__":
    main()
