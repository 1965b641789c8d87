"""The shape of notes as they are typed; what a note must say is decided in ``said``."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app.minutes.models import NoteKind
from app.minutes.said import Said
from app.platform.fields import Needed, SayingForm
from app.platform.keys import new_submission_key

#: How each kind of note is called.
KINDS = {
    NoteKind.COMMENT: _l("Comment or question"),
    NoteKind.PROPOSAL: _l("Proposed wording"),
    NoteKind.AGREED: _l("Agreed"),
    NoteKind.DISPUTED: _l("No agreement"),
}


class NoteForm(SayingForm):
    """A note; without a provision there is no wording to propose."""

    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        default=NoteKind.COMMENT.value,
        validators=[Needed()],
    )
    body = TextAreaField(_l("What was said, and why"), validators=[Needed()])
    proposed = TextAreaField(_l("How it should read"))
    table = StringField(_l("Table"))
    submission_key = HiddenField(
        default=new_submission_key, validators=[InputRequired(), Length(min=16, max=64)]
    )
    revision = IntegerField(default=0, widget=HiddenInput(), validators=[InputRequired()])

    def without_wording(self) -> None:
        """For a note that is about no provision."""
        del self.proposed
        self.kind.choices = [c for c in self.kind.choices if c.value != NoteKind.PROPOSAL.value]

    def said(self) -> Said:
        """What was typed."""
        proposed = self.proposed.data if "proposed" in self else ""
        return Said(
            NoteKind(self.kind.data), self.body.data or "", proposed or "", self.table.data or ""
        )


class DropForm(FlaskForm):
    """Why something is put aside."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Say why the note is dropped.")),
            Length(max=2000, message=_l("This is too long: at most %(max)d characters.")),
        ],
    )
