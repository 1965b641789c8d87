"""What a document is set from: headings, paragraphs and tables that every format can show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.platform.typography import printable


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of two editions with what was struck out and added.

    ``removed`` and ``added`` say it in words, with ``%(text)s``, for places that cannot underline.
    """

    pieces: tuple[tuple[str, str], ...]
    removed: str = "[−%(text)s]"
    added: str = "[+%(text)s]"

    def spaced(self) -> list[tuple[str, str]]:
        """The pieces with a thin space where added words follow removed ones, to part the marks."""
        made: list[tuple[str, str]] = []
        for op, text in self.pieces:
            if made and made[-1][0] != "keep" and op != "keep":
                made.append(("keep", "\N{THIN SPACE}"))
            made.append((op, text))
        return made

    def plain(self) -> str:
        """The words with the changes told in words: [usunięto: …] [dodano: …]."""
        said = {"delete": self.removed, "insert": self.added}
        return "".join(
            said[op].replace("%(text)s", text) if op in said else text for op, text in self.spaced()
        )


Cell = str | int | Marked


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's title."""

    kind: ClassVar[str] = "heading"

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more."""

    kind: ClassVar[str] = "paragraph"

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name; ``widths`` are hundredths of the page, in the order of ``heads``.

    ``captioned`` says that the name is printed above: it is where a chapter has several tables.
    """

    kind: ClassVar[str] = "table"

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    captioned: bool = False

    def counts(self) -> list[bool]:
        """For each column but the first, whether it holds counts (a dash stands for none)."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.heads)
        return [number > 0 and _is_count(cells) for number, cells in enumerate(columns)]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the blocks in a document to be signed.

    ``page`` are the words before, between and after the numbers of „Strona 1 z 9”.
    """

    title: str
    subject: str
    town: str
    made: str
    made_by: str
    approved: str
    approved_hint: str
    page: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``made_at`` is ISO with offset; ``author`` is kept in the file's own data.

    ``upright`` sets A4 as one holds it; otherwise it lies on its side, for wide tables.
    """

    frame: Frame
    blocks: tuple[Block, ...]
    made_at: str
    author: str
    upright: bool = False


def cleaned(block: Block) -> Block:
    """The block without signs that a file cannot hold."""
    if not isinstance(block, Table):
        return type(block)(printable(block.text))
    rows = tuple(tuple(_cell(cell) for cell in row) for row in block.rows)
    return Table(block.name, block.heads, rows, block.widths, block.captioned)


def _is_count(cells: tuple[Cell, ...]) -> bool:
    counts = sum(isinstance(cell, int) for cell in cells)
    return counts > 0 and counts + cells.count("–") == len(cells)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return printable(cell)
    if isinstance(cell, Marked):
        pieces = tuple((op, printable(text)) for op, text in cell.pieces)
        return Marked(pieces, cell.removed, cell.added)
    return cell
