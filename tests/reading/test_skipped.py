"""An edition whose number was skipped: a file took it and was never published."""

from __future__ import annotations

import pytest
from flask import Flask

from app.consultations.phases import Phase
from app.documents import editions
from app.documents.models import Document
from app.documents.queries import wordings_of
from app.platform.clock import now
from app.platform.db import db
from tests import town
from tests.drafting import scene as drafting
from tests.proofreading import ProofreadingClient as Client
from tests.reading import scene
from tests.reading.scene import Place
from tests.reading.test_pages import tree_of
from tests.remarks.scene import signed

WORDS = "Program dotyczy współpracy Gminy z mieszkańcami."


def bench_with_a_waiting_file() -> drafting.Bench:
    """A working draft with a change; meanwhile a file has taken the next number."""
    bench = drafting.bench()
    bench.write("§ 1", WORDS)
    editions.store_edition(bench.document, town.SMALL_ACT, title="Z pliku", at=now())
    db.session.commit()
    return bench


@pytest.fixture
def skipped(app: Flask) -> Place:
    """Edition 1 and, published from the bench, edition 3."""
    with app.app_context():
        bench = bench_with_a_waiting_file()
        place = scene.place_of(bench.document)
        assert bench.publish().number == 3
        db.session.commit()
        return place


@pytest.mark.parametrize("page", ["", "/wersja/3", "/przepis/{}", "/przepis/{}/skad", "root"])
def test_every_page_compares_with_the_edition_that_readers_had(
    client: Client, skipped: Place, page: str
) -> None:
    here = skipped.text + page.format(skipped.numbers["§ 1"])
    links = tree_of(client, skipped.root if page == "root" else here).xpath(
        "//main//a[contains(@href, '/porownanie/')]/@href"
    )
    assert links
    for link in links:
        assert "/porownanie/1-3" in link
        assert client.get(link).status_code == 200


def test_the_words_since_are_counted_from_that_edition(client: Client, skipped: Place) -> None:
    assert "Co się zmieniło od wydania 1" in client.get(skipped.text).text


def test_the_first_edition_that_was_published_has_no_later_words(
    app: Flask, client: Client
) -> None:
    with app.app_context():
        of = town.consultation(Phase.OPEN)
        made = Document(consultation_id=of.id, slug="program", title="Program", created_at=now())
        db.session.add(made)
        db.session.flush()
        editions.store_edition(made, town.SMALL_ACT, title="Odłożone", at=now())
        edition = town.edition(made, town.SMALL_ACT)
        assert edition.number == 2
        number = next(w.provision.number for w in wordings_of(edition) if w.citation)
        text = Place(of.slug, made.slug, {}).text
        db.session.commit()
    for address in (text, f"{text}/przepis/{number}"):
        page = tree_of(client, address)
        assert not page.xpath("//article//a[contains(@href, '/skad')]")
        assert not page.xpath("//main//a[contains(@href, '/porownanie/')]")


def test_the_bench_names_the_number_that_the_edition_will_get(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = bench_with_a_waiting_file()
        document, clerk = bench.document, bench.clerk
        root = f"/biurko/konsultacje/{document.consultation.slug}/dokumenty/{document.slug}"
    signed(app, client, clerk)
    page = client.get(f"{root}/robocza/publikuj").text
    assert "Opublikuj wydanie 3" in page
    assert "Wersja robocza wydania 3" in page
