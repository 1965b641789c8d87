"""Origins are kept on publication, and found again where they were not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.documents.models import Edition
from app.documents.origins import origins_of
from app.documents.provenance import from_json
from app.documents.queries import latest_edition, units_of, wordings_of
from app.legaltext.units import Units
from app.platform.db import db
from tests import town
from tests.drafting import scene as drafting
from tests.queries import counted

pytestmark = pytest.mark.usefixtures("context")


def reworded(units: Units, text: str) -> Units:
    chapter = units[0]
    first = replace(chapter.children[0], text=text)
    return (chapter.with_children((first, *chapter.children[1:])), *units[1:])


def three_editions() -> list[Edition]:
    document = town.document()
    texts = ("Program dotyczy wspólnej pracy z organizacjami.", "Program dotyczy pracy.")
    for text in texts:
        units = units_of(wordings_of(latest_edition(document)))  # type: ignore[arg-type]
        town.edition(document, reworded(units, text))
    db.session.refresh(document)
    return list(document.editions)


def test_each_edition_keeps_its_origins() -> None:
    first, second, third = three_editions()
    assert {run.source for runs in origins_of(first).values() for run in runs} == {(1, 0)}
    assert [(r.text.strip(), r.source[0]) for r in origins_of(second)["2"]] == [
        ("Program dotyczy", 1),
        ("wspólnej pracy", 2),
        ("z organizacjami.", 1),
    ]
    assert "".join(run.text for run in origins_of(third)["2"]) == "Program dotyczy pracy."
    with counted() as statements:
        origins_of(third)
    assert len(statements) == 1


def test_editions_of_before_tell_the_same() -> None:
    *_, third = three_editions()
    kept = origins_of(third)
    db.session.execute(sa.update(Edition).values(origins=None))
    db.session.expire_all()
    assert origins_of(third) == kept


def test_the_next_publication_keeps_what_was_missing() -> None:
    first, *_ = three_editions()
    db.session.execute(sa.update(Edition).values(origins=None))
    db.session.expire_all()
    document = first.document
    town.edition(document, units_of(wordings_of(latest_edition(document))))  # type: ignore[arg-type]
    kept = db.session.scalars(sa.select(Edition.origins).order_by(Edition.number)).all()
    assert all(kept)
    assert len(kept) == 4


def test_a_word_is_traced_to_the_change_that_brought_it() -> None:
    bench = drafting.bench()
    one = bench.take_in(
        bench.amendment("§ 1", "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami.")
    )
    two = bench.write("§ 1", "Program ten dotyczy współpracy Gminy z organizacjami i mieszkańcami.")
    new = bench.write("§ 3", "Ten paragraf jest nowy.")
    edition = bench.publish()
    kept = db.session.scalar(sa.select(Edition.origins).where(Edition.id == edition.id))
    assert kept is not None
    sources = {run.text.strip(): run.source for runs in from_json(kept).values() for run in runs}
    assert sources["i mieszkańcami"] == (2, one.id)
    assert sources["ten"] == (2, two.id)
    assert (2, new.id) in sources.values()
    assert sources["Postanowienia ogólne"] == (1, 0)
