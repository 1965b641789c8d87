"""A working draft that will never become an edition, and the one that begins after it."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from app.accounts.models import Role
from app.documents import editions
from app.documents.models import Document, Edition
from app.documents.queries import latest_edition
from app.drafting import actions, causes, deeds, queries, typing, watching
from app.drafting.models import WorkingDraft
from app.drafting.putting_aside import put_aside
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from tests import town
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.remarks.scene import signed

TEXT = "Program dotyczy współpracy."


@pytest.fixture
def bench(context: Flask) -> Bench:
    return scene.bench()


def set_aside(bench: Bench, reason: str = "Rada przysłała nowy tekst.") -> None:
    put_aside(bench.draft, reason, by=bench.clerk, at=now())


def stored(bench: Bench) -> Edition:
    """An edition that came in as a file and waits to be published."""
    edition, _ = editions.store_edition(
        bench.document, town.SMALL_ACT, title=bench.document.title, at=now()
    )
    return edition


def test_a_stale_draft_is_put_aside_and_the_next_one_stands_on_the_newest_edition(
    bench: Bench,
) -> None:
    remark = bench.amendment("§ 1", TEXT)
    bench.take_in(remark)
    newest = town.edition(bench.document, town.SMALL_ACT)
    with pytest.raises(DomainError, match="Odłóż"):
        bench.publish()
    set_aside(bench)
    assert queries.open_draft(bench.document) is None
    assert list(queries.without_trace(bench.document)) == [remark]
    old, bench.draft = bench.draft, actions.start_draft(bench.document, by=bench.clerk, at=now())
    assert bench.draft.id != old.id
    assert bench.draft.base_id == newest.id
    assert old.abandoned_by_id == bench.clerk.id
    (entry,) = [each for each in history_of(old) if each.action == "draft_put_aside"]
    assert entry.reason == "Rada przysłała nowy tekst."
    assert list(queries.drafts_put_aside(bench.document)) == [old]


def test_reasons_said_in_a_draft_that_was_put_aside_count_no_more(bench: Bench) -> None:
    remark = bench.amendment("§ 1", TEXT)
    causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    assert not queries.without_trace(bench.document)
    set_aside(bench)
    assert list(queries.without_trace(bench.document)) == [remark]
    assert queries.standing_no_change(remark) is None
    assert queries.no_change_for(remark) is None


def test_nothing_is_done_in_a_draft_that_was_put_aside(bench: Bench) -> None:
    change = bench.write("§ 1", TEXT)
    watching.let_watch(bench.draft, by=bench.clerk, at=now())
    set_aside(bench)
    assert not bench.document.is_watched
    attempts = (
        lambda: bench.write("§ 1", "Inaczej."),
        lambda: bench.switch_out(change),
        lambda: deeds.undo(bench.draft, 1, by=bench.clerk, at=now()),
        lambda: watching.let_watch(bench.draft, by=bench.clerk, at=now()),
        lambda: set_aside(bench),
        bench.publish,
    )
    for attempt in attempts:
        with pytest.raises(DomainError, match="odłożono"):
            attempt()


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_is_said_why(bench: Bench, reason: str) -> None:
    with pytest.raises(DomainError, match="dlaczego"):
        set_aside(bench, reason)
    assert bench.draft.abandoned_at is None


def test_only_the_coordinator_puts_it_aside_and_only_what_was_seen(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        put_aside(bench.draft, "Bo tak.", by=town.person(Role.FACILITATOR), at=now())
    seen = bench.draft.revision
    bench.write("§ 1", TEXT)
    with pytest.raises(DomainError):
        put_aside(bench.draft, "Bo tak.", by=bench.clerk, at=now(), revision=seen)
    assert queries.open_draft(bench.document) is not None


def test_a_file_is_not_published_over_a_draft_with_changes(bench: Bench) -> None:
    waiting = stored(bench)
    bench.write("§ 1", TEXT)
    with pytest.raises(DomainError, match="odłóż"):
        actions.publish_stored(waiting, by=bench.clerk, at=now())
    assert waiting.published_at is None
    set_aside(bench)
    actions.publish_stored(waiting, by=bench.clerk, at=now())
    assert latest_edition(bench.document) is waiting


def test_an_empty_draft_gives_way_to_a_file(bench: Bench) -> None:
    bench.switch_out(bench.write("§ 1", TEXT))
    waiting = stored(bench)
    actions.publish_stored(waiting, by=bench.clerk, at=now())
    assert bench.draft.abandoned_at is not None
    draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
    assert draft.base is waiting


def test_all_that_it_held_can_still_be_read(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = scene.bench()
        taken = bench.amendment("§ 1", TEXT)
        bench.take_in(taken)
        bench.switch_out(bench.write("§ 2 ust. 1", "Celem jest zgoda.", reason="Krócej."))
        first = bench.write("§ 3", "Program obowiązuje od lipca.", reason="Od lipca.")
        bench.write("§ 3", "Program obowiązuje od sierpnia.", reason="Od sierpnia.")
        bench.switch_out(first)
        other = bench.amendment("§ 2 ust. 1", "Celem jest pokój.")
        causes.needs_no_change(bench.draft, other, "Już jest.", by=bench.clerk, at=now())
        fields = {"text": "Nie wprowadzone.", "seen": "Dawne.", "reason": ""}
        place = bench.number("§ 1")
        typing.keep_typed(bench.draft, place, fields, by=bench.clerk, at=now())
        colleague = town.person(Role.COORDINATOR)
        fields = fields | {"text": "Koleżanki."}
        typing.keep_typed(bench.draft, place, fields, by=colleague, at=now())
        set_aside(bench)
        number, clerk = taken.number, bench.clerk
        document, slug = bench.document, bench.document.consultation.slug
        root = f"/biurko/konsultacje/{slug}/dokumenty/{document.slug}/robocza"
        db.session.commit()
        draft_id = bench.draft.id
    signed(app, client, clerk)
    (address,) = html.document_fromstring(client.get(root).text).xpath(
        "//section[@aria-labelledby='aside']//a/@href"
    )
    assert address == f"{root}/odlozone/{draft_id}"
    page = html.document_fromstring(client.get(address).text)
    words = " ".join(page.text_content().replace("\xa0", " ").split())
    for told in ("Rada przysłała nowy tekst.", f"Uwaga nr {number}", "Krócej.", "Od sierpnia."):
        assert told in words
    for told in ("Już jest.", "Nie wprowadzone.", "Program dotyczy"):
        assert told in words
    assert "Koleżanki." not in words
    assert not page.xpath("//main//form")
    assert client.get(f"{root}/odlozone/{draft_id + 1}").status_code == 404


def test_an_open_draft_is_not_one_that_was_put_aside(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = scene.bench()
        slug = bench.document.consultation.slug
        root = f"/biurko/konsultacje/{slug}/dokumenty/{bench.document.slug}/robocza"
        db.session.commit()
        draft_id, clerk = bench.draft.id, bench.clerk
    signed(app, client, clerk)
    assert client.get(f"{root}/odlozone/{draft_id}").status_code == 404


def test_more_changes_in_it_are_not_more_questions(app: Flask, client: Client) -> None:
    def asked(changes: int) -> int:
        with app.app_context():
            bench = scene.bench()
            for n in range(changes):
                bench.write("§ 1", f"Program {n}.", bench.amendment("§ 1", f"Program {n} lat."))
                left = bench.amendment("§ 1", f"Inaczej {n}.")
                causes.needs_no_change(bench.draft, left, "Już jest.", by=bench.clerk, at=now())
            set_aside(bench)
            document, slug = bench.document, bench.document.consultation.slug
            root = f"/biurko/konsultacje/{slug}/dokumenty/{document.slug}/robocza"
            db.session.commit()
            address, clerk = f"{root}/odlozone/{bench.draft.id}", bench.clerk
        signed(app, client, clerk)
        with app.app_context(), counted() as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    assert asked(2) == asked(6)


def test_through_the_pages(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = scene.bench()
        bench.write("§ 1", TEXT)
        waiting = stored(bench).id
        slug, number = bench.document.consultation.slug, bench.document.id
        root = f"/biurko/konsultacje/{slug}/dokumenty/{bench.document.slug}/robocza"
        db.session.commit()
        clerk = bench.clerk
    signed(app, client, clerk)
    page = html.document_fromstring(client.get(f"/biurko/wersje/{waiting}/publikuj").text)
    assert page.xpath(f"//main//a[@href='{root}']")
    assert not page.xpath("//main//form")
    assert client.post(f"/biurko/wersje/{waiting}/publikuj").status_code == 409
    page = html.document_fromstring(client.get(f"{root}/odloz").text)
    (revision,) = page.xpath("//input[@name='revision']/@value")
    assert client.post(f"{root}/odloz", data={"revision": revision}).status_code == 422
    old = client.post(f"{root}/odloz", data={"revision": "1", "reason": "Nowy tekst z rady."})
    assert old.status_code == 409
    assert "Nowy tekst z rady." in old.text
    done = client.post(f"{root}/odloz", data={"revision": revision, "reason": "Nowy z rady."})
    assert done.status_code == 303
    assert "Nowy z rady." in client.get(root).text
    assert client.post(f"/biurko/wersje/{waiting}/publikuj").status_code == 303
    assert client.post(root).status_code == 303
    with app.app_context():
        draft = queries.open_draft(db.session.get_one(Document, number))
        assert draft is not None
        assert draft.base_id == waiting
        assert len(db.session.scalars(db.select(WorkingDraft)).all()) == 2
