"""More habits of typists, each found in a draft that was first read wrongly."""

from app.legaltext.draft_files import outline_of_text
from app.legaltext.units import Kind, walk


def test_marks_with_a_slash_are_read_and_told():
    units, doubts = read(
        "Program\n§ 1. Ilekroć mowa o:\n1/ gminie – rozumie się Gminę, nr 14/ 2003:\n"
        "a/ wieś,\nb/ miasto;\n2/ radzie – rozumie się Radę.\n§ 2. Koniec.\n"
    )
    assert [(u.kind, u.mark) for u in walk(units)] == [
        (Kind.SECTION, "1"),
        (Kind.POINT, "1"),
        (Kind.LETTER, "a"),
        (Kind.LETTER, "b"),
        (Kind.POINT, "2"),
        (Kind.SECTION, "2"),
    ]
    assert doubts == {"unusual_mark"}


def test_a_bracketed_number_alone_on_its_line_is_a_mark_and_no_page():
    units, _ = read("Program\n§ 1. Zadaniami są:\n1)\nkultura;\n2)\nsport.\n§ 2.\nKoniec.\n")
    assert [(u.mark, u.text) for u in walk(units)] == [
        ("1", "Zadaniami są:"),
        ("1", "kultura;"),
        ("2", "sport."),
        ("2", "Koniec."),
    ]


def test_a_table_of_contents_is_left_out_and_told():
    outline = outline_of_text(
        "Program współpracy\nSpis treści\nRozdział 1. Postanowienia ogólne ........ 3\n"
        "Rozdział 2. Cele, zasady\ni formy …… 4\nRozdział 1. Postanowienia ogólne\n"
        "§ 1. Program obejmuje rok 2027.\nRozdział 2. Cele, zasady i formy\n§ 2. Cel.\n"
    )
    assert [u.mark for u in walk(outline.units)] == ["1", "1", "2", "2"]
    assert [each.line for each in outline.left_out] == [2, 3, 4, 5]
    assert not outline.doubts


def test_a_text_that_only_begins_with_the_word_contents_stays():
    units, _ = read("Program\nSpis treści\n§ 1. Program obejmuje rok.\n§ 2. Koniec 7.\n")
    assert [u.mark for u in walk(units) if u.kind is Kind.SECTION] == ["1", "2"]


def test_the_head_of_each_page_is_left_out_where_a_page_ends():
    outline = outline_of_text(
        "Program współpracy Gminy\n§ 1. Gmina zleca\nProgram współpracy Gminy\nstrona 2\n"
        "zadania organizacjom.\n§ 2. Koniec\nProgram współpracy Gminy\nstrona 3\nroku.\n"
    )
    assert outline.title == "Program współpracy Gminy"
    assert [u.text for u in walk(outline.units)] == ["Gmina zleca zadania organizacjom.",
                                                     "Koniec roku."]  # fmt: skip
    assert {each.reason for each in outline.left_out} == {"page mark", "head of a page"}


def test_a_table_of_contents_without_page_numbers_is_left_out_and_told():
    outline = outline_of_text(
        "Program współpracy\nSPIS TREŚCI\nRozdział 1. Postanowienia ogólne\nRozdział 2\nCele\n"
        "Rozdział 1\nPostanowienia ogólne\n§ 1. Program obejmuje rok 2027.\n"
        "Rozdział 2\nCele\n§ 2. Cel.\n"
    )
    assert [(u.mark, u.text) for u in walk(outline.units) if u.kind is Kind.CHAPTER] == [
        ("1", "Postanowienia ogólne"),
        ("2", "Cele"),
    ]
    assert [each.line for each in outline.left_out] == [2, 3, 4, 5]
    assert not outline.doubts


def test_the_footer_of_an_official_journal_is_left_out():
    outline = outline_of_text(
        "Program współpracy\n§ 1. Gmina zleca\n"
        "Dziennik Urzędowy Województwa Małopolskiego – 2 – Poz. 4321\n"
        "zadania organizacjom.\n§ 2. Koniec.\n"
    )
    assert [u.text for u in walk(outline.units)] == [
        "Gmina zleca zadania organizacjom.",
        "Koniec.",
    ]
    assert [each.reason for each in outline.left_out] == ["page mark"]


def test_a_head_that_first_stands_after_a_page_is_left_out_each_time():
    outline = outline_of_text(
        "Program współpracy na rok 2027\n§ 1. Gmina zleca\nstrona 1\nProgram na 2027\n"
        "zadania organizacjom.\n§ 2. Koniec\nstrona 2\nProgram na 2027\nroku.\n"
    )
    assert [u.text for u in walk(outline.units)] == ["Gmina zleca zadania organizacjom.",
                                                     "Koniec roku."]  # fmt: skip


def test_titles_lose_quotation_marks_and_the_full_stop_behind_them():
    outline = outline_of_text(
        "„PROGRAM WSPÓŁPRACY\nNA ROK 2027”\nROZDZIAŁ I.\nPOSTANOWIENIA OGÓLNE.\n"
        "§ 1. Program trwa rok.\nRozdz. II. Kwoty na 2027 r.\n§ 2. Koniec.\n"
    )
    assert outline.title == "PROGRAM WSPÓŁPRACY NA ROK 2027"
    assert [(u.mark, u.text) for u in walk(outline.units) if u.kind is Kind.CHAPTER] == [
        ("I", "POSTANOWIENIA OGÓLNE"),
        ("II", "Kwoty na 2027 r."),
    ]


def test_a_short_line_beneath_a_chapter_is_a_heading_in_doubt():
    outline = outline_of_text(
        "Program\nRozdział 1\nCele Programu\nCel główny\n§ 1. Program trwa rok.\n§ 2. Koniec.\n"
    )
    assert [(u.kind, u.text) for u in walk(outline.units)][1] == (Kind.HEADING, "Cel główny")
    assert [doubt.code for doubt in outline.doubts] == ["heading_guessed"]


def test_capital_letters_in_a_list_are_letters_up_to_c_and_beyond():
    units, _ = read(
        "Program\n§ 1. Zadania:\nA) sport,\nB) kultura,\nC) nauka,\nD) zdrowie.\n§ 2. Koniec.\n"
    )
    assert [u.mark for u in walk(units) if u.kind is Kind.LETTER] == ["a", "b", "c", "d"]


def read(text):
    outline = outline_of_text(text)
    return outline.units, {doubt.code for doubt in outline.doubts}
