"""The shape of what the coordinator types at the workbench."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.drafting.models import ChangeKind
from app.legaltext.units import Kind

#: Characters of one reason; a line break is one.
LONGEST_REASON = 2000


def with_plain_breaks(text: str | None) -> str:
    """What was typed, each line break as one sign: browsers send two."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


#: The names are those of amendments, for the module that shows the difference while one types.
KINDS = (
    ("reword", _l("New wording")),
    ("insert", _l("A new provision after it")),
    ("strike", _l("Strike it out")),
    ("move", _l("Move it elsewhere")),
)

CHANGE_OF = {
    "reword": ChangeKind.REWORD,
    "insert": ChangeKind.INSERT,
    "strike": ChangeKind.REPEAL,
    "move": ChangeKind.MOVE,
}

UNIT_KINDS = (
    ("", _l("the same kind as this one")),
    (Kind.SECTION, _l("section (§)")),
    (Kind.SUBSECTION, _l("subsection (ust.)")),
    (Kind.POINT, _l("point (pkt)")),
    (Kind.LETTER, _l("letter (lit.)")),
    (Kind.INDENT, _l("indent (tiret)")),
)


class WhyForm(FlaskForm):
    """Why the text changes: remarks, a workshop and what was noted there, or a reason."""

    causes = SelectMultipleField(
        _l("Caused by remarks"),
        coerce=int,
        choices=(),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    more = StringField(_l("Numbers of other remarks"), validators=[Length(max=300)])
    event = SelectField(_l("Caused by a workshop"), choices=(), validators=[Optional()])
    event_note = TextAreaField(_l("What was noted there"), validators=[Length(max=2000)])
    reason = TextAreaField(_l("Reason in words"), validators=[Length(max=2000)])


class ExplainForm(WhyForm):
    """Why a change was made, said anew. ``seen`` is the token of the causes it was begun on."""

    seen = HiddenField()


class ChangeForm(WhyForm):
    """One change by hand: what, the words, and why. ``seen`` is the wording it was begun on."""

    amendment_kind = RadioField(
        _l("What changes"),
        choices=[SelectChoice(*kind) for kind in KINDS],
        default="reword",
        validators=[InputRequired()],
    )
    unit_kind = SelectField(
        _l("Kind of the new provision"),
        choices=[SelectChoice(*kind) for kind in UNIT_KINDS],
        validators=[Optional()],
    )
    after = SelectField(_l("After which provision"), choices=(), validators=[Optional()])
    text = TextAreaField(_l("Wording"), validators=[Length(max=40_000)])
    seen = HiddenField()


class ReasonsForm(FlaskForm):
    """Why many remarks need no change; each may have a reason of its own beside the common one."""

    common = TextAreaField(
        _l("The common reason"),
        filters=[with_plain_breaks],
        validators=[Length(max=LONGEST_REASON)],
    )


class PutAsideForm(FlaskForm):
    """Why a working draft is put aside."""

    reason = TextAreaField(
        _l("Why the draft is put aside"),
        validators=[
            InputRequired(_l("Say why the draft is put aside. It stays on record with the draft.")),
            Length(max=2000),
        ],
    )
    revision = HiddenField()


class PublishForm(FlaskForm):
    """The last look before an edition goes out."""

    note = TextAreaField(
        _l("What readers should know about this edition"), validators=[Length(max=2000)]
    )
    revision = HiddenField()
