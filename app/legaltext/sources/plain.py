"""Typed or pasted text as lines, whatever its encoding."""

from __future__ import annotations

import codecs
import re

from app.legaltext.outline_values import Line
from app.legaltext.sources.errors import SourceError

#: Bytes of Polish letters that differ between the two old encodings.
_ONLY_1250 = frozenset(b"\xb9\x9c\x9f\xa5\x8c\x8f")
_ONLY_8859 = frozenset(b"\xb1\xb6\xbc\xa1\xa6\xac")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MOST_LINES = 100_000


def decode(data: bytes) -> tuple[str, bool]:
    """The text of the bytes, and whether every byte could be read.

    UTF-8 and UTF-16 with or without their signature, Windows-1250, ISO-8859-2. Raises
    ``SourceError`` ("not_supported") for bytes that are no text.
    """
    text, sure = _decode(data)
    if len(_CONTROLS.findall(text)) * 50 > len(text):
        raise SourceError("not_supported")
    return text, sure


def _decode(data: bytes) -> tuple[str, bool]:
    for signature, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(signature):
            text = data.decode(encoding, errors="replace")
            return text, "\ufffd" not in text
    wide = _wide(data)
    if wide:
        text = data.decode(wide, errors="replace")
        return text, "\ufffd" not in text
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    lossy = data.decode("utf-8", errors="replace")
    good = len(lossy) - lossy.count("\ufffd") - len(re.findall(rb"[\x00-\x7f]", data))
    if good > 20 * lossy.count("\ufffd"):
        return lossy, False
    return _old_encoding(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a signature, known by a zero in every other byte."""
    sample = data[:4000]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = len(sample) // 2
    if half > 8 and odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if half > 8 and even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _old_encoding(data: bytes) -> tuple[str, bool]:
    in_1250 = sum(byte in _ONLY_1250 or 0x80 <= byte <= 0x9F for byte in data)
    in_8859 = sum(byte in _ONLY_8859 for byte in data)
    encoding = "iso-8859-2" if in_8859 > in_1250 else "cp1250"
    text = data.decode(encoding, errors="replace")
    return text, "\ufffd" not in text


def to_lines(text: str) -> list[Line]:
    """One line for each line of the text, page breaks among them."""
    pieces = _BREAKS.split(text)
    if len(pieces) > _MOST_LINES:
        raise SourceError("too_long")
    return [Line(piece) for piece in pieces]
