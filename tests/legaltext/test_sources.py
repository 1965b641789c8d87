"""Files of every kind: what is read, what is repaired, and what is refused with advice."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.legaltext import sources
from app.legaltext.draft_files import outline_of_file, outline_of_text
from app.legaltext.outline import OutlineError, to_json
from app.legaltext.sources import CODES, SourceError
from app.legaltext.units import walk
from tests.legaltext.word_files import archive, docx, drawn, odt, paragraph


def outcome(made):
    """The code of the error that the package raises, or "read"; any other error goes through."""
    try:
        made()
    except (OutlineError, SourceError) as error:
        return error.code
    return "read"


TEXT = (
    "Program współpracy na rok 2021\n§ 1. Zażółć gęślą jaźń, łąką i śnieżną ścieżką.\n"
    "§ 2. 1. Ćma źle widzi.\n2. Żółw śpi.\n"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso-8859-2"],
)
def test_every_usual_encoding(encoding):
    source = sources.read(TEXT.encode(encoding))
    assert [line.text for line in source.lines] == TEXT.split("\n")
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("cp1250", "cp1252"),
        ("iso-8859-2", "latin-1"),
        ("iso-8859-2", "cp1250"),
        ("utf-8", "latin-1"),
        ("utf-8", "cp1250"),
    ],
)
def test_letters_broken_by_a_wrong_encoding_are_repaired_with_a_warning(written, read_as):
    broken = TEXT.encode(written).decode(read_as)
    source = sources.read_text(broken)
    assert "\n".join(line.text for line in source.lines) == TEXT
    assert [doubt.code for doubt in source.warnings] == ["letters_repaired"]


def test_z_with_a_circumflex_is_z_with_a_dot():
    source = sources.read_text("§ 1. Naleŝy pomóc młodzieŝy.")
    assert source.lines[0].text == "§ 1. Należy pomóc młodzieży."
    assert source.warnings[0].code == "letters_repaired"


def test_letters_lost_by_a_font_are_reported_and_left_alone():
    text = "§ 1. Ilekrod mowa o zadaniach mieszkaoców, należy przez to rozumied zadania."
    source = sources.read_text(text)
    assert source.lines[0].text == text
    assert [doubt.code for doubt in source.warnings] == ["letters_broken"]
    assert "mieszkaoc" in source.warnings[0].message


def test_superscripts_in_right_polish_are_left_alone():
    text = "§ 1. Sala ma 40 m³, półka 2 m², a próg – ¼ łokcia."
    source = sources.read_text(text)
    assert source.lines[0].text == text
    assert source.warnings == ()


def test_letters_repaired_inside_a_word_file_too():
    broken = "Wspó³praca Gminy z organizacjami pozarz¹dowymi bêdzie trwaæ."
    outline = outline_of_file(docx(paragraph("Program na rok 2021"), paragraph("§ 1. " + broken)))
    assert outline.units[0].text == "Współpraca Gminy z organizacjami pozarządowymi będzie trwać."
    assert [doubt.code for doubt in outline.doubts] == ["letters_repaired"]


def with_flag(data):
    """The archive with the flag of encryption on every entry."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def bomb():
    """A document of 60 MB of blanks that packs to almost nothing."""
    return docx(paragraph(" " * 60_000_000))


def lying_bomb():
    """A bomb whose directory declares ten bytes."""
    data = bytearray(bomb())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 24, 10)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "empty"),
        (b"  \n ", "a.txt", "empty"),
        (b"x" * 10_000_001, "a.txt", "too_large"),
        (b"%PDF-1.7 ...", "a.docx", "pdf"),
        (OLE + b"\0" * 600, "a.doc", "old_doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"{\\rtf1 tekst}", "a.doc", "rtf"),
        (b"<!DOCTYPE html><p>x", "a.html", "html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "a.png", "not_supported"),
        (archive({"xl/workbook.xml": "<a/>"}), "a.xlsx", "not_supported"),
        (archive({"word/document.xml": "<a><b>"}), "a.docx", "broken_xml"),
        (archive({"word/document.xml": "<a/>"}), "a.docx", "broken_xml"),
        (archive({"word/document.xml": DOCTYPE}), "a.docx", "broken_xml"),
        (archive({"word/document.xml": LAUGHS}), "a.docx", "broken_xml"),
        (docx(paragraph("a"))[:-30], "a.docx", "broken_zip"),
        (b"PK\x03\x04 rubbish", "a.docx", "broken_zip"),
        (b"not a zip at all", "a.docx", "broken_zip"),
        (with_flag(docx(paragraph("a"))), "a.docx", "password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_its_own_code(data, name, code):
    with pytest.raises(SourceError) as error:
        sources.read(data, name)
    assert error.value.code == code
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("made", [bomb, lying_bomb])
def test_a_bomb_is_refused_quickly(made):
    data = made()
    started = time.process_time()
    with pytest.raises(SourceError) as error:
        sources.read(data, "a.docx")
    assert error.value.code in ("zip_bomb", "broken_zip")
    assert time.process_time() - started < 3


def test_too_many_entries_are_a_bomb():
    with pytest.raises(SourceError) as error:
        sources.read(archive({f"{n}.xml": "" for n in range(4000)}))
    assert error.value.code == "zip_bomb"


@given(st.binary(max_size=600))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(OLE)
def test_any_bytes_are_read_or_refused(data):
    assert outcome(lambda: outline_of_file(data, "a")) in (*CODES, "no_provisions", "read")


PACKED = docx(paragraph("§ 1. Tekst o zadaniach."), paragraph("§ 2. Koniec."))


@given(st.integers(0, len(PACKED) - 1), st.integers(1, 255))
def test_a_damaged_word_file_is_read_or_refused(place, change):
    damaged = bytearray(PACKED)
    damaged[place] ^= change
    known = (*CODES, "no_provisions", "read")
    assert outcome(lambda: outline_of_file(bytes(damaged), "a.docx")) in known


PIECES = st.sampled_from(
    [
        *("§ 1. ", "§ 2", "1. ", "2.", "1) ", "a) ", "b)", "– ", "- ", "• ", "Rozdział 1", "I. "),
        *("X. ", "Lp.", "1", "Razem", "Tekst", "tekst.", "w art.", "Program ", ":", ";", ","),
        *("\n", "\n\n", "Załącznik ", "UCHWAŁA NR", "UZASADNIENIE", "Strona 1 z 2", "(1)", "\t"),
        *("\u200f", "\x0c", "1.1. ", "…", "rok 2021", "stycznia", "Przewodniczący Rady"),
        *("społeczno-", "\u00ad", " "),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300))
def test_any_text_gives_units_with_ids_of_their_own_or_a_clear_error(text):
    made = []
    assert outcome(lambda: made.append(outline_of_text(text))) in ("read", "empty", "no_provisions")
    for outline in made:
        ids = [unit.id for unit in walk(outline.units)]
        assert len(set(ids)) == len(ids)
        assert all(doubt.message for doubt in outline.doubts)
        assert len(to_json(outline)["doubts"]) == len(outline.doubts)


WORDS = st.lists(PIECES, max_size=60).map("".join)


@given(WORDS)
def test_no_letter_is_lost_between_the_text_and_the_outline(text):
    made = []
    outcome(lambda: made.append(outline_of_text(text)))
    for outline in made:
        kept = "".join(unit.text + unit.mark for unit in walk(outline.units))
        kept += outline.title + "".join(each.text for each in outline.left_out)
        for word in ("Tekst", "tekst", "stycznia"):
            assert kept.count(word) == text.count(word)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a " * 500_000, id="a a a"),
        pytest.param("a\n" * 10_000, id="short lines"),
        pytest.param("1. " * 100_000, id="numbers"),
        pytest.param("§ 1. 1. 1) a) – " * 25_000, id="marks"),
        pytest.param("- a:\n" * 10_000, id="dashes opening lists"),
        pytest.param("Lp.\nx\n1.\n" * 5_000, id="tables"),
        pytest.param("1. Tekst\n" * 10_000, id="the same number"),
        pytest.param("".join(f"{n}. Tekst o zadaniu.\n" for n in range(1, 900)), id="one list"),
        pytest.param("Rozdział 1\n" * 10_000, id="chapters"),
        pytest.param(
            "słowo bez końca " * 3 + "\n" + "dalej bez końca zdania\n" * 10_000, id="open"
        ),
        pytest.param("§" * 500_000, id="signs"),
        pytest.param("I" * 500_000, id="roman"),
        pytest.param("z" * 500_000 + ")", id="letters"),
        pytest.param(". " * 200_000, id="dots"),
        pytest.param("\u202e\u200f§ 1. abc " * 50_000, id="right to left"),
        pytest.param("\x00\x01§ 1.\x07 a\n" * 1_000, id="controls"),
        pytest.param("Id: " * 100_000, id="footers"),
        pytest.param("1 " * 150_000, id="digits"),
        pytest.param("art. 5 ust. 2 i 3, " * 50_000, id="references"),
        pytest.param("# a\n# b\n" + "**a " * 250_000, id="markdown"),
        pytest.param("> a\n" * 90_000, id="quoted mail"),
        pytest.param("l) a\n" * 80_000, id="scanned ones"),
        pytest.param(f"|{'-' * 1990}x\n" * 500, id="rules of tables"),
        pytest.param("a\tb\n" * 90_000, id="cells"),
        pytest.param("Spis treści\n" + "Cele\n" * 90_000, id="contents"),
    ],
)
def test_hostile_texts_take_seconds_at_most(text):
    started = time.process_time()
    assert outcome(lambda: outline_of_text(text)) in ("read", "too_many_units", "no_provisions")
    assert time.process_time() - started < 6


LISTS = (
    '<text:list-style style:name="P">'
    '<text:list-level-style-number text:level="1" style:num-prefix="§ " style:num-suffix="."'
    ' style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="U">'
    '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="1"/>'
    '<text:list-level-style-number text:level="3" style:num-suffix=")" style:num-format="a"/>'
    "</text:list-style>"
)


def item(text, inner=""):
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def listed(style, *items, more=""):
    return f'<text:list text:style-name="{style}" {more}>{"".join(items)}</text:list>'


def test_an_odt_with_automatic_numbers_a_table_and_a_footnote():
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Dz. U.</text:p></text:note-body></text:note>"
    )
    letters = listed("U", item("piesze,"), item("rowerowe."))
    points = listed("U", item("sport;"), item("rajdy:", letters))
    body = (
        "<text:p>Program współpracy na rok 2021</text:p>"
        + listed("P", item(f"Ustawa{note} obowiązuje."))
        + listed("P", item("Wspiera się:"), more='text:continue-numbering="true"')
        + listed("U", item("Zadania to:", points), item("I<text:s/>inne.<text:line-break/>"))
        + "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
        + listed("P", item("Koniec."), more='text:continue-numbering="true"')
    )
    outline = outline_of_file(odt(body, LISTS), "a.odt")
    assert drawn(outline.units) == [
        "section 1 Ustawa obowiązuje. [przypis: Dz. U.]",
        "section 2 Wspiera się:",
        "  subsection 1 Zadania to:",
        "    point 1 sport;",
        "    point 2 rajdy:",
        "      letter a piesze,",
        "      letter b rowerowe.",
        "  subsection 2 I inne.",
        "    table A\tB",
        "section 3 Koniec.",
    ]
    assert [doubt.code for doubt in outline.doubts] == ["footnote"]


def test_an_encrypted_odt_is_refused():
    data = archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
            "content.xml": "x",
        }
    )
    with pytest.raises(SourceError) as error:
        sources.read(data)
    assert error.value.code == "password"


def test_a_stored_zip_is_read_as_well_as_a_packed_one():
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PACKED)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert [unit.mark for unit in outline_of_file(packed.getvalue()).units] == ["1", "2"]
