"""Tickets as a camera sees them: still pictures, and a film that Chromium takes for its camera."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import segno

from app.door.camera import SIDE


def seen(
    code: str,
    *,
    turned: float = 0.0,
    share: float = 0.55,
    inks: tuple[int, int] = (0, 255),
    size: tuple[int, int] = (SIDE, SIDE),
) -> bytes:
    """A ticket in the middle of a grey picture of ``size``, one byte a pixel.

    ``turned`` by degrees; its side is a ``share`` of the picture's height; ``inks`` are the greys
    of its dark and light squares.
    """
    squares = [list(row) for row in segno.make(code, error="m", micro=False).matrix_iter(border=4)]
    count, (width, height) = len(squares), size
    step = height * share / count
    cos, sin = math.cos(math.radians(turned)) / step, math.sin(math.radians(turned)) / step
    greys = bytearray([128]) * (width * height)
    for y in range(height):
        down = y + 0.5 - height / 2
        for x in range(width):
            across = x + 0.5 - width / 2
            column = math.floor(across * cos + down * sin + count / 2)
            row = math.floor(down * cos - across * sin + count / 2)
            if 0 <= column < count and 0 <= row < count:
                greys[y * width + x] = inks[0] if squares[row][column] else inks[1]
    return bytes(greys)


def film(path: Path, codes: Sequence[str]) -> Path:
    """A film without end for a browser's camera (YUV4MPEG2): each ticket, then nothing."""
    width, height, each = 640, 480, 10
    colour = bytes([128]) * (width * height // 2)
    nothing = bytes([128]) * (width * height)
    pictures = [seen(code, turned=11, size=(width, height)) for code in codes]
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{each}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in [*pictures, nothing]:
            file.write((b"FRAME\n" + picture + colour) * each)
    return path
