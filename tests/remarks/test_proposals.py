"""The wording of an amendment as it stands to be taken in: whose it is and on what."""

from __future__ import annotations

from flask import Flask

from app.documents.queries import units_of, wordings_of
from app.platform.clock import now
from app.platform.db import db
from app.remarks.anchoring import carry_remarks
from app.remarks.fate import Fate, Whose
from app.remarks.models import (
    AmendmentKind,
    CarriedWording,
    Outcome,
    Position,
    Remark,
)
from app.remarks.positions import decide
from app.remarks.proposals import Proposal, proposal_of, proposals_of
from tests.queries import counted
from tests.remarks import scene


def carried(remark: Remark, whose: Whose, text: str, fate: Fate = Fate.REBASED) -> None:
    row = CarriedWording(
        remark_id=remark.id,
        whose=whose,
        edition_id=remark.edition_id,
        fate=fate,
        provision_id=remark.provision_id if fate is not Fate.ORPHANED else None,
        seen="Nowe brzmienie.",
        text=text,
    )
    db.session.add(row)
    db.session.flush()
    db.session.refresh(remark)


def answered_with_wording(remark: Remark, wording: str) -> Position:
    position = decide(
        remark, Outcome.PARTIALLY_ACCEPTED, "Krócej.", by=scene.coordinator(), at=now()
    )
    position.wording, position.wording_seen = wording, "Brzmienie dla urzędu."
    db.session.flush()
    db.session.refresh(remark)
    return position


def test_the_authors_words_stand_on_the_text_they_were_written_on(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.amendment(document, "§ 1"))
        assert remark.provision is not None
        seen = next(
            w.text for w in document.editions[0].wordings if w.provision is remark.provision
        )
        assert proposal_of(remark) == Proposal(
            seen, remark.proposed_text, AmendmentKind.REWORD, "author", remark.provision.number
        )
        assert proposal_of(scene.sent(document, scene.comment(document, "§ 1"))) is None


def test_words_carried_to_the_newest_edition_go_before_the_authors(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.amendment(document))
        carried(remark, Whose.AUTHOR, "Przeniesione.")
        found = proposal_of(remark)
        assert found is not None
        assert (found.whose, found.seen, found.text) == (
            "rebased",
            "Nowe brzmienie.",
            "Przeniesione.",
        )


def test_the_offices_wording_goes_before_all_and_is_never_told_as_the_authors(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.amendment(document))
        carried(remark, Whose.AUTHOR, "Przeniesione.")
        answered_with_wording(remark, "Tak chce urząd.")
        found = proposal_of(remark)
        assert found is not None
        assert (found.whose, found.seen, found.text) == (
            "office",
            "Brzmienie dla urzędu.",
            "Tak chce urząd.",
        )
        carried(remark, Whose.OFFICE, "Tak chce urząd, dalej.")
        found = proposal_of(remark)
        assert found is not None
        assert (found.whose, found.text) == ("office", "Tak chce urząd, dalej.")


def test_a_later_position_without_a_wording_gives_the_word_back_to_the_author(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.amendment(document))
        answered_with_wording(remark, "Tak chce urząd.")
        decide(remark, Outcome.ACCEPTED, by=scene.coordinator(), at=now())
        db.session.refresh(remark)
        found = proposal_of(remark)
        assert found is not None
        assert found.whose == "author"


def test_one_whose_provision_is_gone_belongs_nowhere(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, scene.amendment(document))
        carried(remark, Whose.AUTHOR, remark.proposed_text, Fate.ORPHANED)
        found = proposal_of(remark)
        assert found is not None
        assert (found.number, found.fate, found.whose) == (0, Fate.ORPHANED, "author")


def test_all_proposals_of_a_document_take_as_many_queries_as_a_few(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        author, clerk = scene.town.person(), scene.coordinator()

        def some(n: int) -> int:
            for _ in range(n):
                remark = scene.sent(document, scene.amendment(document), by=author)
                decide(remark, Outcome.ACCEPTED, by=clerk, at=now())
            db.session.commit()
            db.session.expire_all()
            with counted() as statements:
                found = proposals_of(document)
            assert all(proposal.whose == "author" for proposal in found.values())
            return len(statements)

        few = some(2)
        assert some(10) == few


def test_published_changes_say_what_was_taken_in(app: Flask) -> None:
    with app.app_context():
        document = scene.text()
        taken, waits = (scene.sent(document, scene.amendment(document)) for _ in range(2))
        edition = scene.town.edition(document, units_of(wordings_of(document.editions[0])))
        carry_remarks(edition, [taken])
        assert (taken.taken_into_id, waits.taken_into_id) == (edition.id, None)
