"""The amending formula, as a Polish legal office would write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.changes import Insert, Move, Repeal, Reword, UnknownUnit, apply
from app.legaltext.difference import between
from app.legaltext.instruction import formula
from app.legaltext.numbering import renumber
from app.legaltext.tokens import normalise
from app.legaltext.units import Kind, Unit, walk

from .provisions import change_sets, point, section, subsection, texts

CELEM = "Celem głównym jest lepsze zaspokajanie potrzeb, a nie oszczędność."
INDENTS = (
    Unit("t1", Kind.INDENT, "–", "uczniom szkół podstawowych;"),
    Unit("t2", Kind.INDENT, "–", "wychowankom przedszkoli."),
)
TEXT = (
    Unit(
        "c1",
        Kind.CHAPTER,
        "1",
        "Postanowienia ogólne",
        (
            section(
                1,
                "Ilekroć jest mowa o:",
                point("p1", "1", "Gminie – należy przez to rozumieć Gminę Miechów;"),
                point("p2", "2", "ustawie – należy przez to rozumieć ustawę."),
            ),
            section(
                2,
                "",
                subsection("u1", "1", "Program trwa jeden rok."),
                subsection(
                    "u2",
                    "2",
                    "Gmina zleca zadania organizacjom w terminie 14 dni, z pomocą:",
                    point(
                        "q1", "1", "młodzieży:", Unit("l1", Kind.LETTER, "a", "uczniom", INDENTS)
                    ),
                ),
            ),
        ),
    ),
    Unit(
        "c2",
        Kind.CHAPTER,
        "2",
        "Cele Programu",
        (
            section(3, CELEM),
            section(4, "Kwota wynosi 120 000,00 zł. Kwota może wzrosnąć."),
            section(5, "Gmina ogłasza wyniki, gmina je przechowuje."),
        ),
    ),
)


def plain(sentences):
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def said(*changes, **options):
    return plain(formula(TEXT, changes, **options))


@pytest.mark.parametrize(
    ("unit_id", "text", "sentence"),
    [
        (
            "u1",
            "Program trwa jeden miesiąc.",
            "w § 2 w ust. 1 wyraz „rok” zastępuje się wyrazem „miesiąc”",
        ),
        (
            "u1",
            "Program trwa dwa lata.",
            "w § 2 w ust. 1 wyrazy „jeden rok” zastępuje się wyrazami „dwa lata”",
        ),
        (
            "u1",
            "Program trwa jeden rok szkolny.",
            "w § 2 w ust. 1 po wyrazie „rok” dodaje się wyraz „szkolny”",
        ),
        (
            "s3",
            "Celem głównym jest lepsze zaspokajanie potrzeb.",
            "w § 3 skreśla się przecinek i wyrazy „a nie oszczędność”",
        ),
        ("u1", "Program trwa rok.", "w § 2 w ust. 1 skreśla się wyraz „jeden”"),
        (
            "s4",
            "Kwota wynosi 130 000,00 zł. Kwota może wzrosnąć.",
            "w § 4 wyrazy „120 000,00 zł” zastępuje się wyrazami „130 000,00 zł”",
        ),
        ("s4", "Kwota wynosi 120 000,00 zł.", "w § 4 skreśla się zdanie drugie"),
        ("s4", "Kwota może wzrosnąć.", "w § 4 skreśla się zdanie pierwsze"),
        (
            "s3",
            "Celem głównym jest lepsze zaspokajanie potrzeb, a nie oszczędność. Cel ocenia Rada.",
            "w § 3 dodaje się zdanie drugie w brzmieniu: „Cel ocenia Rada.”",
        ),
        (
            "s4",
            "Kwota wynosi 120 000,00 zł. Dzieli ją Rada. Kwota może wzrosnąć.",
            "w § 4 po zdaniu pierwszym dodaje się zdanie w brzmieniu: „Dzieli ją Rada.”",
        ),
        (
            "u1",
            "Ten Program trwa jeden rok.",
            "w § 2 w ust. 1 przed wyrazem „Program” dodaje się wyraz „Ten”",
        ),
        ("p1", TEXT[0].children[0].children[0].text[:-1] + ",", None),
        (
            "u1",
            "Program „Razem” trwa jeden rok.",
            "w § 2 w ust. 1 po wyrazie „Program” dodaje się wyraz „«Razem»”",
        ),
        (
            "c2",
            "Cele i zadania Programu",
            "w rozdziale 2 w tytule po wyrazie „Cele” dodaje się wyrazy „i zadania”",
        ),
        ("c2", "Priorytety", "w rozdziale 2 tytuł otrzymuje brzmienie: „Priorytety”"),
        (
            "u2",
            "Gmina zleca zadania organizacjom w terminie 21 dni, z pomocą:",
            "w § 2 w ust. 2 we wprowadzeniu do wyliczenia wyraz „14” zastępuje się wyrazem „21”",
        ),
        (
            "t2",
            "wychowankom żłobków.",
            "w § 2 w ust. 2 w pkt 1 w lit. a w tiret drugim wyraz „przedszkoli” zastępuje się "
            "wyrazem „żłobków”",
        ),
        (
            "u1",
            "Rada uchwala plan na każdy kolejny kwartał.",
            "§ 2 ust. 1 otrzymuje brzmienie: „1. Rada uchwala plan na każdy kolejny kwartał.”",
        ),
        (
            "s5",
            "Gmina ogłasza wyniki, urząd je przechowuje.",
            "§ 5 otrzymuje brzmienie: „§ 5. Gmina ogłasza wyniki, urząd je przechowuje.”",
        ),
    ],
)
def test_new_words_of_one_provision(unit_id, text, sentence):
    sentence = sentence or "w § 1 w pkt 1 średnik na końcu zastępuje się przecinkiem"
    assert said(Reword(unit_id, text)) == [sentence]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([Repeal("s3")], "skreśla się § 3"),
        ([Repeal("s3"), Repeal("s4")], "skreśla się § 3 i 4"),
        ([Repeal("s3"), Repeal("s4"), Repeal("s5")], "skreśla się § 3–5"),
        ([Repeal("p2")], "w § 1 skreśla się pkt 2"),
        ([Repeal("t1")], "w § 2 w ust. 2 w pkt 1 w lit. a skreśla się tiret pierwsze"),
        ([Repeal("c2")], "skreśla się rozdział 2"),
        ([Move("s4", "c1", "s1")], "§ 4 przenosi się do rozdziału 1 po § 1"),
        ([Move("p2", "s1")], "w § 1 pkt 2 przenosi się przed pkt 1"),
        (
            [Reword("s3", TEXT[1].children[0].text, mark="7")],
            "dotychczasowy § 3 oznacza się jako § 7",
        ),
    ],
)
def test_provisions_struck_moved_and_marked(changes, sentence):
    assert said(*changes) == [sentence]


def test_a_text_in_force_is_repealed():
    assert said(Repeal("s4"), Repeal("p1"), draft=False) == [
        "w § 1 uchyla się pkt 1",
        "uchyla się § 4",
    ]


@pytest.mark.parametrize(
    ("insert", "sentence"),
    [
        (
            Insert(section("", "Nowy „ważny” przepis."), "c1", "s1"),
            "po § 1 dodaje się § 1a w brzmieniu: „§ 1a. Nowy «ważny» przepis.”",
        ),
        (
            Insert(section("", "Ostatni."), "c2", "s5"),
            "po § 5 dodaje się § 6 w brzmieniu: „§ 6. Ostatni.”",
        ),
        (
            Insert(section("", "Nowy."), "c2"),
            "w rozdziale 2 przed § 3 dodaje się § 2a w brzmieniu: „§ 2a. Nowy.”",
        ),
        (
            Insert(point("x", "", "urzędzie;"), "s1", "p1"),
            "w § 1 po pkt 1 dodaje się pkt 1a w brzmieniu: „1a) urzędzie;”",
        ),
        (
            Insert(Unit("x", Kind.INDENT, "–", "studentom;"), "l1", "t1"),
            "w § 2 w ust. 2 w pkt 1 w lit. a po tiret pierwszym dodaje się tiret w brzmieniu: "
            "„– studentom;”",
        ),
        (
            Insert(point("x", "", "jeden;"), "s3"),
            "w § 3 dodaje się pkt 1 w brzmieniu: „1) jeden;”",
        ),
        (
            Insert(Unit("c", Kind.CHAPTER, "", "Zasady", (section("", "Jawność."),)), None, "c1"),
            "po rozdziale 1 dodaje się rozdział 1a w brzmieniu: "
            "„Rozdział 1a\nZasady\n§ 2a. Jawność.”",
        ),
    ],
)
def test_provisions_added(insert, sentence):
    assert said(insert) == [sentence]


def test_neighbours_of_one_kind_are_added_in_one_breath():
    assert said(
        Insert(point("x", "", "urzędzie;"), "s1", "p1"),
        Insert(point("y", "", "radzie;"), "s1", "x"),
    ) == ["w § 1 po pkt 1 dodaje się pkt 1a i 1b w brzmieniu: „1a) urzędzie;\n1b) radzie;”"]


def test_a_provision_struck_and_added_under_its_mark_has_a_new_wording():
    assert said(
        Repeal("s3"), Insert(section(3, "Nowy.").__class__("x", Kind.SECTION, "3", "Nowy."), "c2")
    ) == ["§ 3 otrzymuje brzmienie: „§ 3. Nowy.”"]


def test_several_changes_of_one_section_stand_in_order_as_a_list():
    assert said(
        Insert(subsection("x", "", "Trzeci."), "s2", "u2"),
        Reword("u2", "Gmina powierza zadania organizacjom w terminie 21 dni, z pomocą:"),
        Reword("u1", "Program trwa dwa lata."),
        Repeal("s4"),
    ) == [
        "w § 2:\n"
        "a) w ust. 1 wyrazy „jeden rok” zastępuje się wyrazami „dwa lata”,\n"
        "b) w ust. 2 we wprowadzeniu do wyliczenia:\n"
        "– wyraz „zleca” zastępuje się wyrazem „powierza”,\n"
        "– wyraz „14” zastępuje się wyrazem „21”,\n"
        "c) po ust. 2 dodaje się ust. 3 w brzmieniu: „3. Trzeci.”",
        "skreśla się § 4",
    ]


def test_a_section_changed_everywhere_is_given_as_a_whole():
    points = tuple(point(f"z{n}", str(n), f"stary zapis numer {n};") for n in range(1, 11))
    text = (section(9, "Zasady:", *points),)
    changes = tuple(Reword(f"z{n}", f"nowy zapis numer {n};") for n in range(1, 11))
    (sentence,) = plain(formula(text, changes))
    assert sentence.startswith("§ 9 otrzymuje brzmienie: „§ 9. Zasady:\n1) nowy zapis numer 1;\n")


def test_a_new_section_at_the_top_renumbers_the_others_in_one_sentence():
    after = renumber(apply(TEXT, (Insert(section("0", "Nowy."), "c1"),)))
    assert plain(formula(TEXT, between(TEXT, after))) == [
        "w rozdziale 1 przed § 1 dodaje się § 1 w brzmieniu: „§ 1. Nowy.”",
        "dotychczasowe § 1–5 oznacza się jako § 2–6",
    ]


def test_numbers_are_joined_to_their_words_by_no_break_spaces():
    assert formula(TEXT, (Repeal("p2"),)) == ("w §\u00a01 skreśla się pkt\u00a02",)


def test_equal_words_say_nothing():
    assert formula(TEXT, (Reword("u1", "Program\u00a0trwa  jeden rok."),)) == ()
    assert formula(TEXT, ()) == ()


def test_changes_that_cannot_be_made_are_refused():
    with pytest.raises(UnknownUnit):
        formula(TEXT, (Repeal("nothing"),))


@given(st.data())
def test_every_change_that_is_seen_is_said_and_no_other(data):
    units = data.draw(texts())
    changes = data.draw(change_sets(units))
    after = apply(units, changes)
    sentences = formula(units, changes)
    assert bool(sentences) == (folded(units) != folded(after))
    assert all(sentence == sentence.strip() != "" for sentence in sentences)


def folded(units):
    return [
        (unit.id, unit.kind, unit.mark, normalise(unit.text), [child.id for child in unit.children])
        for unit in (Unit("", Kind.PREAMBLE, "", "", units), *walk(units))
    ]


def test_in_a_text_that_is_renumbered_a_new_point_bears_its_new_number() -> None:
    points = tuple(Unit(f"p{n}", Kind.POINT, str(n), f"sprawy {n};") for n in (1, 2, 3))
    before = (Unit("s", Kind.SECTION, "4", "Cele to:", points),)
    added = (Insert(Unit("x", Kind.POINT, "2", "sprawy nowe;"), "s", "p1"),)
    assert "dodaje się pkt 2 " in formula(before, added, renumbered=True)[0].replace("\xa0", " ")
    assert "dodaje się pkt 1a " in formula(before, added)[0].replace("\xa0", " ")
