"""Reading produced files back: every format as its tables, in rows of words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import openpyxl
from docx import Document
from flask import Flask
from lxml import html
from pypdf import PdfReader

from app.platform.typography import NBSP
from app.reports.content import Report
from app.reports.formats import docx, pdf, xlsx
from app.reports.layout import blocks

Rows = list[list[str]]


def plain(text: object) -> str:
    """Words with ordinary single spaces between them."""
    return " ".join(str("" if text is None else text).replace(NBSP, " ").split())


def of_page(printing: Flask, report: Report) -> list[Rows]:
    """The tables of the web page."""
    module = printing.jinja_env.get_template("reports/_blocks.html").module
    page = "".join(str(module.set_block(block)) for block in blocks(report))  # type: ignore[attr-defined]
    tree = html.document_fromstring(f"<!doctype html><main>{page}</main>")
    assert not tree.xpath("//script")
    return [
        [
            [plain(cell.text_content()) for cell in row.xpath("./th|./td")]
            for row in table.iter("tr")
        ]
        for table in tree.iter("table")
    ]


def of_docx(printing: Flask, report: Report) -> list[Rows]:
    """The tables of the Word file."""
    document = Document(io.BytesIO(docx.render(report)))
    return [
        [[plain(cell.text) for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]


def of_xlsx(printing: Flask, report: Report) -> list[Rows]:
    """The sheets of the workbook; what goes on in rows beneath is joined to its row."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(report)))
    return [_joined(sheet) for sheet in book.worksheets[1:]]


def _joined(sheet: openpyxl.worksheet.worksheet.Worksheet) -> Rows:
    rows: Rows = []
    for row in sheet.iter_rows(values_only=True):
        if row[0] is None:
            rows[-1] = [a + plain(b) for a, b in zip(rows[-1], row, strict=True)]
        else:
            rows.append([plain(value) for value in row])
    return rows


def pdf_text(report: Report) -> str:
    """The words of the PDF in reading order, without hyphens at the ends of lines."""
    reader = PdfReader(io.BytesIO(pdf.render(report)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return plain(re.sub(r"[-\xad]\n", "", text))


def figures(tables: Sequence[Rows]) -> dict[str, int]:
    """All rows of two columns that count something."""
    return {
        row[0].lstrip("– "): int(row[1])
        for table in tables
        for row in table
        if len(row) == 2 and row[1].isdecimal()
    }


def table_under(tables: Sequence[Rows], *heads: str) -> Rows:
    """The rows, without the head, of the table in whose head these words stand; empty if none."""
    for table in tables:
        if set(heads) <= set(table[0]):
            return table[1:]
    return []
