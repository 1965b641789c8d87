"""A Word document (.docx) as lines: typed and automatic numbers, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.legaltext.outline_values import Line
from app.legaltext.sources.archive import Archive, attribute, child, children, local
from app.legaltext.sources.docx_numbering import Lists
from app.legaltext.sources.errors import SourceError

_SKIPPED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "rt"}
)
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_HEADING_STYLE = re.compile(r"(?:heading|nagłówek|nagwek)\s?\d", re.IGNORECASE)
_MOST_LINES = 100_000


@dataclass(slots=True)
class _Words:
    """The text of one paragraph and what was met in it."""

    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class DocxReader:
    """Reads the body of a document; ``warnings`` are the codes of doubts about the whole file."""

    format = "docx"

    def __init__(self, archive: Archive) -> None:
        self.warnings: list[str] = []
        main = _main_part(archive)
        folder = main.rpartition("/")[0]
        root = archive.xml(main)
        body = child(root, "body")
        if body is None:
            raise SourceError("broken_xml")
        self._body = body
        numbering = archive.xml_or_none(f"{folder}/numbering.xml")
        self._lists = Lists(numbering, archive.xml_or_none(f"{folder}/styles.xml"))
        self._notes = _notes(archive, folder)

    def lines(self) -> list[Line]:
        """The paragraphs and tables in order; headers and footers are not among them."""
        lines: list[Line] = []
        for block in self._blocks(self._body):
            if local(block) == "tbl":
                lines.extend(self._table(block))
            else:
                lines.extend(self._paragraph(block))
            if len(lines) > _MOST_LINES:
                raise SourceError("too_long")
        return lines

    def _warn(self, code: str) -> None:
        if code not in self.warnings:
            self.warnings.append(code)

    def _blocks(self, parent: Any) -> Iterator[Any]:
        waiting = list(reversed(parent))
        while waiting:
            element = waiting.pop()
            name = local(element)
            if name in _TRACKED:
                self._warn("tracked_changes")
            if name in ("p", "tbl"):
                yield element
            elif name in _WRAPPERS:
                waiting.extend(reversed(element))

    def _paragraph(self, element: Any) -> list[Line]:
        properties = child(element, "pPr")
        words = self._words(element)
        pieces = "".join(words.text).split("\n")
        if _is_deleted(properties):
            self._warn("tracked_changes")
            if not "".join(pieces).strip():
                return []
        style = child(properties, "pStyle")
        style_id = attribute(style, "val") if style is not None else ""
        label = self._lists.label(properties, style_id)
        warnings = ["roman_letters"] if label and label.roman_letters else []
        if words.notes:
            pieces[-1] += "".join(f" [przypis: {note}]" for note in words.notes)
            warnings.append("footnote")
        first = Line(
            pieces[0],
            label=label.text if label else "",
            level=label.level if label else None,
            heading=self._is_heading(properties, style_id),
            whole=True,
            warnings=tuple(warnings),
        )
        following = [Line(piece) for piece in pieces[1:]]
        return [first, *following, *self._boxed(words.boxes)]

    def _boxed(self, boxes: list[Any]) -> list[Line]:
        lines: list[Line] = []
        for box in boxes:
            self._warn("text_box")
            for block in self._blocks(box):
                text = " ".join("".join(self._words(block).text).split())
                if text:
                    lines.append(Line(text, whole=True))
        return lines

    def _words(self, element: Any) -> _Words:
        words = _Words()
        waiting = list(reversed(element))
        while waiting:
            part = waiting.pop()
            name = local(part)
            if name in _TRACKED:
                self._warn("tracked_changes")
            if name in _SKIPPED:
                continue
            if name == "txbxContent":
                words.boxes.append(part)
            elif name == "AlternateContent":
                chosen = child(part, "Choice")
                waiting.extend(reversed(chosen if chosen is not None else part))
            elif name in _SIGNS:
                words.text.append(_SIGNS[name])
            elif name == "t":
                words.text.append(part.text or "")
            else:
                self._read_other(part, name, words)
                waiting.extend(reversed(part))
        return words

    def _read_other(self, part: Any, name: str, words: _Words) -> None:
        if name == "br":
            words.text.append("\n")
        elif name == "sym":
            words.text.append(_symbol(attribute(part, "char")))
        elif name in ("footnoteReference", "endnoteReference"):
            note = self._notes.get((name[:4], attribute(part, "id")), "")
            if note:
                words.notes.append(note)
        elif name == "commentReference":
            self._warn("comments_left_out")
        elif name in ("blip", "imagedata"):
            self._warn("picture_left_out")

    def _is_heading(self, properties: Any | None, style_id: str) -> bool:
        if child(properties, "outlineLvl") is not None:
            return True
        for style in self._lists.style_chain(style_id):
            name = child(style, "name")
            if name is not None and _HEADING_STYLE.match(attribute(name, "val")):
                return True
        return False

    def _table(self, element: Any) -> list[Line]:
        rows: list[tuple[str, ...]] = []
        warnings: list[str] = []
        for row in self._rows(element):
            cells: list[str] = []
            for cell in _cells(row):
                cells.extend(self._cell(cell, warnings))
            rows.append(tuple(cells))
        if not any(cell.strip() for row in rows for cell in row):
            return []
        if all(len(row) <= 1 for row in rows):
            return [
                line
                for row in self._rows(element)
                for cell in _cells(row)
                for block in self._blocks(cell)
                for line in (self._paragraph(block) if local(block) == "p" else [])
            ]
        return [Line("", rows=tuple(rows), whole=True, warnings=tuple(warnings))]

    def _rows(self, element: Any) -> list[Any]:
        found: list[Any] = []
        waiting = list(reversed(element))
        while waiting:
            part = waiting.pop()
            if local(part) == "tr":
                if child(child(part, "trPr"), "del") is None:
                    found.append(part)
                else:
                    self._warn("tracked_changes")
            elif local(part) in _WRAPPERS:
                waiting.extend(reversed(part))
        return found

    def _cell(self, cell: Any, warnings: list[str]) -> list[str]:
        """The text of a cell and empty texts for the columns that it also covers."""
        properties = child(cell, "tcPr")
        span, merge = child(properties, "gridSpan"), child(properties, "vMerge")
        width = attribute(span, "val") if span is not None else ""
        covered = min(int(width), 60) if width.isascii() and width.isdigit() else 1
        goes_on = merge is not None and attribute(merge, "val") in ("", "continue")
        if (covered > 1 or merge is not None) and "merged_cells" not in warnings:
            warnings.append("merged_cells")
        text = "" if goes_on else self._cell_text(cell, warnings)
        return [text, *[""] * (covered - 1)]

    def _cell_text(self, cell: Any, warnings: list[str]) -> str:
        texts: list[str] = []
        for block in self._blocks(cell):
            if local(block) == "tbl":
                if "nested_table" not in warnings:
                    warnings.append("nested_table")
                texts.append(" ".join(part.text or "" for part in block.iter("{*}t")))
                continue
            for line in self._paragraph(block):
                texts.append(f"{line.label} {line.text}".strip())
        return " ".join(" ".join(texts).split())


_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}


def _cells(row: Any) -> list[Any]:
    found: list[Any] = []
    waiting = list(reversed(row))
    while waiting:
        part = waiting.pop()
        if local(part) == "tc":
            found.append(part)
        elif local(part) in _WRAPPERS:
            waiting.extend(reversed(part))
    return found


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16)) if 0 < len(code) <= 4 else ""
    except ValueError:
        return ""


def _is_deleted(properties: Any | None) -> bool:
    """Whether the end of the paragraph was struck by a tracked change."""
    return child(child(properties, "rPr"), "del") is not None


def _main_part(archive: Archive) -> str:
    if "word/document.xml" in archive:
        return "word/document.xml"
    relations = archive.xml_or_none("_rels/.rels")
    for each in children(relations, "Relationship"):
        target = attribute(each, "Target").lstrip("/")
        if attribute(each, "Type").endswith("/officeDocument") and target in archive:
            return target
    raise SourceError("not_supported")


def _notes(archive: Archive, folder: str) -> dict[tuple[str, str], str]:
    notes: dict[tuple[str, str], str] = {}
    for name in ("footnote", "endnote"):
        root = archive.xml_or_none(f"{folder}/{name}s.xml")
        for each in children(root, name):
            text = " ".join("".join(part.text or "" for part in each.iter("{*}t")).split())
            notes[name[:4], attribute(each, "id")] = text
    return notes
