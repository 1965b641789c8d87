"""What every alignment promises, whatever the two texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.alignment import Verdict, align
from app.legaltext.units import Kind, Unit, Units, walk

WORDS = st.sampled_from(
    ["gmina", "organizacja", "zadanie", "sport", "kultura", "i", "w", "100 zł", ".", ",", "ą"]
)
TEXTS = st.one_of(st.just(""), st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=9))
KINDS = st.sampled_from(list(Kind))
MARKS = st.sampled_from(["", "1", "2", "3", "a", "–"])


def _unit(children: st.SearchStrategy[list[Unit]]) -> st.SearchStrategy[Unit]:
    return st.builds(Unit, st.just(""), KINDS, MARKS, TEXTS, children.map(tuple))


FORESTS = st.lists(
    st.recursive(
        _unit(st.just([])), lambda inner: _unit(st.lists(inner, max_size=4)), max_leaves=8
    ),
    max_size=5,
)


def _numbered(units: list[Unit] | Units, prefix: str) -> Units:
    """The forest with ids that are unique in it."""
    count = iter(range(10_000))

    def named(unit: Unit) -> Unit:
        name = f"{prefix}{next(count)}"
        return replace(unit, id=name, children=tuple(named(child) for child in unit.children))

    return tuple(named(unit) for unit in units)


@st.composite
def editions(draw: st.DrawFn) -> tuple[Units, Units]:
    """Two texts, often with common units, and with ids that may clash."""
    old = _numbered(draw(FORESTS), "u")
    kept = draw(st.lists(st.sampled_from(old), max_size=5)) if old else []
    new = draw(st.permutations([*kept, *draw(FORESTS)]))
    return old, _numbered(new, draw(st.sampled_from(["u", "n"])))


@given(editions(), st.booleans())
def test_every_unit_of_both_texts_is_told_once(pair, trust):
    old, new = pair
    alignment = align(old, new, trust_ids=trust)
    ours = Counter(match.old.id for match in alignment.matches if match.old)
    theirs = [match.new for match in alignment.matches if match.new]
    assert ours == Counter(unit.id for unit in walk(old))
    assert theirs == list(walk(new))


@given(editions(), st.booleans())
def test_carried_ids_are_unique_and_change_nothing_else(pair, trust):
    old, new = pair
    alignment = align(old, new, trust_ids=trust)
    carried = list(walk(alignment.carry_ids()))
    assert len({unit.id for unit in carried}) == len(carried)
    assert [(u.kind, u.mark, u.text) for u in carried] == [
        (u.kind, u.mark, u.text) for u in walk(new)
    ]
    old_ids = {unit.id for unit in walk(old)}
    present = [match for match in alignment.matches if match.new]
    for match, unit in zip(present, carried, strict=True):
        assert unit.id == match.old.id if match.old else unit.id not in old_ids


@given(FORESTS, st.booleans())
def test_a_text_aligned_with_itself_is_kept(forest, trust):
    units = _numbered(forest, "u")
    alignment = align(units, units, trust_ids=trust)
    assert all(match.verdicts == {Verdict.KEPT} for match in alignment.matches)
    assert alignment.carry_ids() == units


@given(editions())
def test_carried_ids_are_found_again_by_trusting_them(pair):
    old, new = pair
    carried = align(old, new).carry_ids()
    old_ids = {unit.id for unit in walk(old)}
    again = align(old, carried, trust_ids=True).of_old()
    for unit in walk(carried):
        if unit.id in old_ids:
            assert again[unit.id].new == unit


@given(editions())
def test_verdicts_fit_the_sides(pair):
    for match in align(*pair).matches:
        assert (Verdict.ADDED in match.verdicts) == (match.old is None)
        assert (Verdict.REPEALED in match.verdicts) == (match.new is None)
        assert Verdict.KEPT not in match.verdicts or len(match.verdicts) == 1
        assert (match.origin is not None) == ({Verdict.ADDED, Verdict.SPLIT} <= match.verdicts)
        assert (match.successor is not None) == (
            {Verdict.REPEALED, Verdict.JOINED} <= match.verdicts
        )


@given(editions())
def test_the_same_texts_always_align_the_same(pair):
    assert align(*pair) == align(*pair)
