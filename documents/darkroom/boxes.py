"""The box structure of HEIC files (ISO/IEC 14496-12): is every box there to its end?"""

import os
from typing import BinaryIO

from documents.darkroom import Unusable

MOST_BOXES = 10_000


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
