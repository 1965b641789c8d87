"""Remarks carried to later editions: found by words and context, never lost, never by offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.anchors import (
    Anchor,
    AnchorError,
    Placement,
    State,
    carry,
    carry_all,
    make_anchor,
    reanchored,
)
from app.legaltext.changes import Insert, Move, Repeal, Reword, apply
from app.legaltext.tokens import normalise
from app.legaltext.units import Unit, by_id, walk

from .provisions import change_sets, point, section, texts

SECOND = "Gmina ogłasza konkurs w terminie 14 dni. Skargę składa się w terminie 14 dni od wyniku."
TEXT = (
    section(1, "Ilekroć mowa o:", point("p1", "1", "Gminie;"), point("p2", "2", "ustawie.")),
    section(2, SECOND),
    section(3, "Gmina zleca zadania organizacjom pozarządowym z terenu Gminy."),
)


def quote(text, nth=0, of=1):
    """An anchor to the n-th place of the words in one of the sections."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT[of].text.index(text, start + 1)
    return make_anchor(TEXT[of], start, start + len(text))


def said(units, placement):
    return by_id(units)[placement.unit_id].text[placement.start : placement.end]


def test_a_quotation_is_widened_to_whole_words():
    start = SECOND.index("konkurs")
    anchor = make_anchor(TEXT[1], start + 2, start + len("konkurs") + 1)
    assert anchor == Anchor("s2", "konkurs", "Gmina ogłasza ", SECOND[start + 7 : start + 7 + 60])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (5, 4), (0, 9999), (5, 6)])
def test_no_words_cannot_be_quoted(start, end):
    with pytest.raises(AnchorError):
        make_anchor(TEXT[1], start, end)


def test_an_edition_that_changes_nothing_leaves_every_remark_in_its_place():
    assert carry(make_anchor(TEXT[1]), TEXT, TEXT) == Placement(State.PLACED, "s2")
    placement = carry(quote("14 dni", 1), TEXT, TEXT)
    assert placement == Placement(
        State.PLACED, "s2", SECOND.rindex("14 dni"), SECOND.rindex("14 dni") + 6
    )


def test_the_same_words_elsewhere_in_the_provision_are_told_apart_by_context():
    new = apply(TEXT, (Reword("s2", "Nowe zdanie, 14 dni trwa. " + SECOND),))
    placement = carry(quote("14 dni", 1), TEXT, new)
    assert placement.state is State.PLACED
    assert new[1].text[placement.start :].startswith("14 dni od wyniku")
    assert not placement.ambiguous


def test_the_other_place_of_the_same_words_is_not_taken_for_the_one_that_went():
    new = apply(TEXT, (Reword("s2", SECOND.replace(" w terminie 14 dni. S", " niezwłocznie. S")),))
    assert carry(quote("14 dni"), TEXT, new).start != 0
    gone = apply(TEXT, (Reword("s2", "Wynik podaje się po 14 dni przerwy."),))
    assert carry(quote("14 dni"), TEXT, gone) == Placement(State.CHANGED_BENEATH, "s2")


def test_places_that_nothing_tells_apart_are_ambiguous():
    twice = "w terminie 14 dni od"
    new = apply(TEXT, (Reword("s2", f"Raz {twice} wyniku, dwa {twice} wyniku, koniec."),))
    assert carry(quote("14 dni", 1), TEXT, new).ambiguous


def test_blanks_and_composed_letters_are_no_change():
    text = (
        SECOND.replace("14 dni", "14\u00a0dni").replace("ż", "z\u0307").replace(" w ", "  w\u200b ")
    )
    new = apply(TEXT, (Reword("s2", text),))
    placement = carry(quote("14 dni", 1), TEXT, new)
    assert placement.state is State.PLACED
    assert said(new, placement) == "14\u00a0dni"
    assert carry(make_anchor(TEXT[1]), TEXT, new).state is State.PLACED


def test_a_renumbering_moves_nothing_and_a_move_does():
    new = apply(TEXT, (Insert(section(9, "Nowy.")), Move("p1", "s3")))
    assert carry(make_anchor(TEXT[1]), TEXT, new) == Placement(State.PLACED, "s2")
    assert carry(Anchor("p1"), TEXT, new) == Placement(State.MOVED, "p1")
    assert carry(Anchor("p1", "Gminie", "", ";"), TEXT, new) == Placement(State.MOVED, "p1", 0, 6)


def test_a_provision_that_says_something_else_has_changed_beneath():
    new = apply(TEXT, (Reword("s3", "Gmina zleca."), Reword("p1", "Mieście;")))
    assert carry(Anchor("s3"), TEXT, new) == Placement(State.CHANGED_BENEATH, "s3")
    assert carry(Anchor("s1"), TEXT, new) == Placement(State.CHANGED_BENEATH, "s1")
    assert carry(quote("organizacjom", of=2), TEXT, new) == Placement(State.CHANGED_BENEATH, "s3")


def test_a_repealed_provision_leaves_its_remarks_orphaned():
    new = apply(TEXT, (Repeal("s3"),))
    assert carry(Anchor("s3"), TEXT, new) == Placement(State.ORPHANED)
    assert carry(quote("zleca", of=2), TEXT, new) == Placement(State.ORPHANED)


def test_words_cut_off_into_a_new_provision_are_followed():
    first, second = SECOND[: SECOND.index("Skargę")].strip(), SECOND[SECOND.index("Skargę") :]
    new = apply(TEXT, (Reword("s2", first), Insert(section("2a", second), None, "s2")))
    placement = carry(quote("14 dni", 1), TEXT, new)
    assert (placement.state, placement.unit_id) == (State.MOVED, "s2a")
    assert said(new, placement) == "14 dni"
    assert carry(quote("14 dni"), TEXT, new).unit_id == "s2"


def test_a_provision_joined_to_another_takes_its_remarks_along():
    joined = f"{SECOND} {TEXT[2].text}"
    new = apply(TEXT, (Reword("s2", joined), Repeal("s3")))
    assert carry(Anchor("s3"), TEXT, new) == Placement(
        State.MOVED, "s2", len(SECOND) + 1, len(joined)
    )
    assert said(new, carry(quote("organizacjom", of=2), TEXT, new)) == "organizacjom"


def test_a_short_provision_is_not_found_in_the_first_like_word():
    new = apply(TEXT, (Repeal("p1"), Reword("s3", "Gminie; nic więcej.")))
    assert carry(Anchor("p1"), TEXT, new) == Placement(State.ORPHANED)


def test_words_that_come_back_are_found_again():
    without = apply(TEXT, (Reword("s3", "Gmina zleca."),))
    anchor = quote("organizacjom", of=2)
    lost = carry(anchor, TEXT, without)
    again = carry(reanchored(anchor, lost, without), without, TEXT)
    assert said(TEXT, again) == "organizacjom"


def test_one_word_repeated_without_end_is_looked_for_in_bounded_time():
    unit = Unit("u", TEXT[0].kind, "1", "a " * 50_000)
    anchor = make_anchor(unit, 50_000, 50_041)
    assert carry(anchor, (unit,), (unit,)).ambiguous


@given(st.data())
def test_no_remark_is_lost_in_ten_editions(data):
    edition = data.draw(texts())
    anchors = {f"r{n}": anchor for n, anchor in enumerate(remarks(edition))}
    for number in range(10):
        new = apply(edition, data.draw(change_sets(edition, f"e{number}-", 3)))
        new = data.draw(split_or_joined(new, f"x{number}"))
        placements = dict(zip(anchors, carry_all(anchors.values(), edition, new), strict=True))
        assert placements.keys() == anchors.keys()
        for name, placement in placements.items():
            check(anchors[name], placement, edition, new)
            anchors[name] = reanchored(anchors[name], placement, new)
        edition = new


@st.composite
def split_or_joined(draw, units, new_id):
    """The text with one unit cut in two, or with two neighbours made one."""
    places = [
        (parent, at, siblings)
        for parent, siblings in [(None, units), *((u.id, u.children) for u in walk(units))]
        for at in range(len(siblings))
    ]
    if not places:
        return units
    parent, at, siblings = draw(st.sampled_from(places))
    unit, words = siblings[at], siblings[at].text.split(" ")
    if draw(st.booleans()) and len(words) > 1:
        cut = draw(st.integers(1, len(words) - 1))
        rest = Unit(new_id, unit.kind, "", " ".join(words[cut:]))
        first = Reword(unit.id, " ".join(words[:cut]))
        return apply(units, (first, Insert(rest, parent, unit.id)))
    if at + 1 < len(siblings):
        other = siblings[at + 1]
        return apply(
            units, (Reword(unit.id, f"{unit.text} {other.text}".strip()), Repeal(other.id))
        )
    return units


def remarks(units):
    for unit in walk(units):
        yield make_anchor(unit)
        if unit.text.strip():
            yield make_anchor(unit, 0, len(unit.text))
            yield make_anchor(unit, len(unit.text.rstrip()) - 1, len(unit.text))


def check(anchor, placement, old, new):
    """What each state promises."""
    units = by_id(new)
    stood = anchor.unit_id in by_id(old)
    if placement.state is State.ORPHANED:
        assert anchor.unit_id not in units
        assert placement == Placement(State.ORPHANED)
        return
    assert placement.unit_id in units
    if placement.start is not None:
        quote = anchor.quote or by_id(old)[anchor.unit_id].text
        assert normalise(said(new, placement)) == normalise(quote)
    if placement.state is State.PLACED:
        assert placement.unit_id == anchor.unit_id
        if stood and not anchor.quote:
            assert [normalise(u.text) for u in walk((by_id(old)[anchor.unit_id],))] == [
                normalise(u.text) for u in walk((units[anchor.unit_id],))
            ]
