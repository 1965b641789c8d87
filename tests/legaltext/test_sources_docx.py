"""Word files: numbers counted as Word counts them, and everything else that a draft may hold."""

import io

import docx as python_docx
import pytest

from app.legaltext import sources
from app.legaltext.draft_files import outline_of_file
from tests.legaltext.word_files import (
    abstract,
    cell,
    docx,
    drawn,
    level,
    num,
    paragraph,
    restart,
    run,
    table,
)

SIGNS = abstract(0, level(0, "§ %1."))
ITEMS = abstract(1, level(0, "%1."), level(1, "%2)"), level(2, "%3)", "lowerLetter"))
CHAPTERS = abstract(2, level(0, "Rozdział %1", "upperRoman"))
TITLE = paragraph("Program współpracy Gminy Wierzbowo na rok 2016")


def labels(data):
    """The labels of all paragraphs that bear one."""
    return [line.label for line in sources.read(data).lines if line.label]


def test_sections_run_on_while_subsections_restart():
    data = docx(
        TITLE,
        paragraph("", 1),
        paragraph("Gmina wspiera kluby.", 2),
        paragraph("Gmina zleca:", 2),
        paragraph("naukę pływania;", 2, 1),
        paragraph("rajdy:", 2, 1),
        paragraph("piesze,", 2, 2),
        paragraph("rowerowe.", 2, 2),
        paragraph("", 1),
        paragraph("Wójt ogłasza konkurs.", 3),
        paragraph("Konkurs trwa 21 dni.", 3),
        paragraph("Program wchodzi w życie 1 stycznia.", 1),
        numbering=SIGNS + ITEMS + num(1, 0) + num(2, 1) + num(3, 1, restart(0)),
    )
    outline = outline_of_file(data)
    assert outline.title == "Program współpracy Gminy Wierzbowo na rok 2016"
    assert drawn(outline.units) == [
        "section 1",
        "  subsection 1 Gmina wspiera kluby.",
        "  subsection 2 Gmina zleca:",
        "    point 1 naukę pływania;",
        "    point 2 rajdy:",
        "      letter a piesze,",
        "      letter b rowerowe.",
        "section 2",
        "  subsection 1 Wójt ogłasza konkurs.",
        "  subsection 2 Konkurs trwa 21 dni.",
        "section 3 Program wchodzi w życie 1 stycznia.",
    ]
    assert outline.doubts == ()


def test_one_list_of_many_levels_numbers_chapters_sections_and_subsections():
    many = abstract(
        0,
        level(0, "Rozdział %1", "upperRoman"),
        level(1, "§ %2.", extra='<w:lvlRestart w:val="0"/>'),
        level(2, "%3."),
        level(3, "%4)"),
    )
    data = docx(
        TITLE,
        paragraph("Cele", 1, 0),
        paragraph("Cele są dwa:", 1, 1),
        paragraph("sport;", 1, 3),
        paragraph("kultura.", 1, 3),
        paragraph("Formy", 1, 0),
        paragraph("", 1, 1),
        paragraph("Zlecanie.", 1, 2),
        paragraph("Wspieranie.", 1, 2),
        numbering=many + num(1, 0),
    )
    outline = outline_of_file(data)
    assert drawn(outline.units) == [
        "chapter I Cele",
        "  section 1 Cele są dwa:",
        "    point 1 sport;",
        "    point 2 kultura.",
        "chapter II Formy",
        "  section 2",
        "    subsection 1 Zlecanie.",
        "    subsection 2 Wspieranie.",
    ]
    assert outline.doubts == ()


@pytest.mark.parametrize(
    ("fmt", "text", "expected"),
    [
        ("decimal", "%1)", ["1)", "2)", "3)"]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("decimal", "%1", ["1.", "2.", "3."]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "-", ["–", "–", "–"]),
    ],
)
def test_number_formats(fmt, text, expected):
    data = docx(
        *(paragraph(f"tekst {n}", 1) for n in range(3)),
        numbering=abstract(0, level(0, text, fmt)) + num(1, 0),
    )
    assert labels(data) == expected


def test_the_letter_after_z_is_za():
    data = docx(
        *(paragraph("x", 1) for _ in range(28)),
        numbering=abstract(0, level(0, "%1)", "lowerLetter")) + num(1, 0),
    )
    assert labels(data)[25:] == ["z)", "za)", "zb)"]


def test_small_roman_numbers_are_letters_in_doubt():
    data = docx(
        TITLE,
        paragraph("Zadania:", 1),
        paragraph("sport,", 2),
        paragraph("kultura.", 2),
        numbering=SIGNS + abstract(1, level(0, "%1)", "lowerRoman")) + num(1, 0) + num(2, 1),
    )
    outline = outline_of_file(data)
    assert drawn(outline.units)[1:] == ["  letter a sport,", "  letter b kultura."]
    assert {doubt.code for doubt in outline.doubts} == {"roman_letters"}


def test_legal_numbers_and_places_of_upper_levels():
    levels = (level(0, "%1.", "upperRoman"), level(1, "%1.%2.", extra="<w:isLgl/>"))
    data = docx(
        paragraph("a", 1, 0),
        paragraph("b", 1, 1),
        paragraph("c", 1, 1),
        paragraph("d", 1, 0),
        paragraph("e", 1, 1),
        numbering=abstract(0, *levels) + num(1, 0),
    )
    assert labels(data) == ["I.", "1.1.", "1.2.", "II.", "2.1."]


def test_two_lists_of_one_kind_share_their_counter_unless_restarted():
    data = docx(
        paragraph("a", 1),
        paragraph("b", 2),
        paragraph("c", 3),
        paragraph("d", 3),
        numbering=SIGNS + num(1, 0) + num(2, 0) + num(3, 0, restart(0, 7)),
    )
    assert labels(data) == ["§ 1.", "§ 2.", "§ 7.", "§ 8."]


def test_a_level_may_be_overridden_whole():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "Art. %1.")}</w:lvlOverride>'
    data = docx(paragraph("a", 1), numbering=SIGNS + num(1, 0, override))
    assert labels(data) == ["Art. 1."]


def test_numbers_that_come_with_a_style_and_its_base():
    styles = (
        '<w:style w:styleId="Par"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="ParX"><w:basedOn w:val="Par"/></w:style>'
    )
    data = docx(
        paragraph("a", style="Par"),
        paragraph("b", style="ParX"),
        paragraph("c", 0, style="Par"),
        numbering=SIGNS + num(1, 0),
        styles=styles,
    )
    assert labels(data) == ["§ 1.", "§ 2."]


def test_a_level_bound_to_a_style():
    bound = abstract(0, level(0, "§ %1."), level(1, "%2.", extra='<w:pStyle w:val="Ust"/>'))
    styles = (
        '<w:style w:styleId="Ust"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    data = docx(
        paragraph("a", 1, 0),
        paragraph("b", style="Ust"),
        numbering=bound + num(1, 0),
        styles=styles,
    )
    assert labels(data) == ["§ 1.", "1."]


def test_styles_based_on_one_another_in_a_circle_end():
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert labels(docx(paragraph("a", style="A"), styles=styles)) == []


def test_typed_numbers_and_a_title_after_a_line_break():
    broken = paragraph("Rozdział 1", inside="<w:r><w:br/></w:r>" + run("Postanowienia ogólne"))
    outline = outline_of_file(
        docx(TITLE, broken, paragraph("§ 1."), paragraph("1.\tGmina wspiera kluby."))
    )
    assert drawn(outline.units) == [
        "chapter 1 Postanowienia ogólne",
        "  section 1",
        "    subsection 1 Gmina wspiera kluby.",
    ]


def test_tables_keep_rows_and_cells_and_merged_cells_are_told():
    data = docx(
        TITLE,
        paragraph("§ 1. Środki dzieli się tak:"),
        table(
            [cell("Zadanie"), cell("Kwota")],
            [cell("Sport", '<w:vMerge w:val="restart"/>'), cell("60 000,00")],
            [cell("", "<w:vMerge/>"), cell("10 000,00")],
            [cell("Razem 70 000,00", '<w:gridSpan w:val="2"/>')],
        ),
        paragraph("§ 2. Program wchodzi w życie."),
    )
    outline = outline_of_file(data)
    assert outline.units[0].children[0].text == (
        "Zadanie\tKwota\nSport\t60 000,00\n\t10 000,00\nRazem 70 000,00\t"
    )
    assert [doubt.code for doubt in outline.doubts] == ["merged_cells"]


def test_a_table_of_one_column_is_only_a_frame():
    data = docx(TITLE, table([cell("§ 1. Gmina wspiera kluby.")], [cell("§ 2. I szkoły.")]))
    assert [unit.mark for unit in outline_of_file(data).units] == ["1", "2"]


def test_a_footnote_is_kept_with_its_provision_and_told():
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Dz. U. poz. 1.</w:t></w:r></w:p></w:footnote>'
    data = docx(
        TITLE,
        paragraph("§ 1. Ustawa", inside='<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=note,
    )
    outline = outline_of_file(data)
    assert outline.units[0].text == "Ustawa [przypis: Dz. U. poz. 1.]"
    assert outline.doubts[0].code == "footnote"
    assert outline.doubts[0].unit_id == outline.units[0].id


def test_tracked_changes_are_read_as_accepted_with_a_warning():
    inside = (
        "<w:del><w:r><w:delText>nie </w:delText></w:r></w:del>"
        f"<w:ins>{run('zawsze ')}</w:ins>{run('wspiera.')}"
    )
    gone = paragraph(
        inside="<w:del><w:r><w:delText>§ 2. Skreślony.</w:delText></w:r></w:del>",
        mark="<w:rPr><w:del/></w:rPr>",
    )
    outline = outline_of_file(
        docx(TITLE, paragraph("§ 1. Gmina ", inside=inside), gone, paragraph("§ 2. Koniec."))
    )
    assert [unit.text for unit in outline.units] == ["Gmina zawsze wspiera.", "Koniec."]
    assert [doubt.code for doubt in outline.doubts] == ["tracked_changes"]


def test_a_struck_numbered_paragraph_takes_no_number():
    struck = paragraph("", 1, inside="<w:del/>", mark="<w:rPr><w:del/></w:rPr>")
    data = docx(paragraph("a", 1), struck, paragraph("b", 1), numbering=SIGNS + num(1, 0))
    assert labels(data) == ["§ 1.", "§ 2."]


def test_text_boxes_are_read_and_told_once():
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="urn:x"><mc:Choice><w:txbxContent>'
        f"{paragraph('W ramce.')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{paragraph('W ramce.')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = sources.read(docx(paragraph("§ 1. Tekst.", inside=box)))
    assert [line.text for line in source.lines] == ["§ 1. Tekst.", "W ramce."]
    assert [doubt.code for doubt in source.warnings] == ["text_box"]


def test_soft_hyphens_tabs_fields_and_controls_vanish():
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    inside = "<w:r><w:tab/><w:softHyphen/></w:r>" + field + run("współ\u00adpracy\u200b.")
    outline = outline_of_file(docx(TITLE, paragraph("§ 1. Program", inside=inside)))
    assert outline.units[0].text == "Program współpracy."


def test_content_controls_and_inserted_blocks_are_read():
    control = f"<w:sdt><w:sdtContent>{paragraph('§ 1. W polu.')}</w:sdtContent></w:sdt>"
    assert outline_of_file(docx(TITLE, control)).units[0].text == "W polu."


def test_headings_by_style():
    styles = '<w:style w:styleId="N1"><w:name w:val="heading 1"/></w:style>'
    outline = outline_of_file(
        docx(
            TITLE,
            paragraph("Cele", style="N1"),
            paragraph("Celem jest rozwój."),
            styles=styles,
        )
    )
    assert drawn(outline.units) == ["heading Cele", "paragraph Celem jest rozwój."]


def test_a_file_written_by_another_library():
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "Nagłówek strony"
    document.add_paragraph("Regulamin Centrum Aktywności")
    for text in ("§ 1. Centrum działa codziennie.", "§ 2. Sale udostępnia się:"):
        document.add_paragraph(text)
    document.add_paragraph("1) klubom;")
    document.add_paragraph("2) szkołom.")
    grid = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Sala", "Miejsca", "A", "30")):
        grid.cell(place // 2, place % 2).text = text
    packed = io.BytesIO()
    document.save(packed)
    outline = outline_of_file(packed.getvalue(), "regulamin.docx")
    assert outline.title == "Regulamin Centrum Aktywności"
    assert drawn(outline.units) == [
        "section 1 Centrum działa codziennie.",
        "section 2 Sale udostępnia się:",
        "  point 1 klubom;",
        "  point 2 szkołom.",
        "  table Sala\tMiejsca\nA\t30",
    ]
