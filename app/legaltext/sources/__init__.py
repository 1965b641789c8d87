"""Files of every accepted kind as lines: .docx, .odt, and text in any usual encoding."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.legaltext.outline_values import Doubt, Line
from app.legaltext.repair import repair
from app.legaltext.sources import plain
from app.legaltext.sources.archive import Archive
from app.legaltext.sources.docx import DocxReader
from app.legaltext.sources.errors import CODES, SourceError
from app.legaltext.sources.odt import OdtReader, is_odt

__all__ = ["CODES", "MAX_BYTES", "Source", "SourceError", "read", "read_text"]

#: The largest file that is read.
MAX_BYTES = 10_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The name of the stream that holds a protected document, as Word writes it in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file gave: its lines, what is doubtful about the whole of it, and its format."""

    lines: tuple[Line, ...]
    warnings: tuple[Doubt, ...] = ()
    format: str = "text"


def read(data: bytes, filename: str = "") -> Source:
    """The lines of an uploaded file; its content decides what it is, its name only words the error.

    Raises ``SourceError`` with a stable code for everything that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise SourceError("too_large")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SourceError("empty")
    _refuse_known(data)
    if data.startswith(b"PK"):
        return _read_archive(Archive(data))
    if filename.lower().endswith((".docx", ".odt")):
        raise SourceError("broken_zip")
    text, sure = plain.decode(data)
    return read_text(text, sure=sure)


def _refuse_known(data: bytes) -> None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if data.startswith(_OLE):
        raise SourceError("password" if _ENCRYPTED in data else "old_doc")
    if head.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        raise SourceError("pdf")
    if head.startswith(b"{\\rtf"):
        raise SourceError("rtf")
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise SourceError("html")


def read_text(text: str, *, sure: bool = True) -> Source:
    """The lines of a pasted text, its broken letters repaired where that is safe."""
    if len(text) > MAX_BYTES:
        raise SourceError("too_large")
    mended = repair(text)
    warnings = _letter_doubts(mended.repaired, mended.broken)
    if not sure or "\ufffd" in text:
        warnings.append(Doubt("letters_unreadable"))
    return Source(tuple(plain.to_lines(mended.text)), tuple(warnings))


def _letter_doubts(repaired: str, broken: str) -> list[Doubt]:
    doubts: list[Doubt] = []
    if repaired:
        doubts.append(Doubt("letters_repaired", values=(("name", repaired),)))
    if broken:
        doubts.append(Doubt("letters_broken", values=(("name", broken),)))
    return doubts


def _read_archive(archive: Archive) -> Source:
    reader = OdtReader(archive) if is_odt(archive) else DocxReader(archive)
    lines, letters = _repaired(reader.lines())
    warnings = [*(Doubt(code) for code in reader.warnings), *letters]
    return Source(tuple(lines), tuple(warnings), reader.format)


def _repaired(lines: list[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines with letters repaired as in a typed text; the whole file decides what is safe."""
    texts = [text for line in lines for text in (line.text, *(c for r in line.rows for c in r))]
    whole = "\n".join(" ".join(text.split("\n")) for text in texts)
    mended = repair(whole)
    doubts = _letter_doubts(mended.repaired, mended.broken)
    if mended.text == whole:
        return lines, doubts
    parts = iter(mended.text.split("\n"))
    fresh = [
        replace(
            line,
            text=next(parts),
            rows=tuple(tuple(next(parts) for _ in row) for row in line.rows),
        )
        for line in lines
    ]
    return fresh, doubts
