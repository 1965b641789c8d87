"""What kind of file some bytes are: told by the bytes, whatever they are called. Pure."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NamedTuple

#: How an archive says that it is broken.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
)

#: The largest file that is kept, in bytes.
LARGEST = 10 * 1024 * 1024

LONGEST_FILENAME = 120

_ODT = b"application/vnd.oasis.opendocument.text"


class FileKind(NamedTuple):
    """How files of a kind end, and what they are to a browser."""

    extensions: tuple[str, ...]
    content_type: str


PDF = FileKind((".pdf",), "application/pdf")
PNG = FileKind((".png",), "image/png")
JPEG = FileKind((".jpg", ".jpeg"), "image/jpeg")
DOCX = FileKind(
    (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
ODT = FileKind((".odt",), "application/vnd.oasis.opendocument.text")

_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)


def kind_of_bytes(data: bytes) -> FileKind | None:
    """PDF, PNG, JPEG, DOCX or ODT; ``None`` for everything else, also for files with macros."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return _kind_of_archive(data) if data.startswith(b"PK\x03\x04") else None


def _kind_of_archive(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(_ODT):
                return ODT if archive.read("mimetype") == _ODT else None
    except _BROKEN:
        return None
    return None


def called(filename: str, kind: FileKind) -> str:
    """The name under which a file is handed out: without folders, ending as its kind does."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    stem, dot, _ending = name.rpartition(".")
    if not name.lower().endswith(kind.extensions):
        name = (stem if dot else name) + kind.extensions[0]
    ending = name[name.rindex(".") :]
    stem = name[: -len(ending)].strip(" .")[: LONGEST_FILENAME - len(ending)] or "plik"
    return stem + ending
