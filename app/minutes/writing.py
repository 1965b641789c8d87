"""Writing the minutes of an event, and publishing them version by version."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.events.models import Event
from app.events.queries import locked
from app.journal.actions import record
from app.minutes.collect import collect, draft_of
from app.minutes.content import Draft, Point, Protocol, from_json, lacking, mistakes, to_json
from app.minutes.models import Minutes, MinutesItem, MinutesVersion
from app.minutes.noting import NOTERS
from app.minutes.permissions import can_publish_minutes, can_write_minutes
from app.minutes.queries import minutes_held, newest_version
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.language import site_language
from app.remarks.content import LONGEST_REASON


class WrittenMeanwhile(DomainError):
    """Somebody else has saved the minutes since their form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody else has saved these minutes. Their text is shown beside yours.")
        )


class ReadAnew(DomainError):
    """The minutes were changed after they were read and before they were published."""

    def __init__(self) -> None:
        super().__init__(
            _l("The minutes have been changed since you read them. Read them again, then publish.")
        )


def save(event: Event, draft: Draft, *, revision: int, by: User, at: datetime) -> Minutes:
    """Keep what has been written so far; only those who run the event see it.

    ``revision`` is the one before the writer's eyes, 0 if nothing was written. Saving the same
    again changes nothing. Raises ``WrittenMeanwhile`` when somebody else was quicker.
    """
    event = locked(event.id)
    require(can_write_minutes(by, event, at), NOTERS)
    for _field, problem in mistakes(draft):
        raise DomainError(problem)
    minutes, draft = minutes_held(event), tidied(draft)
    if minutes is not None and draft_of(minutes) == draft:
        return minutes
    if revision != (minutes.revision if minutes else 0):
        raise WrittenMeanwhile
    if minutes is None:
        minutes = Minutes(event=event, created_at=at, revision=0)
        db.session.add(minutes)
    _write(minutes, draft, by, at)
    record("minutes_written", minutes, by=by, at=at, scope=event, revision=minutes.revision)
    return minutes


def tidied(draft: Draft) -> Draft:
    """The draft without blanks around its texts."""
    points = tuple(
        Point(" ".join(p.title.split()), _text(p.discussion), _text(p.agreed)) for p in draft.points
    )
    return dataclasses.replace(
        draft,
        introduction=_text(draft.introduction),
        closing=_text(draft.closing),
        points=points,
    )


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _write(minutes: Minutes, draft: Draft, by: User, at: datetime) -> None:
    minutes.introduction, minutes.closing = draft.introduction, draft.closing
    minutes.people_present = draft.people
    minutes.organisations_present = draft.organisations
    minutes.women = draft.women
    minutes.items = [
        MinutesItem(position=n, title=p.title, discussion=p.discussion, agreed=p.agreed)
        for n, p in enumerate(draft.points, 1)
    ]
    minutes.written_by_id, minutes.changed_at = by.id, at
    minutes.revision += 1


def publish(event: Event, note: str, *, revision: int, by: User, at: datetime) -> MinutesVersion:
    """Show the minutes to everybody, as a version that never changes.

    ``revision`` is the one that was read in the preview. A version after the first needs a note on
    what is different; publishing the same again gives the same version. The figures of attendance
    are from now on those of the event.
    """
    event = locked(event.id)
    require(
        can_publish_minutes(by, event, at),
        _l("Minutes are published once the event has begun, by those who run it."),
    )
    minutes = minutes_held(event)
    for problem in lacking(draft_of(minutes)):
        raise DomainError(problem)
    assert minutes is not None
    newest = newest_version(event)
    fresh = made_now(event, minutes, newest, by=by, at=at)
    if newest is not None and not differs(newest, fresh):
        return newest
    if revision != minutes.revision:
        raise ReadAnew
    if newest is not None and not note.strip():
        raise DomainError(_l("Say what is different from the version before."))
    version = MinutesVersion(
        minutes_id=minutes.id,
        number=fresh.number,
        note=note.strip()[:LONGEST_REASON] if newest is not None else "",
        content=to_json(fresh),
        published_at=at,
        published_by_id=by.id,
    )
    db.session.add(version)
    _show(event, minutes, at)
    record("minutes_published", minutes, by=by, at=at, scope=event, number=version.number)
    return version


def _show(event: Event, minutes: Minutes, at: datetime) -> None:
    minutes.published_at = minutes.published_at or at
    event.minutes_published_at = at
    if minutes.people_present is not None:
        event.people_present = minutes.people_present
    if minutes.organisations_present is not None:
        event.organisations_present = minutes.organisations_present
    event.revision += 1
    if event.consultation_id is not None:
        touch(event.consultation_id)


def made_now(
    event: Event, minutes: Minutes, newest: MinutesVersion | None, *, by: User, at: datetime
) -> Protocol:
    """The version that would be published now, in the town's language."""
    number = newest.number + 1 if newest is not None else 1
    with force_locale(site_language()):
        return collect(event, minutes, number, at, by.name)


def differs(newest: MinutesVersion, fresh: Protocol) -> bool:
    """Whether a fresh version says anything that the newest one does not."""
    kept = from_json(newest.content)
    same = dataclasses.replace(
        fresh,
        number=kept.number,
        made_at=kept.made_at,
        made_by=kept.made_by,
        address=kept.address,
    )
    return same != kept
