"""Drafts for tests: a text with one doubt, and the same as a Word file."""

from __future__ import annotations

from io import BytesIO

import docx

TEXT = """Program współpracy na rok 2016
Rozdział 1
Postanowienia ogólne
§ 1. Program dotyczy współpracy Gminy z organizacjami.
§ 2. 1. Celem głównym jest rozwój współpracy.
2. Cele szczegółowe to:
1) wzmocnienie organizacji;
2) większy udział mieszkańców.
§ 3. Program wchodzi w życie z dniem 1 stycznia 2016 r.
"""

#: The same, with a gap in the numbers, which the importer must doubt.
DOUBTFUL = TEXT.replace("§ 3.", "§ 5.")


def word_file(text: str = TEXT) -> bytes:
    """The text as a .docx with one paragraph a line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
