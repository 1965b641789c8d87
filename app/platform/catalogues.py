"""Compiling catalogues of translations when they are newer than their compiled form."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale(folder: Path) -> list[Path]:
    """Compile each ``messages.po`` beneath a folder that changed; the files that were written.

    Several workers may start at once: each writes a file of its own and renames it into place.
    A folder that cannot be written to is left alone: then the files were compiled before.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        if not os.access(source.parent, os.W_OK):
            continue
        scratch = target.with_suffix(f".{os.getpid()}.tmp")
        with source.open("rb") as po, scratch.open("wb") as mo:
            write_mo(mo, read_po(po))
        scratch.replace(target)
        written.append(target)
    return written
