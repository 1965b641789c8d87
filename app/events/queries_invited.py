"""Looking up who is invited to an event, by address: nobody stands there twice."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.queries import speakers_for
from app.events.models import Event, Invitation
from app.events.models_signups import LIVE, SignUp
from app.events.queries import invitations_to
from app.platform.db import db


@dataclass(frozen=True, slots=True)
class Invited:
    """An address and the invitation that it has; ``organisation`` is the name of the one for which
    its owner speaks, if it is that which is invited.
    """

    email: str
    invitation: Invitation
    organisation: str = ""
    user_id: int | None = None

    @property
    def in_words(self) -> str:
        """Who it is, for the office."""
        return f"{self.organisation} ({self.email})" if self.organisation else self.email

    @property
    def cause(self) -> str:
        """What names it in the keys of letters, which are erased with those of the event."""
        invitation = f"event:{self.invitation.event_id}:invitation:{self.invitation.id}"
        return f"{invitation}:{self.user_id}" if self.user_id else invitation


def everybody_invited(event: Event) -> list[Invited]:
    """Addresses first, then those who speak for an organisation."""
    invitations = invitations_to(event)
    found = {i.email: Invited(i.email, i) for i in invitations if i.email}
    of = {i.organisation_id: i for i in invitations if i.organisation_id}
    for membership in speakers_for(of) if of else ():
        person, body = membership.user, membership.organisation
        found.setdefault(person.email, Invited(person.email, of[body.id], body.name, person.id))
    return list(found.values())


def invited_without_signup(event: Event) -> list[Invited]:
    """Those who had a letter of invitation and from whose address nobody means to come yet."""
    comes = set(
        db.session.scalars(
            sa.select(SignUp.email).where(SignUp.event_id == event.id, SignUp.state.in_(LIVE))
        )
    )
    invited = everybody_invited(event)
    return [one for one in invited if one.invitation.sent_at and one.email not in comes]


def without_speakers(event: Event) -> list[str]:
    """The invited organisations for which nobody can be written to, by name."""
    named = [i.organisation for i in invitations_to(event) if i.organisation]
    spoken = {membership.organisation_id for membership in speakers_for([o.id for o in named])}
    return [of.name for of in named if of.id not in spoken]
