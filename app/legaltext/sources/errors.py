"""Files that cannot be read; each error has a stable code and says what to do."""

from __future__ import annotations

_ADVICE = {
    "empty": "The file is empty. Choose a file with the draft in it.",
    "too_large": "The file is larger than 10 MB. Remove pictures from it, or paste the text.",
    "pdf": "This is a PDF. Open the draft in Word and save it as .docx, or paste its text.",
    "old_doc": "This is an old .doc file. Open it in Word and save it as .docx.",
    "password": "The file is protected by a password. Save it without one and try again.",
    "rtf": "This is an RTF file. Open it in Word and save it as .docx.",
    "html": "This is a web page. Copy its text and paste it.",
    "not_supported": "This is not a .docx, .odt or text file. Save the draft as .docx.",
    "broken_zip": "The file is damaged and cannot be opened. Save it again in Word.",
    "broken_xml": "The inside of the file is damaged. Open it in Word and save it again.",
    "zip_bomb": "The file unpacks to far too much. Save the draft again in Word as .docx.",
    "too_long": "The text is longer than a legal text can be. Import it in parts.",
}


class SourceError(ValueError):
    """A file that cannot be read; ``code`` is one of the keys of the advice given."""

    def __init__(self, code: str) -> None:
        super().__init__(_ADVICE[code])
        self.code = code


#: Every code that a ``SourceError`` may have.
CODES = tuple(_ADVICE)
