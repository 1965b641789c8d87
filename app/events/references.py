"""Provisions as the office writes them, „§ 4 ust. 2, § 7”, found in the documents chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.documents.models import Document
from app.documents.queries import latest_edition, units_of, wordings_of
from app.legaltext.citation import CitationError, resolve
from app.legaltext.units import Units


def provisions_named(text: str, documents: Iterable[Document]) -> tuple[list[int], list[str]]:
    """The ids of the provisions that a text names, and the words that name none.

    Each is sought in the newest edition of each document, in order.
    """
    texts = []
    for document in documents:
        edition = latest_edition(document)
        if edition is not None:
            wordings = wordings_of(edition)
            ids = {str(w.provision.number): w.provision_id for w in wordings}
            texts.append((units_of(wordings), ids))
    found: list[int] = []
    unknown = []
    for words in _parts(text):
        number = next((n for units, ids in texts if (n := _find(units, ids, words))), None)
        if number is None:
            unknown.append(words)
        elif number not in found:
            found.append(number)
    return found, unknown


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _find(units: Units, ids: dict[str, int], words: str) -> int | None:
    try:
        unit = resolve(units, words)
    except CitationError:
        return None
    return ids.get(unit.id) if unit is not None else None
