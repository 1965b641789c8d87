"""Looking remarks up, each list in a number of queries that does not grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import LoaderOption

from app.accounts.models import Organisation, User
from app.consultations.models import Consultation
from app.consultations.queries import locked, locking
from app.documents.models import Document, Edition, Provision
from app.documents.queries import newest_of
from app.platform.db import db, id_of
from app.platform.pages import Page, paginate
from app.remarks.fate import Response
from app.remarks.keys import hash_of
from app.remarks.models import Position, Remark, RemarkVersion, Reply, Support, Tally

PER_PAGE = 25

_tally = Tally.__table__

_remark = Remark.__table__

# Part of posting a remark, so they are put together once.
_GROUND = (
    sa.select(Document, Edition, Provision)
    .join(Document.consultation)
    .outerjoin(Edition, Edition.id == newest_of(Document.id))
    .outerjoin(
        Provision,
        sa.and_(Provision.document_id == Document.id, Provision.number == sa.bindparam("number")),
    )
    .where(Consultation.slug == sa.bindparam("slug"), Document.slug == sa.bindparam("document"))
    .options(contains_eager(Document.consultation).joinedload(Consultation.rounds))
)
_LOCKED_OF = locking(
    sa.select(Document.consultation_id)
    .where(Document.id == sa.bindparam("document"))
    .scalar_subquery()
)
_NEWEST_AND_MADE = sa.select(
    Edition,
    sa.select(_remark.c.id)
    .where(_remark.c.submission_key == sa.bindparam("key"))
    .scalar_subquery(),
).where(Edition.id == newest_of(sa.bindparam("document", type_=sa.Integer)))

#: Put together once, for it is asked for every page of a text, and of the table: no object is made.
_TALLIES = sa.select(_tally.c.provision_number, _tally.c.remarks, _tally.c.amendments).where(
    _tally.c.document_id == sa.bindparam("document"), _tally.c.remarks > 0
)


def for_lists() -> tuple[LoaderOption, ...]:
    """What a remark in a list shows besides itself."""
    return (
        joinedload(Remark.document),
        joinedload(Remark.edition),
        joinedload(Remark.provision),
        joinedload(Remark.home),
        selectinload(Remark.positions),
        selectinload(Remark.carried),
    )


def remark_by_number(consultation: Consultation, number: int) -> Remark | None:
    """The remark with a number, with all that its own page shows."""
    return db.session.scalar(
        _with_everything().where(Remark.consultation_id == consultation.id, Remark.number == number)
    )


def remark_by_key(secret: str) -> Remark | None:
    """The remark to which a secret link leads."""
    return db.session.scalar(_with_everything().where(Remark.key_hash == hash_of(secret)))


def _with_everything() -> sa.Select[Remark]:
    return sa.select(Remark).options(
        joinedload(Remark.consultation),
        joinedload(Remark.document),
        joinedload(Remark.edition),
        joinedload(Remark.provision),
        joinedload(Remark.home),
        joinedload(Remark.event),
        joinedload(Remark.author),
        selectinload(Remark.positions).joinedload(Position.decided_by),
        selectinload(Remark.carried),
    )


class Ground(NamedTuple):
    """A document with its consultation and rounds, its newest edition, one of its provisions."""

    document: Document
    newest: Edition | None
    provision: Provision | None


def ground_of(slug: str, document: str, number: int) -> Ground | None:
    """What somebody wants to speak about, in one query; ``number`` 0 names no provision."""
    named = {"slug": slug, "document": document, "number": number}
    found = db.session.execute(_GROUND, named).unique().one_or_none()
    return Ground(*found) if found is not None else None


def locked_of(document: Document) -> Consultation:
    """The consultation of a document, locked like ``locked``."""
    number = id_of(document)
    return db.session.scalars(_LOCKED_OF, {"document": number}).unique().one()


def newest_and_made(
    document: Document, submission_key: str
) -> tuple[Edition | None, Remark | None]:
    """The newest published edition, and the remark that a filled-in form has made already."""
    asked = {"document": id_of(document), "key": submission_key}
    found = db.session.execute(_NEWEST_AND_MADE, asked).one_or_none()
    if found is None:
        return None, None
    return found[0], db.session.get(Remark, found[1]) if found[1] is not None else None


def reply_by_submission(submission_key: str) -> Reply | None:
    """The reply that a filled-in form has made already."""
    return db.session.scalar(sa.select(Reply).where(Reply.submission_key == submission_key))


def held(remark: Remark) -> Remark:
    """The same remark as it stands now, with its consultation locked until the transaction ends."""
    locked(remark.consultation_id)
    db.session.refresh(remark)
    return remark


def held_reply(reply: Reply) -> tuple[Reply, Remark]:
    """A reply and its remark as they stand now, locked like ``held``."""
    remark = held(db.session.get_one(Remark, reply.remark_id))
    db.session.refresh(reply)
    return reply, remark


def awaits_author() -> sa.ColumnElement[bool]:
    """That an author who has a way to answer has not said yet what they think of a wording."""
    return sa.and_(
        Remark.response == Response.AWAITED,
        Remark.withdrawn_at.is_(None),
        sa.or_(
            Remark.author_id.is_not(None),
            Remark.author_email != "",
            Remark.entered_by_id.is_(None),
        ),
    )


def versions_of(remark: Remark) -> Sequence[RemarkVersion]:
    """All that a remark has ever said, the first version first."""
    return db.session.scalars(
        sa.select(RemarkVersion)
        .where(RemarkVersion.remark_id == remark.id)
        .order_by(RemarkVersion.number)
    ).all()


def first_version_of(remark: Remark) -> RemarkVersion:
    """What a remark said when it was sent."""
    return versions_of(remark)[0]


def replies_to(remark: Remark) -> Sequence[Reply]:
    """Replies beneath a remark, the earliest first, hidden ones among them."""
    return db.session.scalars(
        sa.select(Reply).where(Reply.remark_id == remark.id).order_by(Reply.id)
    ).all()


def reply_of(remark: Remark, reply_id: int) -> Reply | None:
    """One reply, if it stands beneath this remark."""
    return db.session.scalar(
        sa.select(Reply).where(Reply.id == reply_id, Reply.remark_id == remark.id)
    )


def support_of(remark: Remark, user: User) -> Support | None:
    """A person's support of a remark."""
    return db.session.get(Support, (remark.id, user.id))


def remarks_of_section(
    document: Document, provision_ids: Sequence[int], page: int, per_page: int = PER_PAGE
) -> Page[Remark]:
    """Remarks that belong to any of these provisions by number, without withdrawn ones."""
    statement = _standing().where(
        Remark.document_id == document.id, Remark.home_id.in_(provision_ids)
    )
    return paginate(db.session(), statement, page, per_page)


def _standing() -> sa.Select[Remark]:
    return (
        sa.select(Remark)
        .where(Remark.withdrawn_at.is_(None))
        .options(*for_lists())
        .order_by(Remark.number)
    )


def remarks_of_person(user: User) -> Sequence[Remark]:
    """What a person has sent, the newest first."""
    return db.session.scalars(
        sa.select(Remark)
        .where(Remark.author_id == user.id)
        .options(*for_lists(), joinedload(Remark.consultation))
        .order_by(Remark.submitted_at.desc(), Remark.id.desc())
    ).all()


def tallies_of(document: Document) -> dict[int, tuple[int, int]]:
    """How many remarks, and amendments among them, each provision number has; one query.

    0 stands for the document as a whole; a provision without remarks is not in the answer.
    """
    rows = db.session.execute(_TALLIES, {"document": document.id}).all()
    return {number: (remarks, amendments) for number, remarks, amendments in rows}


def newest_editions(consultation: Consultation) -> sa.Subquery:
    """The id of the newest published edition of each document of a consultation."""
    newest = (
        sa.select(Edition.document_id, sa.func.max(Edition.number).label("number"))
        .join(Document, Document.id == Edition.document_id)
        .where(
            Document.consultation_id == consultation.id,
            Edition.published_at.is_not(None),
        )
        .group_by(Edition.document_id)
        .subquery()
    )
    return (
        sa.select(Edition.id, Edition.document_id)
        .join(
            newest,
            sa.and_(Edition.document_id == newest.c.document_id, Edition.number == newest.c.number),
        )
        .subquery()
    )


def organisations_to_choose() -> Sequence[Organisation]:
    """The directory, for the office."""
    return db.session.scalars(sa.select(Organisation).order_by(Organisation.name)).all()
