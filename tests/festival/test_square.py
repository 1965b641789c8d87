"""The square: laid out in one step, and no place is ever given twice."""

from __future__ import annotations

import pytest
from flask import Flask

from app.festival import applying, queries, square
from app.festival.plan import plan_of
from app.festival.square import Layout, row_letters
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.festival import scene


def test_rows_are_added_below_those_that_are_there(context: Flask) -> None:
    event = scene.festival()
    scene.places(event, 2, 2)
    scene.places(event, 1, 3, metres=6, power=True)
    assert list(scene.spots(event)) == ["A1", "A2", "B1", "B2", "C1", "C2", "C3"]
    plan = plan_of(queries.places(event), [])
    assert [len(cells) for _row, cells in plan.rows] == [3, 3, 3]
    assert plan.rows[0][1][2].place is None
    assert [row_letters(n) for n in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]
    with pytest.raises(DomainError, match="najwyżej 400"):
        scene.places(event, 26, 30)


def test_only_a_fitting_free_place_is_given(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event, 1, 2)
    scene.places(event, 1, 1, metres=6, power=True)
    spots = scene.spots(event)

    def give(stand: object, label: str | None) -> None:
        number = spots[label] if label else None
        square.give_place(stand, number, version=stand.version, by=clerk, at=now())  # type: ignore[attr-defined,arg-type]

    small, wide, hot = (
        scene.accepted_stand(event),
        scene.accepted_stand(event, metres=5),
        scene.accepted_stand(event, watts=2000),
    )
    give(small, "A1")
    with pytest.raises(DomainError, match="ma 3 m"):
        give(wide, "A2")
    with pytest.raises(DomainError, match="nie ma prądu"):
        give(hot, "A2")
    give(hot, "B1")
    with pytest.raises(DomainError, match="zajęte"):
        give(wide, "B1")
    give(small, "A2")
    give(small, None)
    give(small, "A1")
    assert [s.place.label for s in queries.on_square(event) if s.place] == ["A1", "B1"]
    with pytest.raises(DomainError, match="Najpierw przyjmij"):
        give(scene.stand(event), "A2")
    foreign = scene.festival()
    scene.places(foreign)
    with pytest.raises(DomainError, match="nie ma już na planie"):
        square.give_place(
            wide, scene.spots(foreign)["A1"], version=wide.version, by=clerk, at=now()
        )


def test_the_second_coordinator_sees_what_the_first_has_done(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event)
    stand, spots = scene.accepted_stand(event), scene.spots(event)
    square.give_place(stand, spots["A1"], version=1, by=clerk, at=now())
    with pytest.raises(DomainError, match="w międzyczasie"):
        square.give_place(stand, spots["A2"], version=1, by=clerk, at=now())
    square.give_place(stand, spots["A1"], version=1, by=clerk, at=now())
    assert stand.place_id == spots["A1"]


def test_a_place_with_a_stand_stays_and_stays_wide_enough(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event, power=True)
    stand, spots = scene.accepted_stand(event, watts=100), scene.spots(event)
    square.give_place(stand, spots["A1"], version=1, by=clerk, at=now())
    place = queries.place_of(event, spots["A1"])
    assert place is not None
    with pytest.raises(DomainError, match="Najpierw daj"):
        square.remove_place(event, place.id, by=clerk, at=now())
    for label, metres, power, why in (
        ("A1", 2, True, "ma 2 m"),
        ("A1", 3, False, "nie ma prądu"),
        ("A2", 3, True, "już jest"),
    ):
        with pytest.raises(DomainError, match=why):
            square.change_place(place, label, metres, power, by=clerk, at=now())
    square.change_place(place, "Przy fontannie", 4, True, by=clerk, at=now())
    assert (place.label, place.metres) == ("Przy fontannie", 4)
    for _ in range(2):
        square.remove_place(event, spots["A3"], by=clerk, at=now())
    assert list(scene.spots(event)) == ["Przy fontannie", "A2"]


def test_the_rest_arranges_itself_as_it_was_shown(context: Flask) -> None:
    event, clerk = scene.festival(), scene.coordinator()
    scene.places(event, 1, 3)
    scene.places(event, 1, 1, power=True)
    stands = [scene.accepted_stand(event) for _ in range(3)]
    hot, left = scene.accepted_stand(event, watts=900), scene.accepted_stand(event, watts=50)
    spots = scene.spots(event)
    square.give_place(stands[1], spots["A2"], version=1, by=clerk, at=now())
    seen, revision = square.proposed(event), queries.festival_of(event).revision
    assert seen == {stands[0].id: spots["A1"], stands[2].id: spots["A3"], hot.id: spots["B1"]}
    for pairs, of in (({**seen, left.id: spots["B1"]}, revision), (seen, revision - 1)):
        with pytest.raises(DomainError, match="Obejrzyj propozycję"):
            square.take_proposal(event, pairs, revision=of, by=clerk, at=now())
    assert len(queries.on_square(event)) == 1
    assert square.take_proposal(event, seen, revision=revision, by=clerk, at=now()) == 3
    labels = [s.place.label for s in queries.on_square(event) if s.place]
    assert labels == ["A1", "A2", "A3", "B1"]
    assert (stands[1].place_id, left.place_id) == (spots["A2"], None)
    assert square.proposed(event) == {}


def test_who_lays_out(context: Flask) -> None:
    event = scene.festival()
    with pytest.raises(NotAllowed):
        square.lay_out(event, Layout(1, 1, 3, False), by=town.person(town.Role.EXECUTIVE), at=now())
    with pytest.raises(NotAllowed):
        square.lay_out(event, Layout(1, 1, 3, False), by=scene.coordinator(), at=event.ends_at)


def test_a_withdrawn_stand_frees_its_place(context: Flask) -> None:
    event, clerk, by = scene.festival(), scene.coordinator(), scene.group()
    scene.places(event, 1, 1)
    stand, spots = scene.accepted_stand(event, by), scene.spots(event)
    square.give_place(stand, spots["A1"], version=1, by=clerk, at=now())
    applying.withdraw(stand, "", by=by[0], at=now())
    db.session.flush()
    other = scene.accepted_stand(event)
    assert square.proposed(event) == {other.id: spots["A1"]}
