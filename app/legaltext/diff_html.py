"""A comparison as people meet it: in HTML that can be heard, and in plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .diff_pieces import Op, Piece


@dataclass(frozen=True, slots=True)
class Labels:
    """What a screen reader says around a change, and the marks of plain text."""

    deletion_begins: str
    deletion_ends: str
    insertion_begins: str
    insertion_ends: str
    deleted: str
    inserted: str
    lang: str = ""  # said of the labels where they stand in a text of another language


POLISH = Labels(
    deletion_begins="początek skreślenia",
    deletion_ends="koniec skreślenia",
    insertion_begins="początek wstawienia",
    insertion_ends="koniec wstawienia",
    deleted="usunięto",
    inserted="dodano",
)
ENGLISH = Labels(
    deletion_begins="deletion begins",
    deletion_ends="deletion ends",
    insertion_begins="insertion begins",
    insertion_ends="insertion ends",
    deleted="deleted",
    inserted="inserted",
    lang="en",
)


def to_html(pieces: Iterable[Piece], labels: Labels = POLISH) -> str:
    """Safe HTML: kept text, ``<del>`` and ``<ins>``, each with hidden words for its two ends.

    Blanks and line breaks at the edge of a change stand outside it: the sign is by the word.
    """
    return "".join(_marked(piece, labels) for piece in pieces)


def side_by_side(pieces: Iterable[Piece], labels: Labels = POLISH) -> tuple[str, str]:
    """Safe HTML of the old wording with what goes, and of the new wording with what comes."""
    everything = tuple(pieces)
    return (
        to_html((piece for piece in everything if piece.op is not Op.INSERT), labels),
        to_html((piece for piece in everything if piece.op is not Op.DELETE), labels),
    )


def to_text(pieces: Iterable[Piece], labels: Labels = POLISH) -> str:
    """Plain text for a mail: "Kwota [usunięto: 100 zł] [dodano: 120 zł]".

    A blank at the edge of a change stands outside the brackets, and two changes never touch.
    """
    written = ""
    for piece in pieces:
        core = piece.text.strip(" ")
        if piece.op is Op.KEEP or not core:
            written += piece.text
            continue
        lead = piece.text[: len(piece.text) - len(piece.text.lstrip(" "))]
        trail = piece.text[len(piece.text.rstrip(" ")) :]
        name = labels.deleted if piece.op is Op.DELETE else labels.inserted
        gap = " " if written.endswith("]") and not lead else lead
        written += f"{gap}[{name}: {core}]{trail}"
    return written


def retold(marked: str, labels: Labels = POLISH) -> str:
    """HTML that ``to_html`` made earlier, perhaps long ago and in Polish, with these labels.

    Only what is heard changes, and where the signs stand: blanks at the edge of a change go out of
    it, as ``to_html`` sets them today.
    """
    if _LOOSE.search(marked):
        marked = _TRAILING.sub(r"\2\1", _LEADING.sub(r"\2\1", marked))
    if labels is not POLISH:
        for name in ("deletion_begins", "deletion_ends", "insertion_begins", "insertion_ends"):
            said = _spoken(getattr(POLISH, name), POLISH)
            marked = marked.replace(said, _spoken(getattr(labels, name), labels))
    return marked


_BLANKS = "(?: |<br>)+"
_OPENS = "początek (?:skreślenia|wstawienia)</span>"
_CLOSES = '<span class="visually-hidden">koniec (?:skreślenia|wstawienia)</span>'
_LOOSE = re.compile(f"{_OPENS}(?: |<br>)|(?: |<br>){_CLOSES}")
# A change that is nothing but blanks stays as it is.
_LEADING = re.compile(
    f'(<(?:ins|del)><span class="visually-hidden">{_OPENS})({_BLANKS})(?! |<br>|{_CLOSES})'
)
_TRAILING = re.compile(f"(?<!{_OPENS})(?<! )(?<!<br>)({_BLANKS})({_CLOSES}</(?:ins|del)>)")


def _marked(piece: Piece, labels: Labels) -> str:
    core = piece.text.strip(" \n")
    if piece.op is Op.KEEP or not core:
        lead, core, trail = "", piece.text, ""
    else:
        lead, _, trail = piece.text.partition(core)
    lead, core, trail = (html.escape(part).replace("\n", "<br>") for part in (lead, core, trail))
    if piece.op is Op.KEEP:
        return core
    if piece.op is Op.DELETE:
        tag, begins, ends = "del", labels.deletion_begins, labels.deletion_ends
    else:
        tag, begins, ends = "ins", labels.insertion_begins, labels.insertion_ends
    begins, ends = _spoken(begins, labels), _spoken(ends, labels)
    return f"{lead}<{tag}>{begins}{core}{ends}</{tag}>{trail}"


def _spoken(label: str, labels: Labels) -> str:
    lang = f' lang="{labels.lang}"' if labels.lang else ""
    return f'<span class="visually-hidden"{lang}>{html.escape(label)}</span>'
