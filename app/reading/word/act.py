"""An act as a Word file in which the way from one edition to another is tracked. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from app.legaltext.units import Units
from app.platform.papers import docx_styles
from app.platform.papers.archive import timeless
from app.platform.typography import bind, printable
from app.reading.word import styles
from app.reading.word.lines import Line, lines_of
from app.reading.word.pen import by
from app.reading.word.sheet import Comment, Sheet
from app.reading.word.signs import LONGEST_AUTHOR, Signs
from app.reading.word.tracking import track

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Act:
    """One edition: its title, the line that says which edition it is, and its text."""

    title: str
    edition: str
    units: Units

    def lines(self) -> list[Line]:
        """The lines of the file; those of the head belong to no provision."""
        head = [
            Line("title", "Title", (), self.title),
            Line("edition", "Subtitle", (), self.edition),
        ]
        return [*head, *lines_of(self.units)]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text in both editions: the note at its end, and the footer.

    ``page`` are the words around the number of a page and of all pages.
    """

    title: str
    author: str
    note: str
    footer: str
    page: tuple[str, str, str]
    made_at: datetime


def render(old: Act, new: Act, signs: Signs, frame: Frame) -> bytes:
    """The bytes of a ``.docx``: accepting all its changes gives the new text, rejecting the old.

    The same editions and causes give the same bytes.
    """
    document = Document()
    styles.set_up(document)
    _set_properties(document, frame)
    docx_styles.number_pages(document, bind(printable(frame.footer)), frame.page)
    sheet = Sheet(signs)
    _write(document, sheet.write(track(old.lines(), new.lines())))
    # A file ends in a paragraph that stays: the last mark of a text can be neither given nor taken.
    document.add_paragraph(bind(printable(frame.note)), style="Note")
    _comment(document, sheet.comments)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _write(document: Any, xml: str) -> None:
    body = document.element.body
    end = body.find(qn("w:sectPr"))
    for element in list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        end.addprevious(element)


def _comment(document: Any, comments: list[Comment]) -> None:
    """Put the comments in their part of the file, in which the text points to their numbers."""
    if not comments:
        return
    part = document.part._comments_part.element
    for comment in comments:
        part.append(parse_xml(_comment_xml(comment)))


def _comment_xml(comment: Comment) -> str:
    sign = comment.note.sign
    paragraphs = "".join(
        '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t xml:space="preserve">'
        f"{escape(bind(printable(line)))}</w:t></w:r></w:p>"
        for text in comment.note.lines
        for line in text.splitlines()
        if line.strip()
    )
    initials = "".join(word[0] for word in sign.author.split() if word[0].isalnum())[:3]
    return (
        f'<w:comment {nsdecls("w")} w:id="{comment.number}" {by(sign)} '
        f"w:initials={quoteattr(initials)}>{paragraphs or '<w:p/>'}</w:comment>"
    )


def _set_properties(document: Any, frame: Frame) -> None:
    core = document.core_properties
    core.title = printable(frame.title)[:LONGEST_AUTHOR]
    core.author = core.last_modified_by = printable(frame.author)[:LONGEST_AUTHOR]
    core.language = "pl-PL"
    core.comments = ""
    core.created = core.modified = frame.made_at.replace(tzinfo=None, microsecond=0)
