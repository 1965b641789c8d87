"""Looking through the letters that the demo town would have sent."""

from __future__ import annotations

import sqlalchemy as sa

from app.platform.db import db
from app.platform.mail import OutboxMail
from app.platform.pages import Page, paginate


def mails_to(recipient: str, number: int) -> Page[OutboxMail]:
    """A page of mails, the newest first; those whose address contains ``recipient``, if given."""
    written = sa.select(OutboxMail).where(OutboxMail.recipient != "")
    statement = written.order_by(OutboxMail.id.desc())
    if recipient:
        statement = statement.where(OutboxMail.recipient.icontains(recipient, autoescape=True))
    return paginate(db.session(), statement, number)


def mail_by_id(number: int) -> OutboxMail | None:
    """One mail."""
    return db.session.get(OutboxMail, number)
