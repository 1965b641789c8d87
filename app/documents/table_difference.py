"""Two states of a table compared cell by cell: a changed sum is marked in its place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup

from app.documents.tables import AMOUNT, CELL, is_amount
from app.legaltext import diff

Row = tuple[str, ...]

#: Rows with at least this share of words in common are one row that has changed.
LIKE = 0.4

#: How many rows ahead a row is looked for, so that long tables stay quick.
FARTHEST = 20


def table_difference(old: str, new: str) -> Markup:
    """The new table with what came and what went marked in its cells; rows that went stay in place.

    Rows are parted by ``"\\n"`` and cells by ``"\\t"``; one of the tables may be empty.
    """
    lines = [
        Markup("<tr>{}</tr>").format(Markup("").join(_cells(before, after)))
        for before, after in row_pairs(old, new)
    ]
    return Markup(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Tabela">'
        "<table><tbody>{}</tbody></table></div>"
    ).format(Markup("").join(lines))


def _rows(text: str) -> list[Row]:
    if not text:
        return []
    return [tuple(diff.normalise(cell) for cell in row.split("\t")) for row in text.split("\n")]


def row_pairs(old: str, new: str) -> Iterator[tuple[Row, Row]]:
    """The rows of two tables side by side; an empty one stands for a row that is not there."""
    before, after = _rows(old), _rows(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(old: list[Row], new: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each new row with the first old one like it that is left; those skipped have gone."""
    left = list(old)
    for row in new:
        near = left[:FARTHEST]
        at = next((i for i, gone in enumerate(near) if _alike(gone, row)), None)
        if at is None:
            yield (), row
            continue
        yield from ((gone, ()) for gone in left[:at])
        yield left[at], row
        del left[: at + 1]
    yield from ((gone, ()) for gone in left)


def _alike(old: Row, new: Row) -> bool:
    return diff.similarity(" ".join(old), " ".join(new)) >= LIKE


def _cells(old: Row, new: Row) -> Iterator[Markup]:
    for column in range(max(len(old), len(new))):
        before = old[column] if column < len(old) else ""
        after = new[column] if column < len(new) else ""
        # Made safe by diff.to_html, which escapes all words.
        words = Markup(diff.to_html(diff.compare(before, after)))  # noqa: S704
        yield (AMOUNT if is_amount(after or before) else CELL).format(words)
