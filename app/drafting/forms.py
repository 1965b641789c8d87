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
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.legaltext.units import Kind
from app.remarks.models import AmendmentKind

KINDS = (
    (AmendmentKind.REWORD, _l("New wording")),
    (AmendmentKind.INSERT, _l("A new provision after it")),
    (AmendmentKind.STRIKE, _l("Strike it out")),
)

UNIT_KINDS = (
    ("", _l("the same kind as this one")),
    (Kind.SECTION, _l("section (§)")),
    (Kind.SUBSECTION, _l("subsection (ust.)")),
    (Kind.POINT, _l("point (pkt)")),
    (Kind.LETTER, _l("letter (lit.)")),
    (Kind.INDENT, _l("indent (tiret)")),
)


class ChangeForm(FlaskForm):
    """One change by hand: what, the words, and why. ``seen`` is the wording it was begun on."""

    amendment_kind = RadioField(
        _l("What changes"),
        choices=[SelectChoice(*kind) for kind in KINDS],
        default=AmendmentKind.REWORD,
        validators=[InputRequired()],
    )
    unit_kind = SelectField(
        _l("Kind of the new provision"),
        choices=[SelectChoice(*kind) for kind in UNIT_KINDS],
        validators=[Optional()],
    )
    text = TextAreaField(_l("Wording"), validators=[Length(max=40_000)])
    causes = SelectMultipleField(
        _l("Caused by remarks"),
        coerce=int,
        choices=(),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(_l("Reason in words"), validators=[Length(max=2000)])
    seen = HiddenField()


class PublishForm(FlaskForm):
    """The last look before an edition goes out."""

    note = TextAreaField(
        _l("What readers should know about this edition"), validators=[Length(max=2000)]
    )
    revision = HiddenField()
