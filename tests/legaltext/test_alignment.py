"""What became of each provision between two editions, as a clerk would say it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.legaltext.alignment import Alignment, Verdict, align
from app.legaltext.units import Kind, Unit, Units, by_id, walk

K, W, M, N = Verdict.KEPT, Verdict.REWORDED, Verdict.MOVED, Verdict.RENUMBERED
S, J, A, R = Verdict.SPLIT, Verdict.JOINED, Verdict.ADDED, Verdict.REPEALED


def section(unit_id: str, mark: str, text: str = "", *children: Unit) -> Unit:
    return Unit(unit_id, Kind.SECTION, mark, text, children)


def listed(kind: Kind, *items: tuple[str, str]) -> Units:
    """Units numbered from 1 (letters from a), given as id and text."""
    marks = "abcdefghij" if kind is Kind.LETTER else "123456789"
    return tuple(Unit(unit_id, kind, marks[at], text) for at, (unit_id, text) in enumerate(items))


def points(*items: tuple[str, str]) -> Units:
    return listed(Kind.POINT, *items)


def subsections(*items: tuple[str, str]) -> Units:
    return listed(Kind.SUBSECTION, *items)


def told(alignment: Alignment) -> list[tuple[str, str, set[Verdict]]]:
    return [
        (match.old.id if match.old else "", match.new.id if match.new else "", set(match.verdicts))
        for match in alignment.matches
    ]


def verdicts(alignment: Alignment) -> dict[str, set[Verdict]]:
    return {old or new: verdict for old, new, verdict in told(alignment)}


def fresh(units: Units) -> Units:
    """The same text as an import would give it: other ids."""
    return tuple(replace(u, id=f"n-{u.id}", children=fresh(u.children)) for u in units)


CULTURE = "organizowanie imprez kulturalnych dla mieszkańców gminy"
SPORT = "upowszechnianie kultury fizycznej wśród dzieci i młodzieży"
SENIORS = "aktywizacja społeczna osób starszych i samotnych"
ECOLOGY = "ochrona przyrody oraz edukacja ekologiczna w szkołach"
HEALTH = "profilaktyka uzależnień i promocja zdrowego stylu życia"

PROGRAMME = (
    Unit(
        "c1",
        Kind.CHAPTER,
        "1",
        "Postanowienia ogólne",
        (
            section(
                "s1", "1", "Ilekroć w programie jest mowa o ustawie, rozumie się przez to u.d.p.p."
            ),
            section("s2", "2", "Program obejmuje współpracę gminy z organizacjami w roku 2027."),
        ),
    ),
    Unit(
        "c2",
        Kind.CHAPTER,
        "2",
        "Zakres współpracy",
        (
            section(
                "s3",
                "3",
                "Do zadań priorytetowych należą:",
                *points(("p1", CULTURE + ";"), ("p2", SPORT + ";"), ("p3", SENIORS + ".")),
            ),
            section(
                "s4",
                "4",
                "",
                *subsections(
                    ("u1", "Konkurs ofert ogłasza burmistrz w Biuletynie Informacji Publicznej."),
                    ("u2", "Oferty ocenia komisja konkursowa powołana przez burmistrza."),
                ),
            ),
        ),
    ),
)


def in_section(*children: Unit, text: str = "Zadania:") -> Units:
    return (section("s", "1", text, *children),)


def test_an_unchanged_import_keeps_every_unit_and_every_id():
    alignment = align(PROGRAMME, fresh(PROGRAMME))
    assert all(match.verdicts == {K} for match in alignment.matches)
    assert alignment.carry_ids() == PROGRAMME


def test_a_new_section_at_the_top_renumbers_the_others_and_rewords_none():
    new = (
        section("x", "1", "Programowi nadaje się nazwę „Razem dla gminy”."),
        *(
            section(f"n{at}", str(at + 2), f"Postanowienie o sprawie {name} w gminie.")
            for at, name in enumerate(("lokali", "dotacji", "szkoleń", "komisji"))
        ),
    )
    old = tuple(replace(unit, id=f"o{at}", mark=str(at + 1)) for at, unit in enumerate(new[1:]))
    alignment = align(old, new)
    assert told(alignment) == [("", "x", {A}), *((f"o{at}", f"n{at}", {N}) for at in range(4))]
    assert [unit.id for unit in alignment.carry_ids()] == ["x", "o0", "o1", "o2", "o3"]


def test_one_list_item_split_in_two():
    old = in_section(
        *points(("p1", CULTURE), ("p2", f"{SPORT}, a także {SENIORS}"), ("p3", ECOLOGY))
    )
    new = in_section(*points(("a", CULTURE), ("b", SPORT), ("c", SENIORS), ("d", ECOLOGY)))
    alignment = align(old, new)
    assert told(alignment)[1:] == [
        ("p1", "a", {K}),
        ("p2", "b", {W, S}),
        ("", "c", {A, S}),
        ("p3", "d", {N}),
    ]
    part = alignment.of_new()["c"]
    assert part.origin is not None
    assert part.origin.id == "p2"


def test_a_section_split_into_subsections_keeps_its_id():
    old = (section("s", "4", f"Wspiera się {SPORT}. Gmina finansuje także {SENIORS}."),)
    new = (
        section(
            "n",
            "4",
            "",
            *subsections(
                ("a", f"Wspiera się {SPORT}."), ("b", f"Gmina finansuje także {SENIORS}.")
            ),
        ),
    )
    alignment = align(old, new)
    assert told(alignment) == [("s", "n", {W, S}), ("", "a", {A, S}), ("", "b", {A, S})]


def test_two_items_joined_into_one():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT), ("p3", SENIORS), ("p4", ECOLOGY)))
    new = in_section(*points(("a", CULTURE), ("b", f"{SPORT} oraz {SENIORS}"), ("c", ECOLOGY)))
    alignment = align(old, new)
    assert told(alignment)[1:] == [
        ("p1", "a", {K}),
        ("p2", "b", {W, J}),
        ("p3", "", {R, J}),
        ("p4", "c", {N}),
    ]
    joined = alignment.of_old()["p3"]
    assert joined.successor is not None
    assert joined.successor.id == "b"


def test_several_paragraphs_deleted_leave_the_others_as_they_were():
    texts = (CULTURE, SPORT, SENIORS, ECOLOGY, HEALTH)
    old = tuple(Unit(f"o{at}", Kind.PARAGRAPH, "", text) for at, text in enumerate(texts))
    new = tuple(Unit(f"n{at}", Kind.PARAGRAPH, "", texts[at]) for at in (0, 4))
    assert told(align(old, new)) == [
        ("o0", "n0", {K}),
        ("o1", "", {R}),
        ("o2", "", {R}),
        ("o3", "", {R}),
        ("o4", "n4", {K}),
    ]


def test_list_items_switched_and_inserted():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT), ("p3", SENIORS), ("p4", ECOLOGY)))
    new = in_section(
        *points(("a", CULTURE), ("b", SENIORS), ("x", HEALTH), ("c", SPORT), ("d", ECOLOGY))
    )
    found = told(align(old, new))
    assert [(before, after) for before, after, _ in found[1:]] == [
        ("p1", "a"),
        ("p3", "b"),
        ("", "x"),
        ("p2", "c"),
        ("p4", "d"),
    ]
    by_old = {before: verdict for before, _, verdict in found}
    assert sum(M in verdict for verdict in by_old.values()) == 1
    assert N in by_old["p2"] & by_old["p3"] & by_old["p4"]
    assert not any(W in verdict for verdict in by_old.values())


def test_numbered_sub_lists_changed():
    letters = listed(Kind.LETTER, ("l1", "turnieje"), ("l2", "zawody"), ("l3", "obozy letnie"))
    old = in_section(Unit("p1", Kind.POINT, "1", SPORT, letters), *points(("p2", CULTURE))[:0])
    changed = listed(Kind.LETTER, ("a", "zawody"), ("b", "biegi uliczne"), ("c", "obozy letnie"))
    new = in_section(Unit("n1", Kind.POINT, "2", SPORT, changed))
    assert told(align(old, new))[1:] == [
        ("p1", "n1", {N}),
        ("l1", "", {R}),
        ("l2", "a", {N}),
        ("", "b", {A}),
        ("l3", "c", {K}),
    ]


def test_a_section_edited_as_one_text_comes_back_as_the_same_units():
    edited = fresh(PROGRAMME[1].children)
    intro = replace(
        edited[0],
        children=points(
            ("e1", CULTURE + ";"), ("e2", f"{SPORT} w klubach;"), ("e3", SENIORS + ".")
        ),
    )
    alignment = align(PROGRAMME[1].children, (intro, edited[1]))
    assert [unit.id for unit in walk(alignment.carry_ids())] == [
        unit.id for unit in walk(PROGRAMME[1].children)
    ]
    assert {at for at, verdict in verdicts(alignment).items() if verdict != {K}} == {"p2"}


def test_a_unit_moved_and_reworded_under_another_section_is_still_itself():
    target = PROGRAMME[1].children[1]
    moved = Unit("m", Kind.POINT, "1", SPORT + " i osób z niepełnosprawnościami;")
    rest = (
        PROGRAMME[1].children[0].with_children(points(("a", CULTURE + ";"), ("b", SENIORS + ".")))
    )
    receiving = target.with_children((*target.children, moved))
    new = (PROGRAMME[0], PROGRAMME[1].with_children((rest, receiving)))
    found = align(PROGRAMME, fresh(new)).of_old()
    assert found["p2"].new is not None
    assert found["p2"].new.id == "n-m"
    assert found["p2"].verdicts == {W, M, N}
    assert found["p3"].verdicts == {N}


def test_chapters_that_change_places_take_their_sections_along():
    new = fresh((PROGRAMME[1], PROGRAMME[0]))
    found = verdicts(align(PROGRAMME, new))
    assert sum(M in verdict for verdict in found.values()) == 1
    assert found["s1"] == found["s3"] == found["p1"] == {K}


def test_a_provision_given_wholly_new_wording_in_its_place_is_reworded():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT), ("p3", ECOLOGY)))
    new = in_section(*points(("a", CULTURE), ("b", "remont dróg powiatowych"), ("c", ECOLOGY)))
    assert told(align(old, new))[2] == ("p2", "b", {W})


def test_a_repealed_and_an_added_unit_elsewhere_are_not_the_same():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT), ("p3", ECOLOGY)))
    new = in_section(*points(("a", CULTURE), ("b", ECOLOGY), ("c", "remont dróg powiatowych")))
    assert told(align(old, new))[1:] == [
        ("p1", "a", {K}),
        ("p2", "", {R}),
        ("p3", "b", {N}),
        ("", "c", {A}),
    ]


def test_a_wholly_other_text_shares_no_unit():
    other = (section("x", "1", "Traci moc uchwała o herbie."),)
    assert told(align((section("s", "1", CULTURE),), other)) == [("s", "", {R}), ("", "x", {A})]


def test_repealed_units_stand_where_they_stood():
    old = (
        section("s0", "1", "Przepis uchylony na samym początku aktu."),
        *PROGRAMME,
        section("s9", "9", "Przepis uchylony na samym końcu aktu."),
    )
    new = fresh((PROGRAMME[0], PROGRAMME[1].with_children(PROGRAMME[1].children[1:])))
    order = [before for before, _, _ in told(align(old, new))]
    assert order == ["s0", "c1", "s1", "s2", "c2", "s3", "p1", "p2", "p3", "s4", "u1", "u2", "s9"]


def test_equal_texts_are_paired_in_order():
    old = in_section(*points(("p1", "inne"), ("p2", SPORT), ("p3", "inne"), ("p4", "inne")))
    new = in_section(*points(("a", "inne"), ("b", SPORT), ("c", "inne")))
    found = {before: after for before, after, _ in told(align(old, new))}
    assert found == {"s": "s", "p1": "a", "p2": "b", "p3": "c", "p4": ""}


@pytest.mark.parametrize("trust", [True, False])
def test_empty_trees(trust):
    assert align((), (), trust_ids=trust).matches == ()
    assert told(align((), PROGRAMME[:1], trust_ids=trust))[0] == ("", "c1", {A})
    assert told(align(PROGRAMME[:1], (), trust_ids=trust))[0] == ("c1", "", {R})


def test_trusted_ids_win_over_words():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT)))
    swapped = in_section(*points(("p1", SPORT), ("p2", CULTURE)))
    assert told(align(old, swapped, trust_ids=True)) == [
        ("s", "s", {K}),
        ("p1", "p1", {W}),
        ("p2", "p2", {W}),
    ]
    assert told(align(old, swapped))[1][:2] == ("p2", "p1")


def test_an_added_unit_never_takes_an_id_of_the_old_text():
    old = in_section(*points(("p1", CULTURE), ("p2", SPORT)))
    new = in_section(*points(("p2", CULTURE), ("p1", "remont dróg"), ("p3", HEALTH)))
    carried = by_id(align(old, new).carry_ids())
    assert carried["p1"].text == CULTURE
    assert "p2" not in carried or carried["p2"].text == "remont dróg"
    assert len(carried) == 4


def test_marks_and_blanks_do_not_reword():
    old = (section("s", "4", "Gmina przeznacza 120 000,00 zł na zadania."),)
    new = (section("n", "4a", "Gmina przeznacza 120\u00a0000,00\u00a0zł  na zadania."),)
    assert told(align(old, new)) == [("s", "n", {N})]


def test_rows_of_a_table_belong_to_one_unit():
    old = (Unit("t", Kind.TABLE, "", "Zadanie\tKwota\nsport\t100 zł"),)
    new = (Unit("n", Kind.TABLE, "", "Zadanie\tKwota\nsport\t120 zł\nkultura\t20 zł"),)
    assert told(align(old, new)) == [("t", "n", {W})]


def test_repetition_and_depth_take_bounded_time():
    same = tuple(Unit(f"u{at}", Kind.POINT, str(at), "a a a a") for at in range(3_000))
    deep: Units = ()
    for at in range(3_000):
        deep = (Unit(f"d{at}", Kind.INDENT, "–", f"tekst {at} jest", deep),)
    since = time.process_time()
    assert len(align(same, same[:2_000]).matches) == 3_000
    assert len(align(deep, deep).matches) == 3_000
    assert time.process_time() - since < 5
