"""A comparison as people meet it: in HTML that can be heard, and in plain text."""

from __future__ import annotations

import html
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
)


def to_html(pieces: Iterable[Piece], labels: Labels = POLISH) -> str:
    """Safe HTML: kept text, ``<del>`` and ``<ins>``, each with hidden words for its two ends."""
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


def _marked(piece: Piece, labels: Labels) -> str:
    text = html.escape(piece.text).replace("\n", "<br>")
    if piece.op is Op.KEEP:
        return text
    if piece.op is Op.DELETE:
        tag, begins, ends = "del", labels.deletion_begins, labels.deletion_ends
    else:
        tag, begins, ends = "ins", labels.insertion_begins, labels.insertion_ends
    return f"<{tag}>{_spoken(begins)}{text}{_spoken(ends)}</{tag}>"


def _spoken(label: str) -> str:
    return f'<span class="visually-hidden">{html.escape(label)}</span>'
