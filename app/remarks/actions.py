"""What authors do: submit, change and withdraw. What others do stands in the modules beside.

Everything happens with the consultation's row locked, so that numbers, tallies and counts agree.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import take_number, touch
from app.consultations.models import Consultation
from app.documents.models import Document, Edition
from app.journal.actions import record
from app.legaltext.anchors import Anchor, anchor_of_words
from app.platform.clock import local
from app.platform.db import db, id_of, insert
from app.platform.errors import DomainError, NotAllowed, require
from app.remarks import messages, wording
from app.remarks.anchoring import carry_remark
from app.remarks.content import (
    LONGEST_REASON,
    Author,
    Content,
    Origin,
    mistakes,
    was_open_on,
)
from app.remarks.keys import hash_of, secret_of
from app.remarks.models import Channel, Remark, RemarkKind, RemarkVersion
from app.remarks.permissions import Author as Person
from app.remarks.permissions import (
    can_change_remark,
    can_enter_remark,
    can_submit_remark,
    can_withdraw_remark,
)
from app.remarks.post import tell_author
from app.remarks.queries import first_version_of, held, locked_of, newest_and_made
from app.remarks.tallies import count

#: Part of every remark, so it is put together once, and of the table: no object is made.
_KEEP_VERSION = sa.insert(cast(sa.Table, RemarkVersion.__table__))


def submit(
    document: Document,
    content: Content,
    *,
    author: Author,
    submission_key: str,
    by: Person,
    at: datetime,
    origin: Origin | None = None,
    edition: Edition | None = None,
) -> Remark:
    """Take a remark in and give it the next number of its consultation.

    The same ``submission_key`` with the same words again gives the same remark. With ``origin``
    the office enters what came on paper, by e-mail or in a workshop; it alone may name an
    ``edition`` that is not the newest. Raises ``DomainError`` when the text has changed meanwhile
    or something is wrong.
    """
    consultation = locked_of(document)
    allowed = can_submit_remark if origin is None else can_enter_remark
    require(allowed(by, consultation, at), _l("Remarks are not taken now."))
    newest, made = newest_and_made(document, submission_key)
    if made is not None:
        require(made.author_id == _account(author) and made.document_id == document.id)
        return _same(made, content)
    _check_author(author, by, origin)
    _check_origin(consultation, origin)
    remark = _new_remark(document, _edition(newest, edition, origin), content, author)
    _number(remark, consultation, submission_key, at)
    _note_origin(remark, origin, by, at)
    _keep(remark, consultation, by, at)
    if origin is not None:
        carry_remark(remark)
    secret = secret_of(submission_key) if remark.key_hash else ""
    tell_author(remark, lambda: messages.received(remark, secret), about="received", at=at)
    return remark


def _same(made: Remark, content: Content) -> Remark:
    """The remark made before, unless somebody went back to its form and wrote something else."""
    first = first_version_of(made)
    proposed = wording.proposed(made.amendment_kind, content.proposed_text)
    meant = content.amendment_kind if content.kind is RemarkKind.AMENDMENT else None
    said = first.body, first.proposed_text, made.amendment_kind
    if (content.body.strip(), proposed, meant) != said:
        raise DomainError(
            _l(
                "This form was sent before: it is remark no. %(number)s. What you wrote now was "
                "not added. Copy it, open the remark and correct it there.",
                number=made.number,
            )
        )
    return made


def _keep(remark: Remark, consultation: Consultation, by: Person, at: datetime) -> None:
    insert(remark)
    keep_version(remark, by, at)
    count(remark, 1)
    record("submitted", remark, by=_person(by), at=at, scope=consultation, number=remark.number)


def _account(author: Author) -> int | None:
    return id_of(author.person) if author.person is not None else None


def _person(by: Person) -> User | None:
    return by if isinstance(by, User) else None


def _check_author(author: Author, by: Person, origin: Origin | None) -> None:
    if origin is not None:
        return
    require(_account(author) == by.id, _l("You can send a remark in your own name only."))
    if author.organisation is None:
        return
    own = by.memberships if isinstance(by, User) else ()
    if all(author.organisation.id != membership.organisation_id for membership in own):
        raise NotAllowed(_l("You can speak only for an organisation you belong to."))


def _check_origin(consultation: Consultation, origin: Origin | None) -> None:
    if origin is None:
        return
    if origin.channel is Channel.ONLINE:
        raise DomainError(_l("Choose how the remark reached the office."))
    if not was_open_on(consultation.rounds, origin.received_on):
        raise DomainError(
            _l("On that day remarks were not taken. Check the day on which it was received.")
        )


def _edition(newest: Edition | None, wanted: Edition | None, origin: Origin | None) -> Edition:
    if newest is None:
        raise DomainError(_l("The draft has not been published yet."))
    if wanted is None or wanted.id == newest.id:
        return newest
    if origin is None or wanted.published_at is None:
        raise DomainError(
            _l(
                "A new edition of the draft was published while you were writing. "
                "Copy your text, open the provision again and check whether it still applies."
            )
        )
    return wanted


def _new_remark(document: Document, edition: Edition, content: Content, author: Author) -> Remark:
    about = content.provision
    row = wording.standing(edition, about) if about is not None else None
    if about is not None and row is None:
        raise DomainError(_l("This provision does not stand in that edition of the draft."))
    current = row.text if row is not None else ""
    for _field, problem in mistakes(content, current):
        raise DomainError(problem)
    held = anchor_of_words(row.unit, content.quote) if row and content.quote.strip() else Anchor("")
    amends = content.kind is RemarkKind.AMENDMENT
    kind = content.amendment_kind if amends else None
    proposed = wording.proposed(kind, content.proposed_text)
    return Remark(
        document_id=id_of(document),
        edition_id=edition.id,
        provision_id=id_of(about) if about is not None else None,
        home_id=id_of(about) if about is not None else None,
        citation=row.citation if row else "",
        quote=held.quote,
        quote_prefix=held.prefix,
        quote_suffix=held.suffix,
        kind=content.kind,
        amendment_kind=kind,
        body=content.body.strip(),
        proposed_text=proposed,
        html=wording.rendered(kind, current, proposed, content.body),
        author_id=_account(author),
        organisation_id=author.organisation.id if author.organisation else None,
        author_name=author.name.strip(),
        author_email=author.email.strip().lower(),
        named_in_public=author.named_in_public,
        signature=author.signature,
        versions_count=1,
    )


def _current(edition: Edition, content: Content) -> str:
    if content.provision is None:
        return ""
    return wording.text_of(wording.unit_of(edition, content.provision))


def _number(remark: Remark, consultation: Consultation, submission_key: str, at: datetime) -> None:
    remark.number = take_number(consultation)
    remark.consultation_id = consultation.id
    remark.submission_key = submission_key
    remark.submitted_at = remark.changed_at = at
    anonymous = remark.author_id is None
    remark.key_hash = hash_of(secret_of(submission_key)) if anonymous else ""


def _note_origin(remark: Remark, origin: Origin | None, by: Person, at: datetime) -> None:
    remark.channel = origin.channel if origin else Channel.ONLINE
    remark.received_on = origin.received_on if origin else local(at).date()
    remark.event_id = origin.event.id if origin and origin.event else None
    remark.entered_by_id = by.id if origin else None


def keep_version(remark: Remark, by: Person, at: datetime) -> None:
    """Keep what a remark says now, and of which edition, as its newest version."""
    version = {
        "remark_id": remark.id,
        "number": remark.versions_count,
        "edition_id": remark.edition_id,
        "provision_id": remark.provision_id,
        "citation": remark.citation,
        "body": remark.body,
        "proposed_text": remark.proposed_text,
        "html": remark.html,
        "created_at": at,
        "created_by_id": by.id,
    }
    db.session.connection().execute(_KEEP_VERSION, version)


def change(
    remark: Remark, *, body: str, proposed_text: str = "", version: int, by: Person, at: datetime
) -> Remark:
    """Say something else under the same number; what was said before stays as a version.

    ``version`` is the one its author had before their eyes. Saying the same again changes
    nothing, so a double click makes one version. An amendment that moved along with the text is
    restated instead.
    """
    require(can_change_remark(by, held(remark), at), _l("This remark can no longer be changed."))
    proposed = wording.proposed(remark.amendment_kind, proposed_text)
    if body.strip() == remark.body and proposed == remark.proposed_text:
        return remark
    if version != remark.versions_count:
        raise DomainError(
            _l("This remark has been changed in another window. Copy your text and open it again.")
        )
    content = Content(remark.kind, body, remark.provision, remark.amendment_kind, proposed)
    current = _current(remark.edition, content)
    for _field, problem in mistakes(content, current):
        raise DomainError(problem)
    remark.body, remark.proposed_text, remark.changed_at = body.strip(), proposed, at
    remark.html = wording.rendered(remark.amendment_kind, current, proposed, body)
    remark.versions_count += 1
    if remark.moved_along is not None:
        remark.moved_along.text = proposed
    keep_version(remark, by, at)
    record("changed", remark, by=_person(by), at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    return remark


def withdraw(remark: Remark, *, reason: str, by: Person, at: datetime) -> Remark:
    """Give a remark up: its number and trace stay, it is neither counted nor answered.

    The reason may be empty: nobody has to explain a change of mind.
    """
    require(
        can_withdraw_remark(by, held(remark), at), _l("This remark can no longer be withdrawn.")
    )
    remark.withdrawn_at, remark.withdrawal_reason = at, reason.strip()[:LONGEST_REASON]
    count(remark, -1)
    record("withdrawn", remark, by=_person(by), at=at, scope=remark.consultation)
    touch(remark.consultation_id)
    return remark
