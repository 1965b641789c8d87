"""Gathering the report from the town's data, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from app.consultations.models import Consultation
from app.documents.models import Document, Edition
from app.documents.queries import comparison_of, documents_of
from app.drafting.models import DraftChange
from app.drafting.queries import published_changes
from app.events.queries import events_of
from app.legaltext import diff
from app.minutes.telling import Meetings, meetings_of
from app.platform.clock import local
from app.platform.db import db
from app.platform.links import absolute
from app.remarks.fate import Response
from app.remarks.models import Position, Remark
from app.reports.content import (
    MEETING,
    ChangeLine,
    EditionLine,
    EventLine,
    RemarkLine,
    Report,
    RoundLine,
)
from app.reports.places import places
from app.reports.queries import no_change_reasons


def collect(consultation: Consultation, number: int, at: datetime, made_by: str = "") -> Report:
    """The report of a consultation as its data stand now; of events, those that have begun."""
    documents = documents_of(consultation)
    changes = {document.id: published_changes(document) for document in documents}
    traces = places([change for made in changes.values() for change in made])
    remarks, meetings = _all_remarks(consultation), meetings_of(consultation)
    return Report(
        number=number,
        made_by=made_by,
        made_at=local(at).isoformat(),
        town=str(current_app.config["SITE_NAME"]),
        title=consultation.title,
        year=consultation.year,
        address=absolute("reading.consultation", slug=consultation.slug),
        legal_basis=consultation.legal_basis,
        who_may=consultation.who_may,
        how_to=consultation.how_to,
        publicity=consultation.publicity,
        council_opinion=consultation.council_opinion,
        contact=_contact(consultation),
        rounds=_rounds(consultation),
        editions=tuple(_editions(documents)),
        events=_events(consultation, at, remarks, meetings),
        remarks=_remarks(remarks, traces, no_change_reasons(consultation), meetings),
        changes=tuple(
            line for document in documents for line in _changes(document, changes[document.id])
        ),
    )


def _contact(consultation: Consultation) -> str:
    parts = (
        consultation.contact_name,
        consultation.contact_address,
        consultation.contact_email,
        consultation.contact_phone,
    )
    return ", ".join(part for part in parts if part)


def _rounds(consultation: Consultation) -> tuple[RoundLine, ...]:
    return tuple(
        RoundLine(r.title, local(r.opens_at).isoformat(), local(r.closes_at).isoformat())
        for r in consultation.rounds
    )


def _events(
    consultation: Consultation, at: datetime, remarks: Sequence[Remark], meetings: Meetings
) -> tuple[EventLine, ...]:
    came: dict[int, list[int]] = {}
    for remark in remarks:
        if remark.event_id is not None:
            came.setdefault(remark.event_id, []).append(remark.number)
    return tuple(
        EventLine(
            e.title,
            str(e.kind),
            local(e.starts_at).isoformat(),
            e.place,
            e.people_present,
            e.organisations_present,
            e.outcome,
            meetings.of(e).agreed,
            meetings.of(e).address,
            meetings.of(e).notes,
            tuple(came.get(e.id, ())),
        )
        for e in events_of(consultation)
        if e.starts_at <= at
    )


def _published(document: Document) -> list[Edition]:
    return [edition for edition in document.editions if edition.published_at]


def _editions(documents: Sequence[Document]) -> list[EditionLine]:
    return [
        EditionLine(document.title, e.number, local(e.published_at).isoformat(), e.note)
        for document in documents
        for e in _published(document)
        if e.published_at
    ]


def _all_remarks(consultation: Consultation) -> Sequence[Remark]:
    return db.session.scalars(
        sa.select(Remark)
        .where(Remark.consultation_id == consultation.id)
        .options(selectinload(Remark.positions))
        .order_by(Remark.number)
    ).all()


def _remarks(
    remarks: Sequence[Remark],
    traces: dict[int, list[str]],
    unchanged: dict[int, str],
    meetings: Meetings,
) -> tuple[RemarkLine, ...]:
    guests: dict[str, int] = {}
    return tuple(
        _remark(remark, traces, unchanged, _party(remark, guests, meetings)) for remark in remarks
    )


def _remark(
    remark: Remark, traces: dict[int, list[str]], unchanged: dict[int, str], party: str
) -> RemarkLine:
    hidden, withdrawn = remark.hidden_at is not None, remark.withdrawn_at is not None
    silent = hidden or withdrawn
    position = remark.positions[-1] if remark.positions else None
    state = "withdrawn" if withdrawn else str(position.outcome) if position else "open"
    return RemarkLine(
        number=remark.number,
        provision=remark.citation,
        who=remark.signature,
        party=party,
        by_organisation=remark.organisation_id is not None,
        channel=str(remark.channel),
        kind=str(remark.amendment_kind or "comment"),
        received_on=remark.received_on.isoformat(),
        content="" if silent else remark.body,
        proposed="" if silent else remark.proposed_text,
        quote="" if silent else remark.quote,
        state=state,
        justification=position.justification if position and not withdrawn else "",
        decided_on=local(position.decided_at).date().isoformat() if position else "",
        changes=tuple(traces.get(remark.id, ())),
        no_change="" if withdrawn else unchanged.get(remark.id, ""),
        is_hidden=hidden,
        hidden_reason=remark.hidden_reason,
        withdrawal_reason=remark.withdrawal_reason,
        **_own_wording(position if not withdrawn else None, silent=silent),
    )


def _own_wording(position: Position | None, *, silent: bool) -> dict[str, str]:
    """The office's own wording and the last that the author of the remark said to it."""
    if position is None or not position.wording:
        return {}
    said = position.responses[-1] if position.responses else None
    response = Response.AWAITED if said is None else Response.of(agrees=said.agrees)
    return {
        "own_wording": position.wording,
        "response": str(response),
        "response_words": said.words if said is not None and not silent else "",
    }


def _party(remark: Remark, guests: dict[str, int], meetings: Meetings) -> str:
    """Who it is, told apart but not named: the report is public.

    What came of a note was said by a meeting. People without an account are one when they gave
    the same address, else each is another.
    """
    if remark.id in meetings.voiced:
        return f"{MEETING}{remark.event_id}"
    if remark.organisation_id is not None:
        return f"organisation:{remark.organisation_id}"
    if remark.author_id is not None:
        return f"person:{remark.author_id}"
    if remark.author_email:
        return f"guest:{guests.setdefault(remark.author_email.lower(), len(guests) + 1)}"
    return f"remark:{remark.number}"


def _changes(document: Document, made: Sequence[DraftChange]) -> list[ChangeLine]:
    """The first published edition compared with the last, each row with its causes."""
    editions = _published(document)
    if len(editions) < 2:
        return []
    comparison = comparison_of(editions[0], editions[-1])
    causes: dict[int, list[str]] = {}
    for change in made:
        for number in change.shown.get("touched", ()):
            causes.setdefault(number, []).extend(_causes(change))
    return [
        ChangeLine(
            document=document.title,
            provision=row["new_citation"] or row["old_citation"],
            verdicts=tuple(row["verdicts"]),
            pieces=tuple(
                (str(piece.op), piece.text)
                for piece in diff.compare(row["old_text"], row["new_text"])
            ),
            causes=tuple(
                dict.fromkeys(cause for n in row["numbers"] for cause in causes.get(n, ()))
            ),
            formula=row.get("formula", ""),
        )
        for row in (comparison.rows if comparison else ())
    ]


def _causes(change: DraftChange) -> list[str]:
    named = [_("remark no. %(number)s", number=remark.number) for remark in change.causes]
    if change.event is not None:
        meeting = _("note from the meeting “%(title)s”", title=change.event.title)
        named.append(f"{meeting}: {change.event_note}".removesuffix(": "))
    return named + ([change.reason] if change.reason else [])
