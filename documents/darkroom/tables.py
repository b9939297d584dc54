"""Reads CSV and XLSX into plain lines: one JSON array [sheet, row, cells] each, all cells text, blank rows left out.

Values are read, never formulas: a cell with a formula counts with its last result. Nothing is evaluated or fetched.
"""

import csv
import datetime
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO, Any

from documents.darkroom import Unusable, papers

MOST_ROWS = 30_000
MOST_COLUMNS = 60
MOST_SHEETS = 20
LONGEST_CELL = 2_000
LARGEST_OUTPUT = 19 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
LOOKED_AT = 64 * 1024
DELIMITERS = (",", ";", "\t", "|")
BLANK_MARKS = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u200b": None, "\ufeff": None, "\r": "\n"})


def examine(path: str, output: str) -> dict[str, Any]:
    """Format, sheets, encoding and number of rows of the table at `path`; its rows go to `output`."""
    with open(path, "rb") as file:
        head = file.read(LOOKED_AT)
    with open(output, "w", encoding="utf-8") as lines:
        writer = Lines(lines)
        if head.startswith(b"PK\x03\x04"):
            return workbook(path, writer)
        return text(path, head, writer)


class Lines:
    """Writes rows until there are too many of them."""

    def __init__(self, file: IO[str]) -> None:
        self.file, self.rows, self.size = file, 0, 0

    def write(self, sheet: int, number: int, values: Iterable[Any]) -> None:
        """One row, unless it is blank."""
        cells = [plain(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        line = json.dumps([sheet, number, cells], ensure_ascii=False, separators=(",", ":"))
        self.rows, self.size = self.rows + 1, self.size + len(line.encode()) + 1
        if self.rows > MOST_ROWS or self.size > LARGEST_OUTPUT:
            raise Unusable("too-many-rows")
        self.file.write(line + "\n")


def plain(value: Any) -> str:
    """The value as text without loose ends: days as 2026-03-04, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return tidy(str(value))


def tidy(text: str) -> str:
    """One line-break sign, ordinary blanks, no control signs; what a spreadsheet says instead of a value is nothing."""
    composed = unicodedata.normalize("NFC", text[: LONGEST_CELL * 2].replace("\r\n", "\n").translate(BLANK_MARKS))
    shown = "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    shown = shown.strip()[:LONGEST_CELL]
    if shown.startswith('="') and shown.endswith('"'):  # how other programs keep leading zeros
        shown = shown[2:-1]
    if shown[:1] == "'" and shown[1:2] in {"=", "+", "-", "@"}:  # how we and others keep a cell from being a formula
        shown = shown[1:]
    return "" if shown in {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"} else shown


def workbook(path: str, lines: Lines) -> dict[str, Any]:
    """Every visible sheet, read as a stream; bombs and macros are refused before anything is unpacked."""
    import zipfile

    import openpyxl

    if papers.packed(path) != "xlsx":
        raise Unusable("not-a-table")
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Unusable("bomb")
    with open(path, "rb") as file:  # by its bytes: openpyxl turns down a path that does not end in .xlsx
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        for index, sheet in enumerate(sheets):
            read_sheet(sheet, index, lines)
    return {"format": "xlsx", "sheets": [sheet.title for sheet in sheets], "encoding": "", "rows": lines.rows}


def read_sheet(sheet: Any, index: int, lines: Lines) -> None:
    """One sheet; what the file claims about its size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if row:
            lines.write(index, number, row[:MOST_COLUMNS])


def text(path: str, head: bytes, lines: Lines) -> dict[str, Any]:
    """A text with separated values, in whatever encoding it came."""
    with open(path, "rb") as file:
        content = file.read()
    encoding, is_guess = encoding_of(content, head)
    decoded = content.decode(encoding, errors="replace" if is_guess else "strict").removeprefix("\ufeff")
    if decoded.lstrip()[:1] == "<" or decoded.startswith(("%PDF", "{\\rtf")) or odd_share(decoded[:LOOKED_AT]) > 0.02:
        raise Unusable("not-a-table")
    delimiter, decoded, skipped = delimiter_of(decoded)
    csv.field_size_limit(LONGEST_CELL * 50)
    try:
        for number, row in numbered(decoded, delimiter):
            lines.write(0, number + skipped, row[:MOST_COLUMNS])
    except csv.Error as error:
        raise Unusable("damaged") from error
    return {
        "format": "csv",
        "sheets": [""],
        "encoding": encoding,
        "is_guess": is_guess,
        "delimiter": delimiter,
        "rows": lines.rows,
    }


def numbered(decoded: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on, as an editor or a spreadsheet counts rows."""
    yield from enumerate(csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter), start=1)


def encoding_of(content: bytes, head: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is only the likeliest one."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return (encoding, False) if decodes(content, encoding) else (encoding, True)
    if b"\x00" in head:
        zeros = [head[place::2].count(0) / max(len(head) // 2, 1) for place in (0, 1)]
        for encoding, share in (("utf-16-le", zeros[1]), ("utf-16-be", zeros[0])):
            if share > 0.3 and decodes(content, encoding):
                return encoding, True
        raise Unusable("not-a-table")
    if decodes(content, "utf-8"):
        return "utf-8", False
    return ("gb18030", True) if looks_chinese(content) else ("cp1252", True)


def decodes(content: bytes, encoding: str) -> bool:
    """Whether every byte makes sense."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def looks_chinese(content: bytes) -> bool:
    """GB18030 text is mostly pairs of the common characters; a Western text only by accident is one at all."""
    try:
        foreign = [sign for sign in content.decode("gb18030") if not sign.isascii()]
    except UnicodeDecodeError:
        return False
    common = 0
    for sign in foreign:
        pair = sign.encode("gb18030")
        common += len(pair) == 2 and pair[0] >= 0xA1 and pair[1] >= 0xA1
    return common > 0.9 * len(foreign)


def odd_share(text: str) -> float:
    """How much of a text are signs that no text has."""
    odd = sum(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t" for sign in text)
    return odd / max(len(text), 1)


def delimiter_of(decoded: str) -> tuple[str, str, int]:
    """The delimiter, the text without a line that only names it, and how many lines that took away."""
    first, _, rest = decoded.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == 5:
        return named[4], rest, 1
    sample = decoded[:LOOKED_AT]
    return max(DELIMITERS, key=lambda sign: columns_by(sample, sign)), decoded, 0


def columns_by(sample: str, delimiter: str) -> int:
    """How many rows of the beginning agree on a number of columns above one, times that number."""
    widths: dict[int, int] = {}
    try:
        for _, row in zip(range(40), csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), strict=False):
            widths[len(row)] = widths.get(len(row), 0) + 1
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)
