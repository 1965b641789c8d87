"""The shape of materials as they are sent."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.events.file_kinds import LARGEST
from app.events.materials import LONGEST_REASON, Offer
from app.platform.fields import Needed, SayingForm


class MaterialForm(SayingForm):
    """A file or an address, with a title."""

    title = StringField(_l("Title of the material"), validators=[Needed()])
    file = FileField(_l("File"))
    url = StringField(_l("or an address elsewhere"))

    def offer(self) -> Offer:
        """What was sent; of a file that is too large, no more than shows that it is."""
        upload = self.file.data
        content = upload.read(LARGEST + 1) if upload else b""
        filename = (upload.filename or "plik") if upload else ""
        return Offer(self.title.data or "", (self.url.data or "").strip(), filename, content)


class RemoveMaterialForm(FlaskForm):
    """Why something is taken down."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Say why it is removed.")),
            Length(max=LONGEST_REASON, message=_l("This is too long: at most %(max)d characters.")),
        ],
    )
