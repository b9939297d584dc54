"""What is committed works everywhere: no package host, no path of one machine."""

import re

from tests.conventions.sources import ROOT, committed_files, name

BINARY = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".ico", ".woff2", ".ttf", ".pdf", ".mo", ".gif", ".mp4"}
# Spelled in pieces, so that this file does not find itself.
HOSTS = re.compile(
    r"https?://[^\s/]*(" + "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "jf" + "rog", "nex" + "us"]) + ")"
)


def texts():
    for path in committed_files():
        if path.suffix.lower() not in BINARY:
            yield path, path.read_text(errors="replace")


def test_no_package_registry_is_named():
    assert [name(path) for path, text in texts() if HOSTS.search(text)] == []


def test_no_lock_names_an_address():
    locks = (ROOT / "requirements").glob("*.txt")

    assert [name(path) for path in locks if re.search(r"://|^-", path.read_text(), re.MULTILINE)] == []


def test_every_locked_package_has_a_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        packages = re.split(r"\n(?=[a-z0-9])", path.read_text())
        assert [package.split()[0] for package in packages if "==" in package and "--hash=sha256:" not in package] == []


def test_no_path_of_this_checkout_is_named():
    assert [name(path) for path, text in texts() if f"{ROOT}/" in text] == []
