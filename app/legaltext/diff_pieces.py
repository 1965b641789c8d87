"""The value that every comparison yields: pieces of text that stay, go or come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """What happens to a piece of text on the way from the old wording to the new."""

    KEEP = "keep"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, never empty, with what happens to it."""

    op: Op
    text: str


Pieces = tuple[Piece, ...]


def joined(stretches: Iterable[tuple[Op, str]]) -> Pieces:
    """The stretches as pieces: empty ones left out, neighbours of one kind made one piece,

    and between two kept pieces at most one deletion, followed by at most one insertion.
    """
    pieces: list[Piece] = []
    pending = {Op.KEEP: "", Op.DELETE: "", Op.INSERT: ""}

    def flush() -> None:
        for op, text in pending.items():
            if text:
                pieces.append(Piece(op, text))
                pending[op] = ""

    for op, text in stretches:
        if op is Op.KEEP and (pending[Op.DELETE] or pending[Op.INSERT]) and text:
            flush()
        pending[op] += text
    flush()
    return tuple(pieces)


def old_text(pieces: Iterable[Piece]) -> str:
    """The wording before the change: everything but the insertions."""
    return "".join(piece.text for piece in pieces if piece.op is not Op.INSERT)


def new_text(pieces: Iterable[Piece]) -> str:
    """The wording after the change: everything but the deletions."""
    return "".join(piece.text for piece in pieces if piece.op is not Op.DELETE)
