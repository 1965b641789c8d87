"""Why a file or a pasted text could not be read, and what to do about it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_UNKNOWN = _l("This text could not be read. Save it anew as .docx, or paste it below.")

#: A sentence for each code of the errors of ``legaltext.sources`` and ``legaltext.outline``.
SENTENCES = {
    "empty": _l("There is no text in this file. Choose the file with the draft in it."),
    "too_large": _l(
        "This file is larger than 10 MB. Take the pictures out of it, or paste the text below."
    ),
    "pdf": _l(
        "This is a PDF, from which provisions cannot be read reliably. Open the draft in Word and "
        "save it as .docx, or paste its text below."
    ),
    "old_doc": _l("This is an old .doc file. Open it in Word and save it as .docx."),
    "password": _l("This file is protected by a password. Save it without one and try again."),
    "rtf": _l("This is an RTF file. Open it in Word and save it as .docx."),
    "html": _l("This is a web page. Copy its text and paste it below."),
    "not_supported": _l(
        "This is not a .docx, .odt or text file. Save the draft as .docx, or paste its text below."
    ),
    "broken_zip": _l(
        "This file is damaged and cannot be opened. Save it in Word once more, or send the "
        "original again."
    ),
    "broken_xml": _l("The inside of this file is damaged. Open it in Word and save it once more."),
    "zip_bomb": _l(
        "This file unpacks to far more than a draft can hold. Save the draft in Word once more."
    ),
    "too_long": _l("This text is longer than a legal text can be. Import it in parts."),
    "too_many_units": _l("This text has more provisions than we can take. Import it in parts."),
    "no_provisions": _l(
        "No provisions were found: no §, chapter or numbered point. Check that this is the draft, "
        "and that the numbers are in it."
    ),
}


class CannotRead(Exception):
    """A draft that gives no outline; ``code`` says why, in English the message does too."""

    def __init__(self, code: str, advice: str = "") -> None:
        super().__init__(advice or code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What is wrong with the draft and what to do next, in the reader's language."""
        return str(SENTENCES.get(self.code, _UNKNOWN))
