"""Accepting and rejecting all changes of a Word file, as ISO 29500 describes them, and reading it.

This is written from the standard and shares nothing with the writer, so that the two check each
other; LibreOffice is asked the same in ``test_office``.
"""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from app.legaltext.diff import normalise
from app.platform.typography import printable
from app.reading.word.act import Act
from app.reading.word.lines import TABLE
from app.reading.word.styles import STYLES

How = Literal["accept", "reject"]

#: What a reader sees of a file: paragraphs as style and words, tables as rows of cells.
Seen = list[tuple[str, object]]

_GOES = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
_STAYS = {"accept": ("ins", "moveTo"), "reject": ("del", "moveFrom")}
_NAMES = {style.id: style.name for style in STYLES}


def body_of(file: bytes) -> etree._Element:
    """The body of a Word file."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(qn("w:body"))
    assert body is not None
    return body


def settled(body: etree._Element, how: How) -> etree._Element:
    """The same body with all changes accepted or rejected."""
    goes = [qn(f"w:{name}") for name in _GOES[how]]
    stays = [qn(f"w:{name}") for name in _STAYS[how]]
    for row in list(body.iter(qn("w:tr"))):
        if any(row.find(f"{qn('w:trPr')}/{name}") is not None for name in goes):
            _remove(row)
    for table in list(body.iter(qn("w:tbl"))):
        if table.find(qn("w:tr")) is None:
            _remove(table)
    for paragraph in reversed(list(body.iter(qn("w:p")))):
        ending = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        gone = ending is not None and any(ending.find(name) is not None for name in goes)
        for run in [child for child in paragraph if child.tag in goes]:
            _remove(run)
        for run in [child for child in paragraph if child.tag in stays]:
            for words in run.iter(qn("w:delText")):
                words.tag = qn("w:t")
            run.addprevious(run[0])
            _remove(run)
        if gone:
            _join_with_the_next(paragraph)
    return body


def _join_with_the_next(paragraph: etree._Element) -> None:
    """Without its end a paragraph runs on into the next one, which gives the style."""
    following = paragraph.getnext()
    assert following is not None, "nothing to join it with"
    assert following.tag == qn("w:p"), "a paragraph cannot be joined with a table"
    properties = following.find(qn("w:pPr"))
    for child in reversed([child for child in paragraph if child.tag != qn("w:pPr")]):
        if properties is None:
            following.insert(0, child)
        else:
            properties.addnext(child)
    _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def seen_in(body: etree._Element) -> Seen:
    """What stands in a body in which nothing is tracked any more."""
    seen: Seen = []
    for element in body:
        if element.tag == qn("w:tbl"):
            rows = [
                [_words(cell) for cell in row.iter(qn("w:tc"))] for row in element.iter(qn("w:tr"))
            ]
            seen.append(("table", _tidy(rows)))
        elif element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            assert style is not None
            seen.append((_NAMES[str(style.get(qn("w:val")))], _words(element)))
    return _without_gaps(seen)


def seen_by_office(file: bytes) -> Seen:
    """What stands in a file that an office program has saved, by the names of its styles."""
    document = Document(io.BytesIO(file))
    names = {style.style_id: style.name for style in document.styles}
    seen: Seen = []
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            rows = [
                [_words(cell) for cell in row.iter(qn("w:tc"))] for row in element.iter(qn("w:tr"))
            ]
            seen.append(("table", _tidy(rows)))
        elif element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = names[str(style.get(qn("w:val")))] if style is not None else "Normal"
            seen.append((str(name), _words(element)))
    return _without_gaps(seen)


def expected(act: Act, note: str) -> Seen:
    """What a reader should see of an edition."""
    seen: Seen = []
    for line in act.lines():
        if line.style == TABLE:
            if line.text:
                rows = [row.split("\t") for row in line.text.split("\n")]
                seen.append(("table", _tidy([[_plain(cell) for cell in row] for row in rows])))
            continue
        mark = "".join(span.text for span in line.mark)
        seen.append((_NAMES[line.style], _blanks(mark + printable(normalise(line.text)))))
    return [*seen, ("Note", note)]


def _words(element: etree._Element) -> str:
    said = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    # Tab stops in properties bear the same name as tabs in a run.
    runs = [part for run in element.iter(qn("w:r")) for part in run]
    parts = [said.get(part.tag, part.text if part.tag == qn("w:t") else "") for part in runs]
    return _blanks("".join(part or "" for part in parts))


def _plain(text: str) -> str:
    return _blanks(printable(normalise(text)))


def _blanks(text: str) -> str:
    """No-break spaces as spaces; LibreOffice fills empty tracked rows with a joiner."""
    return text.replace("\N{NO-BREAK SPACE}", " ").strip(" \N{ZERO WIDTH JOINER}")


def _tidy(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty cells that fill them up."""
    return [row[: 1 + max((n for n, cell in enumerate(row) if cell), default=-1)] for row in rows]


def _without_gaps(seen: Seen) -> Seen:
    return [line for line in seen if line != ("Odstęp", "")]
