"""Pages for visitors are kept as bytes, for nobody else, and within bounds."""

from __future__ import annotations

import gzip

from flask import Flask
from flask.testing import FlaskClient

from app.platform.assets import asset
from app.platform.caching import Kept, Shelf
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


def test_a_part_is_made_once_until_newer_ones_of_its_kind_take_its_place() -> None:
    shelf, made = Shelf(), []

    def part(name: int, kind: str = "text") -> int:
        def make() -> int:
            made.append((kind, name))
            return name

        return int(shelf.part(kind, name, make, room=2))

    assert [part(1), part(1), part(2), part(1), part(3), part(1)] == [1, 1, 2, 1, 3, 1]
    assert made == [("text", 1), ("text", 2), ("text", 3)]
    made.clear()
    assert [part(1, "unit"), part(1), part(2)] == [1, 1, 2]
    assert made == [("unit", 1), ("text", 2)]
    shelf.clear()
    part(1)
    assert made[2:] == [("text", 1)]


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


def test_tops_of_pages_are_kept_for_visitors_and_say_where_they_stand(
    app: Flask, client: Client
) -> None:
    def top(address: str) -> str:
        return client.get(address).text.partition('<div class="site-main">')[0]

    visitor = top("/wydarzenia")
    assert '<a href="/wydarzenia" aria-current="true">' in visitor
    assert "http://localhost/wydarzenia</p>" in visitor
    assert '<a href="/wydarzenia">' in top("/prywatnosc")
    assert "http://localhost/prywatnosc</p>" in top("/prywatnosc")
    with app.app_context():
        person = town.person(name="Anna Nowak")
        db.session.commit()
        signed_in = person.get_id()
    with client.session_transaction() as session:
        session["_user_id"] = signed_in
    assert "Anna Nowak" in top("/wydarzenia")
    assert top("/wydarzenia") != visitor
    client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    assert top("/wydarzenia") == visitor


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
