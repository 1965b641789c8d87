"""Working drafts: taking amendments in, writing by hand, taking back."""

from __future__ import annotations

import pytest

from app.accounts.models import Role
from app.documents.models import Document
from app.drafting import actions, queries
from app.drafting.models import ChangeKind, How
from app.journal.queries import history_of
from app.legaltext import editing
from app.legaltext.units import Unit, by_id
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.drafting import scene
from tests.drafting.scene import Bench
from tests.remarks.scene import comment, sent

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bench() -> Bench:
    return scene.bench()


def unit(bench: Bench, citation: str) -> Unit | None:
    number = str(bench.provision(citation).number)
    return by_id(queries.working_units(queries.locked_draft(bench.draft.id))).get(number)


def words(bench: Bench, citation: str) -> str:
    found = unit(bench, citation)
    assert found is not None
    return editing.as_text(found)


def test_there_is_one_working_draft_however_often_it_is_started(bench: Bench) -> None:
    again = actions.start_draft(bench.document, by=bench.clerk, at=now())
    assert again.id == bench.draft.id
    assert again.base.number == 1
    assert [e.action for e in history_of(bench.document)][-1:] == ["draft_started"]


def test_there_is_nothing_to_work_on_before_the_first_edition() -> None:
    document = Document(
        consultation_id=town.consultation().id, slug="pusty", title="Pusty", created_at=now()
    )
    db.session.add(document)
    db.session.flush()
    with pytest.raises(DomainError, match="opublikuj pierwsze"):
        actions.start_draft(document, by=town.person(Role.COORDINATOR), at=now())


def test_an_amendment_is_taken_in_letter_by_letter(bench: Bench) -> None:
    text = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."
    remark = bench.amendment("§ 1", text)
    change = bench.take_in(remark)
    assert words(bench, "§ 1") == text
    assert (change.kind, change.how, change.causes) == (
        ChangeKind.REWORD,
        How.AS_PROPOSED,
        [remark],
    )
    assert bench.draft.revision == 2
    assert remark not in queries.amendments_to_take(bench.document)


def test_a_whole_section_edited_as_one_text_is_taken_in(bench: Bench) -> None:
    text = words(bench, "§ 2").replace("młodzieży,", "dzieci i młodzieży,")
    bench.take_in(bench.amendment("§ 2", text))
    assert words(bench, "§ 2") == text
    assert words(bench, "§ 2 ust. 2 pkt 2 lit. a") == "dzieci i młodzieży,"


def test_a_new_provision_is_taken_in_after_the_one_it_follows(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 1", "otwartość;", AmendmentKind.INSERT)
    assert bench.take_in(remark).kind is ChangeKind.INSERT
    assert words(bench, "§ 2 ust. 2").split("\n")[1:3] == [
        "1) wzmocnienie organizacji;",
        "2) otwartość;",
    ]


def test_a_provision_is_struck_out_with_its_parts(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 2", kind=AmendmentKind.STRIKE)
    assert bench.take_in(remark).kind is ChangeKind.REPEAL
    assert unit(bench, "§ 2 ust. 2 pkt 2") is None
    assert unit(bench, "§ 2 ust. 2 pkt 2 lit. a") is None


def test_two_who_asked_for_the_same_are_both_the_cause(bench: Bench) -> None:
    first = bench.amendment("§ 1", "Program dotyczy współpracy.")
    second = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = actions.take_in(bench.draft, first, also=[second], by=bench.clerk, at=now())
    assert change.causes == [first, second]
    assert not queries.amendments_to_take(bench.document)


def test_what_changed_since_has_to_be_written_by_hand(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy Gminy z każdym.")
    bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.")
    with pytest.raises(DomainError, match="ręcznie"):
        bench.take_in(remark)
    assert words(bench, "§ 1") == "Program dotyczy współpracy Miasta z organizacjami."


def test_an_amendment_of_a_section_is_refused_when_a_part_of_it_changed(bench: Bench) -> None:
    text = words(bench, "§ 2").replace("rozwój", "szybki rozwój")
    remark = bench.amendment("§ 2", text)
    bench.write("§ 2 ust. 2 pkt 1", "wsparcie organizacji;")
    with pytest.raises(DomainError, match="ręcznie"):
        bench.take_in(remark)
    assert "wsparcie organizacji" in words(bench, "§ 2")


def test_an_amendment_of_what_was_struck_out_is_refused(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 1", "wsparcie;")
    bench.write("§ 2 ust. 2", kind=ChangeKind.REPEAL)
    with pytest.raises(DomainError, match="ręcznie"):
        bench.take_in(remark)
    assert len(queries.active(queries.locked_draft(bench.draft.id))) == 1


@pytest.mark.parametrize("outcome", [None, Outcome.REJECTED, Outcome.OUT_OF_SCOPE])
def test_only_what_was_accepted_changes_the_text(bench: Bench, outcome: Outcome | None) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.", outcome=outcome)
    with pytest.raises(DomainError, match="uwzględnion"):
        bench.take_in(remark)
    with pytest.raises(DomainError, match="uwzględnion"):
        bench.write("§ 1", "Program dotyczy współpracy.", remark)
    assert not queries.locked_draft(bench.draft.id).changes


def test_a_comment_or_a_withdrawn_amendment_is_not_taken_in(bench: Bench) -> None:
    remark = bench.decided(sent(bench.document, comment(bench.document, "§ 1")), Outcome.ACCEPTED)
    with pytest.raises(DomainError, match="propozycję zmiany"):
        bench.take_in(remark)
    given_up = bench.amendment("§ 1", "Program dotyczy współpracy.")
    given_up.withdrawn_at = now()
    with pytest.raises(DomainError, match="wycofan"):
        bench.take_in(given_up)
    with pytest.raises(DomainError, match="wycofan"):
        bench.write("§ 1", "Program dotyczy współpracy.", given_up)


def test_an_amendment_of_another_document_is_not_taken_in(bench: Bench) -> None:
    other = scene.bench()
    remark = other.amendment("§ 1", "Program dotyczy współpracy.")
    with pytest.raises(DomainError, match="innego dokumentu"):
        bench.take_in(remark)
    with pytest.raises(DomainError, match="innego dokumentu"):
        bench.write("§ 1", "Program dotyczy współpracy.", remark)


def test_nothing_is_taken_in_twice(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = bench.take_in(remark)
    with pytest.raises(DomainError, match="już"):
        bench.take_in(remark)
    bench.take_back(change)
    assert bench.take_in(remark).id != change.id


def test_a_change_by_hand_needs_a_remark_or_a_reason(bench: Bench) -> None:
    with pytest.raises(DomainError, match="Napisz, dlaczego"):
        bench.write("§ 1", "Program dotyczy współpracy.", reason="  ")
    remark = bench.amendment("§ 1", "Inaczej.", outcome=Outcome.PARTIALLY_ACCEPTED)
    change = bench.write("§ 1", "Program dotyczy współpracy.", remark)
    assert (change.how, change.causes, change.reason) == (How.BY_HAND, [remark], "")


@pytest.mark.parametrize(
    "text", ["Program dotyczy współpracy Gminy z organizacjami.", "  Program dotyczy współpracy  "]
)
def test_a_change_must_change_some_words(bench: Bench, text: str) -> None:
    bench.write("§ 2 ust. 1", "Celem jest współpraca.")
    if "Gminy" not in text:
        bench.write("§ 1", "Program dotyczy współpracy")
    with pytest.raises(DomainError, match="taki sam"):
        bench.write("§ 1", text)


def test_a_new_provision_needs_words(bench: Bench) -> None:
    with pytest.raises(DomainError, match="Napisz, jak"):
        bench.write("§ 1", " \n", kind=ChangeKind.INSERT)
    with pytest.raises(DomainError, match="Napisz, jak"):
        bench.write("§ 1", "")
    assert not queries.locked_draft(bench.draft.id).changes


def test_what_another_window_wrote_is_not_overwritten(bench: Bench) -> None:
    seen = words(bench, "§ 1")
    bench.write("§ 1", "Program dotyczy współpracy Miasta.", seen=seen)
    with pytest.raises(DomainError, match="tymczasem"):
        bench.write("§ 1", "Program dotyczy współpracy Gminy.", seen=seen)
    assert words(bench, "§ 1") == "Program dotyczy współpracy Miasta."


def test_taking_back_leaves_a_trace_and_the_text_as_it_was(bench: Bench) -> None:
    before = words(bench, "§ 1")
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    bench.take_back(change)
    bench.take_back(change)
    assert words(bench, "§ 1") == before
    assert change.taken_back_at is not None
    verbs = [entry.action for entry in history_of(bench.draft)]
    assert verbs == ["draft_changed", "change_taken_back"]


def test_a_change_that_others_are_built_on_stays_until_they_go(bench: Bench) -> None:
    first = bench.write("§ 2 ust. 2 pkt 1", "Zasady:", kind=ChangeKind.REPEAL)
    second = bench.write("§ 2", words(bench, "§ 2") + "\n3. Program jest jawny.")
    bench.take_back(first)
    assert "wzmocnienie" not in words(bench, "§ 2")  # the later wording was of the whole §
    bench.take_back(second)
    assert "wzmocnienie" in words(bench, "§ 2")


def test_changes_lose_their_cause_when_the_remark_is_decided_otherwise(bench: Bench) -> None:
    first = bench.amendment("§ 1", "Program dotyczy współpracy.")
    second = bench.amendment("§ 2 ust. 1", "Celem jest współpraca.")
    changes = [
        bench.take_in(first),
        bench.take_in(second),
        bench.write("§ 3", reason="Zbędny.", kind=ChangeKind.REPEAL),
    ]
    assert not actions.unexplained(queries.locked_draft(bench.draft.id))
    bench.decided(first, Outcome.REJECTED)
    second.withdrawn_at = now()
    assert actions.unexplained(queries.locked_draft(bench.draft.id)) == changes[:2]
