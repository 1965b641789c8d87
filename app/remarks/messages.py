"""What we write to the authors of remarks."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.legaltext import diff
from app.platform.links import absolute
from app.platform.mail import Message
from app.remarks import lifecycle, wording
from app.remarks.keys import secret_of
from app.remarks.models import Outcome, Position, Remark, Reply
from app.remarks.rebasing import Became


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
    """The office has taken a position, perhaps with a wording of its own."""
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
        *(_other_wording(remark, position) if position.wording else ()),
        _("You can see it here:\n%(url)s", url=_address(remark)),
        _signed(remark),
    )


def _other_wording(remark: Remark, position: Position) -> Iterator[str]:
    """Both wordings, what differs between them, the formula, and where to say what one thinks."""
    moved = remark.moved_along
    theirs = moved.text if moved is not None else remark.proposed_text
    changed = diff.to_text(diff.compare(theirs, position.wording))
    formula = wording.formula_of(remark, position)
    yield _("The office proposes a wording of its own:\n%(text)s", text=position.wording)
    yield _("Your proposal was:\n%(text)s", text=theirs)
    yield _("What the office's wording changes in your proposal:\n%(text)s", text=changed)
    if formula:
        yield _("As an amending provision:\n%(text)s", text=formula)
    yield _(
        "Say here whether you agree with this wording. You do not have to: your silence stops "
        "nothing.\n%(url)s",
        url=page_of(remark, "respond"),
    )


def changed_beneath(remark: Remark, became: Became, edition_number: int) -> Message:
    """A new edition has changed the very words that an amendment asks to change."""
    number = remark.number
    proposed = became.text or _("(to be struck out)")
    if lifecycle.may_be_changed(remark):
        what_next = _(
            "Write here how it should read now. Your remark keeps its number and what you wrote "
            "before stays in its history. You can do so until the office answers it:\n%(url)s",
            url=page_of(remark, "restate"),
        )
    else:
        what_next = _(
            "You do not have to do anything: the office will write the change into the new text. "
            "You can follow it here:\n%(url)s",
            url=_address(remark),
        )
    return _message(
        _("The provision of your remark no. %(number)s has changed", number=number),
        _(
            "Edition %(edition)s of the draft has been published. It changed the same words that "
            "your remark no. %(number)s on: %(about)s asks to change, so your proposal could not "
            "be carried over to the new text as it is.",
            edition=edition_number,
            number=number,
            about=_about(remark),
        ),
        _("The provision now reads:\n%(text)s", text=became.now),
        _("Your proposal was:\n%(text)s", text=proposed),
        what_next,
        _signed(remark),
    )


def page_of(remark: Remark, name: str) -> str:
    """A page for the author alone: behind the secret link for somebody without an account."""
    if remark.author_id is None:
        return absolute(f"remarks.{name}_by_key", key=secret_of(remark.submission_key))
    return absolute(f"remarks.{name}", slug=remark.consultation.slug, number=remark.number)


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
