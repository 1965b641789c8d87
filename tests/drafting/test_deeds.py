"""Switching out and in, and walking the deeds back to the start and forward again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.models import Role
from app.drafting import actions, causes, deeds, publishing, queries, typing
from app.drafting.models import ChangeKind, Deed, DeedState, DraftChange
from app.drafting.refusals import Collides
from app.drafting.rows import standing_changes
from app.drafting.working import active
from app.events.models import Event, EventKind
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.remarks.scene import comment, sent

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bench() -> Bench:
    return scene.bench()


def text(bench: Bench) -> list[object]:
    return queries.locked_draft(bench.draft.id).text


def test_undo_walks_to_the_start_and_redo_to_the_end_again(bench: Bench) -> None:
    start = text(bench)
    first = bench.take_in(bench.amendment("§ 1", "Program dotyczy współpracy."))
    bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    bench.switch_out(first)
    bench.move("§ 3", "§ 1")
    end = text(bench)
    seen = [end]
    while queries.last_deed(bench.draft):
        bench.undo()
        seen.append(text(bench))
    assert seen[-1] == start
    assert len(seen) == 5
    with pytest.raises(DomainError, match="Nie ma czego cofać"):
        bench.undo()
    while queries.next_deed(bench.draft):
        bench.redo()
        assert text(bench) == seen[-2]
        seen.pop()
    assert text(bench) == end
    with pytest.raises(DomainError, match="Nie ma czego przywrócić"):
        bench.redo()


def test_a_new_deed_closes_the_way_forward_and_nothing_is_deleted(bench: Bench) -> None:
    bench.write("§ 1", "Program dotyczy współpracy.")
    bench.undo()
    bench.write("§ 1", "Program dotyczy pomocy.")
    assert queries.next_deed(bench.draft) is None
    states = db.session.scalars(sa.select(Deed.state).order_by(Deed.id)).all()
    assert states == [DeedState.PASSED, DeedState.DONE]
    assert db.session.scalar(sa.select(sa.func.count(DraftChange.id))) == 2
    assert "draft_undone" in [entry.action for entry in history_of(bench.draft)]


def test_only_what_one_has_seen_as_the_last_is_undone(bench: Bench) -> None:
    bench.write("§ 1", "Program dotyczy współpracy.")
    old = queries.last_deed(bench.draft)
    assert old is not None
    bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    with pytest.raises(DomainError, match="zrobiono coś jeszcze"):
        deeds.undo(bench.draft, old.id, by=bench.clerk, at=now())


DOINGS = st.lists(
    st.tuples(st.sampled_from(["write", "insert", "strike", "out", "in"]), st.integers(0, 9)),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DOINGS)
def test_whatever_was_done_the_start_and_the_end_can_be_reached(
    doings: list[tuple[str, int]],
) -> None:
    bench = scene.bench()
    start = text(bench)
    for number, doing in enumerate(doings):
        try:
            with db.session.begin_nested():
                _do(bench, *doing, number)
        except DomainError:
            db.session.expire_all()
    end = text(bench)
    while queries.last_deed(bench.draft):
        bench.undo()
    assert text(bench) == start
    while queries.next_deed(bench.draft):
        bench.redo()
    assert text(bench) == end


PLACES = ["§ 1", "§ 2 ust. 1", "§ 2 ust. 2 pkt 1", "§ 2 ust. 2 pkt 2 lit. a", "§ 2"]


def _do(bench: Bench, doing: str, at: int, number: int) -> None:
    draft = queries.locked_draft(bench.draft.id)
    changes = list(draft.changes)
    place = PLACES[at % len(PLACES)]
    if doing in {"out", "in"}:
        if changes:
            change = changes[at % len(changes)]
            (bench.switch_out if doing == "out" else bench.switch_in)(change)
    elif doing == "insert":
        bench.write(place, f"nowe {number};", kind=ChangeKind.INSERT)
    elif doing == "strike":
        bench.write(place, kind=ChangeKind.REPEAL)
    elif bench.unit(place) is not None:
        words = bench.words(place).split(" ")
        words[at % len(words)] = f"słowo{number}"
        bench.write(place, " ".join(words))


# Causes.


def test_a_note_from_a_workshop_is_cause_enough(bench: Bench) -> None:
    event = Event(
        slug="warsztat",
        kind=EventKind.WORKSHOP,
        title="Warsztat",
        starts_at=now(),
        ends_at=now(),
    )
    db.session.add(event)
    db.session.flush()
    wish = actions.Wish(bench.number("§ 1"), ChangeKind.REWORD, "Program dotyczy współpracy.")
    with pytest.raises(DomainError, match="dlaczego"):
        bench.wish(wish, actions.Why(event=event))
    change = bench.wish(wish, actions.Why(event=event, note="Uzgodniono przy stole 2."))
    assert not publishing.unexplained(standing_changes(bench.draft))
    bench.publish()
    assert (change.event, change.event_note) == (event, "Uzgodniono przy stole 2.")


def test_causes_are_said_anew_and_the_journal_keeps_the_old_ones(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = bench.take_in(remark)
    causes.explain(change, actions.Why(reason="Literówka."), by=bench.clerk, at=now())
    assert (change.causes, change.reason) == ([], "Literówka.")
    entry = history_of(bench.draft)[-1]
    assert (entry.action, entry.details["before"]) == ("change_explained", [remark.number])
    assert list(queries.without_trace(bench.document)) == [remark]
    causes.name_cause(change, remark, by=bench.clerk, at=now())
    assert not queries.without_trace(bench.document)
    bench.switch_out(change)
    with pytest.raises(DomainError, match="wyłączona"):
        causes.name_cause(change, remark, by=bench.clerk, at=now())


def test_a_remark_without_a_trace_holds_the_edition_up(bench: Bench) -> None:
    remark = bench.decided(sent(bench.document, comment(bench.document, "§ 1")), Outcome.ACCEPTED)
    bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    with pytest.raises(DomainError, match="niczego nie zmieniły"):
        bench.publish()
    with pytest.raises(DomainError, match="dlaczego tekst nie wymaga"):
        causes.needs_no_change(bench.draft, remark, " ", by=bench.clerk, at=now())
    causes.needs_no_change(bench.draft, remark, "Mówi o tym § 1.", by=bench.clerk, at=now())
    assert queries.no_change_for(remark) is None  # not public before the edition is
    bench.publish()
    said = queries.no_change_for(remark)
    assert said is not None
    assert said.reason == "Mówi o tym § 1."


def test_a_reason_taken_back_makes_the_remark_wait_again(bench: Bench) -> None:
    remark = bench.decided(sent(bench.document, comment(bench.document, "§ 1")), Outcome.ACCEPTED)
    for _twice in range(2):
        causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    assert queries.standing_no_change(remark) is not None
    causes.take_reason_back(bench.draft, remark, by=bench.clerk, at=now())
    assert list(queries.without_trace(bench.document)) == [remark]


def test_a_change_that_collides_holds_the_edition_up(bench: Bench) -> None:
    first = bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.")
    bench.write("§ 1", "Program dotyczy współpracy Miasteczka z organizacjami.")
    bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    (second,) = bench.switch_out(first)
    with pytest.raises(DomainError, match="zderzają"):
        bench.publish()
    bench.switch_out(second)
    assert bench.publish().number == 2


def test_what_is_new_is_changed_further_and_published_with_its_causes(bench: Bench) -> None:
    change = bench.take_in(bench.amendment("§ 1", "Program ogłasza się.", AmendmentKind.INSERT))
    new = f"new-{change.id}"
    bench.wish(actions.Wish(new, ChangeKind.REWORD, "Program ogłasza się co roku."))
    bench.wish(actions.Wish(new, ChangeKind.MOVE, after=bench.number("§ 3")))
    bench.publish()
    number = bench.document.last_provision_number
    changes = active(queries.locked_draft(bench.draft.id))
    assert [c.shown["touched"] for c in changes] == [[number]] * 3
    assert changes[1].provision is not None
    assert changes[1].provision.number == number


def test_a_clash_at_switching_in_names_what_is_in_the_way(bench: Bench) -> None:
    first = bench.write("§ 2 ust. 2 pkt 1", kind=ChangeKind.REPEAL)
    bench.switch_out(first)
    second = bench.write("§ 2 ust. 2 pkt 1", "wsparcie organizacji;")
    with pytest.raises(Collides) as caught, db.session.begin_nested():
        bench.switch_in(first)
    assert [c.id for c in caught.value.clashing.others] == [second.id]


# What is being typed.


def test_each_person_has_a_copy_of_their_own(bench: Bench) -> None:
    other, at, place = town.person(Role.COORDINATOR), now(), bench.number("§ 1")
    typing.keep_typed(bench.draft, place, {"text": "Moje."}, by=bench.clerk, at=at)
    typing.is_here(bench.draft, place, by=other, at=at)
    db.session.flush()
    mine = typing.typed_by(bench.draft, place, bench.clerk)
    assert mine is not None
    assert mine.fields["text"] == "Moje."
    assert typing.typed_by(bench.draft, place, other) is None
    assert [each.name for each in typing.others_at(bench.draft, other, at)] == [bench.clerk.name]
    assert not typing.others_at(bench.draft, other, at + typing.GONE_AFTER)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_nobody_else_does_any_of_this(bench: Bench, role: Role) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change, intruder = bench.take_in(remark), town.person(role)
    who = {"by": intruder, "at": now()}
    why, place = actions.Why(reason="Bo tak."), bench.number("§ 1")
    attempts = (
        lambda: actions.take_all_in(bench.draft, **who),
        lambda: deeds.switch_in(change, **who),
        lambda: deeds.undo(bench.draft, 1, **who),
        lambda: deeds.redo(bench.draft, 1, **who),
        lambda: causes.explain(change, why, **who),
        lambda: causes.name_cause(change, remark, **who),
        lambda: causes.needs_no_change(bench.draft, remark, "Nie.", **who),
        lambda: causes.take_reason_back(bench.draft, remark, **who),
        lambda: typing.is_here(bench.draft, place, **who),
        lambda: typing.keep_typed(bench.draft, place, {}, **who),
        lambda: typing.close(bench.draft, place, **who),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
