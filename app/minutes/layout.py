"""Minutes as a document: blocks that the PDF and the Word file are set from.

The language is that of the text around it: files are made under the town's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from app.events.messages import hours
from app.minutes.content import NoteLine, PlaceLine, Protocol
from app.platform.language import day
from app.platform.papers.blocks import (
    Block,
    Cell,
    Frame,
    Heading,
    Marked,
    Paper,
    Paragraph,
    Table,
    cleaned,
)
from app.platform.papers.words import around_page_numbers

_BLANK_LINES = re.compile(r"\n\s*\n")


def paper(protocol: Protocol, published_at: str) -> Paper:
    """The minutes as a document of their version."""
    return Paper(
        _frame(protocol),
        tuple(cleaned(block) for block in _blocks(protocol)),
        published_at,
        protocol.made_by or protocol.town,
        upright=True,
    )


def _frame(protocol: Protocol) -> Frame:
    by = _("Minutes written by: %(name)s", name=protocol.made_by) if protocol.made_by else ""
    return Frame(
        title=_("Minutes of the meeting"),
        subject=protocol.title,
        town=protocol.town,
        made=_("Version %(number)s, %(day)s", number=protocol.number, day=day(protocol.published)),
        made_by=by,
        approved=_("Signature:"),
        approved_hint=_("of the person who wrote the minutes"),
        page=around_page_numbers(),
    )


def _blocks(protocol: Protocol) -> Iterator[Block]:
    yield Heading(_("The meeting"))
    yield _facts(protocol)
    yield from _texts(protocol.introduction)
    for n, point in enumerate(protocol.points, 1):
        yield Heading(f"{n}. {point.title}")
        yield from _texts(point.discussion)
        if point.agreed:
            yield Paragraph(_("Agreed: %(text)s", text=point.agreed))
        elif not point.discussion:
            yield Paragraph(_("Nothing was written down."))
    if protocol.closing:
        yield Heading(_("Closing"))
        yield from _texts(protocol.closing)
    yield Heading(_("Notes by provision"))
    yield from _notes(protocol.places)


def _facts(protocol: Protocol) -> Table:
    unknown = "–"
    facts: list[tuple[Cell, ...]] = [
        (_("When"), hours(protocol.begins, protocol.finishes)),
        (_("Where"), protocol.place or unknown),
        (_("Consultation"), protocol.consultation or unknown),
        (_("Run by"), "; ".join(protocol.hosts) or unknown),
        (_("People present"), _figure(protocol.people)),
        (_("Organisations present"), _figure(protocol.organisations)),
        (_("of them women"), _figure(protocol.women)),
        (_("Address of this version"), protocol.address),
    ]
    return Table(_("The meeting"), (_("Item"), _("Content")), tuple(facts), (28, 72))


def _figure(figure: int | None) -> str:
    return "–" if figure is None else str(figure)


def _texts(text: str) -> Iterator[Block]:
    for part in _BLANK_LINES.split(text):
        if part.strip():
            yield Paragraph(part.strip())


def _notes(places: tuple[PlaceLine, ...]) -> Iterator[Block]:
    if not places:
        yield Paragraph(_("No notes were taken at provisions."))
        return
    several = len({place.document for place in places if place.document}) > 1
    yield Table(
        _("Notes"),
        (_("Provision"), _("Kind"), _("What was said"), _("Proposed wording"), _("Remark")),
        tuple(_row(_about(place, several), note) for place in places for note in place.notes),
        (15, 13, 35, 28, 9),
    )


def _about(place: PlaceLine, several: bool) -> str:
    """What notes are on; the document is named only where there are several."""
    if not place.document:
        return _("the meeting as a whole")
    part = place.citation or _("the whole document")
    return f"{place.document}, {part}" if several else part


def _row(about: str, note: NoteLine) -> tuple[Cell, ...]:
    kinds = {
        "comment": _("comment"),
        "proposal": _("proposed wording"),
        "agreed": _("agreed"),
        "disputed": _("no agreement"),
    }
    table = note.table.replace(" ", "\N{NO-BREAK SPACE}")
    said = f"{note.body} ({table})" if table else note.body
    if note.silence:
        said = _("These words are shown no more. Reason: %(reason)s", reason=note.silence)
    wording: Cell = "–"
    if note.pieces:
        wording = Marked(note.pieces, _("[removed: %(text)s]"), _("[added: %(text)s]"))
    return (
        about,
        kinds[note.kind],
        said,
        wording,
        _("no. %(number)s", number=note.remark) if note.remark else "–",
    )


def name_of_file(slug: str, number: int, kind: str) -> str:
    """Under what name a file is saved: „protokol-warsztat-1.pdf”."""
    return f"protokol-{slug}-{number}.{kind}"
