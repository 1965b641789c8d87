"""Reading QR codes as a camera does (ISO/IEC 18004), independently of what draws them.

Only what tickets need: version 1, upright, clean. Nothing is corrected: a single wrong square
fails, so a code that is read here has all its reserve left for crumpled paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SIZE, QUIET = 21, 4

Squares = list[list[bool]]

#: Data words of 26, by the two bits of the level (L = 01, M = 00, Q = 11, H = 10).
DATA_WORDS = {0b01: 19, 0b00: 16, 0b11: 13, 0b10: 9}

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)

_NUMBER = r"(-?[\d.]+)"
_IN_PDF = re.compile(rf"{_NUMBER} {_NUMBER} m {_NUMBER} {_NUMBER} l(?! \S+ \S+ l)")


def codes_in_pdf(content: str) -> list[str]:
    """The texts of the codes drawn on a page, from its content stream, in order."""
    found = []
    for part in re.split(r"\bcm\b", content):
        strokes = [tuple(map(float, m.groups())) for m in _IN_PDF.finditer(part)]
        if len(strokes) > 50:
            found.append(decode(_painted((x, y, end - x) for x, y, end, _y in strokes)))
    return found


def code_in_svg(svg: str) -> str:
    """The text of the code that an SVG picture of horizontal strokes shows."""
    path = re.search(r'<path[^>]* stroke="#000"[^>]* d="([^"]+)"', svg)
    assert path
    return decode(_painted(_strokes(path[1])))


def _strokes(path: str) -> Iterator[tuple[float, float, float]]:
    x = y = 0.0
    for step, words in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", words)]
        if step == "h":
            yield x, y, numbers[0]
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if step == "M" else (x + numbers[0], y + numbers[1])


def _painted(strokes: Iterator[tuple[float, float, float]]) -> Squares:
    squares = [[False] * SIZE for _row in range(SIZE)]
    for x, y, length in strokes:
        for n in range(round(length)):
            squares[int(y) - QUIET][round(x) + n - QUIET] = True  # raises outside the code
    return squares


def decode(squares: Squares) -> str:
    """The text of a code; ``AssertionError`` if anything in it is not as it should be."""
    level, mask = _format(squares)
    bits = [squares[y][x] ^ (not MASKS[mask](y, x)) for y, x in _way()]
    words = [sum(bit << 7 - n for n, bit in enumerate(bits[i : i + 8])) for i in range(0, 208, 8)]
    assert _has_no_error(words, len(words) - DATA_WORDS[level])
    return _text("".join(f"{word:08b}" for word in words[: DATA_WORDS[level]]))


def _format(squares: Squares) -> tuple[int, int]:
    beside = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    apart = [(SIZE - 1 - n, 8) for n in range(7)] + [(8, SIZE - 8 + n) for n in range(8)]
    one, two = ("".join(str(int(squares[y][x])) for y, x in places) for places in (beside, apart))
    assert one == two
    assert squares[SIZE - 8][8], "the square that is always dark"
    said = int(one, 2) ^ 0b101010000010010
    rest = said
    for shift in range(4, -1, -1):
        rest ^= (0b10100110111 << shift) if rest >> (shift + 10) & 1 else 0
    assert rest == 0
    return said >> 13, said >> 10 & 7


def _way() -> Iterator[tuple[int, int]]:
    """Where the bits stand: in pairs of columns from the right, up and down in turn."""
    upward = True
    for right in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):
        for y in range(SIZE - 1, -1, -1) if upward else range(SIZE):
            for x in (right, right - 1):
                at_a_corner = (y < 9 and (x < 9 or x > 12)) or (y > 12 and x < 9)
                if not at_a_corner and 6 not in (y, x):
                    yield y, x
        upward = not upward


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = (a << 1) ^ (0x11D if a & 0x80 else 0), b >> 1
    return product


def _has_no_error(words: list[int], checks: int) -> bool:
    """Reed and Solomon: a whole code is zero at every root."""
    root = 1
    for _n in range(checks):
        value = 0
        for word in words:
            value = _times(value, root) ^ word
        if value:
            return False
        root = _times(root, 2)
    return True


def _text(bits: str) -> str:
    kind = bits[:4]
    if kind == "0100":
        count = int(bits[4:12], 2)
        return bytes(int(bits[n : n + 8], 2) for n in range(12, 12 + 8 * count, 8)).decode()
    if kind == "0001":
        count, at, text = int(bits[4:14], 2), 14, ""
        while count:
            taken = min(count, 3)
            size = (0, 4, 7, 10)[taken]
            text += f"{int(bits[at : at + size], 2):0{taken}}"
            at, count = at + size, count - taken
        return text
    assert kind == "0010"
    count, at, text = int(bits[4:13], 2), 13, ""
    while count > 1:
        text += "".join(ALPHANUMERIC[n] for n in divmod(int(bits[at : at + 11], 2), 45))
        at, count = at + 11, count - 2
    return text + (ALPHANUMERIC[int(bits[at : at + 6], 2)] if count else "")
