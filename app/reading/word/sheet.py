"""The paragraphs and tables of a tracked text one after the other, with comments in the margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.legaltext.diff import normalise
from app.reading.word.lines import TABLE
from app.reading.word.pen import Pen
from app.reading.word.signs import Note, Signs
from app.reading.word.tables import table
from app.reading.word.tracking import Fate, Tracked

#: The thin line of space before a table. A paragraph cannot be joined with a table, so what goes
#: before one is joined with this, which stays; being not quite empty, it keeps its own style.
GAP = '<w:r><w:t xml:space="preserve">\N{NO-BREAK SPACE}</w:t></w:r>'


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin, under the number by which the text points to it."""

    number: int
    note: Note


class Sheet:
    """What has been written of a document so far.

    Comments hang on paragraphs that stay: one on a paragraph that goes or comes would keep
    LibreOffice from taking the paragraph away.
    """

    def __init__(self, signs: Signs) -> None:
        self.comments: list[Comment] = []
        self._signs, self._pen = signs, Pen(signs)
        self._parts: list[str] = []
        self._margin = -1  # the part of the last paragraph that stays to which comments are added
        self._said: set[Note] = set()

    def write(self, places: Iterable[Tracked]) -> str:
        """The XML of all places."""
        for tracked in places:
            if tracked.line.style == TABLE:
                self._stay("Odstep", GAP)
                self._parts.append(table(tracked, self._pen))
            elif tracked.fate is Fate.KEPT:
                self._kept(tracked)
            else:
                self._whole(tracked)
            if _has_changed(tracked):
                for note in self._signs.notes_on(tracked.line.key):
                    self._comment(note)
        return "".join(self._parts)

    def _kept(self, tracked: Tracked) -> None:
        assert tracked.old is not None
        line, sign = tracked.line, self._signs.on(tracked.line.key)
        words = self._pen.words(tracked.old.text, line.text, sign)
        self._stay(line.style, self._pen.mark(tracked.old, line) + words)

    def _stay(self, style: str, runs: str) -> None:
        self._parts += [f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}', "", "</w:p>"]
        self._margin = len(self._parts) - 2

    def _whole(self, tracked: Tracked) -> None:
        line, sign = tracked.line, self._signs.on(tracked.line.key)
        ending = f"<w:rPr>{self._pen.ending(tracked.fate, sign.later())}</w:rPr>"
        runs = self._pen.whole(line, tracked.fate, sign)
        properties = f'<w:pPr><w:pStyle w:val="{line.style}"/>{ending}</w:pPr>'
        self._parts.append(f"<w:p>{properties}{runs}</w:p>")

    def _comment(self, note: Note) -> None:
        """Put a note in the margin, unless it is there already."""
        if note in self._said:
            return
        self._said.add(note)
        number = len(self.comments)
        self.comments.append(Comment(number, note))
        self._parts[self._margin] += (
            f'<w:commentRangeStart w:id="{number}"/><w:commentRangeEnd w:id="{number}"/>'
            '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
        )


def _has_changed(tracked: Tracked) -> bool:
    if tracked.fate is not Fate.KEPT:
        return True
    assert tracked.old is not None
    return normalise(tracked.old.text) != normalise(tracked.line.text)
