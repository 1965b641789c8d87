"""Two coordinators at the same moment, on both databases: whoever waits acts on what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.documents import actions as documents
from app.documents import drafts, editions
from app.documents.models import Document, DraftImport, Edition
from app.drafting import actions, causes, deeds, publishing, queries, typing, watching
from app.drafting.models import DraftChange, WorkingDraft
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.errors import DomainError
from app.remarks.models import Remark
from tests import town as builders
from tests.drafting import scene
from tests.two_databases import BOTH, town_on

pytestmark = pytest.mark.xdist_group("race")

EVERYBODY = 5

#: Seconds in which a click certainly has come as far as the lock that its colleague holds.
A_MOMENT = 0.3


@pytest.fixture(params=BOTH)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with town_on(request.param, tmp_path) as app:
        yield app


def publish_while(app: Flask, click: Callable[[], object], draft_id: int, by: int) -> str:
    """Publish, and let a colleague click before that is over; what the colleague was told."""

    def publish() -> None:
        draft = db.session.get_one(WorkingDraft, draft_id)
        publishing.publish(draft, note="", by=db.session.get_one(User, by), at=now())

    return while_one(app, publish, click)


def while_one(app: Flask, deed: Callable[[], object], click: Callable[[], object]) -> str:
    """Do a deed, and let a colleague click before that is over; what the colleague was told."""
    holding, told = Event(), []

    def colleague() -> None:
        with app.app_context():
            holding.wait()
            try:
                with transaction():
                    click()
            except DomainError as error:
                told.append(str(error.message))

    thread = Thread(target=colleague)
    thread.start()
    with app.app_context(), transaction():
        deed()
        db.session.flush()
        holding.set()
        thread.join(A_MOMENT)
        assert thread.is_alive()
    thread.join()
    return told[0] if told else ""


@pytest.mark.parametrize(
    "deed",
    [
        "switch out",
        "explain",
        "name",
        "take in",
        "write",
        "undo",
        "no change",
        "watch",
        "publish",
        "type",
    ],
)
def test_a_click_while_a_colleague_publishes_changes_nothing(office: Flask, deed: str) -> None:
    with office.app_context(), transaction():
        bench = scene.bench()
        first = bench.amendment("§ 1", "Program dotyczy współpracy.")
        change = bench.take_in(first)
        other = bench.amendment("§ 2 ust. 1", "Celem jest współpraca.")
        causes.needs_no_change(bench.draft, other, "Już jest.", by=bench.clerk, at=now())
        undone = queries.last_deed(bench.draft)
        assert undone is not None
        draft_id, by, document = bench.draft.id, bench.clerk.id, bench.document.id
        change_id, remark_id, deed_id = change.id, other.id, undone.id

    def click() -> object:
        draft = db.session.get_one(WorkingDraft, draft_id)
        made = db.session.get_one(DraftChange, change_id)
        remark = db.session.get_one(Remark, remark_id)
        assert draft.edition_id is None or db.engine.dialect.name == "sqlite"
        who = {"by": db.session.get_one(User, by), "at": now()}
        why = actions.Why(reason="Bo tak.")
        wish = actions.Wish(made.target, made.kind, "Coś innego.")
        return {
            "switch out": lambda: deeds.switch_out(made, **who),
            "explain": lambda: causes.explain(made, why, **who),
            "name": lambda: causes.name_cause(made, remark, **who),
            "take in": lambda: actions.take_in(draft, remark, **who),
            "write": lambda: actions.write(draft, wish, why, **who),
            "undo": lambda: deeds.undo(draft, deed_id, **who),
            "no change": lambda: causes.take_reason_back(draft, remark, **who),
            "watch": lambda: watching.let_watch(draft, **who),
            "publish": lambda: publishing.publish(draft, note="", **who),
            "type": lambda: typing.keep_typed(draft, made.target, {"text": "Nowe."}, **who),
        }[deed]()

    assert "opublikowan" in publish_while(office, click, draft_id, by)
    with office.app_context():
        found = db.session.get_one(Document, document)
        (kept,) = queries.published_changes(found)
        assert [cause.number for cause in kept.causes] == [1]
        assert (kept.taken_back_at, kept.reason, found.is_watched) == (None, "", False)
        assert queries.no_change_for(db.session.get_one(Remark, remark_id)) is not None
        assert len([e for e in found.editions if e.published_at]) == 2


def test_an_import_is_not_dropped_while_a_colleague_confirms_it(office: Flask) -> None:
    with office.app_context(), transaction():
        consultation, clerk = builders.consultation(), builders.person(builders.Role.COORDINATOR)
        data, name = "§ 1. Tekst.\n".encode(), "projekt.txt"
        upload, understood = drafts.upload_from(data, name), drafts.understand(data, name)
        draft = documents.start_import(consultation, upload, understood, by=clerk, at=now())
        db.session.flush()
        number, by = draft.id, clerk.id

    def who() -> dict[str, object]:
        return {"by": db.session.get_one(User, by), "at": now()}

    def confirm() -> None:
        draft = db.session.get_one(DraftImport, number)
        documents.confirm_import(draft, documents.Decision("Projekt"), draft.revision, **who())

    def drop() -> None:
        draft = db.session.get_one(DraftImport, number)
        assert draft.confirmed_at is None or db.engine.dialect.name == "sqlite"
        documents.drop_import(draft, **who())

    assert "już zatwierdzony" in while_one(office, confirm, drop)
    with office.app_context():
        draft = db.session.get_one(DraftImport, number)
        assert (draft.confirmed_at is not None, draft.dropped_at) == (True, None)


def test_an_edition_from_a_file_is_published_once(office: Flask) -> None:
    with office.app_context(), transaction():
        document = builders.document(builders.consultation())
        clerk = builders.person(builders.Role.COORDINATOR)
        stored, _ = editions.store_edition(document, builders.SMALL_ACT, title="Drugi", at=now())
        number, by = stored.id, clerk.id

    def publish() -> None:
        edition = db.session.get_one(Edition, number)
        assert edition.published_at is None or db.engine.dialect.name == "sqlite"
        actions.publish_stored(edition, by=db.session.get_one(User, by), at=now())

    assert "już opublikowane" in while_one(office, publish, publish)


def test_a_double_click_starts_one_draft(office: Flask) -> None:
    with office.app_context(), transaction():
        document = builders.document(builders.consultation())
        clerk = builders.person(builders.Role.COORDINATOR)
        number, by = document.id, clerk.id
    start, drafts = Barrier(EVERYBODY), []

    def click() -> None:
        with office.app_context():
            start.wait()
            with transaction():
                found, who = db.session.get_one(Document, number), db.session.get_one(User, by)
                draft = actions.start_draft(found, by=who, at=now())
                db.session.flush()
                drafts.append(draft.id)

    threads = [Thread(target=click) for _ in range(EVERYBODY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drafts) == EVERYBODY
    assert len(set(drafts)) == 1
    with office.app_context():
        assert db.session.scalar(sa.select(sa.func.count(WorkingDraft.id))) == 1


def test_what_was_done_while_one_waited_to_publish_is_looked_at_first(office: Flask) -> None:
    with office.app_context(), transaction():
        bench = scene.bench()
        bench.write("§ 1", "Program dotyczy współpracy.")
        seen = queries.locked_draft(bench.draft.id).revision
        bench.write("§ 2 ust. 1", "Celem jest współpraca.")
        draft_id, by = bench.draft.id, bench.clerk.id
    with office.app_context():
        clerk = db.session.get_one(User, by)
        draft = db.session.get_one(WorkingDraft, draft_id)
        with pytest.raises(DomainError, match="zmienił"), transaction():
            publishing.publish(draft, note="", by=clerk, at=now(), revision=seen)
        with transaction():
            publishing.publish(draft, note="", by=clerk, at=now(), revision=seen + 1)
