"""The outer structure of HEIC, MP4 and MOV files (ISO/IEC 14496-12) and of WebM: is everything there to its end?"""

import os
from typing import BinaryIO

from documents.darkroom import Unusable

MOST_BOXES = 10_000
EBML = bytes.fromhex("1a45dfa3")
SEGMENT = bytes.fromhex("18538067")


def check_boxes(path: str) -> None:
    """Refuses a file whose outer boxes end after the file does, as when sending it was broken off."""
    end = os.path.getsize(path)
    with open(path, "rb") as file:
        position = 0
        for _ in range(MOST_BOXES):
            if position == end:
                return
            position += box_length(file, position, end)
            if position > end:
                break
    raise Unusable("damaged")


def box_length(file: BinaryIO, position: int, end: int) -> int:
    """The length of the box at `position`; zero is written for "to the end of the file"."""
    file.seek(position)
    head = file.read(16)
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        length = int.from_bytes(head[8:16], "big")
    elif length == 0:
        length = end - position
    if len(head) < 8 or length < 8:
        raise Unusable("damaged")
    return length


def brand(path: str) -> str:
    """Which video container it is: mp4, mov, webm; empty for every other."""
    with open(path, "rb") as file:
        head = file.read(64)
    if head[4:8] == b"ftyp":
        return "mov" if head[8:12] == b"qt  " else "mp4"
    return "webm" if head.startswith(EBML) and b"webm" in head else ""


def check_segment(path: str) -> None:
    """Refuses a WebM (RFC 8794) whose one large element ends after the file does."""
    end = os.path.getsize(path)
    with open(path, "rb") as file:
        head = file.read(1024)
    position = 4 + sum(number(head, 4)[:2])
    if head[position : position + 4] != SEGMENT:
        raise Unusable("damaged")
    width, length = number(head, position + 4)
    is_open = length == (1 << 7 * width) - 1
    if not is_open and position + 4 + width + length > end:
        raise Unusable("damaged")


def number(content: bytes, position: int) -> tuple[int, int]:
    """Width and value of an EBML number: the first one bit tells how many bytes it takes."""
    first = content[position] if position < len(content) else 0
    if not first:
        raise Unusable("damaged")
    width = 9 - first.bit_length()
    value = int.from_bytes(content[position : position + width], "big")
    return width, value & ((1 << 7 * width) - 1)
