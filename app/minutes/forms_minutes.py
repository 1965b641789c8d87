"""The shape of minutes as they are typed; what they must say is decided in ``content``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.minutes.content import MOST_PEOPLE, MOST_POINTS, Draft, Point
from app.platform.fields import Needed, WholeNumberField
from app.remarks.content import LONGEST_REASON


def _figure(label: Any) -> WholeNumberField:
    """How many there were; may be left empty."""
    return WholeNumberField(label, [Optional()], least=0, most=MOST_PEOPLE)


class PointForm(Form):
    """One point of the agenda."""

    title = StringField(_l("Title of the point"), validators=[Needed()])
    discussion = TextAreaField(_l("What was talked about"))
    agreed = TextAreaField(_l("What was agreed"))


class MinutesForm(FlaskForm):
    """Minutes as far as they are written."""

    people = _figure(_l("People present"))
    organisations = _figure(_l("Organisations present"))
    women = _figure(_l("of them women"))
    introduction = TextAreaField(_l("Introduction"))
    points = FieldList(FormField(PointForm), max_entries=MOST_POINTS)
    closing = TextAreaField(_l("Closing"))
    revision = IntegerField(default=0, widget=HiddenInput(), validators=[InputRequired()])

    def draft(self) -> Draft:
        """What was typed."""
        return Draft(
            introduction=self.introduction.data or "",
            points=tuple(
                Point(row["title"] or "", row["discussion"] or "", row["agreed"] or "")
                for row in self.points.data
            ),
            closing=self.closing.data or "",
            people=self.people.data,
            organisations=self.organisations.data,
            women=self.women.data,
        )

    def say(self, problems: Sequence[tuple[str, object]]) -> None:
        """Put each problem at its field; „points-2-title” names a field of the third point."""
        for name, problem in problems:
            field = self._field(name)
            if field is None:
                self.form_errors.append(problem)
            else:
                field.errors = [*field.errors, problem]
                if name.startswith("points-"):
                    place = int(name.split("-")[1]) + 1
                    self.form_errors.append(
                        _("Point %(number)s: %(problem)s", number=place, problem=problem)
                    )

    def _field(self, name: str) -> Any:
        if name.startswith("points-"):
            _list, place, part = name.split("-")
            return self.points[int(place)].form[part]
        return self._fields.get(name)


def form_of(draft: Draft, revision: int) -> MinutesForm:
    """The form filled in with what was written; with one empty point, if there is none."""
    points = draft.points or (Point(),)
    return MinutesForm(
        formdata=None,
        data={
            "introduction": draft.introduction,
            "closing": draft.closing,
            "people": draft.people,
            "organisations": draft.organisations,
            "women": draft.women,
            "points": [
                {"title": p.title, "discussion": p.discussion, "agreed": p.agreed} for p in points
            ],
            "revision": revision,
        },
    )


class PublishForm(FlaskForm):
    """Publishing the minutes of this revision; later versions say what is different."""

    note = TextAreaField(
        _l("What is different from the version before?"),
        validators=[
            Needed(),
            Length(
                max=LONGEST_REASON,
                message=_l("This is too long: at most %(n)s characters fit.", n=LONGEST_REASON),
            ),
        ],
    )
    revision = IntegerField(default=0, widget=HiddenInput(), validators=[InputRequired()])
