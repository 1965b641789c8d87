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


def read(text):
    outline = outline_of_text(text)
    return outline.units, {doubt.code for doubt in outline.doubts}
