"""Pages for visitors are kept as bytes, for nobody else, and within bounds."""

from __future__ import annotations

import gzip

from flask import Flask
from flask.testing import FlaskClient

from app.platform.assets import asset
from app.platform.caching import PARTS, Kept, Shelf
from app.platform.db import db
from tests import town
from tests.proofreading import ProofreadingClient as Client


def page(size: int) -> Kept:
    return Kept(b"x" * size, b"", "text/html")


def test_a_full_shelf_gives_away_what_was_asked_for_longest_ago() -> None:
    shelf = Shelf(capacity=30)
    for tag in "abc":
        shelf.put(tag, page(10))
    assert shelf.get("a") is not None
    shelf.put("d", page(10))
    assert shelf.get("b") is None
    assert all(shelf.get(tag) for tag in "acd")
    shelf.put("a", page(30))
    assert [tag for tag in "abcd" if shelf.get(tag)] == ["a"]
    shelf.put("huge", page(31))
    assert not any(shelf.get(tag) for tag in ("a", "huge"))
    shelf.put("e", page(5))
    shelf.clear()
    assert shelf.get("e") is None


def test_a_part_is_made_once_until_many_newer_ones_take_its_place() -> None:
    shelf, made = Shelf(), []

    def make(name: int) -> int:
        return int(shelf.part(name, lambda: made.append(name) or name))  # type: ignore[func-returns-value]

    assert [make(1), make(1), make(2)] == [1, 1, 2]
    assert made == [1, 2]
    for name in range(3, 2 + PARTS):
        assert make(1) == 1
        assert make(name) == name
    made.clear()
    assert [make(1), make(2)] == [1, 2]
    assert made == [2]
    shelf.clear()
    assert [make(1), made] == [1, [2, 1]]


def test_the_compressed_page_is_the_same_page(app: Flask) -> None:
    client = FlaskClient(app, app.response_class)  # proof-readers cannot read compressed pages
    plain = client.get("/o-stronie")
    zipped = client.get("/o-stronie", headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["ETag"] == zipped.headers["ETag"]
    refused = client.get("/o-stronie", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    assert "Cookie" in zipped.headers["Vary"]


def test_languages_and_addresses_are_kept_apart(client: Client) -> None:
    tags = {client.get(address).headers["ETag"] for address in ("/o-stronie", "/o-stronie?a=1")}
    client.set_cookie("jezyk", "en")
    tags.add(client.get("/o-stronie").headers["ETag"])
    assert len(tags) == 3
    assert 'lang="en"' in client.get("/o-stronie").text


def test_no_visitor_puts_another_site_on_a_kept_page(client: Client) -> None:
    strange = client.get("/o-stronie", headers={"Host": "evil.example"}).text
    assert "evil.example" not in strange
    assert "http://localhost/o-stronie" in client.get("/o-stronie").text


def test_people_with_a_session_get_a_page_of_their_own(app: Flask, client: Client) -> None:
    tag = client.get("/o-stronie").headers["ETag"]
    with app.app_context():
        person = town.person(name="Ewa Lis")
        db.session.commit()
        client.sign_in(person)
    answer = client.get("/o-stronie", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Ewa Lis" in answer.text
    assert "ETag" not in answer.headers
    assert "Ewa Lis" not in app.test_client().get("/o-stronie").text


def test_a_form_in_progress_does_not_leak_into_kept_pages(client: Client) -> None:
    client.get("/zaloguj")  # leaves a session with a token
    assert "ETag" not in client.get("/o-stronie").headers


def test_static_files_are_kept_for_ever_under_their_fingerprint(app: Flask, client: Client) -> None:
    with app.test_request_context():
        address = asset("css/app.css")
        assert "v=missing" in asset("css/nothing.css")
    for url, kept in ((address, True), ("/static/css/app.css", False)):
        with client.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
            assert ("immutable" in answer.headers.get("Cache-Control", "")) is kept
            assert b"@import" not in gzip.decompress(answer.data)
            assert "Set-Cookie" not in answer.headers
