"""An OpenDocument text (.odt) as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.legaltext.outline_values import Line
from app.legaltext.sources.archive import Archive, attribute, child, local
from app.legaltext.sources.errors import SourceError
from app.legaltext.sources.odt_numbering import Counters, ListStyles

_TYPE = b"application/vnd.oasis.opendocument.text"
_WRAPPERS = frozenset({"section", "index-body", "table-header-rows", "table-rows"})
_MOST_LINES = 100_000
_MOST_REPEATED = 60


def is_odt(archive: Archive) -> bool:
    """Whether an archive says that it is an OpenDocument text."""
    return "mimetype" in archive and archive.read("mimetype").strip().startswith(_TYPE)


@dataclass(slots=True)
class _List:
    """A list that is open: its style, level and counters, and the item that waits for its label."""

    style: str
    level: int
    counters: Counters


@dataclass(slots=True)
class _Words:
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class OdtReader:
    """Reads the body of a document; ``warnings`` are the codes of doubts about the whole file."""

    format = "odt"

    def __init__(self, archive: Archive) -> None:
        self.warnings: list[str] = []
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise SourceError("password")
        root = archive.xml("content.xml")
        text = child(child(root, "body"), "text")
        if text is None:
            raise SourceError("broken_xml")
        self._text = text
        self._styles = ListStyles()
        self._styles.read(archive.xml_or_none("styles.xml"))
        self._styles.read(root)
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self._headings = Counters()

    def lines(self) -> list[Line]:
        """The paragraphs and tables in order."""
        lines: list[Line] = []
        for element, label, level in self._blocks(self._text):
            if local(element) == "table":
                lines.extend(self._table(element))
            else:
                lines.extend(self._paragraph(element, label, level))
            if len(lines) > _MOST_LINES:
                raise SourceError("too_long")
        return lines

    def _warn(self, code: str) -> None:
        if code not in self.warnings:
            self.warnings.append(code)

    def _blocks(self, parent: Any) -> Iterator[tuple[Any, str, int | None]]:
        """Paragraphs and tables with their labels; only the first of a list item bears one."""
        waiting: list[tuple[Any, _List | None, bool]] = [
            (each, None, False) for each in reversed(parent)
        ]
        while waiting:
            element, inside, labelled = waiting.pop()
            name = local(element)
            if name == "tracked-changes":
                self._warn("tracked_changes")
            elif name == "list":
                opened = self._open_list(element, inside)
                waiting.extend((item, opened, False) for item in reversed(element))
            elif name in ("list-item", "list-header"):
                waiting.extend(self._item(element, inside, name == "list-item"))
            elif name in ("p", "h", "table"):
                label = self._label(element, inside) if labelled else ""
                if name == "h" and inside is None:
                    label = self._heading_label(element)
                yield element, label, inside.level - 1 if inside and label else None
            elif name in _WRAPPERS:
                waiting.extend((each, inside, False) for each in reversed(element))

    def _item(
        self, element: Any, inside: _List | None, counted: bool
    ) -> list[tuple[Any, _List | None, bool]]:
        parts = [each for each in element if isinstance(each.tag, str)]
        has_text = counted and parts and local(parts[0]) in ("p", "h")
        if has_text and inside is not None:
            style = self._styles.level(inside.style, inside.level)
            start = attribute(element, "start-value")
            number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else None
            if style is not None:
                inside.counters.count(inside.level, style, number)
        return [
            (each, inside, bool(has_text) and place == 0)
            for place, each in reversed(list(enumerate(parts)))
        ]

    def _open_list(self, element: Any, inside: _List | None) -> _List:
        style = attribute(element, "style-name") or (inside.style if inside else "")
        if inside is not None:
            return _List(style, inside.level + 1, inside.counters)
        goes_on = self._by_id.get(attribute(element, "continue-list"))
        if goes_on is None and attribute(element, "continue-numbering") == "true":
            goes_on = self._by_style.get(style)
        counters = goes_on or Counters()
        self._by_style[style] = counters
        if attribute(element, "id"):
            self._by_id[attribute(element, "id")] = counters
        return _List(style, 1, counters)

    def _label(self, element: Any, inside: _List | None) -> str:
        if inside is None or local(element) == "table":
            return ""
        return self._styles.label(inside.style, inside.level, inside.counters)

    def _heading_label(self, element: Any) -> str:
        level = attribute(element, "outline-level") or "1"
        if not (level.isascii() and level.isdigit() and len(level) < 3):
            return ""
        style = self._styles.level("", int(level))
        if style is None or attribute(element, "is-list-header") == "true":
            return ""
        self._headings.count(int(level), style, None)
        return self._styles.label("", int(level), self._headings)

    def _paragraph(self, element: Any, label: str, level: int | None) -> list[Line]:
        words = self._words(element)
        pieces = "".join(words.text).split("\n")
        pieces[-1] += "".join(f" [przypis: {note}]" for note in words.notes)
        first = Line(
            pieces[0],
            label=label,
            level=level,
            heading=local(element) == "h",
            whole=True,
            warnings=("footnote",) if words.notes else (),
        )
        return [first, *(Line(piece) for piece in pieces[1:]), *self._boxed(words.boxes)]

    def _boxed(self, boxes: list[Any]) -> list[Line]:
        lines: list[Line] = []
        for box in boxes:
            self._warn("text_box")
            texts = [" ".join("".join(each.itertext()).split()) for each in box.iter("{*}p")]
            lines.extend(Line(text, whole=True) for text in texts if text)
        return lines

    def _words(self, element: Any) -> _Words:
        words = _Words()
        waiting: list[Any] = [element]
        first = True
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                words.text.append(part.replace("\n", " "))
                continue
            goes_in = first or self._enter(part, words)
            if not first and part.tail:
                waiting.append(part.tail)
            first = False
            if goes_in:
                waiting.extend(reversed(part))
                if part.text:
                    waiting.append(part.text)
        return words

    def _enter(self, part: Any, words: _Words) -> bool:
        """Note what an inline element means; whether its own text is to be read too."""
        name = local(part)
        if name in ("s", "tab"):
            words.text.append(" ")
        elif name == "line-break":
            words.text.append("\n")
        elif name == "note":
            body = child(part, "note-body")
            words.notes.append(
                " ".join("".join(body.itertext()).split()) if body is not None else ""
            )
        elif name == "annotation":
            self._warn("comments_left_out")
        elif name == "text-box":
            words.boxes.append(part)
        elif name == "image":
            self._warn("picture_left_out")
        return name in ("span", "a", "frame", "meta", "ruby", "ruby-base") or name.endswith("-ref")

    def _table(self, element: Any) -> list[Line]:
        rows: list[tuple[str, ...]] = []
        warnings: list[str] = []
        for row in element.iter("{*}table-row"):
            cells: list[str] = []
            for cell in row:
                cells.extend(_cell(cell, warnings))
            rows.append(tuple(cells))
        if not any(cell for row in rows for cell in row):
            return []
        if all(len(row) <= 1 for row in rows):
            return [Line(row[0], whole=True) for row in rows if row]
        return [Line("", rows=tuple(rows), whole=True, warnings=tuple(warnings))]


def _cell(cell: Any, warnings: list[str]) -> list[str]:
    name = local(cell)
    repeated = attribute(cell, "number-columns-repeated")
    times = int(repeated) if repeated.isascii() and repeated.isdigit() and len(repeated) < 5 else 1
    if name == "covered-table-cell":
        if "merged_cells" not in warnings:
            warnings.append("merged_cells")
        return [""] * min(times, _MOST_REPEATED)
    if name != "table-cell":
        return []
    texts = ["".join(each.itertext()) for each in cell.iter("{*}p", "{*}h")]
    return [" ".join(" ".join(texts).split())] * min(times, _MOST_REPEATED)
