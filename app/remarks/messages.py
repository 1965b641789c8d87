"""What we write to the authors of remarks."""

from __future__ import annotations

from flask_babel import gettext as _

from app.platform.links import absolute
from app.platform.mail import Message
from app.remarks.models import Outcome, Position, Remark, Reply


def outcome_in_words(outcome: Outcome) -> str:
    """The office's position as a sentence says it."""
    words = {
        Outcome.ACCEPTED: _("accepted"),
        Outcome.PARTIALLY_ACCEPTED: _("accepted in part"),
        Outcome.REJECTED: _("not accepted"),
        Outcome.OUT_OF_SCOPE: _("outside the scope of the document"),
    }
    return str(words[outcome])


def _address(remark: Remark) -> str:
    return absolute("remarks.show", slug=remark.consultation.slug, number=remark.number)


def _about(remark: Remark) -> str:
    return remark.citation or str(_("the whole document"))


def _signed(remark: Remark) -> str:
    return str(_("The office – %(consultation)s", consultation=remark.consultation.title))


def _message(subject: str, *paragraphs: str) -> Message:
    return Message(str(subject), "\n\n".join(str(part) for part in paragraphs if part))


def received(remark: Remark, secret: str = "") -> Message:
    """The receipt; somebody without an account also gets their secret link."""
    link = ""
    if secret:
        link = _(
            "With this link you can correct or withdraw your remark. Do not pass it on:\n%(url)s",
            url=absolute("remarks.by_key", key=secret),
        )
    return _message(
        _("Remark no. %(number)s has been received", number=remark.number),
        _(
            "Thank you. We have received your remark on: %(about)s. It has number %(number)s.",
            about=_about(remark),
            number=remark.number,
        ),
        _("You can see it here:\n%(url)s", url=_address(remark)),
        link,
        _("The office will consider it and say what becomes of it and why. We will write to you."),
        _signed(remark),
    )


def answered(remark: Remark, position: Position) -> Message:
    """The office has taken a position."""
    reason = ""
    if position.justification:
        reason = _("Justification:\n%(text)s", text=position.justification)
    return _message(
        _("The office has answered remark no. %(number)s", number=remark.number),
        _(
            "Your remark no. %(number)s on: %(about)s has been considered. Position: %(outcome)s.",
            number=remark.number,
            about=_about(remark),
            outcome=outcome_in_words(position.outcome),
        ),
        reason,
        _("You can see it here:\n%(url)s", url=_address(remark)),
        _signed(remark),
    )


def hidden(remark: Remark) -> Message:
    """A moderator has put a reason in place of the words."""
    return _message(
        _("The text of remark no. %(number)s has been hidden", number=remark.number),
        _(
            "A moderator has hidden the text of your remark no. %(number)s. Reason: %(reason)s",
            number=remark.number,
            reason=remark.hidden_reason,
        ),
        _(
            "Your remark keeps its number and will be answered like every other. "
            "If you disagree, reply to the office: %(contact)s.",
            contact=remark.consultation.contact_email or remark.consultation.contact_name,
        ),
        _("You can see it here:\n%(url)s", url=_address(remark)),
        _signed(remark),
    )


def replied(remark: Remark, reply: Reply) -> Message:
    """Somebody has written beneath the remark."""
    return _message(
        _("New reply to remark no. %(number)s", number=remark.number),
        _("%(who)s has replied to your remark:", who=reply.signature),
        reply.body,
        _("You can see it here:\n%(url)s", url=_address(remark)),
        _signed(remark),
    )
