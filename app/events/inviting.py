"""Inviting people to an event: by an address, or all who speak for an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.accounts.models import Organisation, User
from app.events import messages
from app.events.models import Event, EventStatus, Invitation
from app.events.permissions import can_steer_events
from app.events.post import as_sent
from app.events.queries import invitations_to, locked
from app.events.queries_invited import Invited, everybody_invited
from app.events.telling import Reader, write_to
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import require
from app.platform.mail import Message


def invite(
    event: Event,
    emails: Sequence[str],
    organisations: Sequence[Organisation],
    *,
    by: User,
    at: datetime,
) -> int:
    """Put addresses and organisations on the list of invitations; how many are new.

    Letters go out when the event is published, or at once if it is, once for each invitation.
    """
    event = locked(event.id)
    require(can_steer_events(by, event, at))
    known = invitations_to(event)
    addresses = {i.email for i in known}
    bodies = {i.organisation_id for i in known}
    wanted = dict.fromkeys(email.strip().lower() for email in emails if email.strip())
    fresh = [Invitation(event_id=event.id, email=e, created_at=at) for e in wanted
             if e not in addresses]  # fmt: skip
    fresh += [
        Invitation(event_id=event.id, organisation_id=o.id, created_at=at)
        for o in dict.fromkeys(organisations)
        if o.id not in bodies
    ]
    db.session.add_all(fresh)
    if fresh:
        record("invited", event, by=by, at=at, count=len(fresh))
    if event.status is EventStatus.PUBLISHED:
        send_invitations(event, at=at)
    return len(fresh)


def still_to_write_to(event: Event) -> list[Invited]:
    """Those invited who have had no letter yet."""
    return [one for one in everybody_invited(event) if one.invitation.sent_at is None]


def previewed(event: Event) -> dict[str, Any]:
    """For pages of the office: the letter as it will be sent, and to whom it is still to go."""
    to = still_to_write_to(event)
    return {
        "letter": as_sent(lambda: messages.invited(event, to[0].organisation if to else "")),
        "to_invite": [
            f"{one.organisation} ({one.email})" if one.organisation else one.email for one in to
        ],
    }


def send_invitations(event: Event, *, at: datetime) -> int:
    """Write to everybody invited who has had no letter yet; to how many."""
    db.session.flush()
    fresh = still_to_write_to(event)
    by_address = {one.email: one for one in fresh}

    def letter(reader: Reader) -> Message:
        return messages.invited(event, by_address[reader.email].organisation)

    readers = [Reader(one.email, one.cause) for one in fresh]
    for one in fresh:
        one.invitation.sent_at = at
    return write_to(readers, letter, about="invited", at=at)
