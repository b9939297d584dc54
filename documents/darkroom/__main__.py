"""One order in, one answer out, under limits that no file can argue with."""

import json
import os
import sys
from typing import Any

from documents.darkroom import Unusable, bounds

MEMORY = 600 * 1024 * 1024
"""Bytes of address space: 59 megapixels with transparency fit, a bomb doesn't."""
LARGEST_OUTPUT = 20 * 1024 * 1024
OPEN_FILES = 32


def examine(order: dict[str, Any]) -> dict[str, Any]:
    """Does what the order asks; `Unusable` when the file is at fault."""
    if order["family"] == "picture":
        from documents.darkroom import pictures

        return pictures.examine(order["path"], outputs=order["outputs"], is_thorough=order["is_thorough"])
    if order["family"] == "table":
        from documents.darkroom import tables

        return tables.examine(order["path"], order["outputs"]["rows"]["path"])
    from documents.darkroom import papers

    return papers.examine(order["path"], order["family"])


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


def main() -> None:
    """Reads the order, works, prints the answer."""
    order = json.load(sys.stdin)
    bounds.limit(seconds=order["seconds"], memory=MEMORY, largest_output=LARGEST_OUTPUT, open_files=OPEN_FILES)
    os.nice(order["niceness"])
    print(json.dumps(answer(order)))  # noqa: T201


if __name__ == "__main__":
    main()
