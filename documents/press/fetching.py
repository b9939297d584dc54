"""What a paper may load: the files that its order names, and our fonts. Everything else is nothing (quality.md 23)."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.press import fonts

FONT = "font/ttf"


class OwnFiles(URLFetcher):
    """Answers only addresses that the order lists (`picture:3`, `asset:logo`) and fonts (`font:...`).

    No scheme of the network, no file:, no data: ever reaches the machinery below: `fetch` never calls it.
    """

    def __init__(self, files: dict[str, dict[str, str]], font_folder: Path) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = files
        self.font_folder = font_folder
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The file behind one of our own names; ValueError for everything else."""
        named = self.files.get(url)
        if named:
            kept = named.get("content")
            return answer(url, BytesIO(b64decode(kept)) if kept else open(named["path"], "rb"), named["mime"])
        if url.startswith(fonts.PREFIX):
            return answer(url, open(self.font_folder / fonts.file_of(url), "rb"), FONT)
        self.refused.append(url[:200])
        raise ValueError("A paper loads nothing but its own files.")


def answer(url: str, file: BinaryIO, mime: str) -> URLFetcherResponse:
    """The open file as WeasyPrint takes it."""
    return URLFetcherResponse(url, body=file, headers={"Content-Type": mime})
