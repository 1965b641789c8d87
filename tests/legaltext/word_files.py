"""Word and OpenDocument files made for the tests, down to their raw numbering."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><w:{{0}} xmlns:w="{W}">'


def level(place, text, fmt="decimal", extra=""):
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number, *levels):
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number, abstract_number, *overrides):
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>'
        f"{''.join(overrides)}</w:num>"
    )


def restart(place, start=1):
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text="", list_id=None, place=0, style=None, inside="", mark=""):
    """A paragraph; ``inside`` is raw XML put after its text, ``mark`` into its own properties."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id is not None:
        properties += f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_id}"/></w:numPr>'
    properties += mark
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inside}</w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def docx(*blocks, numbering="", styles="", **parts):
    """The bytes of a .docx with these blocks; ``parts`` are further XML parts by their name."""
    files = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types/>',
        "word/document.xml": HEAD.format("document")
        + f"<w:body>{''.join(blocks)}</w:body></w:document>",
        "word/numbering.xml": HEAD.format("numbering") + numbering + "</w:numbering>",
        "word/styles.xml": HEAD.format("styles") + styles + "</w:styles>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = HEAD.format(name) + inner + f"</w:{name}>"
    return archive(files)


def archive(files):
    """The bytes of a zip with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return packed.getvalue()


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" '
    f'xmlns:style="{ODF}style:1.0" xmlns:draw="{ODF}drawing:1.0">'
)


def odt(body, list_styles=""):
    """The bytes of an .odt with this body."""
    content = (
        ODF_HEAD + f"<office:automatic-styles>{list_styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def drawn(units, depth=0):
    """The units as indented lines "kind mark text", to be compared at a glance."""
    lines = []
    for unit in units:
        words = " ".join(part for part in (unit.kind.value, unit.mark, unit.text) if part)
        lines.append("  " * depth + words)
        lines.extend(drawn(unit.children, depth + 1))
    return lines
