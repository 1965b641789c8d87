"""Reading tickets for a browser that cannot: tickets as a hand holds them before a camera."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.door.camera import SIDE, UnreadablePicture, codes_in
from app.platform.db import db
from app.platform.keys import plain_code
from tests.door.filmed import seen
from tests.door.scene import host, meeting
from tests.proofreading import ProofreadingClient as Client


@settings(max_examples=40)  # each picture is drawn pixel by pixel
@given(turned=st.floats(0, 360), share=st.floats(0.4, 0.7), dark=st.integers(0, 70))
def test_a_ticket_is_read_however_it_is_held(turned: float, share: float, dark: int) -> None:
    code = plain_code()
    assert codes_in(seen(code, turned=turned, share=share, inks=(dark, 200))) == [code]


@given(st.binary(min_size=SIDE * SIDE // 64, max_size=SIDE * SIDE // 64))
def test_what_is_no_ticket_gives_no_code(piece: bytes) -> None:
    assert codes_in(piece * 64) == []


@pytest.mark.parametrize("size", [0, 1, SIDE * SIDE - 1, SIDE * SIDE + 1])
def test_only_the_square_is_looked_at(size: int) -> None:
    with pytest.raises(UnreadablePicture):
        codes_in(bytes(size))


def test_the_door_is_told_the_codes(app: Flask, client: Client) -> None:
    with app.app_context():
        (event, (anna, _jan)), person = meeting(), host()
        door, code = f"/biurko/wydarzenia/{event.slug}/wejscie", anna.code
        db.session.commit()
        client.sign_in(person)
    answer = client.post(f"{door}/obraz", data=seen(code))
    assert (answer.status_code, answer.json) == (200, {"codes": [code]})
    assert client.post(f"{door}/obraz", data=bytes(SIDE * SIDE)).json == {"codes": []}
    assert client.post(f"{door}/obraz", data=b"GIF89a").status_code == 400


def test_no_codes_are_read_before_the_door_opens(app: Flask, client: Client) -> None:
    with app.app_context():
        (event, _people), person = meeting(), host()
        event.starts_at += timedelta(days=3)
        event.ends_at += timedelta(days=3)
        address = f"/biurko/wydarzenia/{event.slug}/wejscie/obraz"
        db.session.commit()
        client.sign_in(person)
    assert client.post(address, data=bytes(SIDE * SIDE)).status_code == 403
