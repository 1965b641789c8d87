"""Drafts that were open when the workbench learnt change sets: none of their words is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.accounts.models import User
from app.documents.crossings import references_astray
from app.drafting import actions, deeds
from app.drafting.models import ChangeKind, Deed, DraftChange, Verb, WorkingDraft
from app.drafting.queries import last_deed, locked_draft
from app.drafting.working import active, base_units, folded, working_units
from app.legaltext.editing import as_text
from app.legaltext.merge import Verdict
from app.legaltext.units import by_id
from app.platform.clock import now
from app.platform.db import db, transaction

BEFORE = "a94d1c07e5f3"
WHEN = datetime(2016, 5, 1, 10, 0, tzinfo=UTC)

#: number, parent, kind, mark, text
TEXT = (
    (1, None, "section", "1", ""),
    (2, 1, "subsection", "1", "Gmina współpracuje z organizacjami."),
    (3, 1, "subsection", "2", "Zasady określa § 3."),
    (4, None, "section", "2", "Program trwa rok."),
    (5, None, "section", "3", "Program obowiązuje w całej gminie."),
)


class Old:
    """Rows as they were written before; columns that are not named get something that fits."""

    def __init__(self) -> None:
        self.tables = sa.MetaData()
        self.tables.reflect(db.engine)
        self.next_id = 100  # nobody may take an id for granted

    def put(self, table: str, **values: Any) -> int:
        """One row; its id, if the table has one."""
        found = self.tables.tables[table]
        self.next_id += 1
        row = {"id": self.next_id} if "id" in found.c else {}
        for column in found.c:
            if column.name not in values and not column.nullable and column.name != "id":
                row[column.name] = self._fitting(column)
        with db.engine.begin() as connection:
            connection.execute(found.insert().values({**row, **values}))
        return self.next_id

    @staticmethod
    def _fitting(column: sa.Column[Any]) -> Any:
        fitting = {sa.JSON: [], sa.DateTime: WHEN, sa.Boolean: False, sa.Integer: 0, sa.Date: WHEN}
        return next((fit for kind, fit in fitting.items() if isinstance(column.type, kind)), "")


class Town:
    """A document with one edition and a draft of the next one, in the old form."""

    def __init__(self) -> None:
        self.old = old = Old()
        self.clerk = old.put("user_account", email="anna@urzad.example", role="coordinator")
        consultation = old.put("consultation", slug="program", published_at=WHEN)
        self.document = old.put("document", consultation_id=consultation, slug="tekst")
        self.base = old.put("edition", document_id=self.document, number=1, published_at=WHEN)
        self.provisions = {
            row[0]: old.put("provision", document_id=self.document, number=row[0]) for row in TEXT
        }
        for position, (number, parent, kind, mark, text) in enumerate(TEXT):
            old.put(
                "wording",
                edition_id=self.base,
                provision_id=self.provisions[number],
                parent_id=self.provisions.get(parent or 0),
                section_id=self.provisions[parent or number],
                position=position,
                kind=kind,
                mark=mark,
                text=text,
            )

    def draft(self, edition: int | None = None) -> int:
        return self.old.put(
            "working_draft",
            document_id=self.document,
            base_id=self.base,
            started_by_id=self.clerk,
            edition_id=edition,
            revision=1,
        )

    def change(self, draft: int, kind: str, number: int, text: str = "", **more: Any) -> int:
        return self.old.put(
            "draft_change",
            draft_id=draft,
            kind=kind,
            provision_id=self.provisions[number],
            text=text,
            how="by_hand",
            reason="Uchwała.",
            made_by_id=self.clerk,
            shown={},
            **more,
        )


@pytest.fixture
def old(empty: Flask) -> Town:
    upgrade(revision=BEFORE)
    return Town()


def printed(draft: WorkingDraft, unit_id: str) -> str:
    return as_text(by_id(working_units(draft))[unit_id])


def test_an_open_draft_reads_as_it_did_and_can_be_worked_on(old: Town) -> None:
    draft_id = old.draft()
    old.change(draft_id, "reword", 2, "Gmina współpracuje z wszystkimi organizacjami.")
    out = old.change(draft_id, "reword", 5, "Nigdzie.", taken_back_at=WHEN)
    new = old.change(draft_id, "insert", 4, "Nowy przepis.")
    old.change(draft_id, "repeal", 4)
    again = old.change(draft_id, "reword", 2, "Gmina współpracuje z organizacjami i ruchami.")
    upgrade()
    draft = locked_draft(draft_id)
    assert printed(draft, "1") == (
        "1. Gmina współpracuje z organizacjami i ruchami.\n2. Zasady określa § 3."
    )
    assert [unit.id for unit in working_units(draft)] == ["1", f"new-{new}", "5"]
    assert printed(draft, f"new-{new}") == "Nowy przepis."
    assert as_text(by_id(base_units(draft))["2"]) == TEXT[1][4]
    assert [unit.text for unit in by_id(base_units(draft)).values()] == [row[4] for row in TEXT]
    result = folded(draft, active(draft))
    assert result.units == working_units(draft)
    assert not result.colliding
    assert all({"old", "new", "html", "touched"} <= change.made.keys() for change in draft.changes)
    assert [change.id for change in draft.changes if change.taken_back_at] == [out]
    found = db.session.scalars(sa.select(Deed).order_by(Deed.id)).all()
    assert [deed.verb for deed in found] == [Verb.MAKE] * 4
    assert found[-1].changes == [again]
    db.session.rollback()
    clerk = db.session.get_one(User, old.clerk)
    with transaction():
        draft = locked_draft(draft_id)
        newest = last_deed(draft)
        assert newest is not None
        deeds.undo(draft, newest.id, by=clerk, at=now())
    assert "z wszystkimi organizacjami." in printed(locked_draft(draft_id), "1")


def test_references_that_an_open_draft_led_astray_are_known(old: Town) -> None:
    draft_id = old.draft()
    old.change(draft_id, "repeal", 4)
    upgrade()
    draft = locked_draft(draft_id)
    (row,) = draft.astray
    (expected,) = references_astray(base_units(draft), working_units(draft))
    assert row[2:] == ["§ 3", "§\N{NO-BREAK SPACE}2", False]
    assert row[:4] == [expected.unit_id, expected.place, expected.words, expected.meant]


def test_a_change_of_what_is_gone_stands_aside_and_does_not_stop_the_bench(old: Town) -> None:
    draft_id = old.draft()
    gone = old.change(draft_id, "repeal", 4)
    late = old.change(draft_id, "reword", 4, "Program trwa dwa lata.")
    upgrade()
    draft = locked_draft(draft_id)
    assert "4" not in by_id(working_units(draft))
    change = db.session.get_one(DraftChange, late)
    assert (change.verdict, change.clash, change.met) == (Verdict.COLLISION, "gone", [gone])
    assert "dwa lata" in json.dumps(change.made, ensure_ascii=False)
    assert folded(draft, active(draft)).colliding == {late}


def test_a_draft_that_was_published_is_left_as_it_was(old: Town) -> None:
    second = old.old.put("edition", document_id=old.document, number=2, published_at=WHEN)
    draft_id = old.draft(edition=second)
    change_id = old.change(draft_id, "reword", 2, "Inaczej.")
    upgrade()
    draft = db.session.get_one(WorkingDraft, draft_id)
    change = db.session.get_one(DraftChange, change_id)
    assert (draft.text, change.made, change.target) == ([], {}, "2")
    assert not db.session.scalars(sa.select(Deed)).all()


def test_the_way_back_names_the_provision_of_every_change(old: Town) -> None:
    draft_id = old.draft()
    kept = old.change(draft_id, "reword", 2, "Gmina współpracuje z wszystkimi organizacjami.")
    upgrade()
    with transaction():
        draft = locked_draft(draft_id)
        clerk = db.session.get_one(User, old.clerk)
        wish = actions.Wish("5", ChangeKind.REWORD, "Program obowiązuje w gminie.")
        why = actions.Why(reason="Krócej.")
        made = actions.write(draft, wish, why, by=clerk, at=now()).id
    db.session.remove()
    downgrade(revision=BEFORE)
    rows = db.session.execute(sa.text("SELECT id, provision_id FROM draft_change"))
    named = {change: provision for change, provision in rows}  # noqa: C416 – rows are no pairs to mypy
    assert named == {kept: old.provisions[2], made: old.provisions[5]}
    db.session.remove()
    upgrade()
    assert printed(locked_draft(draft_id), "5") == "Program obowiązuje w gminie."


def test_the_way_back_is_closed_by_what_the_old_form_cannot_hold(
    old: Town, caplog: pytest.LogCaptureFixture
) -> None:
    draft_id = old.draft()
    upgrade()
    with transaction():
        draft = locked_draft(draft_id)
        clerk = db.session.get_one(User, old.clerk)
        wish = actions.Wish("4", ChangeKind.MOVE, after="5")
        made = actions.write(draft, wish, actions.Why(reason="Porządek."), by=clerk, at=now()).id
    db.session.remove()
    with pytest.raises(SystemExit):
        downgrade(revision=BEFORE)
    assert f"draft_change {made}: moves" in caplog.text
    upgrade()
    assert [unit.id for unit in working_units(locked_draft(draft_id))] == ["1", "5", "4"]
