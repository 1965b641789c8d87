"""A file or a pasted text as an outline, in one step."""

from __future__ import annotations

from app.legaltext import sources
from app.legaltext.outline import Outline, read_outline


def outline_of_file(data: bytes, filename: str = "") -> Outline:
    """The outline of an uploaded .docx, .odt or text; ``SourceError`` or ``OutlineError`` if none.

    Both errors have a stable ``code`` and a message that says what to do.
    """
    source = sources.read(data, filename)
    return read_outline(source.lines, source.warnings)


def outline_of_text(text: str) -> Outline:
    """The outline of a pasted text."""
    source = sources.read_text(text)
    return read_outline(source.lines, source.warnings)
