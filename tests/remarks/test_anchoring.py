"""Remarks on earlier editions, carried to the newest one when it is published."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.documents.models import Document, Edition
from app.documents.queries import units_of, wordings_of
from app.legaltext.anchors import State
from app.legaltext.changes import Change, Insert, Move, Repeal, Reword
from app.legaltext.units import Kind, Unit, Units, walk
from app.platform.clock import now
from app.platform.db import db
from app.remarks.actions import withdraw
from app.remarks.content import Author, Origin
from app.remarks.models import Channel, Remark, RemarkPlace
from app.remarks.queries import remarks_of_section, tallies_of
from tests import town
from tests.proofreading import ProofreadingClient
from tests.remarks import scene


def units(edition: Edition) -> Units:
    return units_of(wordings_of(edition))


def place_of(remark: Remark) -> RemarkPlace:
    db.session.refresh(remark)
    assert remark.place is not None
    return remark.place


def test_each_remark_says_what_became_of_its_place(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        kept, changed, gone = (
            scene.sent(document, scene.comment(document, at))
            for at in ("§ 1", "§ 2 ust. 1", "§ 2 ust. 2")
        )
        whole = scene.sent(document, scene.comment(document))
        scene.next_edition(
            document,
            Insert(Unit("nowy", Kind.SECTION, "", "Nowy przepis.")),
            Reword(scene.id_of(document, "§ 2 ust. 1"), "Zupełnie inne słowa."),
            Repeal(scene.id_of(document, "§ 2 ust. 2")),
        )
        assert (place_of(kept).state, place_of(kept).citation) == (State.PLACED, "§\u00a02")
        assert place_of(changed).state is State.CHANGED_BENEATH
        assert (place_of(gone).state, place_of(gone).provision) == (State.ORPHANED, None)
        assert whole.place is None


def test_a_quotation_is_followed_to_the_provision_that_says_it_now(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        at = scene.id_of(document, "§ 1")
        words = next(u.text for u in walk(units(document.editions[0])) if u.id == at)
        remark = scene.sent(document, scene.comment(document, "§ 1", quote=words[3:-3]))
        assert remark.quote in words
        edition = scene.next_edition(
            document,
            Reword(at, "Program trwa rok."),
            Insert(Unit("nowy", Kind.SECTION, "", words), None, None),
        )
        place = place_of(remark)
        assert place.state is State.MOVED
        assert place.provision is not None
        new = {u.id: u.text for u in walk(units(edition))}
        assert new[str(place.provision.number)] == words


def test_a_change_is_still_told_editions_later(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.comment(document, "§ 1"))
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), "Program trwa rok."))
        last = scene.next_edition(document, Repeal(scene.id_of(document, "§ 2 ust. 2")))
        place = place_of(remark)
        assert (place.state, place.edition_id) == (State.CHANGED_BENEATH, last.id)


def test_a_paper_remark_entered_late_is_carried_at_once(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        first = document.editions[0]
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), "Program trwa rok."))
        clerk = town.person(Role.COORDINATOR)
        remark = scene.sent(
            document,
            scene.comment(document, "§ 1"),
            by=clerk,
            author=Author(name="Anna Nowak"),
            origin=Origin(Channel.PAPER, now().date()),
            edition=first,
        )
        assert place_of(remark).state is State.CHANGED_BENEATH


def test_ten_editions_lose_no_remark(app: Flask) -> None:
    """Splits, joins, moves and repeals, each on a text that has remarks everywhere."""
    with app.app_context():
        document = scene.text()
        for wording in wordings_of(document.editions[0]):
            content = scene.comment(document, "§ 1")
            quote = wording.text.split("\n")[0].split("\t")[0]
            scene.sent(document, replace(content, provision=wording.provision, quote=quote))
        sent = set(db.session.scalars(sa.select(Remark.id)))
        edition = document.editions[0]
        for round_ in range(10):
            edition = scene.next_edition(document, *turmoil(units(edition), round_))
        remarks = db.session.scalars(sa.select(Remark)).all()
        assert {remark.id for remark in remarks} == sent
        standing = {w.provision_id for w in wordings_of(edition)}
        for remark in remarks:
            place = place_of(remark)
            assert place.edition_id == edition.id
            assert (place.provision_id is None) == (place.state is State.ORPHANED)
            assert place.provision_id is None or place.provision_id in standing
            assert place.state is State.ORPHANED or place.provision_id is not None


def turmoil(text: Units, round_: int) -> list[Change]:
    """One split, and by turns a join, a move or a repeal."""
    every = [u for u in walk(text) if u.kind is not Kind.TABLE]
    long = max(every, key=lambda u: len(u.text.split()))
    words = long.text.split()
    half = len(words) // 2
    parents = {child.id: u.id for u in walk(text) for child in u.children}
    rest = Unit("reszta", long.kind, "", " ".join(words[half:]))
    split: list[Change] = [
        Reword(long.id, " ".join(words[:half])),
        Insert(rest, parents.get(long.id), long.id),
    ]
    leaves = [u for u in every if not u.children and u.id != long.id]
    if len(leaves) < 2:
        return split
    one, other = leaves[round_ % len(leaves)], leaves[(round_ + 1) % len(leaves)]
    turns: list[list[Change]] = [
        [Reword(one.id, f"{one.text} {other.text}"), Repeal(other.id)],
        [Move(one.id, parents.get(other.id), other.id)],
        [Repeal(one.id)],
    ]
    return split + turns[round_ % 3]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("reword", "Przepis zmienił się od czasu tej uwagi"),
        ("repeal", "Tego przepisu już nie ma"),
        ("shift", "Dziś:"),
    ],
)
def test_the_list_and_the_page_of_a_remark_say_it_in_words(
    app: Flask, client: ProofreadingClient, change: str, words: str
) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.comment(document, "§ 1"))
        at = scene.id_of(document, "§ 1")
        made: dict[str, Change] = {
            "reword": Reword(at, "Program trwa rok."),
            "repeal": Repeal(at),
            "shift": Insert(Unit("nowy", Kind.SECTION, "", "Nowy przepis.")),
        }
        scene.next_edition(document, made[change])
        db.session.commit()
        base = f"/konsultacje/{document.consultation.slug}/uwagi"
        one = f"{base}/{remark.number}"
    for address in (base, one):
        shown = client.get(address).get_data(as_text=True).replace("\u00a0", " ")
        assert words in shown


def moved_words(document: Document) -> tuple[Remark, int, int]:
    """A remark whose words went to a new §: its old place, its new one."""
    at = scene.id_of(document, "§ 1")
    words = next(u.text for u in walk(units(document.editions[0])) if u.id == at)
    remark = scene.sent(document, scene.comment(document, "§ 1", quote=words[3:-3]))
    scene.next_edition(
        document,
        Reword(at, "Program trwa rok."),
        Insert(Unit("nowy", Kind.SECTION, "", words), None, None),
    )
    place = place_of(remark)
    assert place.provision is not None
    return remark, int(at), place.provision.number


def test_a_remark_whose_words_moved_counts_and_is_listed_at_its_new_place(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        document = scene.text()
        stays = scene.sent(document, scene.comment(document, "§ 2 ust. 1"))
        remark, old, new = moved_words(document)
        assert tallies_of(document) == {new: (1, 0), scene.number_of(stays): (1, 0)}
        assert remark.home is not None
        assert [r.id for r in remarks_of_section(remark.document, [remark.home_id], 1).items] == [
            remark.id
        ]
        db.session.commit()
        base = f"/konsultacje/{document.consultation.slug}/dokumenty/{document.slug}"
        number = remark.number
    shown = client.get(f"{base}/przepis/{new}").get_data(as_text=True)
    assert f'id="uwaga-{number}"' in shown
    assert f'id="uwaga-{number}"' not in client.get(f"{base}/przepis/{old}").get_data(as_text=True)
    text = client.get(base).get_data(as_text=True)
    assert f"/przepis/{new}#uwagi" in text
    assert f"/przepis/{old}#uwagi" not in text


def test_withdrawing_takes_it_off_where_it_counts_now(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark, _old, _new = moved_words(document)
        assert remark.author is not None
        withdraw(remark, reason="", by=remark.author, at=now())
        assert tallies_of(document) == {}


def test_one_whose_place_is_gone_still_counts_where_it_was_made(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.comment(document, "§ 2 ust. 2 pkt 1"))
        scene.next_edition(document, Repeal(scene.id_of(document, "§ 2 ust. 2 pkt 1")))
        assert place_of(remark).state is State.ORPHANED
        assert tallies_of(document) == {scene.number_of(remark): (1, 0)}
