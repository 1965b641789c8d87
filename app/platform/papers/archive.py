"""Office files are zip archives, which remember when they were made; ours do not."""

from __future__ import annotations

import io
import zipfile

#: The earliest moment that a zip archive can tell.
BEGINNING = (1980, 1, 1, 0, 0, 0)


def timeless(archive: bytes) -> bytes:
    """The same archive, in which every entry bears the same date: equal contents, equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
