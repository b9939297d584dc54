"""Promise 37: a register of 10,000 homes with their owners, checked and then entered, by the command."""

from tests.bench.figures import Figure
from tests.samples import homes_csv

HOMES, FEW, SECONDS = 10_000, 1_000, 60


def measure(installation):
    """The whole register; before it a tenth of it under another code, to see whether memory grows with the rows."""
    few = _imported(installation, FEW, "BNF")
    many = _imported(installation, HOMES, "BNM")
    more = {"cpu s": round(many.cpu, 1), "MB": round(many.megabytes), "MB of a tenth": round(few.megabytes)}
    note = f"{many.cpu:.0f} s of the processor; {many.megabytes:.0f} MB, {few.megabytes:.0f} MB with {FEW:,}"
    grown = round(many.megabytes / few.megabytes, 2)
    return [
        Figure(37, f"import of {HOMES:,} units", round(many.seconds, 1), "s", SECONDS, more=more, note=note),
        Figure(37, "import, memory of ten times the rows", grown, "x", 1.5, more=more),
    ]


def _imported(installation, homes, code):
    places = installation.folder / f"{code}.csv"
    places.write_text(
        "Project code,Project name,Country,Office phone,Office email,Address\n"
        f"{code},Bench {code},Malaysia,03-2123 4567,care@{code.lower()}.example,1 Jalan Bench\n"
    )
    installation.run(["manage.py", "import_register", str(places)])
    register = installation.folder / f"{code}-homes.csv"
    register.write_bytes(_own(homes_csv(homes, development=code), code))
    return installation.spent(["manage.py", "import_register", str(register)])


def _own(rows, code):
    """People of its own: the same address twice would be one person with two homes."""
    return rows.replace(b"@homes.example", f"@{code.lower()}.example".encode())
