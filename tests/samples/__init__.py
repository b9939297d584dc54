"""Register files as offices keep them; every person and number in them is invented."""

from pathlib import Path

FOLDER = Path(__file__).parent


def path(name):
    return FOLDER / name


def homes_csv(count, *, bad=0, development="KRM"):
    """A made-up handover list of so many homes with an owner each; `bad` rows are spread through it."""
    every = count // bad if bad else count + 1
    lines = ["Development,Block,Unit,Level,VP date,Purchaser,Email,Mobile"]
    for number in range(count):
        block, floor, door = "ABCD"[number % 4], number // 40 + 1, number % 40 // 4 + 1
        phone = "12" if number % every == every // 2 and number // every < bad else f"01{20_000_000 + number}"
        lines.append(
            f"{development},Tower {block},{block}-{floor}-{door},{floor},{number % 28 + 1}/3/2026,"
            f"Person {chr(65 + number % 26)}{number} bin Made Up,person{number}@homes.example,{phone}"
        )
    return "\n".join(lines).encode()


def workbook(sheets):
    """An XLSX file of these sheets: {name: rows}."""
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "d mmm yyyy"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return stream.getvalue()


def bomb():
    """A small workbook that unpacks to more than any list holds."""
    return _zipped({"xl/worksheets/sheet1.xml": b"<row/>" * 60_000_000})


def with_macros():
    """A workbook with a program inside."""
    return _zipped({"xl/vbaProject.bin": b"x"})


def _zipped(parts):
    import io
    import zipfile

    stream = io.BytesIO(workbook({"A": [["Unit", "Owner"], ["A-1-1", "Hana Yusof"]]}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name if name != "xl/worksheets/sheet1.xml" else "xl/worksheets/sheet9.xml", content)
    return stream.getvalue()


def _photo():
    from tests.factories.documents import jpeg

    return jpeg()


HOSTILE = {
    "photo.csv": _photo,
    "page.csv": lambda: b"<html><table><tr><td>Unit</td></tr></table></html>",
    "zip.xlsx": lambda: b"PK\x03\x04" + b"nothing" * 100,
    "old.xls": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
    "empty.csv": lambda: b"",
    "binary.csv": lambda: bytes(range(256)) * 40,
}
