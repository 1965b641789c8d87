"""What people and the office do in the demo's story, each deed at its moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.accounts.models import User, Visitor
from app.demo import remarks as written
from app.demo.festival import festival
from app.demo.meetings import afterwards
from app.demo.signups import meetings
from app.demo.story import Deed, Story, when
from app.documents.queries import units_of, wordings_of
from app.drafting import actions as drafting
from app.drafting import causes, publishing
from app.drafting.models import ChangeKind
from app.legaltext.citation import resolve
from app.minutes import noting
from app.remarks import actions as authors
from app.remarks import conversation, positions
from app.remarks.content import Author, Content, Origin
from app.remarks.models import AmendmentKind, Channel, Outcome, RemarkKind


def deeds(story: Story) -> Iterator[Deed]:
    """Everything that is done from the first remark on, with its moment."""
    for row in written.remarks():
        yield when(row.submitted_at), 0, partial(_enter, story, row)
        for version in row.versions[1:]:
            yield when(version.at), 1, partial(_reword, story, row, version)
        for n, supporter in enumerate(row.supporters):
            at = when(row.submitted_at) + timedelta(hours=3 + 5 * n)
            yield at, 2, partial(_support, story, row, supporter, at)
        for n, reply in enumerate(row.replies):
            yield when(reply.at), 3, partial(_reply, story, row, reply, n)
        yield from _endings(story, row)
    yield from meetings(story)
    yield from festival(story)
    yield from afterwards(story)
    second = written.second_edition()
    yield when(second.published_at), 9, partial(_publish_second, story, second)


def _endings(story: Story, row: written.Remark) -> Iterator[Deed]:
    if row.withdrawn:
        yield when(row.withdrawn.at), 4, partial(_withdraw, story, row)
    if row.hidden:
        yield when(row.hidden.at), 5, partial(_hide, story, row)
    if row.position:
        yield when(row.position.decided_at), 6, partial(_decide, story, row)


def _speaker(story: Story, row: written.Remark) -> User | Visitor:
    return story.people[row.author] if row.author else Visitor()


def _enter(story: Story, row: written.Remark) -> None:
    """A note of a meeting, if there is one, becomes the remark; else somebody sends it."""
    if row.key in story.notes:
        note, at = story.notes[row.key], when(row.submitted_at)
        story.remarks[row.key] = noting.make_remark(note, by=story.facilitator, at=at)
    else:
        _submit(story, row)


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
        origin = Origin(channel, when(row.received_on).date(), story.events.get(row.event))
        by = story.facilitator if channel is Channel.WORKSHOP else story.clerk
    story.remarks[row.key] = authors.submit(
        edition.document,
        content,
        author=author,
        submission_key=f"demo-{row.key}",
        by=by,
        at=when(row.submitted_at),
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
        at=when(version.at),
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
        at=when(reply.at),
        organisation=organisation,
    )


def _withdraw(story: Story, row: written.Remark) -> None:
    assert row.withdrawn is not None
    authors.withdraw(
        story.remarks[row.key],
        reason=row.withdrawn.reason,
        by=_speaker(story, row),
        at=when(row.withdrawn.at),
    )


def _hide(story: Story, row: written.Remark) -> None:
    assert row.hidden is not None
    positions.hide(
        story.remarks[row.key],
        reason=row.hidden.reason,
        by=story.facilitator,
        at=when(row.hidden.at),
    )


def _decide(story: Story, row: written.Remark) -> None:
    assert row.position is not None
    positions.decide(
        story.remarks[row.key],
        Outcome(row.position.outcome),
        row.position.justification,
        by=story.clerk,
        at=when(row.position.decided_at),
    )


def _publish_second(story: Story, second: written.SecondEdition) -> None:
    """The second edition, made at the workbench change by change."""
    at, by = when(second.published_at), story.clerk
    first = story.editions[1]
    units = units_of(wordings_of(first))
    draft = drafting.start_draft(first.document, by=by, at=at)
    for row in second.changes:
        unit = resolve(units, row.at)
        assert unit is not None, row.at
        named = [story.remarks[key] for key in row.causes]
        wish = drafting.Wish(unit.id, ChangeKind(row.kind), row.text)
        if row.how == "as_proposed":
            drafting.take_in(draft, named[0], also=named[1:], by=by, at=at)
        else:
            drafting.write(draft, wish, drafting.Why(named, row.reason), by=by, at=at)
    for said in second.no_changes:
        causes.needs_no_change(draft, story.remarks[said.remark], said.reason, by=by, at=at)
    story.editions[2] = publishing.publish(draft, note=second.note, by=by, at=at)
