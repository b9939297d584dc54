"""One order in, one PDF out, under limits that no document can argue with (quality.md 23: 15 s, 512 MB)."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from documents.darkroom import Unusable, bounds

MEMORY = 512 * bounds.MEGABYTE
LARGEST_OUTPUT = 64 * bounds.MEGABYTE
OPEN_FILES = 64


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """The second lock behind the fetcher: this process opens no connection and starts no program."""
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.posix_spawn"}:
        raise PermissionError(f"{event} is nothing that a paper does.")


def print_paper(order: dict[str, Any]) -> dict[str, Any]:
    """Writes the PDF to `order["target"]`; how many pages, and what it asked for and did not get."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.press import fetching, fonts

    sys.addaudithook(forbid)
    fetcher = fetching.OwnFiles(order["files"], Path(order["fonts"]))
    known = FontConfiguration()
    sheets = [
        CSS(string=text, url_fetcher=fetcher, font_config=known)
        for text in (fonts.faces(order["html"]), Path(order["style"]).read_text())
    ]
    document = HTML(string=order["html"], base_url=None, url_fetcher=fetcher).render(
        stylesheets=sheets, font_config=known, pdf_variant="pdf/ua-1"
    )
    document.write_pdf(order["target"])
    return {"pages": len(document.pages), "refused": fetcher.refused}


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """The findings, or why there is no paper."""
    try:
        return {"findings": print_paper(order)}
    except MemoryError:
        return {"unusable": "paper-too-much-memory"}
    except Unusable as refusal:
        return {"unusable": refusal.reason}
    except OSError as error:
        return {"broken": error.errno or 5}


def main() -> None:
    """Reads the order, works, prints the answer."""
    order = json.load(sys.stdin)
    bounds.limit(seconds=order["seconds"], memory=MEMORY, largest_output=LARGEST_OUTPUT, open_files=OPEN_FILES)
    os.nice(order["niceness"])
    print(json.dumps(answer(order)))  # noqa: T201


if __name__ == "__main__":
    main()
