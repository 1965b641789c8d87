"""Who may apply for NGO Day, change what they asked for, and arrange it, and when."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Role, User
from app.events.models import Event, EventKind, EventStatus
from app.events.permissions import Person, can_see_event
from app.festival.models import LIVE, Application, ApplicationState


def takes_applications(event: Event, at: datetime) -> bool:
    """Whether organisations can apply at this moment: the sign-up window of the event is theirs."""
    return (
        event.kind is EventKind.FESTIVAL
        and event.status is EventStatus.PUBLISHED
        and (event.signup_opens_at is None or event.signup_opens_at <= at)
        and at < event.closes_at
    )


def can_apply_to_festival(user: Person, event: Event, at: datetime) -> bool:
    """Anybody who sees the event, while applications are taken, for whom they speak."""
    return takes_applications(event, at) and can_see_event(user, event, at)


def speaks_for(user: Person, organisation_id: int | None) -> bool:
    """Whether somebody has said that they speak for an organisation; nobody is kept waiting."""
    own = user.memberships if isinstance(user, User) else ()
    return any(membership.organisation_id == organisation_id for membership in own)


def can_see_application(user: Person, application: Application, at: datetime) -> bool:
    """Whoever sent it, and who speaks for the organisation once the office has confirmed that."""
    if application.organisation_id is None or not isinstance(user, User):
        return False
    if application.user_id == user.id:
        return True
    return any(
        membership.organisation_id == application.organisation_id
        and membership.confirmed_at is not None
        for membership in user.memberships
    )


def _can_come(event: Event, at: datetime) -> bool:
    return event.status is EventStatus.PUBLISHED and at < event.starts_at


def can_change_application(user: Person, application: Application, at: datetime) -> bool:
    """Who can see it, until the office has decided."""
    return (
        can_see_application(user, application, at)
        and application.state is ApplicationState.SUBMITTED
        and _can_come(application.event, at)
    )


def can_withdraw_application(user: Person, application: Application, at: datetime) -> bool:
    """Who can see it, while it counts, until the event begins."""
    return (
        can_see_application(user, application, at)
        and application.state in LIVE
        and _can_come(application.event, at)
    )


def can_arrange_festival(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, until it is over or called off."""
    return (
        user.role is Role.COORDINATOR
        and event.kind is EventKind.FESTIVAL
        and event.status is not EventStatus.CANCELLED
        and at < event.ends_at
    )


def can_decide_application(user: Person, application: Application, at: datetime) -> bool:
    """The coordinator, about what an organisation has asked for and has not withdrawn."""
    return (
        can_arrange_festival(user, application.event, at)
        and application.organisation_id is not None
        and application.state is not ApplicationState.WITHDRAWN
    )


def can_publish_programme(user: Person, event: Event, at: datetime) -> bool:
    """The coordinator, when the event itself can be seen by everybody."""
    return can_arrange_festival(user, event, at) and event.status is EventStatus.PUBLISHED
