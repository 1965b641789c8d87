"""The demo town shows the letters it would have sent; a real town shows none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import Message, OutboxMail, put
from tests.proofreading import ProofreadingClient as Client

TEXT = "Dzień dobry,\n\nto <b>Twój</b> odnośnik:\n\nhttp://localhost/potwierdz/abc\n\nDo widzenia."


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    app.config["DEMO"] = True
    yield app
    app.config["DEMO"] = False


def written(app: Flask, *recipients: str) -> list[int]:
    with app.app_context():
        for n, recipient in enumerate(recipients):
            put(recipient, Message(f"List {n}", TEXT), key=f"list:{n}", at=now())
        db.session.commit()
        return list(db.session.scalars(sa.select(OutboxMail.id).order_by(OutboxMail.id)))


def test_a_real_town_shows_no_letters(app: Flask, client: Client) -> None:
    (number,) = written(app, "ewa@ngo.example")
    assert client.get("/demo/poczta").status_code == 404
    assert client.get(f"/demo/poczta/{number}").status_code == 404


def test_an_empty_mailbox(demo: Flask, client: Client) -> None:
    assert "empty__title" in client.get("/demo/poczta").text


def test_letters_are_listed_searched_and_turned_over(demo: Flask, client: Client) -> None:
    written(demo, *(f"osoba{n}@ngo.example" for n in range(30)))
    first, second = client.get("/demo/poczta").text, client.get("/demo/poczta?strona=2").text
    assert first.index("List 29") < first.index("List 28")
    assert "List 0<" not in first
    assert "List 0<" in second
    found = client.get("/demo/poczta", query_string={"adres": "OSOBA7@"}).text
    assert "List 7<" in found
    assert "List 8<" not in found
    assert "empty__title" in client.get("/demo/poczta?adres=%25").text
    assert client.get("/demo/poczta?strona=x").status_code == 200
    assert client.get("/demo/poczta?strona=99999999999999999999").status_code == 200


def test_a_letter_can_be_read_and_its_link_used(demo: Flask, client: Client) -> None:
    (number,) = written(demo, "ewa@ngo.example")
    page = client.get(f"/demo/poczta/{number}").text
    assert '<a href="http://localhost/potwierdz/abc">' in page
    assert "to &lt;b&gt;Twój&lt;/b&gt; odnośnik:" in page
    assert client.get(f"/demo/poczta/{number + 1}").status_code == 404
    assert client.get("/demo/poczta/99999999999999999999").status_code == 404
