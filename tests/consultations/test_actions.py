"""Preparing, changing and publishing a consultation."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Role
from app.consultations import actions
from app.consultations.models import Consultation, Round
from app.consultations.permissions import can_publish_consultation, can_steer, phase_of
from app.consultations.phases import Phase
from app.consultations.preparation import Dates, Particulars, version_of
from app.journal.models import Entry
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town

pytestmark = pytest.mark.usefixtures("context")

DAY = timedelta(days=1)


def plan(**fields: object) -> Particulars:
    at = now()
    made = Particulars(
        "Program współpracy",
        "program-wspolpracy",
        2016,
        rounds=(Dates(at + DAY, at + 20 * DAY), Dates(at + 30 * DAY, at + 45 * DAY, "Druga")),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def coordinator() -> object:
    return town.person(Role.COORDINATOR)


def prepare(said: Particulars, *, by: object, key: str = "") -> Consultation:
    key = key or secrets.token_hex(8)
    return actions.prepare(said, submission_key=key, by=by, at=now())  # type: ignore[arg-type]


def change(consultation: Consultation, said: Particulars, *, by: object, version: str = "") -> None:
    version = version or version_of(actions.particulars_of(consultation))
    actions.change(consultation, said, version=version, by=by, at=now())  # type: ignore[arg-type]


def test_a_prepared_consultation_is_seen_by_the_office_only() -> None:
    made = prepare(plan(), by=coordinator())
    assert phase_of(made, now()) is Phase.DRAFT
    assert [r.number for r in made.rounds] == [1, 2]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_but_the_coordinator_prepares(role: Role) -> None:
    with pytest.raises(NotAllowed):
        prepare(plan(), by=town.person(role))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("phase", list(Phase))
def test_who_may_steer_and_publish(role: Role, phase: Phase) -> None:
    consultation, person = town.consultation(phase), town.person(role)
    steers = role is Role.COORDINATOR
    assert can_steer(person, consultation, now()) is steers
    assert can_publish_consultation(person, consultation, now()) is (
        steers and phase is Phase.DRAFT
    )


def test_publishing_announces_and_is_journaled() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    actions.publish(made, by=by, at=now())
    assert phase_of(made, now()) is Phase.UPCOMING
    deeds = db.session.scalars(sa.select(Entry.action).order_by(Entry.id)).all()
    assert deeds == ["prepared", "published"]
    with pytest.raises(DomainError):
        actions.publish(made, by=by, at=now())


def test_a_consultation_without_dates_is_not_published() -> None:
    by = coordinator()
    made = prepare(plan(rounds=()), by=by)
    with pytest.raises(DomainError):
        actions.publish(made, by=by, at=now())


def test_two_consultations_do_not_share_an_address() -> None:
    by = coordinator()
    prepare(plan(), by=by)
    with pytest.raises(DomainError):
        prepare(plan(), by=by)


def test_the_address_of_a_published_consultation_stays() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    actions.publish(made, by=by, at=now())
    with pytest.raises(DomainError):
        change(made, plan(slug="inny"), by=by)


def test_a_change_is_seen_by_caches_and_names_the_fields() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    db.session.refresh(made)
    revision = made.revision
    kept = tuple(Dates(r.opens_at, r.closes_at, r.title, r.number) for r in made.rounds)
    change(made, plan(title="Nowy tytuł", rounds=kept), by=by)
    db.session.refresh(made)
    assert made.revision == revision + 1
    entry = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.details["fields"] == ["title"]


def test_a_round_to_come_can_be_taken_away_and_keeps_its_number_to_itself() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    second = made.rounds[1]
    kept = (Dates(second.opens_at, second.closes_at, "Druga", 2),)
    change(made, plan(rounds=kept), by=by)
    left = db.session.scalars(sa.select(Round.number).where(Round.consultation_id == made.id))
    assert left.all() == [2]


def test_a_round_that_has_begun_keeps_its_opening_and_may_be_longer() -> None:
    by = coordinator()
    open_one = town.consultation(Phase.OPEN)
    begun = open_one.rounds[0]
    same = plan(slug=open_one.slug)
    longer = Dates(begun.opens_at, begun.closes_at + DAY, number=1)
    change(open_one, replace(same, rounds=(longer,)), by=by)
    assert open_one.rounds[0].closes_at == longer.closes_at
    earlier = Dates(begun.opens_at - DAY, longer.closes_at, number=1)
    for rounds in ((earlier,), ()):
        with pytest.raises(DomainError):
            change(open_one, replace(same, rounds=rounds), by=by)


def test_rounds_that_end_before_they_begin_or_overlap_are_refused() -> None:
    by, at = coordinator(), now()
    backwards = (Dates(at + 2 * DAY, at + DAY),)
    overlap = (Dates(at, at + 9 * DAY), Dates(at + 8 * DAY, at + 20 * DAY))
    for rounds in (backwards, overlap):
        with pytest.raises(DomainError):
            prepare(plan(rounds=rounds), by=by)


def test_a_form_sent_twice_prepares_one_consultation() -> None:
    by = coordinator()
    said = plan()
    first = prepare(said, by=by, key="ten-sam-formularz")
    assert prepare(replace(said, slug="inny"), by=by, key="ten-sam-formularz") is first
    with pytest.raises(DomainError, match="został już wysłany"):
        prepare(replace(said, summary="Co innego."), by=by, key="ten-sam-formularz")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Consultation)) == 1
    deeds = db.session.scalars(sa.select(Entry.action)).all()
    assert deeds == ["prepared"]


def test_of_two_windows_the_later_does_not_overwrite_the_earlier() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    seen = version_of(actions.particulars_of(made))
    kept = actions.particulars_of(made)
    change(made, replace(kept, title="Z pierwszego okna"), by=by, version=seen)
    with pytest.raises(actions.ChangedMeanwhile):
        change(made, replace(kept, summary="Z drugiego okna"), by=by, version=seen)
    assert (made.title, made.summary) == ("Z pierwszego okna", "")


def test_saving_the_same_again_changes_nothing() -> None:
    by = coordinator()
    made = prepare(plan(), by=by)
    revision = made.revision
    change(made, actions.particulars_of(made), by=by, version="z dawna")
    assert made.revision == revision
    assert len(db.session.scalars(sa.select(Entry.id)).all()) == 1
