"""How often pages ask the database: never more for more remarks."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.scene import Place


def asked(app: Flask, client: Client, address: str) -> int:
    """Statements for a page that no worker has kept."""
    app.extensions["kept_pages"].clear()
    with app.app_context(), counted() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


def pages(place: Place) -> dict[str, str]:
    return {
        "document": place.text,
        "section": place.section("§ 2"),
        "consultation": place.root,
        "all": "/konsultacje",
    }


@pytest.mark.parametrize("name", ["document", "section", "consultation", "all"])
def test_more_remarks_are_not_more_questions(app: Flask, client: Client, name: str) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 5)
    few = asked(app, client, pages(place)[name])
    scene.remarks(app, place, 40)
    assert asked(app, client, pages(place)[name]) == few


def test_the_document_asks_six_times_cold_and_once_when_kept(app: Flask, client: Client) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 5)
    assert asked(app, client, place.text) <= 6
    with app.app_context(), counted() as statements:
        client.get(place.text)
    assert len(statements) == 1


def test_more_changes_are_not_more_questions(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    assert asked(app, client, f"{place.text}/porownanie/1-2") <= 11
    assert asked(app, client, place.section("§ 1")) <= 19
