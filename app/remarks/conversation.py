"""What others do beneath a remark: reply to it and support it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import Organisation, User
from app.consultations.actions import touch
from app.journal.actions import record
from app.legaltext import sanitize
from app.platform.db import db
from app.platform.errors import DomainError, require
from app.platform.language import site_language
from app.remarks import messages
from app.remarks.content import LONGEST_BODY, LONGEST_REASON
from app.remarks.models import Remark, Reply, Support
from app.remarks.permissions import (
    can_hide_reply,
    can_reply_to_remark,
    can_restore_reply,
    can_support_remark,
    is_author,
)
from app.remarks.post import tell_author
from app.remarks.queries import held, held_reply, reply_by_submission, support_of


def reply(
    remark: Remark,
    body: str,
    *,
    submission_key: str,
    by: User,
    at: datetime,
    organisation: Organisation | None = None,
) -> Reply:
    """Say something beneath a remark, in one's own name or for one's organisation.

    Who writes in public is named in public; the office speaks as the office. The same
    ``submission_key`` with the same words again gives the same reply.
    """
    require(
        can_reply_to_remark(by, held(remark), at), _l("Replies to this remark are not taken now.")
    )
    made = reply_by_submission(submission_key)
    if made is not None:
        require(made.author_id == by.id and made.remark_id == remark.id)
        return _same(made, body)
    written = Reply(
        remark_id=remark.id,
        author_id=by.id,
        signature=_signature(by, organisation),
        from_office=bool(by.is_office),
        body=_words(body),
        html=sanitize.paragraphs(body),
        created_at=at,
        submission_key=submission_key,
    )
    db.session.add(written)
    remark.replies_count += 1
    record("replied", remark, by=by, at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    if not is_author(by, remark):
        about = f"reply:{written.id}"
        tell_author(remark, lambda: messages.replied(remark, written), about=about, at=at)
    return written


def _same(made: Reply, body: str) -> Reply:
    """The reply made before, unless somebody went back to its form and wrote something else."""
    if made.body != body.strip():
        raise DomainError(
            _l(
                "This form was sent before and your reply is shown. To add something, copy "
                "your text, open the remark again and write a new reply."
            )
        )
    return made


def _words(body: str) -> str:
    if not body.strip():
        raise DomainError(_l("Write what you want to say."))
    if len(body) > LONGEST_BODY:
        raise DomainError(_l("This is too long: at most %(n)s characters fit.", n=LONGEST_BODY))
    return body.strip()


def _signature(by: User, organisation: Organisation | None) -> str:
    if organisation is not None:
        spoken_for = {membership.organisation_id for membership in by.memberships}
        require(
            organisation.id in spoken_for,
            _l("You can speak only for an organisation you belong to."),
        )
        return organisation.name
    if by.is_office:
        with force_locale(site_language()):
            return str(_("%(name)s, the office", name=by.name))
    return by.name


def hide_reply(written: Reply, *, reason: str, by: User, at: datetime) -> Reply:
    """Put a reason in place of a reply's words."""
    written, remark = held_reply(written)
    require(can_hide_reply(by, written, at))
    if not reason.strip():
        raise DomainError(_l("Give the reason: it will stand in place of the text."))
    written.hidden_at, written.hidden_by_id = at, by.id
    written.hidden_reason = reason.strip()[:LONGEST_REASON]
    record("hidden", written, by=by, at=at, scope=remark.consultation, reason=written.hidden_reason)
    touch(remark.consultation_id)
    return written


def restore_reply(written: Reply, *, by: User, at: datetime) -> Reply:
    """Show a hidden reply again; the journal keeps that it was hidden, and why."""
    written, remark = held_reply(written)
    require(can_restore_reply(by, written, at))
    written.hidden_at, written.hidden_by_id, written.hidden_reason = None, None, ""
    record("restored", written, by=by, at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    return written


def support(remark: Remark, *, by: User, at: datetime) -> None:
    """Stand behind somebody else's remark; doing it twice counts once."""
    require(can_support_remark(by, held(remark), at), _l("This remark cannot be supported now."))
    if support_of(remark, by) is not None:
        return
    db.session.add(Support(remark_id=remark.id, user_id=by.id, created_at=at))
    remark.supports_count += 1
    record("supported", remark, by=by, at=at, scope=remark.consultation)
    touch(remark.consultation_id)


def withdraw_support(remark: Remark, *, by: User, at: datetime) -> None:
    """Stand behind it no more."""
    require(can_support_remark(by, held(remark), at), _l("This remark cannot be supported now."))
    given = support_of(remark, by)
    if given is None:
        return
    db.session.delete(given)
    remark.supports_count -= 1
    record("support_withdrawn", remark, by=by, at=at, scope=remark.consultation)
    touch(remark.consultation_id)
