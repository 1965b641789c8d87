"""Shape of what the coordinator sends when importing a draft and publishing an edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from app.documents.models import Document
from app.legaltext.units import Kind

#: How each kind of provision is called, in the order in which they enclose each other.
KINDS = {
    Kind.PREAMBLE: _l("preamble"),
    Kind.PART: _l("part"),
    Kind.DIVISION: _l("division"),
    Kind.CHAPTER: _l("chapter"),
    Kind.SECTION: _l("section (§)"),
    Kind.SUBSECTION: _l("subsection (ust.)"),
    Kind.POINT: _l("point (pkt)"),
    Kind.LETTER: _l("letter (lit.)"),
    Kind.INDENT: _l("indent (tiret)"),
    Kind.DOUBLE_INDENT: _l("double indent"),
    Kind.COMMON_ENDING: _l("common ending"),
    Kind.HEADING: _l("heading"),
    Kind.PARAGRAPH: _l("paragraph"),
    Kind.TABLE: _l("table"),
}

NEW_DOCUMENT = "new"


class ImportForm(FlaskForm):
    """A file or a pasted text, one of them."""

    file = FileField(_l("File of the draft"))
    text = TextAreaField(_l("Text of the draft"))
    title = StringField(
        _l("Title of the document"),
        [Length(max=500, message=_l("This is too long: at most %(max)d characters."))],
    )

    def validate_file(self, field: FileField) -> None:
        """Ask for a file or a text, and for no more than one of them."""
        given, typed = bool(field.data), bool((self.text.data or "").strip())
        if not given and not typed:
            raise ValidationError(_l("Choose a file, or paste the text below."))
        if given and typed:
            raise ValidationError(
                _l("You chose a file and pasted a text. Leave one of them, so that we know which.")
            )

    def refuse(self, sentence: str) -> None:
        """Say at the right field why the draft could not be read."""
        field = self.file if self.file.data else self.text
        field.errors = [*field.errors, sentence]


class RowForm(FlaskForm):
    """One row of the outline as it is being corrected; a line break in the text divides it."""

    revision = HiddenField()
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(str(kind), name) for kind, name in KINDS.items()]
    )
    mark = StringField(
        _l("Mark"), [Length(max=20, message=_l("This is too long: at most %(max)d characters."))]
    )
    text = TextAreaField(_l("Text"))


class ConfirmForm(FlaskForm):
    """What the outline becomes: a new document, or the next edition of one."""

    revision = HiddenField()
    target = RadioField(_l("What is this text?"), [InputRequired(_l("Choose one."))])
    title = TextAreaField(
        _l("Title of the document"),
        [
            InputRequired(_l("Give the document a title.")),
            Length(max=500, message=_l("This is too long: at most %(max)d characters.")),
        ],
    )
    note = TextAreaField(
        _l("Note to readers"),
        [Length(max=2000, message=_l("This is too long: at most %(max)d characters."))],
    )
    accept_doubts = BooleanField(
        _l("I have seen the doubts that are left. Keep the text as it is.")
    )

    def __init__(self, documents: Sequence[Document], doubts: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.doubts = doubts
        self.target.choices = [
            SelectChoice(NEW_DOCUMENT, _l("A new document of this consultation")),
            *(
                SelectChoice(str(d.id), _l("The next edition of: %(title)s", title=d.title))
                for d in documents
            ),
        ]

    def validate_accept_doubts(self, field: BooleanField) -> None:
        """Doubts that are left must be accepted in so many words."""
        if self.doubts and not field.data:
            raise ValidationError(
                _l("Resolve the doubts, or tick that you have seen the ones that are left.")
            )
