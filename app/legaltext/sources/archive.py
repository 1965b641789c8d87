"""The zip archive that a .docx or .odt is, opened with bounds on what it may unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from app.legaltext.sources.errors import SourceError

MAX_ENTRIES = 3_000
MAX_PART = 40_000_000
MAX_TOTAL = 200_000_000
MAX_RATIO = 400


class Archive:
    """The parts of a word processor's file, each read at most once and never beyond its bound.

    Declared sizes are checked when it is opened, actual ones while reading. Raises
    ``SourceError`` ("broken_zip", "broken_xml", "password", "zip_bomb").
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise SourceError("broken_zip") from error
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise SourceError("zip_bomb")
        if any(entry.flag_bits & 1 for entry in entries):
            raise SourceError("password")
        self._entries = {entry.filename: entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part; bounded by ``MAX_PART`` and by its ratio to the packed size."""
        entry = self._entries.get(name)
        if entry is None:
            raise SourceError("broken_zip")
        try:
            with self._zip.open(entry) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise SourceError("broken_zip") from error
        except (RuntimeError, NotImplementedError) as error:
            raise SourceError("password") from error
        packed = max(entry.compress_size, 1)
        if len(data) > MAX_PART or (len(data) > 5_000_000 and len(data) > packed * MAX_RATIO):
            raise SourceError("zip_bomb")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part; entities are never resolved, a document type is refused."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        data = self.read(name)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError("broken_xml") from error
        if root.getroottree().docinfo.doctype:
            raise SourceError("broken_xml")
        return root

    def xml_or_none(self, name: str) -> Any | None:
        """The root element of a part that need not be there."""
        return self.xml(name) if name in self else None


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without namespace, or an empty string."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Any, name: str) -> Any | None:
    """The first child of that name, or ``None``; also of ``None``."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


def children(element: Any, name: str) -> list[Any]:
    """The children of that name."""
    return [] if element is None else [each for each in element if local(each) == name]
