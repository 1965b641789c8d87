"""What a camera sees, read for browsers that read no codes themselves (Safari, Firefox).

The browser sends a small grey square and not a file: a picture has no format that could attack the
reader, and none is kept. Reading is done by zxing-cpp (QR codes: ISO/IEC 18004).
"""

from __future__ import annotations

import zxingcpp

#: The side of the square, in pixels; as in ``static/js/door_camera.mjs``.
SIDE = 256

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class UnreadablePicture(ValueError):
    """What arrived is not a square of ``SIDE`` by ``SIDE`` greys."""


def codes_in(greys: bytes) -> list[str]:
    """The texts of the QR codes in a picture, of one byte a pixel, row by row from the top."""
    if len(greys) != SIDE * SIDE:
        raise UnreadablePicture
    picture = memoryview(greys).cast("B", shape=(SIDE, SIDE))
    found = zxingcpp.read_barcodes(picture, formats=QR)
    return [code.text for code in found if code.valid]
