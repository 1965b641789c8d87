"""What every answer carries, what is refused, and how errors look."""

from __future__ import annotations

import io

import pytest
from flask import Flask, abort
from flask_babel import lazy_gettext
from lxml import html
from structlog.testing import capture_logs

from app import create_app
from app.accounts.models import Role
from app.platform import links
from app.platform.access import declared, public, refuse_silent_views, signed_in, staff
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed, NotFound, require
from app.platform.links import LARGEST, absolute, local_path
from app.platform.security import HEADERS
from tests import town
from tests.conftest import SETTINGS
from tests.platform.conftest import add_view
from tests.proofreading import ProofreadingClient as Client


@pytest.mark.parametrize("address", ["/", "/nic", "/zdrowie", "/static/css/app.css", "/zaloguj"])
def test_every_answer_carries_the_guards(client: Client, address: str) -> None:
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    answer.close()


def test_production_asks_for_https(app: Flask, client: Client) -> None:
    app.config["PRODUCTION"] = True
    try:
        assert "max-age" in client.get("/").headers["Strict-Transport-Security"]
    finally:
        app.config["PRODUCTION"] = False


def test_a_request_has_an_id(client: Client) -> None:
    given = client.get("/", headers={"X-Request-Id": "proxy-12345678"})
    assert given.headers["X-Request-Id"] == "proxy-12345678"
    for bad in ("short", "x" * 65, "with space 1", "<script>alert(1)"):
        answer = client.get("/", headers={"X-Request-Id": bad})
        assert answer.headers["X-Request-Id"] not in {bad, ""}
    ids = {client.get("/").headers["X-Request-Id"] for _ in range(5)}
    assert len(ids) == 5


SECRET = "Q5s0bX2kTn8vRz1LwYpE4aJc"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"/zapisy/{SECRET}", "/zapisy/…"),
        (f"/zapisy/{SECRET}/zmien", "/zapisy/…/zmien"),
        (f"/zapisy/{SECRET}/biore", "/zapisy/…/biore"),  # takes no GET
        (f"/kalendarz/{SECRET}.ics", "/kalendarz/…"),
        (f"/uwaga/{SECRET}", "/uwaga/…"),
        (f"/haslo/{SECRET}", "/haslo/…"),
        (f"/potwierdz/{SECRET}/x", "/potwierdz/…/x"),
        ("/haslo", "/haslo"),
        ("/wydarzenia/warsztat-o-celach-programu", "/wydarzenia/warsztat-o-celach-programu"),
    ],
)
def test_logs_hold_no_secret_links(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, address: str, kept: str
) -> None:
    monkeypatch.setitem(app.config, "LOG_REQUESTS", True)
    with capture_logs() as logged:
        client.get(address)
    assert [line["path"] for line in logged if line["event"] == "request"] == [kept]
    assert SECRET not in repr(logged)


def test_an_error_page_names_the_request(client: Client) -> None:
    answer = client.get("/nic", headers={"X-Request-Id": "proxy-12345678"})
    assert "proxy-12345678" in answer.text


def test_pages_with_a_session_are_not_kept_by_anybody(client: Client) -> None:
    assert client.get("/zaloguj").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 418, 429, 500, 503])
def test_every_error_looks_like_the_product(lasting: Flask, status: int) -> None:
    def view() -> str:
        abort(status)

    add_view(lasting, "/fails", view)
    answer = lasting.test_client().get("/fails")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//header//nav")
    assert "Werkzeug" not in answer.text


@pytest.mark.parametrize(
    ("error", "status"), [(DomainError, 409), (NotAllowed, 403), (NotFound, 404)]
)
def test_what_an_action_says_is_shown(
    lasting: Flask, error: type[DomainError], status: int
) -> None:
    def view() -> str:
        raise error(lazy_gettext("Najpierw zrób <b>coś</b>."))

    add_view(lasting, "/refuses", view, "POST")
    answer = lasting.test_client().post("/refuses")
    assert answer.status_code == status
    assert "Najpierw zrób &lt;b&gt;coś&lt;/b&gt;." in answer.text


def test_an_accident_shows_no_entrails(lasting: Flask) -> None:
    def view() -> str:
        raise RuntimeError("tajny szczegół")

    add_view(lasting, "/breaks", view)
    answer = lasting.test_client().get("/breaks")
    assert answer.status_code == 500
    assert "tajny" not in answer.text


def test_a_wrong_method_names_the_right_ones(client: Client) -> None:
    answer = client.get("/wyloguj")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_form_without_its_token_is_refused_kindly(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post("/zaloguj", data={"email": "a", "password": "b"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert answer.headers["X-Request-Id"] in answer.text


@pytest.mark.parametrize(
    "address", ["/wydarzenia/%00", "/wydarzenia/x%00y", "/demo/poczta?adres=%00"]
)
def test_a_null_sign_in_an_address_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code in {400, 404}


def test_a_null_sign_in_a_form_is_refused(client: Client) -> None:
    data = {"email": "ewa\x00@ngo.example", "password": "x\x00y"}
    assert client.post("/zaloguj", data=data).status_code == 400


def test_a_number_no_row_can_have_is_no_address(client: Client) -> None:
    for number in (2**31, 10**40, "9" * 5000):
        assert client.get(f"/demo/poczta/{number}").status_code == 404


def test_a_form_too_large_is_refused(client: Client) -> None:
    data = {"email": "x" * 3_000_000, "password": "y"}
    assert client.post("/zaloguj", data=data).status_code == 413


def test_a_file_where_words_belong_is_refused(client: Client) -> None:
    data = {"email": (io.BytesIO(b"x"), "a.txt"), "password": (io.BytesIO(b"y"), "b.txt")}
    answer = client.post("/zaloguj", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400


def test_a_refused_form_gives_back_what_was_typed(lasting: Flask) -> None:
    def view() -> str:
        raise DomainError(lazy_gettext("Runda jest zamknięta."))

    add_view(lasting, "/refuses", view, "POST")
    data = {
        "body": "Dlaczego <tylko> 5%?",
        "password": "moje tajne hasło",
        "current": "hasło do dziś",
        "version": "3",
    }
    answer = lasting.test_client().post("/refuses", data=data)
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//textarea/text()") == ["Dlaczego <tylko> 5%?"]
    assert "hasło" not in answer.text


def test_a_number_in_a_query_is_one_that_a_row_can_have() -> None:
    assert [links.number(text) for text in ("0", "7", str(LARGEST))] == [0, 7, LARGEST]
    for text in ("", "-1", "x", "٣", str(LARGEST + 1), "9" * 5000):
        with pytest.raises(ValueError, match="row"):
            links.number(text)


def test_require() -> None:
    require(True)
    with pytest.raises(NotAllowed):
        require(False)
    with pytest.raises(NotAllowed, match="because"):
        require(False, "because")


def test_gates_are_declared() -> None:
    assert declared(public(lambda: "")) == ("public",)
    assert declared(signed_in(lambda: "")) == ("signed_in",)
    assert declared(staff(Role.COORDINATOR)(lambda: "")) == ("staff", "coordinator")
    assert declared(lambda: "") is None


def test_an_application_with_a_silent_view_does_not_start(lasting: Flask) -> None:
    lasting.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(RuntimeError, match="silent"):
        refuse_silent_views(lasting)


def test_the_gate_of_the_office(app: Flask, client: Client) -> None:
    assert client.get("/biurko/organizacje?a=1").location == (
        "/zaloguj?next=/biurko/organizacje?a%3D1"
    )
    assert client.post("/biurko/organizacje/1/potwierdz").location == "/zaloguj"
    with app.app_context():
        person = town.person()
        db.session.commit()
        client.sign_in(person)
    assert client.get("/biurko/organizacje").status_code == 403


def test_full_addresses_come_from_the_settings(context: Flask) -> None:
    context.config["SITE_URL"] = "https://wspolpis.example"
    try:
        address = absolute("events.show", slug="święto 1")
    finally:
        context.config["SITE_URL"] = SETTINGS["SITE_URL"]
    assert address == "https://wspolpis.example/wydarzenia/%C5%9Bwi%C4%99to%201"


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/", True),
        ("/konto", True),
        ("/wydarzenia/warsztat?a=1#b", True),
        ("/wydarzenia/%C5%9Bwi%C4%99to", True),
        ("/wyloguj", False),
        ("/nie-ma", False),
        ("//evil.example/konto", False),
        ("///evil.example", False),
        ("/\\evil.example", False),
        ("/%5Cevil.example", False),
        ("/\n/evil.example", False),
        ("https://evil.example/konto", False),
        ("https:evil.example", False),
        ("konto", False),
        ("", False),
        (None, False),
        ("/[", False),
    ],
)
def test_where_a_person_may_be_sent(context: Flask, target: str | None, safe: bool) -> None:
    assert local_path(target) == (target if safe else None)


def test_a_proxy_is_trusted_only_when_told(tmp_path: object) -> None:
    seen = []
    for hops in (0, 1):
        app = create_app(
            {
                **SETTINGS,
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/x.sqlite3",
                "TRUSTED_PROXIES": hops,
            }
        )

        @public
        def scheme() -> str:
            from flask import request

            return request.scheme

        app.add_url_rule("/scheme", "scheme", scheme)
        seen.append(app.test_client().get("/scheme", headers={"X-Forwarded-Proto": "https"}).text)
        with app.app_context():
            db.engine.dispose()
    assert seen == ["http", "https"]
