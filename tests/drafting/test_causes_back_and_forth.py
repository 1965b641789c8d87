"""Undo and redo reach causes and reasons too, and nobody writes over a colleague's."""

from __future__ import annotations

import pytest

from app.drafting import actions, causes, queries, whys
from app.drafting.models import DraftChange, NoChange
from app.drafting.refusals import ExplainedMeanwhile
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks.models import Outcome, Remark
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.remarks.scene import comment, sent

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bench() -> Bench:
    return scene.bench()


def accepted(bench: Bench) -> Remark:
    return bench.decided(sent(bench.document, comment(bench.document, "§ 1")), Outcome.ACCEPTED)


def explain(bench: Bench, change: DraftChange, why: actions.Why, seen: str | None = None) -> None:
    causes.explain(change, why, by=bench.clerk, at=now(), seen=seen)


def said(remark: Remark) -> str:
    standing = queries.standing_no_change(remark)
    return standing.reason if standing else ""


def test_new_causes_of_a_change_are_undone_and_done_again(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = bench.take_in(remark)
    explain(bench, change, actions.Why(reason="Literówka."))
    bench.undo()
    assert (change.causes, change.reason) == ([remark], "")
    assert not queries.without_trace(bench.document)
    bench.redo()
    assert (change.causes, change.reason) == ([], "Literówka.")
    bench.undo()
    bench.undo()
    assert bench.words("§ 1") != "Program dotyczy współpracy."
    assert queries.last_deed(bench.draft) is None


def test_the_same_causes_once_more_are_no_deed(bench: Bench) -> None:
    change = bench.take_in(bench.amendment("§ 1", "Program dotyczy współpracy."))
    before = queries.last_deed(bench.draft)
    explain(bench, change, actions.Why(list(change.causes)))
    assert queries.last_deed(bench.draft) is before


def test_a_remark_named_as_one_more_cause_waits_again_when_that_is_undone(bench: Bench) -> None:
    remark = accepted(bench)
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    causes.name_cause(change, remark, by=bench.clerk, at=now())
    bench.undo()
    assert change.causes == []
    assert list(queries.without_trace(bench.document)) == [remark]
    bench.redo()
    assert change.causes == [remark]


def test_reasons_said_at_once_are_undone_at_once(bench: Bench) -> None:
    first, second = accepted(bench), accepted(bench)
    reasons = {first: "Już jest.", second: "To podziękowanie."}
    causes.need_no_change(bench.draft, reasons, by=bench.clerk, at=now())
    bench.undo()
    assert list(queries.without_trace(bench.document)) == [first, second]
    bench.redo()
    assert (said(first), said(second)) == ("Już jest.", "To podziękowanie.")


def test_a_reason_taken_back_stands_again_when_that_is_undone(bench: Bench) -> None:
    remark = accepted(bench)
    causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    causes.take_reason_back(bench.draft, remark, by=bench.clerk, at=now())
    bench.undo()
    assert said(remark) == "Już jest."
    bench.redo()
    assert said(remark) == ""


def test_causes_and_changes_are_undone_in_the_order_of_deeds(bench: Bench) -> None:
    remark = accepted(bench)
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    bench.switch_out(change)
    bench.undo()
    assert change.taken_back_at is None
    assert said(remark) == "Już jest."
    bench.undo()
    assert said(remark) == ""
    assert change.taken_back_at is None


def test_causes_given_meanwhile_are_shown_and_not_written_over(bench: Bench) -> None:
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    seen = whys.token_of(change)
    explain(bench, change, actions.Why(reason="Powód koleżanki."), seen)
    with pytest.raises(ExplainedMeanwhile, match="zmienił"):
        explain(bench, change, actions.Why(reason="Mój powód."), seen)
    assert change.reason == "Powód koleżanki."
    explain(bench, change, actions.Why(reason="Mój powód."), whys.token_of(change))
    assert change.reason == "Mój powód."


def test_a_reason_that_stands_is_not_written_over(bench: Bench) -> None:
    first, second = accepted(bench), accepted(bench)
    causes.needs_no_change(bench.draft, first, "Powód koleżanki.", by=bench.clerk, at=now())
    mine = {first: "Mój powód.", second: "Mój powód."}
    with pytest.raises(DomainError, match="Powód koleżanki"):
        causes.need_no_change(bench.draft, mine, by=bench.clerk, at=now())
    assert (said(first), said(second)) == ("Powód koleżanki.", "")
    assert len(db.session.scalars(db.select(NoChange)).all()) == 1
