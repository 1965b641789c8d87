"""Outlines of typed drafts: the habits of real town halls, on texts made up for the tests."""

import pytest

from app.legaltext.draft_files import outline_of_text
from app.legaltext.outline import OutlineError, to_json
from tests.legaltext.word_files import drawn

CLEAN = """Załącznik do uchwały Nr .../2020

Program współpracy Gminy Wierzbowo z organizacjami na rok 2021

Rozdział 1

Postanowienia ogólne

§ 1. Ilekroć w Programie jest mowa o:

1) Gminie – należy przez to rozumieć Gminę Wierzbowo;

2) ustawie – należy przez to rozumieć ustawę z dnia 24 kwietnia 2003 r.

§ 2. 1. Program dotyczy zadań, o których mowa w art. 4 ust. 1 ustawy.

2. Zadania zleca się w tym na rzecz:

1) dzieci:

a) do lat 7,

b) starszych, w tym:

– uczniów,

– harcerzy;

2) seniorów.

Rozdział 2

Środki

§ 3. Na realizację Programu przeznacza się 40 000,00 zł.
"""

TREE = [
    "chapter 1 Postanowienia ogólne",
    "  section 1 Ilekroć w Programie jest mowa o:",
    "    point 1 Gminie – należy przez to rozumieć Gminę Wierzbowo;",
    "    point 2 ustawie – należy przez to rozumieć ustawę z dnia 24 kwietnia 2003 r.",
    "  section 2",
    "    subsection 1 Program dotyczy zadań, o których mowa w art. 4 ust. 1 ustawy.",
    "    subsection 2 Zadania zleca się w tym na rzecz:",
    "      point 1 dzieci:",
    "        letter a do lat 7,",
    "        letter b starszych, w tym:",
    "          indent – uczniów,",
    "          indent – harcerzy;",
    "      point 2 seniorów.",
    "chapter 2 Środki",
    "  section 3 Na realizację Programu przeznacza się 40 000,00 zł.",
]
TITLE = "Program współpracy Gminy Wierzbowo z organizacjami na rok 2021"


def codes(outline):
    return [doubt.code for doubt in outline.doubts]


def test_a_clean_draft_is_read_without_a_doubt():
    outline = outline_of_text(CLEAN)
    assert outline.title == TITLE
    assert drawn(outline.units) == TREE
    assert outline.doubts == ()
    assert [each.text for each in outline.left_out] == ["Załącznik do uchwały Nr .../2020"]


def lines_of(text):
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(lambda t: "\n".join(lines_of(t)), id="no blank lines"),
        pytest.param(lambda t: " ".join(lines_of(t)), id="all on one line"),
        pytest.param(lambda t: t.replace("§ 2. 1. ", "§2.1."), id="glued"),
        pytest.param(lambda t: t.replace("§ ", "Paragraf "), id="the word paragraf"),
        pytest.param(lambda t: t.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda t: t.replace("– u", "• u").replace("– h", "• h"), id="bullets"),
        pytest.param(lambda t: t.replace("\n\n– ", "\n\n- "), id="hyphens for dashes"),
        pytest.param(
            lambda t: t.replace("§ 1. ", "§ 1\n").replace("§ 3. ", "§ 3.\n"), id="§ alone"
        ),
        pytest.param(lambda t: t.replace("Rozdział 1\n\n", "Rozdział 1. "), id="title beside"),
        pytest.param(lambda t: t.replace("ww", "w\u00adw\u200b"), id="invisible signs"),
        pytest.param(lambda t: t.replace("\n\n2) ustawie", "\n(3)\n2) ustawie"), id="page mark"),
        pytest.param(lambda t: t.replace("\n\n2. Z", "\n\nStrona 1 z 5\n\n2. Z"), id="Strona"),
        pytest.param(
            lambda t: t.replace(
                "\n\n2. Z",
                "\n\nId: 3F2504E0-4F89-41D3-9A0C-0305E82C3301. Podpisany Strona 1\n\n2. Z",
            ),
            id="footer of the editor",
        ),
    ],
)
def test_layouts_that_keep_the_structure(layout):
    outline = outline_of_text(layout(CLEAN))
    assert outline.title == TITLE
    assert drawn(outline.units) == TREE


WRAPPED = """Program współpracy Gminy Wierzbowo z organizacjami pozarządowymi
na rok 2021
Rozdział I
Cele i zasady współpracy Gminy z organizacjami, które działają
na jej terenie
§ 1. 1.Gmina współpracuje z organizacjami na zasadach, o których mowa w art.
5 ust. 3 ustawy, oraz na zasadach opisanych w
§ 2 ust. 1 pkt 2 niniejszego Programu.
2.Współpraca obejmuje zadania społeczno-
gospodarcze oraz zadania publicz-
ne. Wykaz ogłasza Wójt do dnia
15. stycznia każdego roku.
1
§ 2. 1.Formy:
1) zlecanie;
2) konsultacje.
"""


def test_wrapped_lines_are_joined_and_references_at_a_line_start_are_no_units():
    outline = outline_of_text(WRAPPED)
    assert outline.title == (
        "Program współpracy Gminy Wierzbowo z organizacjami pozarządowymi na rok 2021"
    )
    assert drawn(outline.units) == [
        "chapter I Cele i zasady współpracy Gminy z organizacjami, które działają na jej terenie",
        "  section 1",
        "    subsection 1 Gmina współpracuje z organizacjami na zasadach, o których mowa w art. "
        "5 ust. 3 ustawy, oraz na zasadach opisanych w § 2 ust. 1 pkt 2 niniejszego Programu.",
        "    subsection 2 Współpraca obejmuje zadania społeczno-gospodarcze oraz zadania "
        "publiczne. Wykaz ogłasza Wójt do dnia 15. stycznia każdego roku.",
        "  section 2",
        "    subsection 1 Formy:",
        "      point 1 zlecanie;",
        "      point 2 konsultacje.",
    ]
    assert codes(outline) == ["hyphen_joined", "hyphen_joined"]


def test_an_unexpected_number_in_the_middle_of_a_sentence_is_a_doubt():
    outline = outline_of_text(
        "Program współpracy na rok 2021\n§ 1. 1. Gmina przyznaje dotacje w wysokości nie większej "
        "niż\n80. Kwota może wzrosnąć.\n2. Koniec."
    )
    assert [unit.mark for unit in outline.units[0].children] == ["1", "2"]
    doubt = outline.doubts[0]
    assert (doubt.code, doubt.unit_id) == ("line_begins_like_unit", "u2")
    assert doubt.message == "A line begins with “80.” but was joined to the text before it."


LOST = """Program współpracy na rok 2021
Rozdział 1. Cele
1. Cel jest jeden.
2. 1. Zadania są dwa.
2. Zadania opisuje załącznik.
3. Zadania wybiera rada.
Rozdział 2. Formy
3. 1. Formy są finansowe.
2. I inne.
4. Program wchodzi w życie.
"""


def test_lost_section_signs_are_found_by_the_sequence():
    outline = outline_of_text(LOST)
    assert drawn(outline.units) == [
        "chapter 1 Cele",
        "  section 1 Cel jest jeden.",
        "  section 2",
        "    subsection 1 Zadania są dwa.",
        "    subsection 2 Zadania opisuje załącznik.",
        "    subsection 3 Zadania wybiera rada.",
        "chapter 2 Formy",
        "  section 3",
        "    subsection 1 Formy są finansowe.",
        "    subsection 2 I inne.",
        "  section 4 Program wchodzi w życie.",
    ]
    assert codes(outline).count("section_sign_lost") == 4


ROMAN = """PROJEKT
Program współpracy na lata 2021-2022
I. CELE
Celem jest rozwój:
- sportu;
- kultury, w tym:
  - muzyki,
  - teatru.
II. FORMY
1. Formy są dwie:
a) zlecanie,
b) wspieranie.
2. Inne formy są możliwe.
"""


def test_roman_chapters_dash_lists_and_text_without_numbers():
    outline = outline_of_text(ROMAN)
    assert outline.title == "Program współpracy na lata 2021-2022"
    assert drawn(outline.units) == [
        "chapter I CELE",
        "  paragraph Celem jest rozwój:",
        "    indent – sportu;",
        "    indent – kultury, w tym:",
        "      double_indent – – muzyki,",
        "      double_indent – – teatru.",
        "chapter II FORMY",
        "  subsection 1 Formy są dwie:",
        "    letter a zlecanie,",
        "    letter b wspieranie.",
        "  subsection 2 Inne formy są możliwe.",
    ]


def test_headings_without_numbers_and_lists_that_restart():
    outline = outline_of_text(
        "Wstęp\nProgram jest wspólny.\nCele Programu\nCele to:\n1. sport;\n2. kultura.\n"
        "Formy współpracy\nFormy to:\n1. zlecanie;\n2. konsultacje.\nKoniec następuje w grudniu."
    )
    assert drawn(outline.units) == [
        "heading Wstęp",
        "paragraph Program jest wspólny.",
        "heading Cele Programu",
        "paragraph Cele to:",
        "  point 1 sport;",
        "  point 2 kultura.",
        "heading Formy współpracy",
        "paragraph Formy to:",
        "  point 1 zlecanie;",
        "  point 2 konsultacje.",
        "paragraph Koniec następuje w grudniu.",
    ]
    assert codes(outline).count("number_as_point") == 4
    assert "title_missing" in codes(outline)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("PROGRAM WSPÓŁPRACY\nGMINY X\nNA 2021 ROK", "PROGRAM WSPÓŁPRACY GMINY X NA 2021 ROK"),
        ("Roczny program współpracy na 2021 r.", "Roczny program współpracy na 2021 r."),
        ("REGULAMIN\nCentrum Organizacji", "REGULAMIN Centrum Organizacji"),
        ("Projekt\nz dnia 1.10.2020\nStatut sołectwa Dąb", "Statut sołectwa Dąb"),
        ("Wstęp\nProgram jest wspólny.", ""),
    ],
)
def test_titles(head, title):
    assert outline_of_text(head + "\n§ 1. Jeden.\n§ 2. Dwa.").title == title


ANNEXED = """UCHWAŁA NR …/2020
RADY GMINY WIERZBOWO
w sprawie przyjęcia Programu współpracy
Na podstawie art. 5a ust. 1 ustawy Rada Gminy uchwala, co następuje:
§ 1. Przyjmuje się Program, w brzmieniu określonym w załączniku.
§ 2. Uchwała wchodzi w życie z dniem podjęcia.
Załącznik nr 1 do uchwały Nr …/2020
Program współpracy Gminy Wierzbowo na rok 2021
§ 1. Gmina wspiera kluby.
§ 2. Gmina wspiera szkoły.
§ 3. Gmina wspiera parafie.
Przewodniczący Rady
Jan Zmyślony
UZASADNIENIE
Ustawa nakłada na gminę obowiązek przyjęcia programu.
1. Projekt konsultowano z organizacjami.
2. Uwag nie zgłoszono.
"""


def test_the_programme_is_found_among_resolution_annex_and_reasons():
    outline = outline_of_text(ANNEXED)
    assert outline.title == "Program współpracy Gminy Wierzbowo na rok 2021"
    assert [unit.text for unit in outline.units] == [
        "Gmina wspiera kluby.",
        "Gmina wspiera szkoły.",
        "Gmina wspiera parafie.",
    ]
    assert codes(outline) == ["part_left_out", "part_left_out", "signature_left_out"]
    assert "§ 2. Uchwała wchodzi w życie z dniem podjęcia." in [
        each.text for each in outline.left_out
    ]


def test_a_resolution_alone_is_read_itself():
    outline = outline_of_text(ANNEXED.split("Załącznik", maxsplit=1)[0])
    assert [unit.mark for unit in outline.units if unit.mark] == ["1", "2"]


def test_a_flattened_table_becomes_a_table_in_doubt():
    outline = outline_of_text(
        "Program współpracy na rok 2021\n§ 1. Środki dzieli się:\n1) na sport;\n2) na kulturę.\n"
        "Lp.\nZadanie\nKwota\n1.\nSport\n10 zł\n2.\nKultura\n20 zł\nRazem\n30 zł\n§ 2. Koniec."
    )
    table = outline.units[0].children[-1]
    assert table.text == "Lp.\tZadanie\tKwota\n1.\tSport\t10 zł\n2.\tKultura\t20 zł\nRazem\t\t30 zł"
    assert codes(outline) == ["table_from_lines"]
    assert outline.units[1].text == "Koniec."


def test_common_endings_of_lists():
    outline = outline_of_text(
        "Program współpracy na rok 2021\n§ 1. Organizacja może:\n1) wnioskować,\n2) opiniować\n"
        "– jeżeli działa na terenie gminy.\n§ 2. Koniec."
    )
    assert drawn(outline.units)[:4] == [
        "section 1 Organizacja może:",
        "  point 1 wnioskować,",
        "  point 2 opiniować",
        "  common_ending jeżeli działa na terenie gminy.",
    ]
    assert codes(outline) == ["common_ending"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("§ 1. A.\n§ 3. B.", "out_of_sequence"),
        ("§ 1. A.\n§ 1. B.", "duplicate_mark"),
        ("§ 1.\n§ 2. B.", "no_text"),
        ("§ 1. Kwota .............. zł.\n§ 2. B.", "blank_left"),
        ("§ 1. 1. A.\nZdanie bez numeru.\n2. B.", "unmarked_text"),
        ("§ 1. Są:\n(1) A;\n(2) B.", "unusual_mark"),
    ],
)
def test_what_looks_wrong_is_a_doubt_with_its_line(text, code):
    outline = outline_of_text("Program współpracy na rok 2021\n" + text)
    assert code in codes(outline)
    doubt = next(each for each in outline.doubts if each.code == code)
    assert doubt.raw == ("Program współpracy na rok 2021\n" + text).splitlines()[doubt.line - 1]
    assert doubt.message


def test_json_has_units_and_doubts_as_plain_values():
    plain = to_json(outline_of_text("Program współpracy na rok 2021\n§ 1. 1. A.\n3. B."))
    assert plain == {
        "title": "Program współpracy na rok 2021",
        "doubts": [
            {
                "code": "out_of_sequence",
                "message": "The mark “3.” does not follow “1.”.",
                "line": 3,
                "unit": "§\u00a01 ust.\u00a03",
                "raw": "3. B.",
            }
        ],
        "units": [
            {
                "kind": "section",
                "mark": "1",
                "text": "",
                "children": [
                    {"kind": "subsection", "mark": "1", "text": "A.", "children": []},
                    {"kind": "subsection", "mark": "3", "text": "B.", "children": []},
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("text", "code"), [("\n \n", "empty"), ("..", "no_provisions"), ("1\n2\n3", "no_provisions")]
)
def test_texts_without_provisions_say_what_to_do(text, code):
    with pytest.raises(OutlineError) as error:
        outline_of_text(text)
    assert error.value.code == code
    assert str(error.value).endswith(".")
