"""Working drafts: taking amendments in, writing by hand, taking back."""

from __future__ import annotations

import pytest

from app.accounts.models import Role
from app.documents.models import Document
from app.drafting import actions, publishing, queries
from app.drafting.models import ChangeKind, How
from app.drafting.refusals import ChangedMeanwhile, Collides
from app.drafting.rows import standing_changes
from app.drafting.working import active
from app.journal.queries import history_of
from app.legaltext.merge import Verdict
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
    assert bench.words("§ 1") == text
    assert (change.kind, change.how, change.causes) == (
        ChangeKind.REWORD,
        How.AS_PROPOSED,
        [remark],
    )
    assert bench.draft.revision == 2
    assert remark not in queries.without_trace(bench.document)


def test_a_whole_section_edited_as_one_text_is_taken_in(bench: Bench) -> None:
    text = bench.words("§ 2").replace("młodzieży,", "dzieci i młodzieży,")
    bench.take_in(bench.amendment("§ 2", text))
    assert bench.words("§ 2") == text
    assert bench.words("§ 2 ust. 2 pkt 2 lit. a") == "dzieci i młodzieży,"


def test_a_new_provision_is_taken_in_after_the_one_it_follows(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 1", "otwartość;", AmendmentKind.INSERT)
    assert bench.take_in(remark).kind is ChangeKind.INSERT
    assert bench.words("§ 2 ust. 2").split("\n")[1:3] == [
        "1) wzmocnienie organizacji;",
        "2) otwartość;",
    ]


def test_a_provision_is_struck_out_with_its_parts(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 2", kind=AmendmentKind.STRIKE)
    assert bench.take_in(remark).kind is ChangeKind.REPEAL
    assert bench.unit("§ 2 ust. 2 pkt 2") is None
    assert bench.unit("§ 2 ust. 2 pkt 2 lit. a") is None


def test_two_who_asked_for_the_same_are_both_the_cause(bench: Bench) -> None:
    first = bench.amendment("§ 1", "Program dotyczy współpracy.")
    second = bench.amendment("§ 1", "Program dotyczy współpracy.")
    change = actions.take_in(bench.draft, first, also=[second], by=bench.clerk, at=now())
    assert change.causes == [first, second]
    assert not queries.without_trace(bench.document)


def test_two_amendments_of_one_provision_both_go_in(bench: Bench) -> None:
    first = bench.amendment("§ 1", "Program dotyczy szerokiej współpracy Gminy z organizacjami.")
    second = bench.amendment("§ 1", "Program dotyczy współpracy Gminy z organizacjami i szkołami.")
    one, two = bench.take_in(first), bench.take_in(second)
    both = "Program dotyczy szerokiej współpracy Gminy z organizacjami i szkołami."
    assert bench.words("§ 1") == both
    assert {one.verdict, two.verdict} == {Verdict.READ_BY_PERSON}  # one sentence, two authors
    assert (one.met, two.met) == ([two.id], [one.id])
    bench.switch_out(one)
    assert bench.words("§ 1") == second.proposed_text
    bench.switch_in(one)
    assert bench.words("§ 1") == both


def test_an_amendment_that_excludes_another_is_refused_with_both_shown(bench: Bench) -> None:
    remark = bench.amendment("§ 1", "Program dotyczy współpracy Powiatu z organizacjami.")
    made = bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.")
    with pytest.raises(Collides, match="wykluczają się") as caught, db.session.begin_nested():
        bench.take_in(remark)
    clashing = caught.value.clashing
    assert clashing.others == [made]
    assert "Powiatu" in clashing.mine.html
    assert bench.words("§ 1") == "Program dotyczy współpracy Miasta z organizacjami."
    assert [c.id for c in active(queries.locked_draft(bench.draft.id))] == [made.id]


def test_an_amendment_of_a_section_goes_in_beside_a_change_of_a_part(bench: Bench) -> None:
    text = bench.words("§ 2").replace("rozwój", "szybki rozwój")
    remark = bench.amendment("§ 2", text)
    bench.write("§ 2 ust. 2 pkt 1", "wsparcie organizacji;")
    bench.take_in(remark)
    assert "wsparcie organizacji" in bench.words("§ 2")
    assert "szybki rozwój" in bench.words("§ 2")


def test_an_amendment_of_what_was_struck_out_is_refused(bench: Bench) -> None:
    remark = bench.amendment("§ 2 ust. 2 pkt 1", "wsparcie;")
    repeal = bench.write("§ 2 ust. 2", kind=ChangeKind.REPEAL)
    with pytest.raises(Collides) as caught, db.session.begin_nested():
        bench.take_in(remark)
    assert caught.value.clashing.clash == "reword_repeal"
    assert caught.value.clashing.others == [repeal]
    assert len(active(queries.locked_draft(bench.draft.id))) == 1


def test_two_who_want_the_same_both_leave_a_trace(bench: Bench) -> None:
    text = "Program dotyczy współpracy."
    one, two = (
        bench.take_in(bench.amendment("§ 1", text)),
        bench.take_in(bench.amendment("§ 1", text)),
    )
    assert (two.verdict, two.met) == (Verdict.SAME, [one.id])
    bench.switch_out(one)
    assert bench.words("§ 1") == text
    assert two.verdict is Verdict.CLEAN


def test_all_that_fit_are_taken_in_at_once_and_undone_at_once(bench: Bench) -> None:
    before = bench.words("§ 1"), bench.words("§ 2")
    fits = bench.amendment("§ 1", "Program dotyczy współpracy Gminy z organizacjami i szkołami.")
    odd = bench.amendment("§ 1", "Program dotyczy współpracy Gminy z organizacjami i klubami.")
    other = bench.amendment("§ 2 ust. 2 pkt 1", "otwartość;", AmendmentKind.INSERT)
    bench.amendment("§ 2 ust. 1", "Inaczej.", outcome=Outcome.PARTIALLY_ACCEPTED)
    made, left = actions.take_all_in(bench.draft, by=bench.clerk, at=now())
    assert [c.causes for c in made] == [[fits], [other]]
    assert left == [odd]
    assert "szkołami" in bench.words("§ 1")
    bench.undo()
    assert (bench.words("§ 1"), bench.words("§ 2")) == before


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
    bench.switch_out(change)
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
    seen = bench.words("§ 1")
    bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.", seen=seen)
    with pytest.raises(ChangedMeanwhile, match="ktoś zmienił") as caught, db.session.begin_nested():
        bench.write("§ 1", "Program dotyczy współpracy Gminy z organizacjami i klubami.", seen=seen)
    meeting = caught.value.meeting
    assert meeting.merged == "Program dotyczy współpracy Miasta z organizacjami i klubami."
    assert meeting.mine == "Program dotyczy współpracy Gminy z organizacjami i klubami."
    assert bench.words("§ 1") == meeting.theirs
    bench.write("§ 1", meeting.proposal, seen=meeting.theirs)
    assert bench.words("§ 1") == meeting.merged


def test_words_that_exclude_each_other_are_not_merged_for_anybody(bench: Bench) -> None:
    seen = bench.words("§ 1")
    bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.", seen=seen)
    mine = "Program dotyczy współpracy Powiatu z organizacjami."
    with pytest.raises(ChangedMeanwhile) as caught, db.session.begin_nested():
        bench.write("§ 1", mine, seen=seen)
    assert caught.value.meeting.merged is None
    assert caught.value.meeting.proposal == mine


def test_taking_back_leaves_a_trace_and_the_text_as_it_was(bench: Bench) -> None:
    before = bench.words("§ 1")
    change = bench.write("§ 1", "Program dotyczy współpracy.")
    bench.switch_out(change)
    bench.switch_out(change)
    assert bench.words("§ 1") == before
    assert change.taken_back_at is not None
    verbs = [entry.action for entry in history_of(bench.draft)]
    assert verbs == ["draft_changed", "change_taken_back"]


def test_a_change_may_go_while_a_later_wording_of_the_whole_stays(bench: Bench) -> None:
    first = bench.write("§ 2 ust. 2 pkt 1", kind=ChangeKind.REPEAL)
    second = bench.write("§ 2", bench.words("§ 2") + "\n3. Program jest jawny.")
    assert bench.switch_out(first) == []
    assert "wzmocnienie" in bench.words("§ 2")
    assert "3. Program jest jawny." in bench.words("§ 2")
    bench.switch_out(second)
    assert "wzmocnienie" in bench.words("§ 2")
    assert "jawny" not in bench.words("§ 2")


def test_what_was_built_on_a_change_stands_aside_when_it_goes(bench: Bench) -> None:
    before = bench.words("§ 1")
    first = bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.")
    second = bench.write("§ 1", "Program dotyczy współpracy Miasteczka z organizacjami.")
    assert bench.switch_out(first) == [second]
    assert (second.stands_aside, second.clash) == (True, "words")
    assert bench.words("§ 1") == before
    bench.switch_in(first)
    assert not second.stands_aside
    assert "Miasteczka" in bench.words("§ 1")


def test_what_would_push_another_change_aside_is_not_switched_in(bench: Bench) -> None:
    first = bench.write("§ 1", "Program dotyczy współpracy Miasta z organizacjami.")
    bench.switch_out(first)
    second = bench.write("§ 1", "Program dotyczy współpracy Powiatu z organizacjami.")
    with pytest.raises(Collides) as caught, db.session.begin_nested():
        bench.switch_in(first)
    assert second in caught.value.clashing.others
    assert "Powiatu" in bench.words("§ 1")


def test_changes_lose_their_cause_when_the_remark_is_decided_otherwise(bench: Bench) -> None:
    first = bench.amendment("§ 1", "Program dotyczy współpracy.")
    second = bench.amendment("§ 2 ust. 1", "Celem jest współpraca.")
    changes = [
        bench.take_in(first),
        bench.take_in(second),
        bench.write("§ 3", reason="Zbędny.", kind=ChangeKind.REPEAL),
    ]
    assert not publishing.unexplained(standing_changes(bench.draft))
    bench.decided(first, Outcome.REJECTED)
    second.withdrawn_at = now()
    assert publishing.unexplained(standing_changes(bench.draft)) == changes[:2]
