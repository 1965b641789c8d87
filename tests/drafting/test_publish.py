"""Publishing a working draft: text, causes, letters and journal at once."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.models import Role
from app.documents.models import Edition
from app.documents.queries import comparison_of, latest_edition, units_of, wordings_of
from app.drafting import actions, causes, queries
from app.drafting.models import ChangeKind
from app.drafting.working import active, working_units
from app.journal.queries import history_of
from app.legaltext import editing
from app.legaltext.units import GROUPING, Kind, by_id
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.mail import OutboxMail
from app.remarks import positions
from app.remarks.content import Author
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.remarks.scene import amendment, sent, sent_by_guest

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bench() -> Bench:
    return scene.bench()


def texts(edition: Edition) -> dict[int, str]:
    return {w.provision.number: w.text for w in wordings_of(edition)}


def rows_of(old: Edition, new: Edition) -> list[dict[str, Any]]:
    comparison = comparison_of(old, new)
    assert comparison is not None
    return comparison.rows


def letters() -> list[OutboxMail]:
    return [m for m in db.session.scalars(sa.select(OutboxMail)) if ":edition:" in m.key]


def test_the_draft_becomes_the_next_edition_and_the_old_one_stays(bench: Bench) -> None:
    old = bench.document.editions[0]
    before, body = texts(old), list(old.body)
    number = bench.provision("§ 1").number
    bench.take_in(bench.amendment("§ 1", "Program dotyczy współpracy."))
    revision = bench.document.consultation.revision
    new = bench.publish()
    assert (new.number, new.note, new.published_by_id) == (2, "Po uwagach.", bench.clerk.id)
    assert latest_edition(bench.document) is new
    assert (texts(old), old.body) == (before, body)
    assert texts(new) == {**before, number: "Program dotyczy współpracy."}
    db.session.refresh(bench.document.consultation)
    assert bench.document.consultation.revision > revision
    assert bench.draft.edition_id == new.id
    assert queries.open_draft(bench.document) is None
    assert history_of(bench.draft)[-1].action == "draft_published"


def test_provisions_keep_their_numbers_when_a_new_section_moves_their_marks(bench: Bench) -> None:
    second = bench.provision("§ 2")
    remark = bench.amendment("§ 1", "Program ogłasza się w Biuletynie.", AmendmentKind.INSERT)
    change = bench.take_in(remark)
    new = bench.publish()
    marks = {w.provision_id: w.citation for w in wordings_of(new)}
    assert marks[second.id].endswith("3")
    added = bench.document.last_provision_number
    assert change.shown["touched"] == [added]
    assert any("dodaje się" in sentence for sentence in change.shown["formula"])


def test_each_change_remembers_what_it_touched_and_how_it_is_said_in_law(bench: Bench) -> None:
    point = bench.provision("§ 2 ust. 2 pkt 2")
    letter_a, letter_b = (bench.provision(f"§ 2 ust. 2 pkt 2 lit. {x}") for x in "ab")
    first = bench.write("§ 1", "Program dotyczy współpracy.")
    second = bench.write(point, kind=ChangeKind.REPEAL)
    third = bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    bench.switch_out(third)
    new = bench.publish()
    assert first.shown["touched"] == [bench.provision("§ 1").number]
    assert second.shown["touched"] == sorted(p.number for p in (point, letter_a, letter_b))
    assert "skreśla się" in " ".join(second.shown["formula"])
    assert third.shown == {}
    assert "Celem głównym" in texts(new)[bench.provision("§ 2 ust. 1").number]


def test_authors_are_told_with_the_place_and_the_address(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    guest = bench.decided(
        sent_by_guest(bench.document, email="gosc@poczta.example", name="Jan Kos"),
        Outcome.PARTIALLY_ACCEPTED,
    )
    silent = bench.decided(
        sent(bench.document, author=Author(), by=town.person(Role.COORDINATOR), origin=_paper()),
        Outcome.ACCEPTED,
    )
    bench.take_in(remark)
    bench.write("§ 2 ust. 1", "Celem jest współpraca.", guest, remark, silent)
    bench.publish()
    told = {letter.recipient: letter for letter in letters()}
    assert remark.author is not None
    assert set(told) == {remark.author.email, "gosc@poczta.example"}
    text = told[remark.author.email].text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"nr {remark.number}" in told[remark.author.email].subject
    assert "§ 1, § 2 ust. 1" in text
    assert f"/uwagi/{remark.number}" in text
    assert "§ 1," not in told["gosc@poczta.example"].text.replace("\N{NO-BREAK SPACE}", " ")


def _paper() -> Any:
    from app.platform.clock import today
    from app.remarks.content import Origin
    from app.remarks.models import Channel

    return Origin(Channel.PAPER, today())


def test_nothing_changed_is_nothing_published(bench: Bench) -> None:
    with pytest.raises(DomainError, match="Nic jeszcze nie zmieniono"):
        bench.publish()
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    bench.switch_out(change)
    with pytest.raises(DomainError):
        bench.publish()
    assert len(bench.document.editions) == 1


def test_changes_that_undo_one_another_are_nothing_published(bench: Bench) -> None:
    unit = by_id(working_units(bench.draft))[str(bench.provision("§ 1").number)]
    bench.write("§ 1", "Program dotyczy współpracy.")
    bench.write("§ 1", editing.as_text(unit))
    with pytest.raises(DomainError):
        bench.publish()
    assert latest_edition(bench.document) is bench.document.editions[0]


def test_a_draft_is_not_published_over_an_edition_that_came_between(bench: Bench) -> None:
    bench.write("§ 1", "Program dotyczy współpracy.")
    town.edition(bench.document, town.SMALL_ACT)
    with pytest.raises(DomainError, match="inne wydanie"):
        bench.publish()
    assert bench.draft.edition_id is None


def test_a_change_that_lost_its_cause_holds_the_edition_up(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    bench.take_in(remark)
    bench.decided(remark, Outcome.REJECTED)
    with pytest.raises(DomainError, match="przyczynę"):
        bench.publish()
    assert not letters()


def test_an_edition_is_published_once_and_the_next_draft_stands_on_it(bench: Bench) -> None:
    bench.write("§ 1", "Program dotyczy współpracy.")
    second = bench.publish()
    with pytest.raises(DomainError):
        bench.publish()
    bench.draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
    assert bench.draft.base.id == second.id
    bench.write("§ 1", "Program dotyczy współpracy z każdym.")
    third = bench.publish()
    assert third.number == 3
    assert comparison_of(bench.document.editions[0], third) is not None


def test_the_trace_of_a_remark_leads_to_the_edition_it_changed(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    bench.take_in(remark)
    assert not queries.trace_of(remark)
    edition = bench.publish()
    assert [c.draft.edition.number for c in queries.trace_of(remark)] == [edition.number]


def test_the_reason_that_an_edition_gave_stays_with_it(bench: Bench) -> None:
    """Taken back or said otherwise in a draft nobody sees yet, it is still what was published."""
    remark = bench.amendment("§ 2 ust. 1", "Celem jest współpraca.")
    causes.needs_no_change(bench.draft, remark, "Pomyłka.", by=bench.clerk, at=now())
    causes.take_reason_back(bench.draft, remark, by=bench.clerk, at=now())
    causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    assert queries.no_change_for(remark) is None
    bench.write("§ 1", "Program dotyczy współpracy.")
    bench.publish()
    bench.draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
    db.session.flush()
    causes.take_reason_back(bench.draft, remark, by=bench.clerk, at=now())
    assert list(queries.without_trace(bench.document)) == [remark]
    shown = [queries.no_change_for(remark)]
    causes.needs_no_change(bench.draft, remark, "Zmienimy za rok.", by=bench.clerk, at=now())
    shown.append(queries.no_change_for(remark))
    assert [said.reason for said in shown if said] == ["Już jest.", "Już jest."]
    bench.write("§ 1", "Program dotyczy współpracy z każdym.")
    bench.publish()
    said = queries.no_change_for(remark)
    assert said is not None
    assert said.reason == "Zmienimy za rok."


@pytest.mark.parametrize("with_change", [True, False])
def test_what_is_decided_anew_after_an_edition_waits_again(bench: Bench, with_change: bool) -> None:
    remark = bench.amendment("§ 2 ust. 1", "Celem jest współpraca.")
    if with_change:
        bench.take_in(remark)
    else:
        causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    bench.write("§ 1", "Program dotyczy współpracy.")
    bench.publish()
    assert not queries.without_trace(bench.document)
    positions.decide(remark, Outcome.ACCEPTED, "Lepsze słowa.", by=bench.clerk, at=now())
    assert not queries.without_trace(bench.document)
    bench.decided(remark, Outcome.REJECTED)
    bench.decided(remark, Outcome.PARTIALLY_ACCEPTED)
    assert list(queries.without_trace(bench.document)) == [remark]
    bench.draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
    db.session.flush()
    causes.needs_no_change(bench.draft, remark, "Już jest.", by=bench.clerk, at=now())
    assert not queries.without_trace(bench.document)


SENTENCES = st.lists(
    st.sampled_from(["gmina", "organizacje", "współpraca", "mieszkańcy", "co roku", "jawnie"]),
    min_size=1,
    max_size=5,
).map(" ".join)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["amend", "insert", "strike", "write", "write whole", "take back"]),
        st.integers(0, 40),
        SENTENCES,
    ),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DEEDS)
def test_no_provision_changes_without_a_cause(deeds: list[tuple[str, int, str]]) -> None:
    """Whatever was done at the bench, each difference between two editions names its cause."""
    bench = scene.bench()
    for deed in deeds:
        _do(bench, *deed)
    draft = queries.locked_draft(bench.draft.id)
    for change in [c for c in active(draft) if c.stands_aside]:
        bench.switch_out(change)
    for remark in queries.without_trace(bench.document):
        causes.needs_no_change(draft, remark, "Wyłączona.", by=bench.clerk, at=now())
    old = bench.document.editions[0]
    try:
        new = bench.publish()
    except DomainError:
        before = units_of(wordings_of(old))
        assert not active(draft) or working_units(draft) == before
        return
    explained: set[int] = set()
    for change in active(draft):
        assert change.reason or change.causes
        explained.update(change.shown["touched"])
    for row in rows_of(old, new):
        if row["verdicts"] != ["renumbered"]:
            assert set(row["numbers"]) <= explained, row


def _do(bench: Bench, deed: str, place: int, words: str) -> None:
    """Try one deed at the bench; what it refuses simply does not happen."""
    draft = queries.locked_draft(bench.draft.id)
    units = [u for u in by_id(working_units(draft)).values() if u.id.isdecimal()]
    unit = units[place % len(units)] if units else None
    if deed == "take back":
        made = active(draft)
        deeds = [lambda: bench.switch_out(made[place % len(made)])] if made else []
    elif unit is None or unit.kind in GROUPING or unit.kind is Kind.TABLE:
        return
    else:
        deeds = [lambda: _change(bench, deed, int(unit.id), words, editing.as_text(unit))]
    for one in deeds:
        try:
            with db.session.begin_nested():
                one()
        except DomainError:
            db.session.expire_all()


def _change(bench: Bench, deed: str, number: int, words: str, current: str) -> None:
    provision = next(
        w.provision
        for w in itertools.chain(wordings_of(bench.document.editions[0]))
        if w.provision.number == number
    )
    if deed == "write":
        bench.write(provision, words)
    elif deed == "write whole":
        bench.write(provision, f"{current}\n{words}")
    else:
        kinds = {
            "amend": AmendmentKind.REWORD,
            "insert": AmendmentKind.INSERT,
            "strike": AmendmentKind.STRIKE,
        }
        content = amendment(bench.document, "§ 1", kinds[deed], words)
        content = type(content)(
            content.kind, content.body, provision, kinds[deed], content.proposed_text
        )
        bench.take_in(bench.decided(sent(bench.document, content), Outcome.ACCEPTED))
