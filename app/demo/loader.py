"""Bringing the demo town to life: its story told in order, through the actions people use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from operator import itemgetter

import sqlalchemy as sa
from argon2 import PasswordHasher

from app.accounts.models import (
    Membership,
    Organisation,
    OrganisationKind,
    RegisterKind,
    Role,
    User,
    Visitor,
)
from app.consultations.models import Consultation, Round
from app.demo import remarks as written
from app.demo.programme import DOCX
from app.demo.town import PASSWORD, SHOWN_ON, Moment, town
from app.documents import actions as documents
from app.documents import drafts
from app.documents.models import Document, Edition
from app.documents.queries import units_of, wordings_of
from app.drafting import actions as drafting
from app.drafting.models import ChangeKind
from app.events.models import Event, EventKind
from app.journal.models import Entry
from app.legaltext.citation import resolve
from app.platform.clock import TOWN_ZONE
from app.platform.db import db, transaction
from app.remarks import actions as authors
from app.remarks import conversation, positions
from app.remarks.content import Author, Content, Origin
from app.remarks.models import AmendmentKind, Channel, Outcome, Remark, RemarkKind

#: When a visitor first sees the town: that morning, with the second round open.
STORY_BEGINS = datetime.combine(SHOWN_ON, time(9, 0), TOWN_ZONE)


@dataclass
class Story:
    """What has been told so far, under the keys of the demo's files."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    consultation: Consultation | None = None

    @property
    def clerk(self) -> User:
        """The coordinator."""
        return next(p for p in self.people.values() if p.role is Role.COORDINATOR)

    @property
    def facilitator(self) -> User:
        """The facilitator."""
        return next(p for p in self.people.values() if p.role is Role.FACILITATOR)

    @property
    def document(self) -> Document:
        """The draft programme."""
        return self.editions[1].document


def clock_offset() -> float:
    """Seconds from real time to the town's: it stands still while nobody runs the demo.

    The clock goes on from the last deed in the journal, so nothing ever lies in its future.
    """
    last = db.session.scalar(sa.select(sa.func.max(Entry.at)))
    start = max(STORY_BEGINS, last + timedelta(minutes=1)) if last else STORY_BEGINS
    return (start - datetime.now(UTC)).total_seconds()


def load_if_empty() -> bool:
    """Load the demo into a database that has no people yet; whether it was loaded."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(User)):
        return False
    with transaction():
        load()
    return True


def load() -> Story:
    """Tell the whole story in the order in which it happened; the caller commits."""
    story = Story()
    _settle(story)
    _announce(story)
    for _at, _order, deed in sorted(_deeds(story), key=itemgetter(0, 1)):
        deed()
    db.session.flush()
    return story


def _at(moment: Moment) -> datetime:
    return moment.on(SHOWN_ON)


def _settle(story: Story) -> None:
    """People and the organisations they speak for."""
    since = STORY_BEGINS - timedelta(days=190)
    hashed = PasswordHasher().hash(PASSWORD)
    for key, row in town().organisations.items():
        story.organisations[key] = Organisation(
            name=row.name,
            kind=OrganisationKind(row.kind),
            register_kind=RegisterKind(row.register_kind),
            register_number=row.register_number,
            town=row.town,
            aim=row.aim,
            verified_at=since,
        )
    for key, person in town().people.items():
        story.people[key] = user = User(
            email=person.email,
            name=person.name,
            password_hash=hashed,
            role=Role(person.role),
            created_at=since,
            confirmed_at=since,
            stamp=hashlib.sha256(person.email.encode()).hexdigest()[:16],
        )
        if person.organisation:
            organisation = story.organisations[person.organisation]
            user.memberships.append(Membership(organisation=organisation, confirmed_at=since))
    db.session.add_all([*story.organisations.values(), *story.people.values()])
    db.session.flush()


def _announce(story: Story) -> None:
    """The consultation with its rounds and meetings, and the draft from its Word file."""
    row = town().consultation
    texts = {
        name: getattr(row, name)
        for name in (
            "slug", "title", "year", "summary", "who_may", "how_to", "publicity", "legal_basis",
            "information_clause", "contact_name", "contact_email", "contact_phone",
            "contact_address",
        )
    }  # fmt: skip
    story.consultation = consultation = Consultation(
        **texts,
        adoption_due_on=_at(row.adoption_due_on).date(),
        created_at=_at(row.published_at) - timedelta(days=7),
        published_at=_at(row.published_at),
        rounds=[
            Round(
                number=r.number, title=r.title, opens_at=_at(r.opens_at), closes_at=_at(r.closes_at)
            )
            for r in town().rounds
        ],
    )
    db.session.add(consultation)
    db.session.flush()
    for key, event in town().events.items():
        story.events[key] = Event(
            consultation_id=consultation.id,
            slug=event.slug,
            kind=EventKind(event.kind),
            title=event.title,
            summary=event.summary,
            place=event.place,
            starts_at=_at(event.starts_at),
            ends_at=_at(event.ends_at),
            capacity=event.capacity,
            people_present=event.people_present,
            organisations_present=event.organisations_present,
            outcome=event.outcome,
        )
    db.session.add_all(story.events.values())
    db.session.flush()
    _import_first_edition(story, consultation, _at(row.published_at))


def _import_first_edition(story: Story, consultation: Consultation, at: datetime) -> None:
    """The Word file goes the way of every draft: read, checked, confirmed, published."""
    upload = drafts.upload_from(DOCX.read_bytes(), DOCX.name)
    understood = drafts.understand(upload.content, upload.filename)
    by, day_before = story.clerk, at - timedelta(days=1)
    draft = documents.start_import(consultation, upload, understood, by=by, at=day_before)
    db.session.flush()
    decision = documents.Decision(title=understood.title)
    edition = documents.confirm_import(draft, decision, draft.revision, by=by, at=day_before)
    documents.publish_edition(edition, by=by, at=at)
    story.editions[1] = edition


Deed = tuple[datetime, int, Callable[[], object]]


def _deeds(story: Story) -> Iterator[Deed]:
    """Everything that is done from the first remark on, with its moment."""
    for row in written.remarks():
        yield _at(row.submitted_at), 0, partial(_submit, story, row)
        for version in row.versions[1:]:
            yield _at(version.at), 1, partial(_reword, story, row, version)
        for n, supporter in enumerate(row.supporters):
            at = _at(row.submitted_at) + timedelta(hours=3 + 5 * n)
            yield at, 2, partial(_support, story, row, supporter, at)
        for n, reply in enumerate(row.replies):
            yield _at(reply.at), 3, partial(_reply, story, row, reply, n)
        yield from _endings(story, row)
    second = written.second_edition()
    yield _at(second.published_at), 9, partial(_publish_second, story, second)


def _endings(story: Story, row: written.Remark) -> Iterator[Deed]:
    if row.withdrawn:
        yield _at(row.withdrawn.at), 4, partial(_withdraw, story, row)
    if row.hidden:
        yield _at(row.hidden.at), 5, partial(_hide, story, row)
    if row.position:
        yield _at(row.position.decided_at), 6, partial(_decide, story, row)


def _speaker(story: Story, row: written.Remark) -> User | Visitor:
    return story.people[row.author] if row.author else Visitor()


def _submit(story: Story, row: written.Remark) -> None:
    edition = story.editions[row.edition]
    provision = None
    if row.at:
        wordings = wordings_of(edition)
        unit = resolve(units_of(wordings), row.at)
        assert unit is not None, f"{row.key}: no {row.at} in edition {row.edition}"
        provision = next(w.provision for w in wordings if str(w.provision.number) == unit.id)
    first = row.versions[0]
    content = Content(
        kind=RemarkKind(row.kind),
        body=first.body,
        provision=provision,
        amendment_kind=AmendmentKind(row.amendment_kind) if row.amendment_kind else None,
        proposed_text=first.proposed,
        quote=row.quote,
    )
    author = Author(
        person=story.people.get(row.author),
        organisation=story.organisations.get(row.organisation),
        name=row.name,
        email=row.email,
        named_in_public=row.named_in_public,
    )
    channel = Channel(row.channel)
    origin, by = None, _speaker(story, row)
    if channel is not Channel.ONLINE:
        origin = Origin(channel, _at(row.received_on).date(), story.events.get(row.event))
        by = story.facilitator if channel is Channel.WORKSHOP else story.clerk
    story.remarks[row.key] = authors.submit(
        edition.document,
        content,
        author=author,
        submission_key=f"demo-{row.key}",
        by=by,
        at=_at(row.submitted_at),
        origin=origin,
        edition=edition,
    )


def _reword(story: Story, row: written.Remark, version: written.Version) -> None:
    remark = story.remarks[row.key]
    authors.change(
        remark,
        body=version.body,
        proposed_text=version.proposed,
        version=remark.versions_count,
        by=_speaker(story, row),
        at=_at(version.at),
    )


def _support(story: Story, row: written.Remark, supporter: str, at: datetime) -> None:
    conversation.support(story.remarks[row.key], by=story.people[supporter], at=at)


def _reply(story: Story, row: written.Remark, reply: written.Reply, number: int) -> None:
    person = story.people[reply.author]
    organisation = person.memberships[0].organisation if person.memberships else None
    conversation.reply(
        story.remarks[row.key],
        reply.body,
        submission_key=f"demo-{row.key}-{number}",
        by=person,
        at=_at(reply.at),
        organisation=organisation,
    )


def _withdraw(story: Story, row: written.Remark) -> None:
    assert row.withdrawn is not None
    authors.withdraw(
        story.remarks[row.key],
        reason=row.withdrawn.reason,
        by=_speaker(story, row),
        at=_at(row.withdrawn.at),
    )


def _hide(story: Story, row: written.Remark) -> None:
    assert row.hidden is not None
    positions.hide(
        story.remarks[row.key],
        reason=row.hidden.reason,
        by=story.facilitator,
        at=_at(row.hidden.at),
    )


def _decide(story: Story, row: written.Remark) -> None:
    assert row.position is not None
    positions.decide(
        story.remarks[row.key],
        Outcome(row.position.outcome),
        row.position.justification,
        by=story.clerk,
        at=_at(row.position.decided_at),
    )


def _publish_second(story: Story, second: written.SecondEdition) -> None:
    """The second edition, made at the workbench change by change."""
    at, by = _at(second.published_at), story.clerk
    first = story.editions[1]
    wordings = wordings_of(first)
    units = units_of(wordings)
    provisions = {str(w.provision.number): w.provision for w in wordings}
    draft = drafting.start_draft(first.document, by=by, at=at)
    for row in second.changes:
        unit = resolve(units, row.at)
        assert unit is not None, row.at
        causes = [story.remarks[key] for key in row.causes]
        wish = drafting.Wish(provisions[unit.id], ChangeKind(row.kind), row.text)
        if row.how == "as_proposed":
            drafting.take_in(draft, causes[0], also=causes[1:], by=by, at=at)
        else:
            drafting.write(draft, wish, causes=causes, reason=row.reason, by=by, at=at)
    story.editions[2] = drafting.publish(draft, note=second.note, by=by, at=at)


def introduction() -> str:
    """The accounts of the demo, one of each role, for the terminal."""
    roles = {
        Role.COORDINATOR: "coordinator",
        Role.FACILITATOR: "facilitator",
        Role.EXECUTIVE: "mayor",
        Role.COUNCILLOR: "councillor",
        Role.PARTICIPANT: "organisation",
    }
    shown = []
    for role, word in roles.items():
        person = next(p for p in town().people.values() if p.role == role)
        shown.append(f"  {word + ':':13} {person.email}")
    return "\n".join([*shown, f"  {'password:':13} {PASSWORD}  (the same for all)"])
