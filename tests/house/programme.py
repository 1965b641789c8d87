"""Events of a consultation, one for each thing that people and the office can do about them."""

from __future__ import annotations

from app.accounts.models import User
from app.consultations.models import Consultation
from app.events import materials, own_calendar, signing_up
from app.events.materials import Offer
from app.events.models import EventStatus, Facilitator, FreedPlace
from app.events.models_signups import SignUp
from app.events.post import key_of
from app.festival import publishing, queries, square, staging
from app.festival.content import StageWish
from app.platform.clock import now
from app.platform.db import db
from tests.events import scene
from tests.events.scene import DAY
from tests.festival import scene as festival


def programme(consultation: Consultation, author: User, host: User) -> dict[str, object]:
    """What the addresses and the forms of the events need to know."""
    own_calendar.renew(author, by=author, at=now())
    made = scene.event(consultation_id=consultation.id)
    made.facilitators = [Facilitator(name=host.name, user_id=host.id)]
    offer = Offer("Wyniki", filename="wyniki.pdf", content=b"%PDF-1.7")
    material = materials.put_up(made, offer, by=host, at=now())
    signup, unconfirmed = scene.come(made), scene.guest(made)
    assert unconfirmed is not None
    planned = scene.event(consultation_id=consultation.id, status=EventStatus.DRAFT)
    return {
        "calendar_key": (own_calendar.address_of(author) or "").rpartition("/")[2][: -len(".ics")],
        "event": made.slug,
        "material": material.id,
        "signup": signup.id,
        "signup_key": key_of(signup),
        "unconfirmed_key": key_of(unconfirmed),
        "planned_event": planned.slug,
        **_crowded(consultation),
        "past_event": _past(consultation),
        **_ngo_day(consultation, author),
    }


def _crowded(consultation: Consultation) -> dict[str, object]:
    """One place is kept by the office; the other was freed and is offered, and two people wait."""
    crowded = scene.event(
        consultation_id=consultation.id,
        capacity=2,
        reserved=1,
        freed_place=FreedPlace.OFFERED,
    )
    first, offered, _waiting, last = (scene.come(crowded) for _ in range(4))
    signing_up.cancel(first, by=_account(first), at=now())
    return {
        "crowded_event": crowded.slug,
        "offered_key": key_of(offered),
        "last_in_line": last.id,
    }


def _account(signup: SignUp) -> User:
    assert signup.user is not None
    return signup.user


def _past(consultation: Consultation) -> str:
    """Somebody came; nobody has been thanked."""
    past = scene.event(consultation_id=consultation.id)
    scene.come(past)
    past.starts_at -= 20 * DAY
    past.ends_at -= 20 * DAY
    db.session.flush()
    return past.slug


def _ngo_day(consultation: Consultation, author: User) -> dict[str, object]:
    """An NGO Day for which the author's organisation has applied."""
    held = festival.festival(consultation_id=consultation.id)
    db.session.refresh(author, ["memberships"])
    by = author, author.memberships[0].organisation
    by[1].verified_at = now()
    stand = festival.stand(held, by)
    festival.places(held)
    spots, clerk = festival.spots(held), festival.coordinator()
    placed, waiting = (festival.accepted_stand(held) for _ in range(2))
    square.give_place(placed, spots["A1"], version=placed.version, by=clerk, at=now())
    opening = StageWish("Otwarcie", minutes=10, changeover=0)
    point = staging.add_point(held, opening, submission_key="o" * 20, by=clerk, at=now())
    festival.put_on(point, 0)
    publishing.publish(held, by=clerk, at=now())
    quiet = festival.festival(consultation_id=consultation.id)
    festival.put_on(festival.accepted_turn(quiet), 0)
    db.session.flush()
    return {
        "festival": held.slug,
        "quiet_festival": quiet.slug,
        "stand": stand.id,
        "placed_stand": placed.id,
        "placed_version": placed.version,
        "place": spots["A3"],
        "free_place": spots["A2"],
        "point": point.id,
        "point_version": point.version,
        "pair": f"{waiting.id}:{spots['A2']}",
        "festival_revision": queries.festival_of(held).revision,
    }
