"""Mail as an outbox: a row written in the same transaction as its cause, delivered later."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa
import structlog
from flask import current_app
from markupsafe import escape
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base, after_commit, db, transaction
from app.platform.letterhead import BARE, dressed, sender, signed

log = structlog.get_logger()

#: Minutes to wait after the first, second, … failed attempt; after the last one we give up.
RETRY_AFTER = (1, 5, 15, 60, 240, 720, 1440)

#: How long a worker may hold a mail before another may take it over.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Message:
    """What we write to somebody: subject and plain text, in which a blank line parts paragraphs.

    The HTML part is made from the text, so that the two can never say different things.
    """

    subject: str
    text: str

    @property
    def html(self) -> str:
        """The same words as paragraphs, with addresses as links; ``letterhead`` dresses them."""
        paragraphs = (part.strip() for part in self.text.split("\n\n"))
        return BARE + "".join(f"<p>{_lines(part)}</p>" for part in paragraphs if part)


def _lines(paragraph: str) -> str:
    """Escaped as a whole and put together as plain strings: hundreds are written at once."""
    lines = str(escape(paragraph)).splitlines()
    return "<br>".join(_linked(line) if line.startswith(_LINKS) else line for line in lines)


def _linked(line: str) -> str:
    return line if " " in line else f'<a href="{line}">{line}</a>'


#: How a line begins that is an address and nothing else.
_LINKS = ("https://", "http://")

#: The end of addresses at which no mail can ever arrive (RFC 2606).
NOWHERE = ".invalid"


class OutboxMail(Base):
    """A mail to be sent, being sent, or sent. ``key`` keeps one cause from writing twice."""

    __tablename__ = "outbox_mail"
    __table_args__ = (sa.Index("ix_outbox_due", "sent_at", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    message_id: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]  # None: given up, or sent
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(sa.Text, default="")


class Letter(NamedTuple):
    """A message, to whom it goes, and the key that names its cause."""

    to: str
    message: Message
    key: str


def put(to: str, message: Message, *, key: str, at: datetime) -> None:
    """Put a mail in the outbox; the same ``key`` again, or an address nobody has, changes nothing.

    ``key`` names the cause, for example ``"remark:12:received"``.
    """
    put_all([Letter(to, message, key)], at=at)


def put_all(letters: Iterable[Letter], *, at: datetime) -> None:
    """Put many mails in the outbox, each as ``put`` does; one statement for all of them."""
    wanted = {letter.key: letter for letter in letters if _can_arrive(letter.to)}
    if not wanted:
        return
    connection = db.session.connection()
    rows = [_row(letter, at) for letter in wanted.values()]
    connection.execute(_put_into(connection.dialect.name), rows)
    if current_app.config["SMTP_URL"]:
        after_commit(_wake_worker)


def _can_arrive(address: str) -> bool:
    """Whether somebody can have an address; an encoded word would reach another than it says."""
    return bool(address) and not address.endswith(NOWHERE) and "=?" not in address


@cache
def _put_into(dialect: str) -> sa.Insert:
    """A mail whose key is taken is left as it is, whoever took it a moment ago."""
    if dialect == "sqlite":
        return sqlite.insert(OutboxMail).on_conflict_do_nothing(index_elements=["key"])
    return postgresql.insert(OutboxMail).on_conflict_do_nothing(index_elements=["key"])


def _row(letter: Letter, at: datetime) -> dict[str, Any]:
    return {
        "key": letter.key,
        "recipient": letter.to,
        "subject": " ".join(letter.message.subject.split())[:300],
        "text": letter.message.text,
        "html": letter.message.html,
        "message_id": make_msgid(domain=current_app.config["MAIL_FROM"].rpartition("@")[2]),
        "created_at": at,
        "next_attempt_at": at,
    }


def not_written(key: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """That no mail stands in the outbox under a key, sent or not."""
    return ~sa.exists().where(OutboxMail.key == key)


def forget(recipient: str, *, but: str) -> None:
    """Erase all that was written to an address, and send nothing more, ``but`` for one letter.

    The keys stay, so that no cause writes again.
    """
    _blank(sa.and_(OutboxMail.recipient == recipient, OutboxMail.key != but))


def forget_causes(causes: Collection[str]) -> None:
    """Erase all mails with one of these causes, such as ``"signup:12"``, and send them no more.

    A cause is the first two parts of a key. The keys stay, so that no cause writes again.
    """
    rows = sa.select(OutboxMail.id, OutboxMail.key).where(OutboxMail.recipient != "")
    if len(causes) == 1:
        rows = rows.where(OutboxMail.key.startswith(next(iter(causes)), autoescape=True))
    found = [
        number
        for number, key in db.session.execute(rows)
        if ":".join(key.split(":", 2)[:2]) in causes
    ]
    for first in range(0, len(found), 500):
        _blank(OutboxMail.id.in_(found[first : first + 500]))


def _blank(those: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(OutboxMail)
        .where(those)
        .values(recipient="", subject="", text="", html="", last_error="", next_attempt_at=None)
    )


def oldest_unsent() -> datetime | None:
    """Since when the oldest mail has been waiting that is still to be sent."""
    return db.session.scalar(
        sa.select(sa.func.min(OutboxMail.created_at, type_=OutboxMail.created_at.type)).where(
            OutboxMail.sent_at.is_(None), OutboxMail.next_attempt_at.is_not(None)
        )
    )


def _wake_worker() -> None:
    from app.platform.jobs import deliver_mail  # opens the job queue, which few processes need

    try:
        deliver_mail()
    except Exception as error:
        log.warning("worker_not_reached", error=type(error).__name__)


class Post(Protocol):
    """Anything that can carry a message, such as ``smtplib.SMTP``."""

    def send_message(self, message: EmailMessage) -> object: ...


def open_smtp(url: str) -> smtplib.SMTP:
    """A connection to ``smtp://user:password@host:port`` (STARTTLS if offered) or ``smtps://…``."""
    parts = urlsplit(url)
    host, timeout = parts.hostname or "localhost", 20
    smtp: smtplib.SMTP
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(host, parts.port or 465, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(host, parts.port or 25, timeout=timeout)
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
    if parts.username:
        smtp.login(unquote(parts.username), unquote(parts.password or ""))
    return smtp


def deliver_due(open_post: Callable[[], Post], at: datetime, limit: int = 50) -> int:
    """Send what is due and return how many mails went out.

    Each mail is taken in one short transaction and marked sent in another, so no database lock is
    held while the network is slow. A worker that dies in between leaves the mail to be tried
    again after ``LEASE``; its Message-ID stays the same, so that mailboxes can drop the second.
    """
    sent = 0
    line = _Line(open_post)
    for mail_id in _take(at, limit):
        mail = db.session.get_one(OutboxMail, mail_id)
        try:
            line.send(_as_email(mail))
        except Exception as error:  # whatever is wrong with this one, the others must go out
            _failed(mail, error, at)
            continue
        with transaction():
            mail.sent_at, mail.next_attempt_at, mail.last_error = at, None, ""
        sent += 1
    line.hang_up()
    return sent


class _Line:
    """A connection that is opened when needed, again after a mail failed, but never twice in vain.

    A server that cannot be reached is not asked again for the rest of the mails: waiting for it
    each time would take longer than ``LEASE``.
    """

    def __init__(self, open_post: Callable[[], Post]) -> None:
        self._open = open_post
        self._post: Post | None = None
        self._unreachable: Exception | None = None

    def send(self, email: EmailMessage) -> None:
        if self._unreachable is not None:
            raise self._unreachable
        if self._post is None:
            self._post = self._reach()
        try:
            self._post.send_message(email)
        except Exception:
            self.hang_up()
            raise

    def _reach(self) -> Post:
        try:
            return self._open()
        except (OSError, smtplib.SMTPException) as error:
            self._unreachable = error
            raise

    def hang_up(self) -> None:
        post, self._post = self._post, None
        if isinstance(post, smtplib.SMTP):
            with suppress(OSError, smtplib.SMTPException):
                post.quit()
            post.close()


def _take(at: datetime, limit: int) -> list[int]:
    with transaction() as session:
        due = session.scalars(
            sa.select(OutboxMail)
            .where(OutboxMail.sent_at.is_(None), OutboxMail.next_attempt_at <= at)
            .order_by(OutboxMail.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for mail in due:
            mail.next_attempt_at = at + LEASE
        return [mail.id for mail in due]


def _failed(mail: OutboxMail, error: Exception, at: datetime) -> None:
    with transaction():
        mail.attempts += 1
        mail.last_error = f"{type(error).__name__}: {error}"[:1000]
        waits = RETRY_AFTER[mail.attempts - 1 : mail.attempts]
        mail.next_attempt_at = at + timedelta(minutes=waits[0]) if waits else None
    log.warning("mail_failed", mail=mail.id, attempts=mail.attempts, error=type(error).__name__)


def _as_email(mail: OutboxMail) -> EmailMessage:
    email = EmailMessage()
    email["From"] = sender()
    email["To"] = mail.recipient
    email["Subject"] = mail.subject
    email["Date"] = formatdate(mail.created_at.timestamp())
    email["Message-ID"] = mail.message_id
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(signed(mail.text))
    email.add_alternative(dressed(mail.html, mail.subject), subtype="html")
    return email
