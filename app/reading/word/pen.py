"""Runs of words with tracked changes as WordprocessingML, in strings: objects would be slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from app.legaltext import diff
from app.legaltext.diff import Op
from app.platform.typography import bind, printable
from app.reading.word.lines import Line, Span
from app.reading.word.signs import LONGEST_AUTHOR, Sign, Signs
from app.reading.word.tracking import Fate

#: The element around a run of each fate; a kept one has none.
AROUND = {
    Fate.GONE: "del",
    Fate.CAME: "ins",
    Fate.MOVED_AWAY: "moveFrom",
    Fate.MOVED_HERE: "moveTo",
}

_FATE = {Op.KEEP: Fate.KEPT, Op.DELETE: Fate.GONE, Op.INSERT: Fate.CAME}


class Pen:
    """Writes the words of one document and numbers its changes, each of which has its own."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self._numbers = count(1)
        self._moves: dict[str, str] = {}

    def words(self, old: str, new: str, sign: Sign) -> str:
        """Words of which some went and some came."""
        if old == new:
            return self.passage(new, Fate.KEPT, sign)
        return "".join(self._run(text, fate, sign) for fate, text in pieces(old, new))

    def passage(self, text: str, fate: Fate, sign: Sign) -> str:
        """Words all of which went, came or moved."""
        return self._run(printable(bind(diff.normalise(text))), fate, sign)

    def mark(self, old: Line, new: Line) -> str:
        """The mark of a provision that stays; a new one is typed in place of the old."""
        head, tail = _alike(old.mark, new.mark)
        went, came = old.mark[head : len(old.mark) - tail], new.mark[head : len(new.mark) - tail]
        parts = (
            (Fate.KEPT, new.mark[:head]),
            (Fate.GONE, went),
            (Fate.CAME, came),
            (Fate.KEPT, new.mark[len(new.mark) - tail :]),
        )
        sign = self.signs.numbering
        return "".join(self._spans(spans, fate, sign) for fate, spans in parts)

    def whole(self, line: Line, fate: Fate, sign: Sign) -> str:
        """A line all of which went, came or moved; one that moved bears another mark there."""
        sign = sign.later()
        runs = self._spans(line.mark, fate, sign) + self.passage(line.text, fate, sign)
        if fate in {Fate.GONE, Fate.CAME}:
            return runs
        what, number = AROUND[fate], next(self._numbers)
        # Word pairs the two places of a move by a name that they share.
        name = self._moves.setdefault(line.key, f"move{len(self._moves) + 1}")
        start = f'<w:{what}RangeStart w:id="{number}" w:name="{name}" {by(sign)}/>'
        return f'{start}{runs}<w:{what}RangeEnd w:id="{number}"/>'

    def ending(self, fate: Fate, sign: Sign) -> str:
        """That the end of a paragraph, or a row of a table, went, came or moved."""
        return "" if fate is Fate.KEPT else f"<w:{AROUND[fate]} {self._signed(sign)}/>"

    def _spans(self, spans: Sequence[Span], fate: Fate, sign: Sign) -> str:
        return "".join(self._run(span.text, fate, sign, bold=span.bold) for span in spans)

    def _run(self, text: str, fate: Fate, sign: Sign, *, bold: bool = False) -> str:
        if not text:
            return ""
        tag = "delText" if fate is Fate.GONE else "t"
        about = "<w:rPr><w:b/></w:rPr>" if bold else ""
        run = f"<w:r>{about}{''.join(_text(text, tag))}</w:r>"
        if fate is Fate.KEPT:
            return run
        return f"<w:{AROUND[fate]} {self._signed(sign)}>{run}</w:{AROUND[fate]}>"

    def _signed(self, sign: Sign) -> str:
        return f'w:id="{next(self._numbers)}" {by(sign)}'


def by(sign: Sign) -> str:
    """The attributes that say who made a change, and when."""
    author = quoteattr(printable(sign.author)[:LONGEST_AUTHOR])
    return f'w:author={author} w:date="{sign.at:%Y-%m-%dT%H:%M:%S}Z"'


def pieces(old: str, new: str) -> Iterator[tuple[Fate, str]]:
    """What stays, goes and comes, with the blanks of Polish typography.

    A blank that one wording binds and the other does not is shown as the new one has it.
    """
    before, after = bind(diff.normalise(old)), bind(diff.normalise(new))
    was = reads = 0
    for piece in diff.compare(old, new):
        size = len(piece.text)
        if piece.op is Op.DELETE:
            yield Fate.GONE, printable(before[was : was + size])
        else:
            yield _FATE[piece.op], printable(after[reads : reads + size])
        was += size if piece.op is not Op.INSERT else 0
        reads += size if piece.op is not Op.DELETE else 0


def _alike(old: Sequence[Span], new: Sequence[Span]) -> tuple[int, int]:
    """How many spans two marks share at their beginning and at their end."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return head, tail


def _text(text: str, tag: str) -> Iterator[str]:
    for n, line in enumerate(text.split("\n")):
        if n:
            yield "<w:br/>"
        for m, part in enumerate(line.split("\t")):
            if m:
                yield "<w:tab/>"
            if part:
                yield f'<w:{tag} xml:space="preserve">{escape(part)}</w:{tag}>'
