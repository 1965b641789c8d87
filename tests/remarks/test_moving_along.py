"""Pending amendments when an edition is published: each ends in one state, authors hear once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.models import Document, Edition
from app.documents.queries import units_of, wordings_of
from app.legaltext.changes import Repeal, Reword
from app.legaltext.editing import as_text
from app.legaltext.units import Kind, Unit, Units, by_id, walk
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail import OutboxMail
from app.remarks.actions import withdraw
from app.remarks.anchoring import carry_remarks
from app.remarks.content import Content
from app.remarks.fate import Fate, Whose
from app.remarks.models import (
    AmendmentKind,
    CarriedWording,
    Outcome,
    Remark,
    RemarkKind,
)
from app.remarks.moving_along import pending, what_would_become
from app.remarks.office_wording import Own
from app.remarks.positions import decide
from app.remarks.proposals import proposal_of, proposals_of
from tests import town
from tests.queries import counted
from tests.remarks import scene

pytestmark = pytest.mark.usefixtures("context")

FIRST = "Program dotyczy współpracy Gminy z organizacjami."
PROPOSED = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."
COLLIDING = "Program dotyczy współpracy Gminy z organizacjami pozarządowymi."


def units(edition: Edition) -> Units:
    return units_of(wordings_of(edition))


def fate_of(remark: Remark) -> Fate | None:
    db.session.flush()
    db.session.refresh(remark)
    return remark.moved_along.fate if remark.moved_along else None


def letters(remark: Remark) -> list[OutboxMail]:
    return list(
        db.session.scalars(
            sa.select(OutboxMail)
            .where(OutboxMail.key.startswith(f"remark:{remark.id}:changed_beneath"))
            .order_by(OutboxMail.id)
        )
    )


def test_an_amendment_on_the_newest_edition_has_not_moved() -> None:
    document = scene.text()
    remark = scene.sent(document, scene.amendment(document))
    assert fate_of(remark) is None
    assert proposals_of(document)[remark.id].whose == "author"


def test_a_clean_one_is_rebased_and_shown_on_the_new_edition() -> None:
    document = scene.text()
    at = scene.id_of(document, "§ 1")
    remark = scene.sent(document, scene.amendment(document, proposed=PROPOSED))
    edition = scene.next_edition(document, Reword(at, f"Ten {FIRST}"))
    assert fate_of(remark) is Fate.REBASED
    moved = remark.moved_along
    assert moved is not None
    assert (moved.edition_id, moved.seen) == (edition.id, f"Ten {FIRST}")
    assert moved.text == f"Ten {PROPOSED}"
    assert "i mieszkańcami" in moved.html
    assert moved.to_read
    assert letters(remark) == []
    proposal = proposal_of(remark)
    assert proposal is not None
    assert (proposal.whose, proposal.number) == ("rebased", int(at))


def test_one_that_collides_tells_its_author_once_with_both_texts() -> None:
    document, author = scene.text(), town.person()
    at = scene.id_of(document, "§ 1")
    remark = scene.sent(document, scene.amendment(document, proposed=PROPOSED), by=author)
    scene.next_edition(document, Reword(at, COLLIDING))
    assert fate_of(remark) is Fate.CHANGED_BENEATH
    scene.next_edition(document, Repeal(scene.id_of(document, "§ 3")))
    assert fate_of(remark) is Fate.CHANGED_BENEATH
    (letter,) = letters(remark)
    assert letter.recipient == author.email
    assert COLLIDING in letter.text
    assert PROPOSED in letter.text
    address = f"/uwagi/{remark.number}/nowe-brzmienie"
    assert address in letter.text


def test_a_guest_gets_the_secret_link_and_somebody_without_an_address_nothing() -> None:
    document = scene.text()
    guest = scene.sent_by_guest(document, scene.amendment(document), email="jan@poczta.example")
    silent = scene.sent_by_guest(document, scene.amendment(document))
    scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
    (letter,) = letters(guest)
    assert "/uwaga/" in letter.text
    assert f"/uwagi/{guest.number}/nowe-brzmienie" not in letter.text
    assert letters(silent) == []
    assert fate_of(silent) is Fate.CHANGED_BENEATH


def test_words_that_come_back_fit_again_and_a_new_collision_is_new_news() -> None:
    document = scene.text()
    at = scene.id_of(document, "§ 1")
    remark = scene.sent(document, scene.amendment(document, proposed=PROPOSED))
    for words, fate in ((COLLIDING, Fate.CHANGED_BENEATH), (FIRST, Fate.STANDS)):
        scene.next_edition(document, Reword(at, words))
        assert fate_of(remark) is fate
    scene.next_edition(document, Reword(at, COLLIDING))
    assert len(letters(remark)) == 2


@pytest.mark.parametrize(
    ("outcome", "link", "told"),
    [
        (None, True, True),
        (Outcome.ACCEPTED, False, True),
        (Outcome.REJECTED, False, False),
        (Outcome.OUT_OF_SCOPE, False, False),
    ],
)
def test_who_hears_of_a_collision(outcome: Outcome | None, link: bool, told: bool) -> None:
    """Nobody is asked to write anew what was answered; who was refused is not written to."""
    document = scene.text()
    remark = scene.sent(document, scene.amendment(document))
    if outcome is not None:
        decide(remark, outcome, "Bo tak.", by=scene.coordinator(), at=now())
    scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING))
    assert fate_of(remark) is Fate.CHANGED_BENEATH
    found = letters(remark)
    assert len(found) == told
    assert any("nowe-brzmienie" in letter.text for letter in found) is link


def test_what_was_withdrawn_or_taken_in_pends_no_more() -> None:
    document, author = scene.text(), town.person()
    gone, taken, left = (
        scene.sent(document, scene.amendment(document), by=author) for _ in range(3)
    )
    withdraw(gone, reason="", by=author, at=now())
    scene.next_edition(document, Reword(scene.id_of(document, "§ 1"), COLLIDING), taken=[taken])
    assert [fate_of(remark) for remark in (gone, taken)] == [None, None]
    assert fate_of(left) is Fate.CHANGED_BENEATH
    assert [remark.id for remark in pending(document)] == [left.id]


def test_an_orphan_keeps_the_edition_it_was_written_on() -> None:
    document = scene.text()
    remark = scene.sent(document, scene.amendment(document, "§ 2 ust. 1"))
    first = remark.edition_id
    scene.next_edition(document, Repeal(scene.id_of(document, "§ 2 ust. 1")))
    assert fate_of(remark) is Fate.ORPHANED
    assert remark.edition_id == first
    proposal = proposal_of(remark)
    assert proposal is not None
    assert (proposal.number, proposal.text) == (0, remark.proposed_text)


def test_the_wording_of_the_office_moves_along_under_its_own_name() -> None:
    document = scene.text()
    at = scene.id_of(document, "§ 1")
    remark = scene.sent(document, scene.amendment(document, proposed=PROPOSED))
    own = Own("Program dotyczy współpracy Gminy z organizacjami i sołectwami.", 1)
    decide(remark, Outcome.PARTIALLY_ACCEPTED, "Krócej.", own=own, by=scene.coordinator(), at=now())
    scene.next_edition(document, Reword(at, f"{FIRST} Trwa rok."))
    assert fate_of(remark) is Fate.REBASED
    assert {row.whose: row.fate for row in remark.carried} == {
        Whose.AUTHOR: Fate.REBASED,
        Whose.OFFICE: Fate.REBASED,
    }
    proposal = proposal_of(remark)
    assert proposal is not None
    assert (proposal.whose, proposal.text) == ("office", f"{own.text} Trwa rok.")


def test_the_dry_run_says_what_publishing_then_does_and_changes_nothing() -> None:
    document = scene.text()
    at = scene.id_of(document, "§ 1")
    for kind in AmendmentKind:
        scene.sent(document, scene.amendment(document, kind=kind, proposed=PROPOSED))
    base = units(document.editions[0])
    new = tuple(
        unit.with_children(
            Unit(u.id, u.kind, u.mark, COLLIDING if u.id == at else u.text, u.children)
            for u in unit.children
        )
        for unit in base
    )
    with counted() as statements:
        foreseen = what_would_become(document, base, new)
    assert not any(s.startswith(("INSERT", "UPDATE", "DELETE")) for s in statements)
    assert [m.told for m in foreseen] == [True, False, True]
    scene.next_edition(document, Reword(at, COLLIDING))
    assert [m.became.fate for m in foreseen] == [fate_of(m.remark) for m in foreseen]
    assert [m.told for m in foreseen] == [len(letters(m.remark)) == 1 for m in foreseen]


def test_taken_ones_are_left_out_of_the_dry_run() -> None:
    document = scene.text()
    taken, left = (scene.sent(document, scene.amendment(document)) for _ in range(2))
    base = units(document.editions[0])
    foreseen = what_would_become(document, base, base, {taken.id})
    assert [m.remark.id for m in foreseen] == [left.id]


words = st.lists(
    st.sampled_from(["gmina", "wspiera", "zadania", "rok", "oferty", "."]), max_size=6
).map(" ".join)


@given(st.data())
@settings(
    max_examples=3,
    deadline=timedelta(seconds=30),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_ten_editions_in_a_row_lose_none(data: st.DataObject) -> None:
    """Whatever they change, strike out and bring back, each amendment ends in one state."""
    document = scene.text()
    author = town.person()
    rows = [w for w in wordings_of(document.editions[0]) if w.kind is not Kind.TABLE]
    sent = []
    for row in rows:
        kind = data.draw(st.sampled_from(list(AmendmentKind)))
        content = Content(RemarkKind.AMENDMENT, "Bo tak.", row.provision, kind, "Zupełnie nowe.")
        sent.append(scene.sent(document, content, by=author))
    for _ in range(10):
        standing = [u for u in walk(units(document.editions[-1])) if u.kind is not Kind.TABLE]
        changes = [
            Repeal(unit.id)
            if len(standing) > 3 and not unit.children and data.draw(st.integers(0, 9)) == 0
            else Reword(unit.id, data.draw(words))
            for unit in data.draw(st.lists(st.sampled_from(standing), max_size=2, unique=True))
        ]
        edition = scene.next_edition(document, *changes)
    states = db.session.scalars(
        sa.select(CarriedWording).where(CarriedWording.remark_id.in_([r.id for r in sent]))
    ).all()
    assert sorted(state.remark_id for state in states) == [remark.id for remark in sent]
    text = by_id(units(edition))
    for state in states:
        assert state.edition_id == edition.id
        place = text.get(str(state.provision.number)) if state.provision else None
        assert (place is None) == (state.provision_id is None)
        if state.fate in {Fate.STANDS, Fate.REBASED}:
            assert place is None or state.seen == as_text(place)


def big_town(amendments: int, sections: int) -> Document:
    text = tuple(
        Unit(
            f"s{n}",
            Kind.SECTION,
            str(n + 1),
            f"Gmina zleca zadanie numer {n} organizacjom.",
            tuple(
                Unit(f"s{n}p{p}", Kind.POINT, str(p + 1), f"punkt {p} paragrafu {n};")
                for p in range(2)
            ),
        )
        for n in range(sections)
    )
    document = town.document(units=text)
    author = town.person()
    row = {w.provision.number: w for w in wordings_of(document.editions[0])}
    tops = [w for w in row.values() if w.parent_id is None]
    for n in range(amendments):
        place = tops[n % len(tops)]
        words = f"Gmina powierza zadanie numer {n % len(tops)} organizacjom.\n1) a;\n2) b;\n3) c."
        db.session.add(
            Remark(
                consultation_id=document.consultation_id,
                number=n + 1,
                document_id=document.id,
                edition_id=document.editions[0].id,
                provision_id=place.provision_id,
                home_id=place.provision_id,
                kind=RemarkKind.AMENDMENT,
                amendment_kind=AmendmentKind.REWORD,
                received_on=now().date(),
                author_id=author.id,
                submission_key=f"duze-{document.id}-{n}",
                submitted_at=now(),
                changed_at=now(),
                body="Bo tak.",
                proposed_text=words,
                html="<p>Bo tak.</p>",
            )
        )
    db.session.flush()
    return document


def everything_changed(document: Document) -> Edition:
    return town.edition(
        document,
        tuple(
            Unit(u.id, u.kind, u.mark, u.text.replace("zleca", "przekazuje"), u.children)
            for u in units(document.editions[0])
        ),
    )


def statements_to_carry(amendments: int, sections: int) -> int:
    document = big_town(amendments, sections)
    edition = everything_changed(document)
    db.session.flush()
    db.session.expire_all()
    with counted() as statements:
        carry_remarks(edition)
        db.session.flush()
    return len(statements)


def test_more_amendments_are_not_more_statements() -> None:
    assert statements_to_carry(40, 20) == statements_to_carry(4, 2)


def test_five_hundred_amendments_on_six_hundred_units_move_in_a_moment() -> None:
    document = big_town(500, 200)
    edition = everything_changed(document)
    db.session.flush()
    began = time.process_time()
    carry_remarks(edition)
    db.session.flush()
    took = time.process_time() - began
    kept = db.session.scalar(sa.select(sa.func.count()).select_from(CarriedWording))
    assert kept == 500
    assert took < 4, f"{took:.1f} s"  # about 1 s on an idle machine
