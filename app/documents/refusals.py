"""Why a file or a pasted text could not be read, and what to do about it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_UNKNOWN = _l("This text could not be read. Try to save it anew as .docx, or paste it below.")

#: A sentence for each code of the errors of ``legaltext.sources`` and ``legaltext.outline``.
SENTENCES: dict[str, object] = {}


class CannotRead(Exception):
    """A draft that gives no outline; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What is wrong with the draft and what to do next."""
        return str(SENTENCES.get(self.code, _UNKNOWN))
