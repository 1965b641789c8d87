"""Papers as tagged PDF, set by Typst; the data go in as JSON, never as markup."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from app.platform.typography import bind, printable

MIMETYPE = "application/pdf"

#: Stands for a sign that none of Typst's own typefaces has, such as an emoji.
UNKNOWN = "□"

#: How often unknown signs may be looked for; signs can hide one another, but not for long.
TRIES = 4

#: What turns the direction of the words around it: it would reach into the words beside.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: A run that no column could hold; double-barrelled names part at their hyphen anyway.
_ENDLESS = re.compile(r"[^\s-]{20}(?=[^\s-]{5})")

_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')


def typeset(template: Path, data: dict[str, Any], *, made: datetime, note: str = "") -> bytes:
    """The bytes of a PDF/UA; the same data give the same bytes.

    PDF/UA forbids signs without a shape, so they are set as ``UNKNOWN``; the template then finds
    ``note`` in its data, which is empty otherwise. Only the typefaces inside Typst are used, for
    the same reason on each machine.
    """
    source = template.read_bytes()
    data = {**data, "note": "", "day": [made.year, made.month, made.day]}
    unknown: set[str] = set()
    for _attempt in range(TRIES):
        try:
            return _compiled(source, _without(data, unknown), made, accessible=True)
        except typst.TypstError as error:
            found = _not_shown(str(getattr(error, "diagnostic", error))) - unknown
            if not found:
                raise
            unknown |= found
            data["note"] = note
    return _compiled(source, _without(data, unknown), made, accessible=False)


def line(text: object) -> str:
    """What somebody has typed as one line that may be set anywhere: printable, bound, breakable."""
    return breakable(bind(" ".join(_TURNS.sub("", printable(str(text))).split())))


def breakable(text: str) -> str:
    """The text with places to break words, such as addresses, that no column could hold."""
    return _ENDLESS.sub(lambda run: run[0] + "\N{ZERO WIDTH SPACE}", text)


def _compiled(source: bytes, data: str, made: datetime, *, accessible: bool) -> bytes:
    pdf = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=int(made.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _not_shown(diagnostic: str) -> set[str]:
    """The groups of signs that the compiler names as having no shape."""
    return {_unescaped(group) for group in _NOT_SHOWN.findall(diagnostic)}


def _unescaped(text: str) -> str:
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\(.)", r"\1", text)


def _without(data: dict[str, Any], unknown: set[str]) -> str:
    text = json.dumps(data, ensure_ascii=False)
    for group in sorted(unknown, key=len, reverse=True):
        text = text.replace(json.dumps(group, ensure_ascii=False)[1:-1], UNKNOWN)
    return text
