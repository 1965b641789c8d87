"""The list of all remarks: filters, orders and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Organisation
from app.consultations.models import Consultation
from app.documents.models import Document, Wording
from app.legaltext.citation import CitationError, parse
from app.legaltext.diff import normalise
from app.platform.db import db
from app.platform.pages import Page, paginate
from app.remarks.lifecycle import State
from app.remarks.models import Channel, Outcome, Remark, RemarkKind
from app.remarks.queries import PER_PAGE, awaits_author, for_lists, newest_editions

LONGEST_SEARCH = 100


class Order(StrEnum):
    """How a list of remarks is sorted."""

    NUMBER = "numer"
    NEWEST = "najnowsze"
    SUPPORT = "poparcie"
    PROVISION = "przepis"
    UNANSWERED = "bez-odpowiedzi"


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; an empty value does not narrow the list.

    ``provision`` is an address as people write it ("§ 4 ust. 2") and takes in what stands
    beneath. ``awaits_author``: the office has given a wording of its own and its author is silent.
    ``reads_hidden`` lets the words of hidden and withdrawn remarks be searched.
    """

    provision: str = ""
    kind: RemarkKind | None = None
    state: State | None = None
    organisation_id: int | None = None
    channel: Channel | None = None
    text: str = ""
    order: Order = Order.NUMBER
    whole_document: bool = False
    awaits_author: bool = False
    reads_hidden: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return replace(self, order=Order.NUMBER, reads_hidden=False) != Filters()

    @property
    def folded(self) -> int:
        """How many filters narrow the list besides the words that are looked for."""
        chosen = (self.provision, self.kind, self.state, self.organisation_id, self.channel)
        return sum(value not in ("", None) for value in chosen)


def remarks_page(
    consultation: Consultation, filters: Filters, page: int, per_page: int = PER_PAGE
) -> Page[Remark]:
    """One page of the remarks of a consultation."""
    statement = _ordered(consultation, _filtered(consultation, filters), filters.order)
    statement = statement.options(*for_lists())
    return paginate(db.session(), statement, page, per_page)


def organisations_heard(consultation: Consultation) -> Sequence[Organisation]:
    """Organisations that have sent a remark, by name."""
    return db.session.scalars(
        sa.select(Organisation)
        .where(
            Organisation.id.in_(
                sa.select(Remark.organisation_id).where(
                    Remark.consultation_id == consultation.id, Remark.organisation_id.is_not(None)
                )
            )
        )
        .order_by(Organisation.name)
    ).all()


def _filtered(consultation: Consultation, filters: Filters) -> sa.Select[Remark]:
    statement = sa.select(Remark).where(Remark.consultation_id == consultation.id)
    if filters.kind is not None:
        statement = statement.where(Remark.kind == filters.kind)
    if filters.channel is not None:
        statement = statement.where(Remark.channel == filters.channel)
    if filters.organisation_id is not None:
        statement = statement.where(Remark.organisation_id == filters.organisation_id)
    if filters.state is not None:
        statement = statement.where(*_in_state(filters.state))
    if filters.awaits_author:
        statement = statement.where(awaits_author())
    if filters.whole_document:
        statement = statement.where(Remark.provision_id.is_(None))
    elif filters.provision.strip():
        statement = statement.where(_at(consultation, filters.provision))
    for word in filters.text[:LONGEST_SEARCH].split():
        statement = statement.where(_says(word))
    if filters.text.strip() and not filters.reads_hidden:
        statement = statement.where(Remark.hidden_at.is_(None), Remark.withdrawn_at.is_(None))
    return statement


def _in_state(state: State) -> tuple[sa.ColumnElement[bool], ...]:
    """The same decision as ``lifecycle.state_of``, asked of the database."""
    if state is State.WITHDRAWN:
        return (Remark.withdrawn_at.is_not(None),)
    if state is State.HIDDEN:
        return (Remark.withdrawn_at.is_(None), Remark.hidden_at.is_not(None))
    standing = (Remark.withdrawn_at.is_(None), Remark.hidden_at.is_(None))
    if state is State.OPEN:
        return (*standing, Remark.outcome.is_(None))
    return (*standing, Remark.outcome == Outcome(str(state)))


def _at(consultation: Consultation, address: str) -> sa.ColumnElement[bool]:
    """On the provision that bears an address in the newest edition, or on its parts.

    A provision that stands there no more is found by the address it had.
    """
    try:
        wanted = str(parse(address))
    except CitationError:
        wanted = normalise(address)[:LONGEST_SEARCH]
    newest = newest_editions(consultation)
    in_newest = sa.select(Wording.provision_id).where(
        Wording.edition_id.in_(sa.select(newest.c.id))
    )
    here = in_newest.where(_begins(Wording.citation, wanted))
    return sa.or_(
        Remark.home_id.in_(here),
        sa.and_(Remark.home_id.not_in(in_newest), _begins(Remark.citation, wanted)),
    )


def _begins(column: sa.orm.InstrumentedAttribute[str], address: str) -> sa.ColumnElement[bool]:
    return sa.or_(column == address, column.startswith(address + " ", autoescape=True))


def _says(word: str) -> sa.ColumnElement[bool]:
    """SQLite folds the case of ASCII letters only, so Polish ones are tried in every case."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    columns = (Remark.body, Remark.proposed_text, Remark.quote, Remark.signature)
    return sa.or_(
        *(column.icontains(each, autoescape=True) for each in spellings for column in columns)
    )


def _ordered(
    consultation: Consultation, statement: sa.Select[Remark], order: Order
) -> sa.Select[Remark]:
    if order is Order.NEWEST:
        return statement.order_by(Remark.submitted_at.desc(), Remark.number.desc())
    if order is Order.SUPPORT:
        return statement.order_by(Remark.supports_count.desc(), Remark.number)
    if order is Order.UNANSWERED:
        waits = sa.and_(Remark.outcome.is_(None), Remark.withdrawn_at.is_(None))
        return statement.order_by(sa.case((waits, 0), else_=1), Remark.number)
    if order is Order.PROVISION:
        newest, place, document = newest_editions(consultation), aliased(Wording), Document
        return (
            statement.join(document, document.id == Remark.document_id)
            .join(newest, newest.c.document_id == Remark.document_id, isouter=True)
            .join(
                place,
                sa.and_(place.edition_id == newest.c.id, place.provision_id == Remark.home_id),
                isouter=True,
            )
            .order_by(
                document.position,
                document.id,
                sa.case((Remark.provision_id.is_(None), 0), else_=1),
                sa.case((place.position.is_(None), 1), else_=0),
                place.position,
                Remark.number,
            )
        )
    return statement.order_by(Remark.number)
