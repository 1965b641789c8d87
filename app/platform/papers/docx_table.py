"""Tables of a paper in Word, built as XML: python-docx would take minutes for thousands of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from app.platform.papers.blocks import Cell, Marked, Table
from app.platform.typography import bind

#: A row with more characters than this may be parted at the end of a page.
SHORT = 900

_MARKS = {
    "insert": '<w:rPr><w:b/><w:u w:val="single"/></w:rPr>',
    "delete": "<w:rPr><w:strike/></w:rPr>",
}

_EDGES = (
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="1C1F26"/>'
    '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="AAAAAA"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="AAAAAA"/>'
)

_MARGINS = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'

_JUSTIFIED = {True: '<w:jc w:val="right"/>', False: ""}


def add(document: Any, block: Table, line: Length) -> None:
    """Append a table across a line, whose first row is repeated on each page."""
    document.element.body.insert_element_before(parse_xml(_table(block, line)), "w:sectPr")


def _table(block: Table, line: Length) -> str:
    widths = [round(line.twips * share / 100) for share in block.widths]
    counts = block.counts()
    rows = [_row(block.heads, widths, counts, is_head=True)]
    rows += [_row(row, widths, counts) for row in block.rows]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_MARGINS}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(block.name)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Sequence[Cell], widths: Sequence[int], counts: Sequence[bool], *, is_head: bool = False
) -> str:
    short = sum(len(cell) for cell in cells if isinstance(cell, str)) < SHORT
    about = ("<w:cantSplit/>" if short else "") + ("<w:tblHeader/>" if is_head else "")
    style = "TableHead" if is_head else "TableText"
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_JUSTIFIED[count]}</w:pPr>{_runs(cell)}</w:p>'
        "</w:tc>"
        for cell, width, count in zip(cells, widths, counts, strict=True)
    )
    return f"<w:tr><w:trPr>{about}</w:trPr>{made}</w:tr>"


def _runs(cell: Cell) -> str:
    if isinstance(cell, Marked):
        return "".join(_run(text, _MARKS.get(op, "")) for op, text in cell.spaced())
    return _run(str(cell), "")


def _run(text: str, marks: str) -> str:
    return f"<w:r>{marks}{''.join(_lines(bind(text)))}</w:r>"


def _lines(text: str) -> Iterator[str]:
    for n, line in enumerate(text.split("\n")):
        if n:
            yield "<w:br/>"
        for m, part in enumerate(line.split("\t")):
            if m:
                yield "<w:tab/>"
            yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'
