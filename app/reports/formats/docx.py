"""The report as a Word document for the council's office."""

from __future__ import annotations

from app.platform.papers import docx
from app.platform.papers.docx import MIMETYPE
from app.reports.content import Report
from app.reports.layout import paper

__all__ = ["MIMETYPE", "render"]


def render(report: Report) -> bytes:
    """The bytes of a ``.docx``; the same report gives the same bytes."""
    return docx.render(paper(report))
