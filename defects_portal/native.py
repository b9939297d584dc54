"""The libraries of the system that PDFs need. `python -m defects_portal.native` names those that are missing."""

import ctypes
import sys

PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def missing() -> list[str]:
    """The libraries that this machine cannot load."""
    return [name for name in PDF_LIBRARIES if not is_loadable(name)]


def is_loadable(name: str) -> bool:
    """Whether the library loads, under its Linux or its macOS name."""
    plain = name.removesuffix(".so.0")
    return any(loads(candidate) for candidate in (name, f"{plain}.0.dylib"))


def loads(file_name: str) -> bool:
    """Whether the dynamic linker finds this file."""
    try:
        ctypes.CDLL(file_name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    if absent := missing():
        sys.exit(f"Missing for PDFs: {', '.join(absent)}")
