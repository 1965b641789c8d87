"""The shape of what people fill in; what a remark must say is decided in ``content``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.accounts.models import Organisation
from app.platform.fields import Needed, SayingForm
from app.remarks.content import LONGEST_BODY, LONGEST_REASON
from app.remarks.lifecycle import State
from app.remarks.listing import LONGEST_SEARCH, Filters, Order
from app.remarks.models import AmendmentKind, Channel, RemarkKind

#: The name, among the states of a list, of those whose author is asked about a wording.
AWAITS_AUTHOR = "autor"


def _optional_number(value: Any) -> int | None:
    return int(value) if value else None


class RemarkForm(SayingForm):
    """A comment or an amendment; the address of the form says which, and on what."""

    class Meta(FlaskForm.Meta):
        """The gate has looked at the token of every POST; a form sent would make another one."""

        csrf = False

    amendment_kind = RadioField(
        _l("What should happen to this provision?"),
        choices=[
            SelectChoice(AmendmentKind.REWORD.value, _l("It should read differently")),
            SelectChoice(AmendmentKind.INSERT.value, _l("A new provision should follow it")),
            SelectChoice(AmendmentKind.STRIKE.value, _l("It should be struck out")),
        ],
        default=AmendmentKind.REWORD.value,
        validators=[Needed()],
    )
    proposed_text = TextAreaField(_l("How it should read"), validators=[Needed()])
    body = TextAreaField(_l("Your comment"), validators=[Needed()])
    quote = StringField(
        _l("Words you speak about"),
        validators=[Length(max=2000, message=_l("Quote fewer words."))],
    )
    behalf = RadioField(
        _l("In whose name do you write?"), coerce=int, default=0, validators=[Needed()]
    )
    name = StringField(_l("First and last name"), validators=[Length(max=120)])
    email = EmailField(
        _l("E-mail address"),
        validators=[
            Optional(),
            Length(max=254),
            Email(message=_l("Check the e-mail address: it should look like name@example.pl.")),
        ],
    )
    named = BooleanField(_l("Publish my name beside the remark"))
    submission_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])


class SeveralForm(RemarkForm):
    """An amendment of several parts of a provision: ``parts`` hold each part's wording in turn."""

    parts = FieldList(TextAreaField(_l("How it should read"), validators=[Needed()]))


class EntryForm(RemarkForm):
    """A remark that came on paper, by e-mail or in a workshop, typed in by the office."""

    channel = RadioField(
        _l("How did it reach the office?"),
        choices=[
            SelectChoice(Channel.PAPER.value, _l("On paper")),
            SelectChoice(Channel.EMAIL.value, _l("By e-mail")),
            SelectChoice(Channel.WORKSHOP.value, _l("In a workshop or at a meeting")),
        ],
        default=Channel.PAPER.value,
        validators=[Needed()],
    )
    received_on = DateField(
        _l("Day on which it was received"),
        validators=[InputRequired(_l("Give the day on which the remark was received."))],
    )
    organisation = SelectField(_l("Organisation"), coerce=_optional_number, default="")
    event = SelectField(_l("Meeting at which it was made"), coerce=_optional_number, default="")


class EditForm(SayingForm):
    """Another version of a remark."""

    proposed_text = TextAreaField(_l("How it should read"), validators=[Needed()])
    body = TextAreaField(_l("Your comment"), validators=[Needed()])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class RestateForm(EditForm):
    """A remark written anew on the edition with this number."""

    edition = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ResponseForm(FlaskForm):
    """What the author of a remark says to the office's wording in the position with this number."""

    agrees = RadioField(
        _l("Do you agree with this wording?"),
        choices=[
            SelectChoice("1", _l("Yes, I agree")),
            SelectChoice("0", _l("No, I do not agree")),
        ],
        validators=[InputRequired(_l("Choose whether you agree."))],
    )
    words = TextAreaField(
        _l("What do you want to say to it?"),
        validators=[
            Length(
                max=LONGEST_REASON,
                message=_l("This is too long: at most %(n)s characters fit.", n=LONGEST_REASON),
            )
        ],
    )
    position = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class WithdrawForm(FlaskForm):
    """Why a remark is withdrawn, if its author wants to say."""

    reason = TextAreaField(_l("Why do you withdraw it?"), validators=[Length(max=LONGEST_REASON)])


class ReplyForm(FlaskForm):
    """A reply beneath a remark."""

    body = TextAreaField(
        _l("Your reply"),
        validators=[
            DataRequired(_l("Write what you want to say.")),
            Length(
                max=LONGEST_BODY,
                message=_l("This is too long: at most %(n)s characters fit.", n=LONGEST_BODY),
            ),
        ],
    )
    behalf = SelectField(_l("In whose name do you write?"), coerce=int, default=0)
    submission_key = HiddenField(validators=[InputRequired(), Length(min=16, max=64)])


class FilterForm(Form):
    """What to look for in the list; the names of the fields are those of the address."""

    szukaj = SearchField(_l("Words"), validators=[Length(max=LONGEST_SEARCH)])
    przepis = StringField(_l("Provision"))
    rodzaj = SelectField(
        _l("Kind"),
        choices=[
            SelectChoice("", _l("all")),
            SelectChoice(RemarkKind.COMMENT.value, _l("comments")),
            SelectChoice(RemarkKind.AMENDMENT.value, _l("changes")),
        ],
    )
    stan = SelectField(
        _l("State"),
        choices=[
            SelectChoice("", _l("all")),
            SelectChoice(State.OPEN.value, _l("waits for an answer")),
            SelectChoice(State.ACCEPTED.value, _l("accepted")),
            SelectChoice(State.PARTIALLY_ACCEPTED.value, _l("accepted in part")),
            SelectChoice(State.REJECTED.value, _l("not accepted")),
            SelectChoice(State.OUT_OF_SCOPE.value, _l("out of scope")),
            SelectChoice(State.WITHDRAWN.value, _l("withdrawn")),
            SelectChoice(State.HIDDEN.value, _l("hidden")),
            SelectChoice(AWAITS_AUTHOR, _l("waits for the word of its author")),
        ],
    )
    organizacja = SelectField(_l("Organisation"))
    kanal = SelectField(
        _l("How it came"),
        choices=[
            SelectChoice("", _l("all")),
            SelectChoice(Channel.ONLINE.value, _l("through the site")),
            SelectChoice(Channel.PAPER.value, _l("on paper")),
            SelectChoice(Channel.EMAIL.value, _l("by e-mail")),
            SelectChoice(Channel.WORKSHOP.value, _l("in a workshop")),
        ],
    )
    kolejnosc = SelectField(
        _l("Order"),
        choices=[
            SelectChoice(Order.NUMBER.value, _l("by number")),
            SelectChoice(Order.NEWEST.value, _l("the newest first")),
            SelectChoice(Order.SUPPORT.value, _l("most supported first")),
            SelectChoice(Order.PROVISION.value, _l("in the order of the text")),
        ],
        default=Order.NUMBER.value,
    )

    def offer(self, organisations: list[Organisation]) -> None:
        """Fill in the organisations to choose from."""
        named = [SelectChoice(str(each.id), each.name) for each in organisations]
        self.organizacja.choices = [SelectChoice("", _l("all")), *named]

    def filters(self, *, whole_document: bool = False, reads_hidden: bool = False) -> Filters:
        """What was asked for; values that make no sense are left out."""
        organisation = self.organizacja.data or ""
        return Filters(
            provision=(self.przepis.data or "")[:LONGEST_SEARCH],
            kind=_one_of(RemarkKind, self.rodzaj.data),
            state=_one_of(State, self.stan.data),
            organisation_id=int(organisation) if _is_number(organisation) else None,
            channel=_one_of(Channel, self.kanal.data),
            text=(self.szukaj.data or "")[:LONGEST_SEARCH],
            order=_one_of(Order, self.kolejnosc.data) or Order.NUMBER,
            whole_document=whole_document,
            awaits_author=self.stan.data == AWAITS_AUTHOR,
            reads_hidden=reads_hidden,
        )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _one_of(members: Callable[[str], Any], value: str | None) -> Any:
    try:
        return members(value or "")
    except ValueError:
        return None
