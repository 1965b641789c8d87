"""Folding the acts of a working draft into its text."""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from app.drafting.acts import Folded, Step, touched
from app.drafting.composition import fold
from app.drafting.steps import Asked, from_json, same_wording, shown_unit, step_of, to_json, told
from app.legaltext import editing
from app.legaltext.changes import Insert, Repeal
from app.legaltext.difference import between
from app.legaltext.merge import Verdict, collisions
from app.legaltext.units import Kind, Unit, Units, by_id, walk
from tests.drafting.acts import BASE, DOINGS, act, keyed, word, words_of
from tests.town import SMALL_ACT


def step(
    key: int,
    what: str,
    target: str,
    text: str = "",
    kind: Kind | None = None,
    on: Units = SMALL_ACT,
) -> Step:
    shown = shown_unit(on, target, what)
    assert shown is not None
    return step_of(key, Asked(what, target, editing.as_text(shown), text, kind), (on,))


def move(key: int, target: str, after: str) -> Step:
    return Step(key, "move", target, after=after)


def folded(*steps: Step, base: Units = SMALL_ACT) -> Folded:
    return fold(base, steps)


def test_nothing_done_leaves_the_base():
    assert folded().units == SMALL_ACT


def test_a_reworded_provision_is_the_only_one_touched():
    one = step(1, "reword", "a6", "wzmocnienie wszystkich organizacji;")
    done = folded(one)
    assert by_id(done.units)["a6"].text == "wzmocnienie wszystkich organizacji;"
    assert touched(one) == {"a6"}
    untouched = [u for u in walk(done.units) if u.id != "a6" and not u.children]
    assert all(by_id(SMALL_ACT)[u.id] == u for u in untouched)


def test_a_section_edited_as_one_text_touches_only_what_changed():
    text = editing.as_text(by_id(SMALL_ACT)["a3"]).replace("młodzieży,", "dzieci i młodzieży,")
    assert touched(step(1, "reword", "a3", text)) == {"a8"}


def test_the_title_of_a_chapter_is_reworded_without_what_it_holds():
    one = step(1, "reword", "a1", "Przepisy ogólne")
    chapter = by_id(folded(one).units)["a1"]
    assert chapter.text == "Przepisy ogólne"
    assert [c.id for c in chapter.children] == ["a2", "a3"]


def test_an_inserted_section_renumbers_those_after_it_and_rewords_none():
    one = step(7, "insert", "a2", "Program konsultuje się co roku.")
    sections = [u for u in walk(folded(one).units) if u.kind is Kind.SECTION]
    marks = [("a2", "1"), ("new-7", "2"), ("a3", "3"), ("a11", "4")]
    assert [(u.id, u.mark) for u in sections] == marks
    assert touched(one) == {"new-7"}


def test_a_narrower_kind_goes_inside_and_a_wider_one_after_what_encloses():
    done = folded(
        step(1, "insert", "a2", "osobom prawnym;", Kind.POINT),
        step(2, "insert", "a8", "Nowy paragraf.", Kind.SECTION),
    )
    tree = by_id(done.units)
    assert [c.id for c in tree["a2"].children] == ["new-1"]
    assert [c.id for c in tree["a1"].children] == ["a2", "a3", "new-2"]


def test_striking_takes_all_that_stands_beneath():
    one = step(1, "repeal", "a5")
    assert touched(one) == {"a5", "a6", "a7", "a8", "a9"}
    assert "a9" not in by_id(folded(one).units)


def test_an_act_on_what_is_gone_stands_aside_and_names_what_took_it():
    done = folded(step(1, "repeal", "a3"), step(2, "reword", "a6", "inaczej;"))
    assert done.colliding == {2}
    assert done.standings[2].met == (1,)


def test_nobody_strikes_out_words_that_they_have_not_seen():
    done = folded(step(1, "reword", "a6", "wsparcie;"), step(2, "repeal", "a5"))
    assert done.colliding == {2}
    assert by_id(done.units)["a6"].text == "wsparcie;"


def test_two_new_points_for_one_place_stand_in_the_order_of_the_acts_and_are_to_be_read():
    done = folded(
        step(1, "insert", "a6", "otwartość;"),
        step(2, "insert", "a6", "jawność;"),
        step(3, "insert", "a6", "partnerstwo;"),
    )
    points = by_id(done.units)["a5"].children
    assert [p.id for p in points] == ["a6", "new-1", "new-2", "new-3", "a7"]
    assert [p.mark for p in points] == ["1", "2", "3", "4", "5"]
    assert done.standings[3].verdict is Verdict.READ_BY_PERSON


def test_what_is_new_can_be_reworded_moved_and_struck_out():
    made = step(1, "insert", "a6", "otwartość;")
    text = folded(made).units
    worded = step(2, "reword", "new-1", "pełna otwartość;", on=text)
    later = folded(made, worded, move(3, "new-1", "a7"))
    assert [p.id for p in by_id(later.units)["a5"].children] == ["a6", "a7", "new-1"]
    assert by_id(later.units)["new-1"].text == "pełna otwartość;"
    gone = step(4, "repeal", "new-1", on=later.units)
    assert folded(made, worded, move(3, "new-1", "a7"), gone).units == SMALL_ACT
    assert folded(worded, gone).colliding == {2, 4}


def test_a_section_moves_with_all_it_holds_into_another_chapter():
    done = folded(move(1, "a3", "a11"))
    tree = by_id(done.units)
    assert [c.id for c in tree["a10"].children] == ["a11", "a3"]
    assert (tree["a11"].mark, tree["a3"].mark) == ("2", "3")
    assert tree["a3"].children == by_id(SMALL_ACT)["a3"].children


def test_a_part_moves_into_another_section_and_keeps_its_words():
    text = editing.as_text(by_id(SMALL_ACT)["a4"]) + " Zawsze."
    done = folded(step(1, "reword", "a4", text), move(2, "a4", "a2"))
    tree = by_id(done.units)
    assert [c.id for c in tree["a2"].children] == ["a4"]
    assert tree["a4"].text.endswith("Zawsze.")


def test_nothing_moves_into_itself():
    assert folded(move(1, "a3", "a6")).colliding == {1}


def test_new_parts_of_two_acts_never_share_an_id():
    done = folded(
        step(1, "insert", "a2", "Zasady:\n1) jawność;\n2) partnerstwo."),
        step(2, "insert", "a2", "Formy:\n1) rozmowa;\n2) umowa."),
    )
    ids = [unit.id for unit in walk(done.units)]
    assert len(ids) == len(set(ids))


def test_an_act_is_told_by_its_place_its_words_and_its_formula():
    one = step(1, "reword", "a6", "wzmocnienie klubów;")
    said = told(one, SMALL_ACT, SMALL_ACT)
    assert said.place.replace("\N{NO-BREAK SPACE}", " ") == "§ 2 ust. 2 pkt 1"
    assert "<ins>" in said.html
    assert "zastępuje się" in said.formula[0]
    assert "dodaje się" in told(step(2, "insert", "a2", "Nowy."), SMALL_ACT, SMALL_ACT).formula[0]


def test_spacing_does_not_make_another_wording():
    unit = Unit("x", Kind.POINT, "1", "kultury i\N{NO-BREAK SPACE}sportu;")
    assert same_wording(unit, "kultury  i sportu; ")
    assert not same_wording(unit, "kultury;")


# Laws.

lists = st.lists(DOINGS, max_size=7)


def acts(doings: list[tuple[str, int, int]]) -> list[Step]:
    made = [act(key, doing) for key, doing in enumerate(doings, start=1)]
    return [one for one in made if one is not None and touched(one)]


def change_set(one: Step):
    if one.what == "insert":
        alone = fold(BASE, [one]).units
        return between(BASE, alone, marks=False)
    if one.what == "repeal":
        return (Repeal(one.target),)
    return between((one.old,), (one.new,), marks=False)


def apart(steps: list[Step]) -> list[Step]:
    """The acts that exclude none of the others, as the engine says of each two of them.

    Beside what another strikes out nothing is put: its place is gone if that comes first.
    """
    gone = {
        unit.id for one in steps if one.what == "repeal" and one.old for unit in walk((one.old,))
    }
    steps = [one for one in steps if one.what != "insert" or one.target not in gone]
    pairs = collisions(BASE, {str(one.key): change_set(one) for one in steps})
    odd = {int(key) for pair in pairs for key in (pair.one, pair.other)}
    return [one for one in steps if one.key not in odd]


def said(units: Units) -> list[tuple[str, str, str, str]]:
    return [(u.id, str(u.kind), u.mark, u.text) for u in walk(units)]


@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_acts_that_do_not_collide_does_not_matter(doings, chance: random.Random):
    steps = apart(acts(doings))
    mixed = list(steps)
    chance.shuffle(mixed)
    straight = fold(BASE, steps)
    crossed = fold(BASE, [keyed(one, key) for key, one in enumerate(mixed, start=1)])
    assert not straight.colliding
    assert said(straight.units) == said(crossed.units)


@given(lists, st.integers(0, 6))
def test_switching_an_act_out_is_never_having_made_it(doings, which: int):
    steps = acts(doings)
    assume(steps)
    out = steps[which % len(steps)]
    rest = [one for one in steps if one is not out]
    without = fold(BASE, rest)
    assert word(out.key) not in words_of(without.units).replace(";", " ").split()
    assert fold(BASE, rest).units == without.units
    assert fold(BASE, steps).units == fold(BASE, [*rest, out]).units  # and in again


@given(lists)
def test_an_act_that_stands_aside_leaves_no_word_and_takes_none(doings):
    steps = acts(doings)
    done = fold(BASE, steps)
    fit = [one for one in steps if one.key not in done.colliding]
    assert said(fold(BASE, fit).units) == said(done.units)


@given(st.lists(DOINGS, min_size=1, max_size=6), st.integers(0, 5))
def test_acts_made_one_on_top_of_the_other_never_keep_words_of_one_that_is_out(doings, which: int):
    steps: list[Step] = []
    for key, doing in enumerate(doings, start=1):
        one = act(key, doing, fold(BASE, steps).units)
        if one is not None and touched(one):
            steps.append(one)
    done = fold(BASE, steps)
    assert not done.colliding
    assume(steps)
    out = steps[which % len(steps)]
    without = fold(BASE, [one for one in steps if one is not out])
    assert word(out.key) not in words_of(without.units).replace(";", " ").split()


@given(lists)
def test_every_change_of_the_text_is_answered_for_by_an_act(doings):
    steps = acts(doings)
    done = fold(BASE, steps)
    known = set().union(*(touched(s) for s in steps if s.key not in done.colliding), set())
    for change in between(BASE, done.units, marks=False):
        if isinstance(change, Insert):
            assert {unit.id for unit in walk((change.unit,))} <= known
        else:
            assert change.unit_id in known


@given(lists)
def test_a_text_comes_back_from_what_was_kept(doings):
    units = fold(BASE, acts(doings)).units
    assert from_json(to_json(units)) == units
