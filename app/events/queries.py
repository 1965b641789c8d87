"""Looking events up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import Role, User
from app.accounts.queries import people_with
from app.consultations.models import Consultation
from app.documents.models import Document, Edition, Provision, Wording
from app.events.models import (
    Event,
    EventProvision,
    EventStatus,
    Facilitator,
    Invitation,
    Question,
)
from app.events.permissions import HOSTS
from app.platform.db import db, id_of

# Part of every sign-up, so they are put together once. The rounds of a consultation tell nothing
# about its events, so they are left until somebody asks.
_without_rounds = joinedload(Event.consultation).lazyload(Consultation.rounds)
_LOCKED = (
    sa.select(Event)
    .where(Event.id == sa.bindparam("event"))
    .with_for_update(of=Event)
    .execution_options(populate_existing=True)
    .options(_without_rounds)
)
_WITH_QUESTIONS = (
    sa.select(Event, Question)
    .outerjoin(Question, sa.and_(Question.event_id == Event.id, Question.retired_at.is_(None)))
    .where(Event.slug == sa.bindparam("slug"))
    .order_by(Question.position, Question.id)
    .options(_without_rounds)
)


def events_of(consultation: Consultation) -> Sequence[Event]:
    """The published and cancelled events of a consultation in the order in which they happen."""
    return db.session.scalars(
        sa.select(Event)
        .where(Event.consultation_id == consultation.id, Event.status != EventStatus.DRAFT)
        .order_by(Event.starts_at)
    ).all()


def events_about(provision_ids: Sequence[int], at: datetime) -> Sequence[Event]:
    """What everybody may see of the events about provisions, in the order in which they happen."""
    about = sa.select(EventProvision.event_id).where(EventProvision.provision_id.in_(provision_ids))
    return db.session.scalars(_public(at).where(Event.id.in_(about))).all()


def upcoming(at: datetime, many: int) -> Sequence[Event]:
    """As many of the events that everybody may see and that are not over, the nearest first."""
    return db.session.scalars(_public(at).where(Event.ends_at > at).limit(many)).all()


def announced(since: datetime, at: datetime) -> Sequence[Event]:
    """What everybody may see of the events that ended after ``since`` or are still to come."""
    return db.session.scalars(_public(at).where(Event.ends_at > since)).all()


def _public(at: datetime) -> sa.Select[Event]:
    """``permissions.can_see_event`` for a visitor, as the database says it."""
    shown = sa.or_(Event.consultation_id.is_(None), Consultation.published_at <= at)
    return (
        sa.select(Event)
        .outerjoin(Event.consultation)
        .where(Event.status != EventStatus.DRAFT, shown)
        .order_by(Event.starts_at, Event.id)
        .options(contains_eager(Event.consultation).lazyload(Consultation.rounds))
    )


def event_by_slug(slug: str) -> Event | None:
    """The event under an address."""
    return db.session.scalar(sa.select(Event).where(Event.slug == slug).options(_without_rounds))


def event_by_submission(submission_key: str) -> Event | None:
    """The event that a filled-in form has made already."""
    return db.session.scalar(sa.select(Event).where(Event.submission_key == submission_key))


def locked(event_id: int) -> Event:
    """The event as it stands now, its row locked until the end of the transaction.

    Whatever gives or takes places does this first and counts afterwards.
    """
    return db.session.scalars(_LOCKED, {"event": event_id}).one()


def locked_again(event: Event) -> Event:
    """The same event locked, without looking at it once more before."""
    return locked(id_of(event))


def event_with_questions(slug: str) -> tuple[Event | None, Sequence[Question]]:
    """The event under an address and what it asks of those who sign up now, in one statement."""
    rows = db.session.execute(_WITH_QUESTIONS, {"slug": slug}).all()
    event = rows[0][0] if rows else None
    return event, [question for _event, question in rows if question is not None]


def dates_of_series(event: Event) -> Sequence[Event]:
    """The other dates of the same series, in order."""
    if event.series_id is None:
        return []
    return db.session.scalars(
        sa.select(Event)
        .where(Event.series_id == event.series_id, Event.id != event.id)
        .options(_without_rounds)
        .order_by(Event.starts_at)
    ).all()


def provisions_about(event: Event) -> Sequence[tuple[Provision, Document, str]]:
    """The provisions an event is about, each as cited in the newest published edition with it."""
    newest = (
        sa.select(Wording.provision_id, sa.func.max(Edition.number).label("number"))
        .join(EventProvision, EventProvision.provision_id == Wording.provision_id)
        .join(Edition, Edition.id == Wording.edition_id)
        .where(EventProvision.event_id == event.id, Edition.published_at.is_not(None))
        .group_by(Wording.provision_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Provision, Document, Wording.citation)
        .join(newest, newest.c.provision_id == Provision.id)
        .join(Document, Document.id == Provision.document_id)
        .join(
            Edition,
            sa.and_(Edition.document_id == Document.id, Edition.number == newest.c.number),
        )
        .join(
            Wording,
            sa.and_(Wording.edition_id == Edition.id, Wording.provision_id == Provision.id),
        )
        .order_by(Document.position, Document.id, Wording.position)
    )
    return [(provision, document, citation) for provision, document, citation in rows]


def questions_of(event: Event) -> Sequence[Question]:
    """What is asked of those who sign up now, in order."""
    return db.session.scalars(
        sa.select(Question)
        .where(Question.event_id == event.id, Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    ).all()


def questions_ever_of(event: Event) -> Sequence[Question]:
    """What is or was asked of those who signed up, retired questions last."""
    return db.session.scalars(
        sa.select(Question)
        .where(Question.event_id == event.id)
        .order_by(Question.retired_at.is_not(None), Question.position, Question.id)
    ).all()


def invitations_to(event: Event) -> Sequence[Invitation]:
    """Who is invited: addresses first, then organisations."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(
            Invitation.event_id == event.id,
            sa.or_(Invitation.email.is_not(None), Invitation.organisation_id.is_not(None)),
        )
        .options(selectinload(Invitation.organisation))
        .order_by(Invitation.organisation_id.is_not(None), Invitation.email, Invitation.id)
    ).all()


def is_invited(event: Event, email: str, organisation_ids: Sequence[int]) -> bool:
    """Whether an address, or one of these organisations, is on the list of invitations."""
    return bool(
        db.session.scalar(
            sa.select(sa.literal(True)).where(
                Invitation.event_id == event.id,
                sa.or_(Invitation.email == email, Invitation.organisation_id.in_(organisation_ids)),
            )
        )
    )


def all_events() -> Sequence[Event]:
    """Every event, the latest first, for the office."""
    return db.session.scalars(sa.select(Event).order_by(Event.starts_at.desc())).all()


def coming_up(person: User, at: datetime) -> Sequence[Event]:
    """The meetings of a week that somebody runs; the coordinator all, also those not published."""
    wanted = (
        sa.select(Event)
        .where(Event.ends_at > at, Event.starts_at <= at + timedelta(days=7))
        .options(selectinload(Event.facilitators))
        .order_by(Event.starts_at, Event.id)
    )
    if person.role is Role.COORDINATOR:
        return db.session.scalars(wanted.where(Event.status != EventStatus.CANCELLED)).all()
    own = Event.facilitators.any(Facilitator.user_id == person.id)
    return db.session.scalars(wanted.where(Event.status == EventStatus.PUBLISHED, own)).all()


def documents_to_choose() -> Sequence[Document]:
    """The documents an event can be about, those of the newest consultation first."""
    return db.session.scalars(
        sa.select(Document)
        .join(Document.consultation)
        .options(contains_eager(Document.consultation))
        .order_by(Consultation.year.desc(), Consultation.id.desc(), Document.position)
    ).all()


def documents_by_ids(ids: Sequence[int]) -> list[Document]:
    """These documents, in the order in which they stand in their consultation."""
    return list(
        db.session.scalars(
            sa.select(Document).where(Document.id.in_(ids)).order_by(Document.position, Document.id)
        )
    )


def who_can_run(event: Event | None) -> Sequence[User]:
    """The accounts that can be chosen to run an event, with those who run it now."""
    now_so = [host.user_id for host in event.facilitators if host.user_id] if event else []
    return people_with(HOSTS, besides=now_so)


def addresses() -> frozenset[str]:
    """The addresses that are taken."""
    return frozenset(db.session.scalars(sa.select(Event.slug)))


def version_of(slug: str, at: datetime) -> Hashable | None:
    """What the page of one event depends on, to the minute at which sign-ups open or close."""
    event = event_by_slug(slug)
    if event is None:
        return None
    of = event.consultation
    return (
        event.id,
        event.revision,
        event.series_id and _revisions_of_series(event.series_id),
        event.signup_opens_at is not None and event.signup_opens_at > at,
        event.closes_at > at,
        event.ends_at > at,
        of and (of.revision, of.published_at is not None and of.published_at <= at),
    )


def _revisions_of_series(series_id: int) -> int:
    total = sa.select(sa.func.sum(Event.revision)).where(Event.series_id == series_id)
    return db.session.scalar(total) or 0


#: ``Event.closes_at`` as the database says it.
_closes_at = sa.case(
    (Event.signup_closes_at < Event.starts_at, Event.signup_closes_at), else_=Event.starts_at
)


def fingerprint(at: datetime) -> Hashable:
    """What pages with events depend on: which there are, what is over or open, what was touched."""
    return tuple(
        db.session.execute(
            sa.select(
                sa.func.count(Event.id),
                sa.func.max(Event.id),
                sa.func.count(sa.case((Event.ends_at <= at, 1))),
                sa.func.count(sa.case((Event.signup_opens_at <= at, 1))),
                sa.func.count(sa.case((_closes_at <= at, 1))),
                sa.func.sum(Event.revision),
                sa.func.sum(Consultation.revision),
                sa.func.count(sa.case((Consultation.published_at <= at, 1))),
            ).outerjoin(Event.consultation)
        ).one()
    )
