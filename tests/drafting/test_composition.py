"""Performing the steps of a working draft."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafting.composition import CannotApply, Step, perform, result, same_wording
from app.legaltext import editing
from app.legaltext.units import Kind, Unit, by_id, walk
from tests.town import SMALL_ACT


def test_nothing_done_leaves_the_base():
    assert result(SMALL_ACT, perform(SMALL_ACT, [])) == SMALL_ACT


def test_a_reworded_provision_is_the_only_one_touched():
    (done,) = perform(SMALL_ACT, [Step(1, "reword", "a6", "wzmocnienie wszystkich organizacji;")])
    assert by_id(done.units)["a6"].text == "wzmocnienie wszystkich organizacji;"
    assert done.touched == {"a6"}
    untouched = [u for u in walk(done.units) if u.id != "a6" and not u.children]
    assert all(by_id(SMALL_ACT)[u.id] == u for u in untouched)


def test_a_section_edited_as_one_text_touches_only_what_changed():
    section = by_id(SMALL_ACT)["a3"]
    text = editing.as_text(section).replace("młodzieży,", "dzieci i młodzieży,")
    (done,) = perform(SMALL_ACT, [Step(1, "reword", "a3", text)])
    assert done.touched == {"a8"}


def test_an_inserted_section_renumbers_those_after_it_and_rewords_none():
    (done,) = perform(SMALL_ACT, [Step(7, "insert", "a2", "Program konsultuje się co roku.")])
    sections = [u for u in walk(done.units) if u.kind is Kind.SECTION]
    assert [(u.id, u.mark) for u in sections] == [
        ("a2", "1"),
        ("new-7", "2"),
        ("a3", "3"),
        ("a11", "4"),
    ]
    assert done.touched == {"new-7"}


def test_a_point_inserted_in_the_middle_takes_the_next_mark():
    (done,) = perform(SMALL_ACT, [Step(3, "insert", "a6", "otwartość;")])
    points = by_id(done.units)["a5"].children
    assert [(p.mark, p.text) for p in points][:2] == [
        ("1", "wzmocnienie organizacji;"),
        ("2", "otwartość;"),
    ]


def test_a_narrower_kind_goes_inside_and_a_wider_one_after_what_encloses():
    steps = [
        Step(1, "insert", "a2", "osobom prawnym;", Kind.POINT),
        Step(2, "insert", "a8", "Nowy paragraf.", Kind.SECTION),
    ]
    done = perform(SMALL_ACT, steps)
    tree = by_id(result(SMALL_ACT, done))
    assert [c.id for c in tree["a2"].children] == ["new-1"]
    assert [c.id for c in tree["a1"].children] == ["a2", "a3", "new-2"]


def test_striking_takes_all_that_stands_beneath():
    (done,) = perform(SMALL_ACT, [Step(1, "repeal", "a5")])
    assert done.touched == {"a5", "a6", "a7", "a8", "a9"}
    assert "a9" not in by_id(done.units)


def test_a_step_on_what_is_gone_does_not_fit():
    with pytest.raises(CannotApply):
        perform(SMALL_ACT, [Step(1, "repeal", "a5"), Step(2, "reword", "a6", "inaczej;")])


def test_two_steps_on_one_provision_answer_each_for_its_own():
    first, second = perform(
        SMALL_ACT,
        [Step(1, "reword", "a6", "wsparcie;"), Step(2, "reword", "a6", "wsparcie i rozwój;")],
    )
    assert first.touched == second.touched == {"a6"}
    assert by_id(first.units)["a6"].text == "wsparcie;"


def test_new_parts_of_two_steps_never_share_an_id():
    done = perform(
        SMALL_ACT,
        [
            Step(1, "insert", "a2", "Zasady:\n1) jawność;\n2) partnerstwo."),
            Step(2, "insert", "a2", "Formy:\n1) rozmowa;\n2) umowa."),
        ],
    )
    ids = [unit.id for unit in walk(result(SMALL_ACT, done))]
    assert len(ids) == len(set(ids))


def test_each_step_brings_its_formula():
    (done,) = perform(
        SMALL_ACT, [Step(1, "reword", "a2", "Program dotyczy współpracy Miasta z organizacjami.")]
    )
    assert any("§" in sentence and "1" in sentence for sentence in done.formula)


def test_spacing_does_not_make_another_wording():
    unit = Unit("x", Kind.POINT, "1", "kultury i\N{NO-BREAK SPACE}sportu;")
    assert same_wording(unit, "kultury  i sportu; ")
    assert not same_wording(unit, "kultury;")


words = st.lists(
    st.sampled_from(["gmina", "organizacje", "współpraca", "mieszkańcy", "co roku", "jawnie"]),
    min_size=1,
    max_size=6,
).map(" ".join)
targets = st.sampled_from([u.id for u in walk(SMALL_ACT) if u.kind is not Kind.TABLE])


@given(st.lists(st.tuples(st.sampled_from(["reword", "insert"]), targets, words), max_size=6))
def test_every_change_of_the_text_is_answered_for_by_a_step(wishes):
    """Zero changed provisions without a cause: what differs from the base, some step touched."""
    steps = [
        Step(n, what, target, text)
        for n, (what, target, text) in enumerate(wishes, 1)
        if what == "reword" or by_id(SMALL_ACT)[target].kind not in {Kind.CHAPTER}
    ]
    try:
        done = perform(SMALL_ACT, steps)
    except CannotApply:
        return  # an earlier step took the target's parts away
    before, after = by_id(SMALL_ACT), by_id(result(SMALL_ACT, done))
    touched = set().union(*(d.touched for d in done)) if done else set()
    added = after.keys() - before.keys()
    gone = before.keys() - after.keys()
    reworded = {i for i in before.keys() & after.keys() if before[i].text != after[i].text}
    assert added | gone | reworded <= touched
