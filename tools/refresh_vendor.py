#!/usr/bin/env python3
"""Refreshes the front-end files that come from elsewhere. For maintainers; set-up and tests need neither node nor this.

Takes each package of PACKAGES with `npm pack` (so from wherever npm is set up to look), strips the source-map line (the
hashed static storage would look for the map) and writes static/vendor/MANIFEST.json with name, version, licence and
SHA-256 of every file. static/icons.svg is drawn anew from tools/icons.txt. The fonts of PDFs (static/vendor/fonts) are
taken as their packages cut them (the Chinese file: the 7,900 most common characters, traditional ones included) and
unpacked, because unpacking the Chinese ones takes the worker four seconds a paper.

    python tools/refresh_vendor.py            the versions below
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PACKAGES = {"bootstrap": "5.3.9", "lucide-static": "1.62.0", "signature_pad": "5.1.4"}
FONTS = {  # package: version, its subsets that documents/press/fonts.py names
    "noto-sans": ("5.3.0", ("latin", "latin-ext", "vietnamese", "cyrillic")),
    "noto-sans-sc": ("5.3.0", ("chinese-simplified",)),
    "noto-sans-tamil": ("5.3.0", ("tamil",)),
    "noto-sans-arabic": ("5.3.0", ("arabic",)),
}
WEIGHTS = ("400", "700")
SOURCE_MAP = re.compile(r"\n?(/\*#|//#) sourceMappingURL=.*\s*$")
SHAPE = re.compile(r"<(path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>")


def unpack(name: str, version: str, folder: Path) -> Path:
    """The unpacked package `name@version`."""
    asked = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--silent"], cwd=folder, check=True, capture_output=True, text=True
    )
    target = folder / name.replace("/", "-")
    with tarfile.open(folder / asked.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def wanted_icons() -> list[tuple[str, str]]:
    """Pairs of our name and Lucide's, sorted; blank lines and comments left out."""
    lines = (ROOT / "tools" / "icons.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return sorted((row[0], row[-1]) for row in rows)


def sprite(icons: Path) -> str:
    """One symbol an icon; colour and stroke come from the page's `.i` rule."""
    symbols = []
    for ours, theirs in wanted_icons():
        shapes = SHAPE.finditer((icons / f"{theirs}.svg").read_text())
        drawing = "".join(shape.group(0).replace(" />", "/>") for shape in shapes)
        symbols.append(f'<symbol id="i-{ours}" viewBox="0 0 24 24">{drawing}</symbol>')
    note = "<!-- Lucide outlines, ISC licence; made by tools/refresh_vendor.py -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', note, *symbols, "</svg>", ""])


def entry(package: Path, path: Path) -> dict[str, str]:
    """What the manifest says about one file."""
    facts = json.loads((package / "package.json").read_text())
    return {
        "file": str(path.relative_to(STATIC)),
        "name": facts["name"],
        "version": facts["version"],
        "licence": facts["license"],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def take_fonts(name: str, folder: Path) -> list[dict[str, str]]:
    """Copies the wanted subsets of one family, in two weights; the manifest's entries for them."""
    version, subsets = FONTS[name]
    package = unpack(f"@fontsource/{name}", version, folder)
    target = STATIC / "vendor" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}-LICENSE.txt").write_text((package / "LICENSE").read_text())
    entries = []
    for subset in subsets:
        for weight in WEIGHTS:
            file = target / f"{name}-{subset}-{weight}.ttf"
            unpack_font(package / "files" / f"{name}-{subset}-{weight}-normal.woff2", file)
            entries.append(entry(package, file))
    return entries


def unpack_font(packed: Path, target: Path) -> None:
    """The same font without its compression; the same bytes each time."""
    from fontTools.ttLib import TTFont  # comes with the PDF library

    font = TTFont(packed, recalcTimestamp=False)
    font.flavor = None
    font.save(target)


def main() -> None:
    """Writes the files and their manifest."""
    with tempfile.TemporaryDirectory() as folder:
        unpacked = {name: unpack(name, version, Path(folder)) for name, version in PACKAGES.items()}
        style, icons = STATIC / "vendor" / "bootstrap.min.css", STATIC / "icons.svg"
        style.parent.mkdir(parents=True, exist_ok=True)
        style.write_text(SOURCE_MAP.sub("\n", (unpacked["bootstrap"] / "dist/css/bootstrap.min.css").read_text()))
        icons.write_text(sprite(unpacked["lucide-static"] / "icons"))
        pad = STATIC / "vendor" / "signature_pad.umd.min.js"
        pad.write_text(SOURCE_MAP.sub("\n", (unpacked["signature_pad"] / "dist" / pad.name).read_text()))
        entries = [
            entry(unpacked["bootstrap"], style),
            entry(unpacked["lucide-static"], icons),
            entry(unpacked["signature_pad"], pad),
        ]
        for name in FONTS:
            entries += take_fonts(name, Path(folder))
    (STATIC / "vendor" / "MANIFEST.json").write_text(json.dumps(entries, indent=2) + "\n")


if __name__ == "__main__":
    main()
