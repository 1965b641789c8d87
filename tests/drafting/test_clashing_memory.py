"""What is kept of amendments told: few whole texts, however many amendments there are."""

from __future__ import annotations

import gc

from app.drafting import clashing
from app.drafting.steps import Asked, from_json, to_json
from app.legaltext.units import Unit, Units, by_id
from tests.drafting.acts import BASE

PLACE = "1-1"


def anew() -> Units:
    """The same text read once more, as each request does."""
    return from_json(to_json(BASE))


def alive() -> int:
    """How many texts are kept, by the chapter with which they begin."""
    gc.collect()
    return sum(isinstance(each, Unit) and each.id == "r1" for each in gc.get_objects())


def test_texts_read_anew_for_each_request_are_let_go() -> None:
    seen, before = by_id(BASE)[PLACE].text, alive()
    for n in range(12):
        asked = Asked("reword", PLACE, seen, f"Inaczej {n}.")
        said = clashing.said_in(anew(), asked)
        assert said is not None
        assert said == clashing.said_in(anew(), asked)
        assert f"{n}" in said.html
    assert alive() <= before + 2


def test_a_provision_that_is_not_there_is_not_told() -> None:
    assert clashing.said_in(anew(), Asked("reword", "nie ma", "Było.", "Jest.")) is None
