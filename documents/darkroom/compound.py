"""The directory of a compound file (MS-CFB), the wrapping of .doc and .xls: the names of its streams."""

import struct

from documents.darkroom import Unusable

HEADER = 512
ENTRY = 128
END_OF_CHAIN = 0xFFFFFFFA
"""Numbers from here on are marks, not sectors."""
MOST_SECTORS = 4_000


def stream_names(path: str) -> set[str]:
    """Names of all streams and storages; `Unusable` when the directory is not in the file."""
    with open(path, "rb") as file:
        content = file.read()
    header = content[:HEADER]
    if len(header) < HEADER:
        raise Unusable("damaged")
    sector_size = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    names: set[str] = set()
    for sector in directory_sectors(content, header, sector_size):
        names |= names_in(sector_at(content, sector, sector_size))
    return names


def directory_sectors(content: bytes, header: bytes, sector_size: int) -> list[int]:
    """The chain of sectors that hold the directory, followed through the allocation table."""
    table_sectors = [sector for sector in struct.unpack_from("<109I", header, 76) if sector < END_OF_CHAIN]
    per_sector = sector_size // 4
    chain: list[int] = []
    sector = struct.unpack_from("<I", header, 48)[0]
    while sector < END_OF_CHAIN:
        if len(chain) > MOST_SECTORS or sector // per_sector >= len(table_sectors):
            raise Unusable("damaged")
        chain.append(sector)
        table = sector_at(content, table_sectors[sector // per_sector], sector_size)
        sector = struct.unpack_from("<I", table, 4 * (sector % per_sector))[0]
    return chain


def sector_at(content: bytes, sector: int, sector_size: int) -> bytes:
    """One whole sector."""
    start = (sector + 1) * sector_size
    found = content[start : start + sector_size]
    if len(found) < sector_size:
        raise Unusable("damaged")
    return found


def names_in(sector: bytes) -> set[str]:
    """The names of the entries in one directory sector."""
    names = set()
    for start in range(0, len(sector), ENTRY):
        length = struct.unpack_from("<H", sector, start + 64)[0]
        if 2 < length <= 64:
            names.add(sector[start : start + length - 2].decode("utf-16-le", errors="replace"))
    return names
