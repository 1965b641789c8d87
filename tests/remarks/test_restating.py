"""Writing an amendment anew on the edition that changed the text beneath it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.consultations.models import Round
from app.consultations.phases import Phase
from app.documents.models import Document
from app.journal.queries import history_of
from app.legaltext.changes import Insert, Reword
from app.legaltext.units import Kind, Unit
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.remarks.actions import change
from app.remarks.fate import Fate
from app.remarks.keys import secret_of
from app.remarks.models import AmendmentKind, Outcome, Remark, RemarkPlace
from app.remarks.permissions import KeyHolder
from app.remarks.positions import decide
from app.remarks.proposals import proposal_of
from app.remarks.queries import tallies_of, versions_of
from app.remarks.restating import Restated, restate
from tests import town
from tests.proofreading import ProofreadingClient
from tests.remarks import scene

COLLIDING = "Program dotyczy współpracy Gminy z organizacjami pozarządowymi."
ANEW = "Program dotyczy współpracy Gminy z organizacjami pozarządowymi i mieszkańcami."


def said(words: str = ANEW, *, edition: int = 2, version: int = 1) -> Restated:
    return Restated("Nadal jest potrzebna.", words, edition, version)


def collided(document: Document, **fields: object) -> Remark:
    """An amendment whose words the second edition has changed otherwise."""
    remark = scene.sent(document, scene.amendment(document), **fields)  # type: ignore[arg-type]
    scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
    db.session.refresh(remark)
    return remark


def closed(document: Document) -> None:
    """The round is over, the report is still to come."""
    model = town.consultation(Phase.CONSIDERED)
    consultation = document.consultation
    db.session.execute(sa.delete(Round).where(Round.consultation_id == consultation.id))
    db.session.execute(
        sa.update(Round)
        .where(Round.consultation_id == model.id)
        .values(consultation_id=consultation.id)
    )
    db.session.refresh(consultation)


@pytest.mark.usefixtures("context")
class TestTheAction:
    def test_it_is_a_new_version_on_the_new_edition_under_the_old_number(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        first = remark.edition_id
        restate(remark, said(), by=author, at=now())
        assert (remark.number, remark.edition.number, remark.versions_count) == (1, 2, 2)
        assert remark.proposed_text == ANEW
        assert "pozarządowymi" in remark.html
        assert remark.moved_along is None
        kept = versions_of(remark)
        assert [version.edition_id for version in kept] == [first, remark.edition_id]
        assert kept[0].proposed_text != kept[1].proposed_text
        assert db.session.get(RemarkPlace, remark.id) is None
        proposal = proposal_of(remark)
        assert proposal is not None
        assert (proposal.seen, proposal.whose) == (COLLIDING, "author")
        assert [entry.action for entry in history_of(remark)] == ["submitted", "restated"]

    def test_the_next_edition_starts_from_the_new_words(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        restate(remark, said(), by=author, at=now())
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), f"{COLLIDING} Trwa rok."))
        db.session.refresh(remark)
        assert remark.moved_along is not None
        assert remark.moved_along.fate is Fate.REBASED
        assert remark.moved_along.text == f"{ANEW} Trwa rok."

    def test_sending_the_form_twice_makes_one_version(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        for _ in range(2):
            restate(remark, said(), by=author, at=now())
        assert remark.versions_count == 2
        assert tallies_of(document) == {remark.provision.number: (1, 1)}  # type: ignore[union-attr]

    def test_after_the_round_has_closed_until_it_is_answered(self) -> None:
        document, author = scene.text(), town.person()
        remark, other = collided(document, by=author), collided(scene.text(), by=author)
        for each in (remark, other):
            closed(each.document)
        restate(remark, said(), by=author, at=now())
        assert remark.edition.number == 2
        decide(other, Outcome.REJECTED, "Nie.", by=scene.coordinator(), at=now())
        with pytest.raises(NotAllowed):
            restate(other, said(), by=author, at=now())

    def test_nobody_elses_remark_and_no_remark_that_has_not_moved(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        with pytest.raises(NotAllowed):
            restate(remark, said(), by=town.person(), at=now())
        fresh = scene.sent(scene.text(), by=author)
        with pytest.raises(NotAllowed):
            restate(fresh, said(), by=author, at=now())

    def test_a_guest_writes_with_the_secret_link(self) -> None:
        document = scene.text()
        remark = scene.sent_by_guest(document, scene.amendment(document))
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
        db.session.refresh(remark)
        with pytest.raises(NotAllowed):
            restate(remark, said(), by=KeyHolder(remark.id + 1), at=now())
        restate(remark, said(), by=KeyHolder(remark.id), at=now())
        assert remark.versions_count == 2

    @pytest.mark.parametrize(("edition", "version"), [(1, 1), (3, 1), (2, 2)])
    def test_words_written_before_another_text_are_not_taken(
        self, edition: int, version: int
    ) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        with pytest.raises(DomainError, match="W czasie pisania"):
            restate(remark, said(edition=edition, version=version), by=author, at=now())

    def test_the_present_wording_is_no_proposal(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        with pytest.raises(DomainError):
            restate(remark, said(COLLIDING), by=author, at=now())

    def test_what_moved_along_is_not_changed_on_the_old_edition(self) -> None:
        document, author = scene.text(), town.person()
        remark = collided(document, by=author)
        with pytest.raises(NotAllowed):
            change(remark, body="Inaczej.", proposed_text="Coś.", version=1, by=author, at=now())

    def test_striking_out_is_asked_for_anew(self) -> None:
        document, author = scene.text(), town.person()
        content = scene.amendment(document, kind=AmendmentKind.STRIKE, proposed="")
        remark = scene.sent(document, content, by=author)
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
        db.session.refresh(remark)
        restate(remark, said(""), by=author, at=now())
        assert "pozarządowymi" in remark.html
        assert remark.edition.number == 2

    def test_the_new_place_has_the_new_address(self) -> None:
        document, author = scene.text(), town.person()
        remark = scene.sent(document, scene.amendment(document), by=author)
        scene.next_edition(
            document,
            Insert(Unit("nowy", Kind.SECTION, "", "Nowy przepis.")),
            Reword(scene.id_of(document, "§ 1"), COLLIDING),
        )
        db.session.refresh(remark)
        restate(remark, said(), by=author, at=now())
        assert remark.citation == "§\u00a02"


def address_of(remark: Remark) -> str:
    consultation = remark.consultation.slug
    return f"/konsultacje/{consultation}/uwagi/{remark.number}/nowe-brzmienie"


def form(**fields: object) -> dict[str, object]:
    return {"body": "Nadal.", "proposed_text": ANEW, "edition": 2, "version": 1, **fields}


def test_the_form_shows_what_changed_and_takes_new_words(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        author = town.person()
        remark = collided(scene.text(), by=author)
        db.session.commit()
        address = address_of(remark)
        scene.signed(app, client, author)
    page = client.get(address).get_data(as_text=True)
    assert "Wydanie 2 zmieniło te same słowa" in page
    assert COLLIDING in page
    assert "i mieszkańcami" in page
    saved = client.post(address, data=form())
    assert saved.status_code == 303
    again = client.post(address, data=form())
    assert (again.status_code, again.location) == (303, saved.location)
    shown = client.get(saved.location).get_data(as_text=True)
    assert "2 wersje" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": ""}, "Napisz w jednym"),
        ({"proposed_text": COLLIDING}, "Popraw"),
        ({"edition": 1}, "W czasie pisania"),
        ({"version": 7}, "W czasie pisania"),
    ],
    ids=["no reason", "nothing changed", "another edition", "another version"],
)
def test_bad_input_comes_back_with_everything_typed(
    app: Flask, client: ProofreadingClient, fields: dict[str, object], words: str
) -> None:
    with app.app_context():
        author = town.person()
        remark = collided(scene.text(), by=author)
        db.session.commit()
        address = address_of(remark)
        scene.signed(app, client, author)
    typed = {"body": "Moje własne słowa.", **fields}
    answer = client.post(address, data=form(**typed))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert str(typed["body"]) in page
    assert 'name="edition" value="2"' in page
    assert 'name="version" value="1"' in page


def test_a_guest_opens_the_form_from_the_secret_page(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent_by_guest(document, scene.amendment(document))
        scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
        db.session.commit()
        key, public = secret_of(remark.submission_key), address_of(remark)
    page = client.get(f"/uwaga/{key}")
    assert f"/uwaga/{key}/nowe-brzmienie" in page.get_data(as_text=True)
    opened = client.get(f"/uwaga/{key}/nowe-brzmienie")
    assert opened.status_code == 200
    assert opened.headers["Cache-Control"] == "no-store"
    assert client.get(public).status_code == 403
    saved = client.post(f"/uwaga/{key}/nowe-brzmienie", data=form())
    assert (saved.status_code, saved.location) == (303, f"/uwaga/{key}")
