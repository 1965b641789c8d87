"""The report as a tagged PDF."""

from __future__ import annotations

from app.platform.papers import pdf
from app.platform.papers.pdf import MIMETYPE, UNKNOWN
from app.reports.content import Report
from app.reports.layout import paper

__all__ = ["MIMETYPE", "UNKNOWN", "render"]


def render(report: Report) -> bytes:
    """The bytes of the PDF; the same report gives the same bytes."""
    return pdf.render(paper(report))
