"""A table of an act as WordprocessingML, with rows and words tracked. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.documents.table_difference import Row, row_pairs
from app.documents.tables import is_amount
from app.reading.word.lines import Line
from app.reading.word.pen import Pen
from app.reading.word.tracking import Fate, Tracked

#: The width of the text of a page in twentieths of a point: A4 less two margins of 2.5 cm.
ACROSS = 9070

#: What a table is moved in by, so that its edge and not its words stand under the text.
INSET = 108

#: A column asks for no less and no more room than so many characters.
NARROW, BROAD = 6, 50

_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

Ends = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of the old and of the new table end, on one scale."""

    old: Ends
    new: Ends

    @property
    def ends(self) -> list[int]:
        return sorted({*self.old, *self.new})

    def spans(self, ends: Ends) -> list[int]:
        """How many columns of the shared grid each cell of a row covers."""
        places = [0, *(bisect_right(self.ends, end) for end in ends)]
        return [after - before for before, after in pairwise(places)]


def table(tracked: Tracked, pen: Pen) -> str:
    """The table as it was and as it is in one; nothing for a table without rows.

    When the number of columns differs, all rows go and come anew: no office program can be
    relied on to track a column.
    """
    old = tracked.old.text if tracked.old and tracked.fate is not Fate.CAME else ""
    new = tracked.new.text if tracked.new and tracked.fate is not Fate.GONE else ""
    pairs = list(row_pairs(old, new))
    if not pairs:
        return ""
    before, after = [was for was, _ in pairs if was], [reads for _, reads in pairs if reads]
    shared = _ends([*before, *after])
    same = not before or not after or _width(before) == _width(after)
    grid = _Grid(shared, shared) if same else _Grid(_ends(before), _ends(after))
    rows = "".join(_Rows(tracked.line, pen, grid, pairs).written())
    columns = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise([0, *grid.ends]))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{ACROSS}" w:type="dxa"/>'
        f'<w:tblInd w:w="{INSET}" w:type="dxa"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, line: Line, pen: Pen, grid: _Grid, pairs: Sequence[tuple[Row, Row]]) -> None:
        self.pen, self.grid, self.pairs = pen, grid, pairs
        self.sign = pen.signs.on(line.key)
        first = pairs[0][1] or pairs[0][0]
        self.headed = len(pairs) > 1 and not any(map(is_amount, first))

    def written(self) -> Iterable[str]:
        """Every row, one that went before the one that took its place."""
        for n, (was, reads) in enumerate(self.pairs):
            head = self.headed and n == 0
            if was and reads and self.grid.old == self.grid.new:
                yield self._kept(was, reads, head)
                continue
            if was:
                yield self._whole(was, Fate.GONE, head)
            if reads:
                yield self._whole(reads, Fate.CAME, head)

    def _kept(self, was: Row, reads: Row, head: bool) -> str:
        ends = self.grid.new
        cells = zip(_filled(was, ends), _filled(reads, ends), strict=True)
        words = [self.pen.words(old, new, self.sign) for old, new in cells]
        return self._row(words, _filled(reads, ends), ends, head)

    def _whole(self, row: Row, fate: Fate, head: bool) -> str:
        ends = self.grid.old if fate is Fate.GONE else self.grid.new
        cells = _filled(row, ends)
        words = [self.pen.passage(cell, fate, self.sign) for cell in cells]
        return self._row(words, cells, ends, head, fate)

    def _row(
        self, words: Sequence[str], cells: Row, ends: Ends, head: bool, fate: Fate = Fate.KEPT
    ) -> str:
        mark = self.pen.ending(fate, self.sign)
        about = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + mark
        style = "TabelaNaglowek" if head else "Tabela"
        set_cells = "".join(
            self._cell(word, cell, width, span, style)
            for word, cell, width, span in zip(
                words, cells, _widths(ends), self.grid.spans(ends), strict=True
            )
        )
        return f"<w:tr><w:trPr>{about}</w:trPr>{set_cells}</w:tr>"

    def _cell(self, words: str, cell: str, width: int, span: int, style: str) -> str:
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        right = '<w:jc w:val="right"/>' if is_amount(cell) else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{right}</w:pPr>{words}</w:p></w:tc>'
        )


def _width(rows: Sequence[Row]) -> int:
    return max(map(len, rows))


def _filled(row: Row, ends: Ends) -> Row:
    """A short row with empty cells at its end, so that columns stay under each other."""
    return row + ("",) * (len(ends) - len(row))


def _ends(rows: Sequence[Row]) -> Ends:
    """Where columns end that are as broad as what they hold asks for."""
    asked = [
        max(NARROW, min(BROAD, max(len(row[n]) for row in rows if n < len(row))))
        for n in range(_width(rows))
    ]
    return tuple(round(ACROSS * sum_ / sum(asked)) for sum_ in accumulate(asked))


def _widths(ends: Ends) -> list[int]:
    return [b - a for a, b in pairwise([0, *ends])]
