"""Reading without an account: no cookie, one page for all, and 304 until something changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.consultations.phases import Phase
from app.documents import editions
from app.platform.clock import now
from app.platform.db import db
from app.remarks import conversation, positions
from app.remarks.models import Outcome, Remark
from tests import town
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.reading import scene
from tests.reading.scene import Place
from tests.remarks.scene import comment, coordinator, sent, signed


def addresses(place: Place) -> list[str]:
    return [
        "/konsultacje",
        place.root,
        place.text,
        f"{place.text}/wersja/1",
        place.section("§ 2"),
        f"{place.text}/porownanie/1-2",
        f"{place.text}/porownanie/1-2?widok=wynik",
        f"{place.text}/porownanie/1-2?widok=obok",
    ]


def test_reading_sets_no_cookie_and_a_page_already_had_is_not_sent_again(
    app: Flask, client: Client
) -> None:
    for address in addresses(scene.revised(app)):
        first = client.get(address)
        assert first.status_code == 200, address
        assert "Set-Cookie" not in first.headers
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert client.get(address).data == first.data


def say_something(place: Place) -> None:
    document = scene.document_of(place)
    sent(document, comment(document, "§ 2"))


def reply(place: Place) -> None:
    conversation.reply(
        a_remark(place), "Zgoda.", submission_key="odpowiedz-1", by=coordinator(), at=now()
    )


def answer(place: Place) -> None:
    positions.decide(a_remark(place), Outcome.ACCEPTED, by=coordinator(), at=now())


def hide(place: Place) -> None:
    positions.hide(a_remark(place), reason="Dane osobowe.", by=coordinator(), at=now())


def publish(place: Place) -> None:
    document = scene.document_of(place)
    stored, _ = editions.store_edition(document, town.SMALL_ACT, title="Dwa", at=now())
    editions.make_public(stored, by=None, at=now())


def a_remark(place: Place) -> Remark:
    document = scene.document_of(place)
    return db.session.scalars(
        sa.select(Remark).where(Remark.document_id == document.id).limit(1)
    ).one()


@pytest.mark.parametrize("deed", [say_something, reply, answer, hide, publish])
def test_whatever_a_reader_could_see_makes_another_page(
    app: Flask, client: Client, deed: Callable[[Place], None]
) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 1)
    pages = [place.root, place.text, place.section("§ 2"), "/konsultacje"]
    tags = {page: client.get(page).headers["ETag"] for page in pages}
    with app.app_context():
        deed(place)
        db.session.commit()
    for page, tag in tags.items():
        answered = client.get(page, headers={"If-None-Match": tag})
        assert answered.status_code == 200, page
        assert answered.headers["ETag"] != tag


def test_people_who_are_signed_in_get_pages_of_their_own(app: Flask, client: Client) -> None:
    place = scene.revised(app)
    tags = {page: client.get(page).headers["ETag"] for page in addresses(place)}
    with app.app_context():
        person = town.person(name="Ewa Lis")
        db.session.commit()
    signed(app, client, person)
    for page, tag in tags.items():
        answered = client.get(page, headers={"If-None-Match": tag})
        assert answered.status_code == 200
        assert "ETag" not in answered.headers
        assert "Ewa Lis" in answered.text
        assert "Ewa Lis" not in app.test_client().get(page).text


def test_a_consultation_in_preparation_is_only_for_the_office(app: Flask, client: Client) -> None:
    place = scene.published(app, Phase.DRAFT)
    pages = [place.root, place.text, f"{place.text}/wersja/1", place.section("§ 1")]
    pages.append(f"{place.text}/plik/1")
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    assert place.root not in client.get("/konsultacje").text
    with app.app_context():
        clerk = coordinator()
        db.session.commit()
    signed(app, client, clerk)
    for page in pages:
        with client.get(page) as answered:
            assert answered.status_code == 200
    assert place.root in client.get("/konsultacje").text


def test_an_edition_that_waits_is_only_for_the_office(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with app.app_context():
        document = scene.document_of(place)
        editions.store_edition(document, town.SMALL_ACT, title="Dwa", at=now())
        clerk = coordinator()
        db.session.commit()
    waiting = f"{place.text}/wersja/2"
    assert client.get(waiting).status_code == 404
    assert client.get(f"{place.text}/porownanie/1-2").status_code == 404
    assert "Wydanie 2" not in client.get(place.root).text
    signed(app, client, clerk)
    assert "jeszcze nieopublikowane" in client.get(waiting).text


@pytest.mark.parametrize(
    "tail",
    ["/wersja/9", "/przepis/999", "/przepis/0", "/porownanie/1-9", "/porownanie/9-9", "/plik/9"],
)
def test_what_is_not_there_is_not_found(app: Flask, client: Client, tail: str) -> None:
    place = scene.published(app)
    assert client.get(place.text + tail).status_code == 404
    assert client.get(f"{place.root}/dokumenty/inny{tail}").status_code == 404
    assert client.get(f"/konsultacje/nie-ma{tail}").status_code == 404


def test_a_round_that_opens_makes_other_pages_at_that_very_moment(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scene.published(app, Phase.UPCOMING)
    pages = ["/konsultacje", place.root, place.text, place.section("§ 1")]
    before = {page: client.get(page) for page in pages}
    monkeypatch.setitem(app.config, "DEMO_CLOCK_OFFSET", 3 * 24 * 3600.0)
    for page, answered in before.items():
        after = client.get(page, headers={"If-None-Match": answered.headers["ETag"]})
        assert after.status_code == 200
    assert "Zbieramy uwagi" not in before["/konsultacje"].text
    assert "Zbieramy uwagi" in client.get("/konsultacje").text


def test_an_address_that_depends_on_nothing_is_not_kept_for_ever_under_any_name(
    app: Flask, client: Client
) -> None:
    place = scene.published(app)
    shelf = app.extensions["kept_pages"]
    client.get(place.root)
    size = len(shelf._pages)
    for n in range(3):
        assert client.get(f"{place.root}-nie-ma?{n}").status_code == 404
    assert len(shelf._pages) == size


def test_a_text_is_put_together_once_and_counted_each_time(app: Flask, client: Client) -> None:
    place = scene.published(app)
    with app.app_context(), counted() as first:
        assert "1 uwaga" not in client.get(place.text).text
    scene.remarks(app, place, 1)
    with app.app_context(), counted() as second:
        assert client.get(place.text).text.count("1 uwaga") == 1
    bodies = [[s for s in asked if "edition.body" in s] for asked in (first, second)]
    assert [len(found) for found in bodies] == [1, 0]


def test_a_text_that_was_put_together_takes_no_remarks_once_the_round_is_over(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scene.published(app)
    scene.remarks(app, place, 1)
    acts = client.get(place.text).text.count("provision__act")
    assert acts > 0
    monkeypatch.setitem(app.config, "DEMO_CLOCK_OFFSET", 30 * 24 * 3600.0)
    closed = client.get(place.text).text
    assert "provision__act" not in closed
    assert closed.count('<p class="provision__meta') == closed.count("1 uwaga") == 1
    assert "Zaproponuj zmianę" not in closed


def test_a_text_is_kept_for_each_language(app: Flask, client: Client) -> None:
    place = scene.published(app)
    assert "Zaproponuj zmianę" in client.get(place.text).text
    client.set_cookie("jezyk", "en")
    english = client.get(place.text).text
    assert "Propose a change" in english
    assert "Zaproponuj zmianę" not in english
