"""The office lays out the square and gives stands their places.

Everything happens with the event's row locked, so that two people never give one place twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.events.models import Event
from app.events.queries import locked
from app.festival import queries
from app.festival.announcing import follow, settings_of, touch
from app.festival.applying import refuse_stale
from app.festival.arranging import Spot, Stand, fits, proposal
from app.festival.models import ApplicationState, StandApplication, StandPlace
from app.festival.permissions import can_arrange_festival
from app.journal.actions import record
from app.platform.db import db
from app.platform.errors import DomainError, require

#: Places that a plan may have; more fit on no square and on no page.
MOST_PLACES = 400

OVER = _l("The event is over or called off: nothing is arranged any more.")


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of places, all alike."""

    rows: int
    columns: int
    metres: int
    has_power: bool


def lay_out(event: Event, layout: Layout, *, by: User, at: datetime) -> int:
    """Add rows of places below those that are there, named A1, A2, …, B1, …; how many."""
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    there = queries.places(event)
    if len(there) + layout.rows * layout.columns > MOST_PLACES:
        raise DomainError(
            _l(
                "A plan has at most %(most)d places, so you can add %(left)d more. Enter fewer "
                "rows or fewer places in a row.",
                most=MOST_PLACES,
                left=MOST_PLACES - len(there),
            )
        )
    below = max((place.row for place in there), default=0)
    made = [
        StandPlace(
            event_id=event.id,
            label=f"{row_letters(row)}{column}",
            row=row,
            column=column,
            metres=layout.metres,
            has_power=layout.has_power,
        )
        for row in range(below + 1, below + layout.rows + 1)
        for column in range(1, layout.columns + 1)
    ]
    _refuse_known_labels({place.label for place in made}, there)
    db.session.add_all(made)
    record("laid_out", event, by=by, at=at, places=len(made), metres=layout.metres)
    touch(event)
    return len(made)


def row_letters(row: int) -> str:
    """The letters of a row: A, B, …, Z, AA, AB, …"""
    letters = ""
    while row:
        row, rest = divmod(row - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _refuse_known_labels(labels: set[str], there: Iterable[StandPlace]) -> None:
    known = {label.casefold() for label in labels}
    for place in there:
        if place.label.casefold() in known:
            raise DomainError(
                _l("There is a place %(label)s already. Choose another name.", label=place.label)
            )


def change_place(
    place: StandPlace, label: str, metres: int, has_power: bool, *, by: User, at: datetime
) -> None:
    """Rename a place, or say that it is wider or has power; what stands on it must still fit."""
    event, number = locked(place.event_id), place.id
    require(can_arrange_festival(by, event, at), OVER)
    place = db.session.get_one(StandPlace, number, populate_existing=True)
    _refuse_known_labels({label}, [p for p in queries.places(event) if p.id != place.id])
    stand = _stand_on(event, place)
    if stand is not None:
        _refuse_misfit(stand, Spot(place.id, place.row, place.column, metres, has_power), label)
    if (place.label, place.metres, place.has_power) == (label, metres, has_power):
        return
    place.label, place.metres, place.has_power = label, metres, has_power
    record("place_changed", place, by=by, at=at, scope=event, label=label, metres=metres)
    if stand is None:
        touch(event)
    else:
        follow(stand, at=at)


def remove_place(event: Event, number: int, *, by: User, at: datetime) -> None:
    """Take a place out of the plan, if nobody stands on it. Twice is the same as once."""
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    place = queries.place_of(event, number)
    if place is None:
        return
    stand = _stand_on(event, place)
    if stand is not None:
        raise DomainError(
            _l(
                "%(name)s stands on %(label)s. Give this stand another place first.",
                name=stand.organisation.name,
                label=place.label,
            )
        )
    record("place_removed", place, by=by, at=at, scope=event, label=place.label)
    db.session.delete(place)
    touch(event)


def _stand_on(event: Event, place: StandPlace) -> StandApplication | None:
    return next((s for s in queries.stands(event) if s.place_id == place.id), None)


def give_place(
    stand: StandApplication, number: int | None, *, version: int, by: User, at: datetime
) -> None:
    """Put a stand on a place of the plan, or on none; it must fit, and nobody stands there yet."""
    held = queries.held(stand)
    assert isinstance(held, StandApplication)
    event = held.event
    require(can_arrange_festival(by, event, at), OVER)
    if held.place_id == number:
        return
    refuse_stale(held, version)
    place = queries.place_of(event, number) if number is not None else None
    if number is not None and place is None:
        raise DomainError(_l("This place is not on the plan any more. Choose another one."))
    _put(event, held, place, by=by, at=at)


def _put(
    event: Event, stand: StandApplication, place: StandPlace | None, *, by: User, at: datetime
) -> None:
    if stand.state is not ApplicationState.ACCEPTED:
        raise DomainError(_l("Accept this application first: only then it gets a place."))
    if place is not None:
        _refuse_misfit(stand, as_spot(place), place.label)
        there = _stand_on(event, place)
        if there is not None:
            raise DomainError(
                _l(
                    "%(label)s is taken: %(name)s stands there. Choose another place.",
                    label=place.label,
                    name=there.organisation.name,
                )
            )
    _stand(event, stand, place, by=by, at=at)


def _stand(
    event: Event, stand: StandApplication, place: StandPlace | None, *, by: User, at: datetime
) -> None:
    stand.place = place
    stand.version += 1
    label = place.label if place else ""
    record("placed" if place else "unplaced", stand, by=by, at=at, scope=event, label=label)
    follow(stand, at=at)


def _refuse_misfit(stand: StandApplication, spot: Spot, label: str) -> None:
    if fits(as_stand(stand), spot):
        return
    if spot.metres < stand.metres:
        raise DomainError(
            _l(
                "%(label)s is %(metres)d m wide, and %(name)s needs %(needed)d m.",
                label=label,
                metres=spot.metres,
                name=stand.organisation.name,
                needed=stand.metres,
            )
        )
    raise DomainError(
        _l("There is no power on %(label)s, and %(name)s needs it.",
           label=label, name=stand.organisation.name)
    )  # fmt: skip


def as_spot(place: StandPlace) -> Spot:
    """A place as the arrangement sees it."""
    return Spot(place.id, place.row, place.column, place.metres, place.has_power)


def as_stand(stand: StandApplication) -> Stand:
    """A stand as the arrangement sees it; an application's number grows with its arrival."""
    return Stand(stand.id, stand.id, stand.metres, stand.watts, stand.place_id)


def proposed(event: Event) -> dict[int, int]:
    """Where the accepted stands without a place could stand; nothing is changed."""
    accepted = queries.stands(event, ApplicationState.ACCEPTED)
    return proposal(map(as_stand, accepted), map(as_spot, queries.places(event)))


def take_proposal(
    event: Event, pairs: Mapping[int, int], *, revision: int, by: User, at: datetime
) -> int:
    """Put the rest where the proposal that was shown says; how many.

    Nothing is put anywhere if anything has changed since it was shown. Twice is the same as once.
    """
    event = locked(event.id)
    require(can_arrange_festival(by, event, at), OVER)
    accepted = queries.stands(event, ApplicationState.ACCEPTED)
    if pairs and pairs.items() <= {s.id: s.place_id for s in accepted}.items():
        return len(pairs)
    if settings_of(event).revision != max(revision, 1) or proposed(event) != dict(pairs):
        raise DomainError(
            _l("The plan or the stands have changed in the meantime. Look at the proposal anew.")
        )
    spots = {place.id: place for place in queries.places(event)}
    for stand in accepted:
        if stand.id in pairs:
            _stand(event, stand, spots[pairs[stand.id]], by=by, at=at)
    return len(pairs)
