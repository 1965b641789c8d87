"""What a new edition makes of a wording that was proposed for an earlier one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.legaltext.changes import apply
from app.legaltext.editing import as_text, from_text
from app.legaltext.tokens import normalise
from app.legaltext.units import Kind, Unit, Units, by_id, walk
from app.remarks.fate import Fate
from app.remarks.models import AmendmentKind
from app.remarks.rebasing import Became, Step, Written
from tests.legaltext.provisions import WORDINGS, change_sets, point, section, texts

REWORD, INSERT, STRIKE = AmendmentKind.REWORD, AmendmentKind.INSERT, AmendmentKind.STRIKE

WORDS = "Gmina wspiera zadania. Organizacje składają oferty."
BASE = (
    section(1, WORDS),
    section(2, "Cele:", point("p1", "1", "sport;"), point("p2", "2", "wiek.")),
)


def reading(text: str, second: Unit | None = BASE[1]) -> Units:
    """The text whose first § reads otherwise."""
    return tuple(unit for unit in (section(1, text), second) if unit is not None)


def became(kind: AmendmentKind, text: str, new: Units, unit_id: str = "s1") -> Became:
    return Step(BASE, new).became(Written(kind, unit_id, text))


@pytest.mark.parametrize(
    ("proposed", "new", "fate", "text"),
    [
        pytest.param(
            "Gmina zleca zadania. Organizacje składają oferty.",
            "Gmina wspiera zadania. Organizacje składają oferty do maja.",
            Fate.REBASED,
            "Gmina zleca zadania. Organizacje składają oferty do maja.",
            id="each in its own sentence",
        ),
        pytest.param(
            "Gmina zleca zadania. Organizacje składają oferty.",
            "Gmina dotuje zadania. Organizacje składają oferty.",
            Fate.CHANGED_BENEATH,
            "Gmina zleca zadania. Organizacje składają oferty.",
            id="the same word otherwise",
        ),
        pytest.param(
            "Gmina zleca zadania. Organizacje składają oferty.",
            "Gmina zleca zadania. Organizacje składają oferty.",
            Fate.SATISFIED,
            "Gmina zleca zadania. Organizacje składają oferty.",
            id="just what was proposed",
        ),
        pytest.param(
            "Gmina zleca zadania. Organizacje składają oferty.",
            "Gmina zleca zadania. Organizacje składają oferty do maja.",
            Fate.SATISFIED,
            "Gmina zleca zadania. Organizacje składają oferty.",
            id="what was proposed and more",
        ),
        pytest.param(
            "Gmina zleca zadania. Organizacje składają oferty.",
            "Gmina  wspiera zadania. Organizacje składają oferty.",
            Fate.STANDS,
            "Gmina zleca zadania. Organizacje składają oferty.",
            id="only a blank",
        ),
    ],
)
def test_a_new_wording(proposed: str, new: str, fate: Fate, text: str) -> None:
    found = became(REWORD, proposed, reading(new))
    assert (found.fate, found.text, found.unit_id) == (fate, text, "s1")


def test_two_changes_in_one_sentence_are_to_be_read_by_a_person() -> None:
    found = became(
        REWORD,
        "Gmina zleca zadania. Organizacje składają oferty.",
        reading("Gmina wspiera zadania publiczne. Organizacje składają oferty."),
    )
    assert (found.fate, found.to_read) == (Fate.REBASED, True)
    assert found.text == "Gmina zleca zadania publiczne. Organizacje składają oferty."
    assert found.seen == "Gmina wspiera zadania publiczne. Organizacje składają oferty."


def test_a_collision_keeps_what_was_written_and_tells_what_stands_now() -> None:
    new = "Gmina dotuje zadania. Organizacje składają oferty."
    found = became(REWORD, "Gmina zleca zadania. Organizacje składają oferty.", reading(new))
    assert (found.seen, found.now) == (WORDS, new)


def test_a_provision_that_is_gone_leaves_a_new_wording_an_orphan() -> None:
    found = became(REWORD, "Inaczej.", (BASE[1],))
    assert (found.fate, found.unit_id, found.seen, found.text) == (
        Fate.ORPHANED,
        "",
        WORDS,
        "Inaczej.",
    )


def test_a_provision_that_got_another_id_is_found_by_its_words() -> None:
    found = became(REWORD, "Inaczej.", (replace(BASE[0], id="s9"), BASE[1]))
    assert (found.fate, found.unit_id) == (Fate.STANDS, "s9")


@pytest.mark.parametrize(
    ("new", "fate"),
    [
        (reading(WORDS), Fate.STANDS),
        ((BASE[1],), Fate.SATISFIED),
        (reading("Gmina dotuje zadania."), Fate.CHANGED_BENEATH),
    ],
    ids=["as it was", "struck out", "reworded"],
)
def test_striking_out(new: Units, fate: Fate) -> None:
    assert became(STRIKE, "", new).fate is fate


@pytest.mark.parametrize(
    ("new", "fate", "to_read"),
    [
        (reading(WORDS), Fate.STANDS, False),
        (reading("Gmina dotuje zadania."), Fate.REBASED, False),
        ((BASE[1], BASE[0]), Fate.STANDS, False),
        ((BASE[1],), Fate.ORPHANED, False),
        ((BASE[0], section(7, "Nowy przepis."), BASE[1]), Fate.SATISFIED, False),
        ((BASE[0], section(7, "Inny przepis."), BASE[1]), Fate.REBASED, True),
    ],
    ids=["as it was", "reworded", "moved", "gone", "said already", "another one in its place"],
)
def test_a_new_provision_moves_with_the_one_it_follows(
    new: Units, fate: Fate, to_read: bool
) -> None:
    found = became(INSERT, "§ 2. Nowy przepis.", new)
    assert (found.fate, found.to_read) == (fate, to_read)
    assert found.text == "§ 2. Nowy przepis."


def test_a_part_added_by_each_side_is_marked_as_the_new_edition_marks_them() -> None:
    added = section(2, "Cele:", point("p1", "1", "sport;"), point("n", "2", "zdrowie;"))
    added = added.with_children((*added.children, point("p2", "3", "wiek.")))
    found = became(REWORD, "Cele:\n1) sport i kultura;\n2) wiek.", (BASE[0], added), "s2")
    assert found.fate is Fate.REBASED
    assert found.text == "Cele:\n1) sport i kultura;\n2) zdrowie;\n3) wiek."


def test_a_proposed_part_pushes_on_the_marks_of_those_after_it() -> None:
    new = (BASE[0], section(2, "Cele gminy:", *BASE[1].children))
    found = became(REWORD, "Cele:\n1) sport;\n2) zdrowie;\n3) wiek.", new, "s2")
    assert found.text == "Cele gminy:\n1) sport;\n2) zdrowie;\n3) wiek."


@st.composite
def proposals(draw: st.DrawFn, units: Units) -> Written:
    unit = draw(st.sampled_from(list(walk(units))))
    kind = draw(st.sampled_from(list(AmendmentKind)))
    return Written(kind, unit.id, "" if kind is STRIKE else draw(WORDINGS))


@given(st.data())
def test_an_identical_text_changes_nothing(data: st.DataObject) -> None:
    units = data.draw(texts())
    written = data.draw(proposals(units))
    found = Step(units, units).became(written)
    seen = as_text(by_id(units)[written.unit_id])
    assert found == Became(Fate.STANDS, written.unit_id, seen, written.text)


@given(st.data())
@settings(deadline=None)
def test_every_wording_ends_in_one_state_whatever_the_edition_does(data: st.DataObject) -> None:
    units = data.draw(texts())
    written = data.draw(proposals(units))
    new = apply(units, data.draw(change_sets(units)))
    standing = by_id(new)
    found = Step(units, new).became(written)
    assert (found.unit_id in standing) == bool(found.unit_id)
    if found.fate is Fate.REBASED:
        assert normalise(found.seen) == normalise(as_text(standing[found.unit_id]))
    if found.fate is Fate.ORPHANED:
        assert written.unit_id not in standing
    if found.fate in {Fate.ORPHANED, Fate.CHANGED_BENEATH}:
        assert (found.seen, found.text) == (as_text(by_id(units)[written.unit_id]), written.text)
    assert (found.fate is Fate.CHANGED_BENEATH) or not found.now


@given(st.data())
@settings(deadline=None)
def test_what_was_rebased_can_be_made_to_the_new_edition(data: st.DataObject) -> None:
    """Read again as a change to the new provision, the carried wording gives itself."""
    units = data.draw(texts())
    written = data.draw(proposals(units))
    new = apply(units, data.draw(change_sets(units)))
    found = Step(units, new).became(written)
    if found.fate is not Fate.REBASED or written.kind is not REWORD:
        return
    target = by_id(new)[found.unit_id]
    assert normalise(as_text(from_text(target, found.text))) == normalise(found.text)


def test_a_text_in_chapters_keeps_the_numbers_of_its_sections() -> None:
    chapter = Unit("c", Kind.CHAPTER, "2", "Cele", (section(4, "Jeden."), section(5, "Dwa.")))
    base = (section(3, "Zero."), chapter)
    new = (section(3, "Zero."), replace(chapter, text="Cele gminy"))
    text = as_text(chapter).replace("Dwa.", "Dwa i pół.")
    found = Step(base, new).became(Written(REWORD, "c", text))
    assert found.fate is Fate.REBASED
    assert found.text == as_text(new[1]).replace("Dwa.", "Dwa i pół.")
