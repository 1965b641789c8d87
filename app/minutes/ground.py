"""What a note can be about: the documents of an event and their provisions as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.models import Document, Edition, Provision
from app.documents.queries import (
    documents_of,
    latest_edition,
    units_of,
    wordings_of,
)
from app.events.models import Event
from app.events.queries import provisions_about
from app.legaltext.citation import CitationError, resolve
from app.minutes.models import Note
from app.minutes.queries import provision_of
from app.platform.errors import NotFound
from app.remarks import wording


@dataclass(frozen=True, slots=True)
class Place:
    """What a note is about: a provision, a whole document, or the meeting as such.

    ``current`` is the wording in ``edition``, ``None`` where there is no provision.
    """

    event: Event
    document: Document | None = None
    edition: Edition | None = None
    provision: Provision | None = None
    citation: str = ""
    current: str | None = None

    @property
    def value(self) -> str:
        """The place as forms name it: „3:12” (document and provision), „3:0”, or nothing."""
        if self.document is None:
            return ""
        return f"{self.document.id}:{self.provision.number if self.provision else 0}"


def documents_about(event: Event) -> Sequence[Document]:
    """The documents an event is about; where none are chosen, all of its consultation."""
    if event.documents or event.consultation is None:
        return event.documents
    return documents_of(event.consultation)


def place_at(event: Event, value: str) -> Place:
    """What „3:12” names, in the newest edition; ``NotFound`` if it names nothing."""
    if not value:
        return Place(event)
    own, _, number = value.partition(":")
    document = next((d for d in documents_about(event) if str(d.id) == own), None)
    edition = latest_edition(document) if document else None
    if document is None or edition is None or not _is_number(number):
        raise NotFound
    if number == "0":
        return Place(event, document, edition)
    provision = provision_of(document, int(number))
    row = wording.standing(edition, provision) if provision else None
    if row is None:
        raise NotFound
    return Place(event, document, edition, provision, row.citation, row.text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def place_of(note: Note) -> Place:
    """What a note is about, in the edition that was read when it was taken."""
    row = None
    if note.provision is not None and note.edition is not None:
        row = wording.standing(note.edition, note.provision)
    return Place(
        note.event,
        note.document,
        note.edition,
        note.provision,
        row.citation if row else "",
        row.text if row else None,
    )


def offered(event: Event) -> list[tuple[Document, list[tuple[str, str]]]]:
    """The places to choose from, by document: those the event is about, with their parts."""
    chosen: dict[int, set[int]] = {}
    for provision, document, _citation in provisions_about(event):
        chosen.setdefault(document.id, set()).add(provision.id)
    made = []
    for document in documents_about(event):
        edition = latest_edition(document)
        if edition is not None:
            made.append((document, _parts(document, edition, chosen.get(document.id, set()))))
    return made


def _parts(document: Document, edition: Edition, chosen: set[int]) -> list[tuple[str, str]]:
    """Each chosen provision and whatever stands in it, in printed order."""
    wanted = set(chosen)
    parts = []
    for row in wordings_of(edition):
        if row.provision_id in wanted or row.parent_id in wanted:
            wanted.add(row.provision_id)
            if row.citation:
                parts.append((f"{document.id}:{row.provision.number}", row.citation))
    return parts


def named(event: Event, words: str) -> str | None:
    """The place that „§ 4 ust. 2” names, in the first document that has it; ``None`` if none."""
    for document in documents_about(event):
        edition = latest_edition(document)
        if edition is None:
            continue
        try:
            unit = resolve(units_of(wordings_of(edition)), words)
        except CitationError:
            continue
        if unit is not None:
            return f"{document.id}:{unit.id}"
    return None
