"""A provision edited as plain lines comes back as the same units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.alignment import align
from app.legaltext.changes import Insert, Move, Repeal, Reword, apply
from app.legaltext.difference import between
from app.legaltext.editing import as_text, from_text, with_parts
from app.legaltext.units import Kind, Unit, by_id, walk

from .provisions import change_sets, point, section, subsection, texts

ENDING = Unit("e", Kind.COMMON_ENDING, "", "– zwane dalej „zadaniami”.")
TABLE = Unit("t", Kind.TABLE, "", "Lp.\tKwota\n1\t120 000,00 zł\n2\t80 000,00 zł")
ROWS = ("Lp.\tKwota", "1\t120 000,00 zł")
PROVISION = section(
    4,
    "",
    subsection(
        "u1",
        "1",
        "Gmina wspiera:",
        point("p1", "1", "sport:", Unit("l1", Kind.LETTER, "a", "dzieci,")),
        point("p2", "2", "kulturę;"),
        point("p3", "3", "naukę"),
        ENDING,
    ),
    subsection("u2", "2", "Kwoty podaje tabela:", TABLE),
)
LINES = (
    "1. Gmina wspiera:",
    "1) sport:",
    "a) dzieci,",
    "2) kulturę;",
    "3) naukę",
    "– zwane dalej „zadaniami”.",
    "2. Kwoty podaje tabela:",
    "Lp.\tKwota",
    "1\t120 000,00 zł",
    "2\t80 000,00 zł",
)


def edited(*replacements, unit=PROVISION):
    text = as_text(unit)
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return from_text(unit, text)


def changes(*replacements):
    return between((PROVISION,), (edited(*replacements),))


def test_a_provision_is_printed_line_by_line_without_its_own_mark():
    assert as_text(PROVISION) == "\n".join(LINES)
    assert as_text(point("p", "1", "sam;")) == "sam;"


def test_a_provision_sent_back_as_it_was_is_the_same_object():
    assert from_text(PROVISION, as_text(PROVISION)) is PROVISION
    assert from_text(PROVISION, as_text(PROVISION).replace("\n", "\r\n") + "\r\n") is PROVISION


@pytest.mark.parametrize(
    ("old", "new", "unit_id", "text"),
    [
        ("kulturę;", "kulturę i sztukę;", "p2", "kulturę i sztukę;"),
        ("dzieci,", "młodzież,", "l1", "młodzież,"),
        ("Gmina wspiera:", "Gmina współfinansuje:", "u1", "Gmina współfinansuje:"),
        ("„zadaniami”", "„celami”", "e", "– zwane dalej „celami”."),
        ("80 000,00", "90 000,00", "t", TABLE.text.replace("80 000,00", "90 000,00")),
        (
            "2\t80 000,00 zł",
            "2\t8 zł\n3\t9 zł",
            "t",
            "Lp.\tKwota\n1\t120 000,00 zł\n2\t8 zł\n3\t9 zł",
        ),
        ("3) naukę", "3) naukę\noraz oświatę", "p3", "naukę oraz oświatę"),
    ],
)
def test_a_line_reworded_is_one_unit_reworded(old, new, unit_id, text):
    (change,) = changes((old, new))
    assert change == Reword(unit_id, text, expected=by_id((PROVISION,))[unit_id].text)


def test_a_line_added_is_a_unit_added():
    (change,) = changes(("2) kulturę;", "2) kulturę;\n2a) turystykę;"))
    assert change == Insert(Unit("s4+1", Kind.POINT, "2a", "turystykę;"), "u1", "p2")


def test_a_line_taken_away_is_a_unit_repealed():
    assert changes(("2) kulturę;\n", "")) == (Repeal("p2"),)


def test_lines_put_in_another_order_are_units_moved():
    swapped = ("2) kulturę;\n3) naukę", "3) naukę\n2) kulturę;")
    assert [type(change) for change in changes(swapped)] == [Move]


def test_renumbering_by_hand_rewords_nothing():
    after = edited(("2) kulturę;", "2) turystykę;\n3) kulturę;"), ("3) naukę", "4) naukę"))
    said = between((PROVISION,), (after,), marks=False)
    assert [type(change) for change in said] == [Insert]
    assert [(u.id, u.mark) for u in after.children[0].children[1:4]] == [
        ("s4+1", "2"),
        ("p2", "3"),
        ("p3", "4"),
    ]


def test_a_section_may_bring_its_first_subsection_on_its_line():
    chapter = Unit("c", Kind.CHAPTER, "1", "Cele", (section(1, "Stary."),))
    after = from_text(chapter, as_text(chapter) + "\n§ 2. 1. Raz.\n2. Dwa.")
    assert after.children[1] == Unit(
        "c+1",
        Kind.SECTION,
        "2",
        "",
        (
            Unit("c+2", Kind.SUBSECTION, "1", "Raz."),
            Unit("c+3", Kind.SUBSECTION, "2", "Dwa."),
        ),
    )


def test_a_new_unit_may_bring_its_mark():
    blank = Unit("new", Kind.POINT, "", "")
    assert from_text(blank, "2a) turystykę:\na) letnią,") == Unit(
        "new", Kind.POINT, "2a", "turystykę:", (Unit("new+1", Kind.LETTER, "a", "letnią,"),)
    )
    assert from_text(blank, "turystykę;") == Unit("new", Kind.POINT, "", "turystykę;")


def test_what_cannot_be_read_as_parts_is_the_words_of_the_unit():
    assert from_text(point("p", "1", "stary;"), "nowy\n\n2) dalej\n§ 7. więcej") == point(
        "p", "1", "nowy 2) dalej § 7. więcej"
    )
    assert from_text(section(1, "Stary."), "") == section(1, "")


def test_a_year_at_the_beginning_of_a_line_is_no_mark():
    after = from_text(section(1, "Rok."), "Plan na lata:\n2026. i 2027.")
    assert after == section(1, "Plan na lata: 2026. i 2027.")


@given(st.data())
def test_every_provision_comes_back_from_its_own_lines(data):
    units = data.draw(texts())
    unit = Unit("root", Kind.CHAPTER, "1", "Tytuł", apply(units, data.draw(change_sets(units))))
    assert from_text(unit, as_text(unit)) == unit


@given(st.data())
def test_one_line_more_leaves_all_the_others_as_they_were(data):
    unit = Unit("root", Kind.CHAPTER, "1", "Tytuł", data.draw(texts()))
    lines = as_text(unit).split("\n")
    at = data.draw(st.integers(1, len(lines)))
    new = Unit("root+1", Kind.SECTION, "999", "Całkiem nowy przepis.")
    after = from_text(unit, "\n".join([*lines[:at], "§ 999. Całkiem nowy przepis.", *lines[at:]]))
    seen = by_id((after,))
    assert seen["root+1"].text == new.text
    assert {each.id: (each.kind, each.mark, each.text) for each in walk((unit,))} == {
        each.id: (each.kind, each.mark, each.text) for each in walk((after,)) if each.id != new.id
    }


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_without_an_error(before, after):
    unit = section(1, before.replace("\n", " "), point("p", "1", before.replace("\n", " ")))
    read = from_text(unit, after)
    assert read.id == unit.id
    assert len(by_id((read,))) == len(list(walk((read,))))


@given(st.data())
def test_lines_taken_away_doubled_and_shuffled_leave_every_id_once(data):
    units = data.draw(texts())
    unit = section(1, "Wstęp.", *apply(units, data.draw(change_sets(units))), TABLE, ENDING)
    lines = data.draw(st.lists(st.sampled_from(as_text(unit).split("\n")), max_size=20))
    read = from_text(unit, "\n".join(lines))
    assert read.id == unit.id
    assert len(by_id((read,))) == len(list(walk((read,))))


def test_parts_are_edited_alone_and_an_empty_one_is_taken_out():
    made = with_parts(PROVISION, {"p2": "kulturę i sztukę;", "u2": " "})
    assert as_text(made) == "\n".join(LINES[:6]).replace("kulturę;", "kulturę i sztukę;")
    assert {unit.id for unit in walk((made,))} == {"s4", "u1", "p1", "l1", "p2", "p3", "e"}


def test_of_parts_one_in_the_other_the_outer_one_counts():
    made = with_parts(PROVISION, {"p1": "sport;", "l1": "młodzież,"})
    assert by_id((made,))["p1"].text == "sport;"
    assert "l1" not in by_id((made,))


@given(st.sets(st.sampled_from(["u1", "p1", "l1", "p2", "p3", "e", "u2", "t"])))
def test_parts_given_back_as_they_were_change_nothing(chosen):
    known = by_id((PROVISION,))
    assert with_parts(PROVISION, {part: as_text(known[part]) for part in chosen}) == PROVISION


@given(st.sampled_from(["p1", "p2", "p3", "u2"]), st.text())
def test_editing_one_part_leaves_every_other_as_it_was(part, words):
    before, after = by_id((PROVISION,)), by_id((with_parts(PROVISION, {part: words}),))
    inside = {unit.id for unit in walk((before[part],))}
    for unit in walk((PROVISION,)):
        if unit.id not in inside:
            assert (after[unit.id].kind, after[unit.id].mark, after[unit.id].text) == (
                unit.kind,
                unit.mark,
                unit.text,
            )


@given(st.text("ab1). ż;"), st.text("ab1). ż;\n"))
def test_a_provision_without_parts_is_read_as_if_it_were_compared(old, new):
    unit = point("p", "1", old)
    read = from_text(unit, new)
    assert read == align((unit,), (read,), trust_ids=True).carry_ids()[0]
    assert read.id == "p"
