"""The outbox: written with its cause, delivered later over real SMTP, tried again, given up."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask

from app.platform import mail
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.mail import LEASE, RETRY_AFTER, Message, OutboxMail, deliver_due, open_smtp, put

AT = now()


class Postbox:
    """What a real mail server received; refuses recipients whose address begins with „no”."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("no"):
            return "550 there is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        received = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(received, EmailMessage)
        self.received.append(received)
        return "250 accepted"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A mail server on loopback and its address."""
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def write(to: str = "ewa@ngo.example", key: str = "list:1", at: datetime = AT) -> None:
    text = "Dzień dobry,\n\nZażółć gęślą jaźń.\nDrugi wiersz.\n\nhttps://x.example/a?b=1&c=2"
    put(to, Message("Żółty\nlist", text), key=key, at=at)
    db.session.flush()


def stored(key: str = "list:1") -> OutboxMail:
    return db.session.scalars(sa.select(OutboxMail).where(OutboxMail.key == key)).one()


def nowhere() -> smtplib.SMTP:
    raise ConnectionRefusedError("the server is down")


def test_one_cause_writes_once(context: Flask) -> None:
    write()
    write()
    write(to="", key="list:2")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMail)) == 1


def test_the_html_says_the_same_and_is_escaped() -> None:
    html = Message("s", "a <b>\nc\n\n\nhttps://x.example/?a=1&b=2\nhttps://y.example is far").html
    assert "<p>a &lt;b&gt;<br>c</p>" in html
    link = "https://x.example/?a=1&amp;b=2"
    assert f'<a href="{link}">{link}</a><br>https://y.example is far</p>' in html


def test_a_mail_arrives_as_written(context: Flask, postbox: tuple[Postbox, str]) -> None:
    box, address = postbox
    write()
    assert deliver_due(lambda: open_smtp(address), AT) == 1
    (received,) = box.received
    assert received["To"] == "ewa@ngo.example"
    assert received["Subject"] == "Żółty list"
    assert received["Message-ID"] == stored().message_id
    assert received["Auto-Submitted"] == "auto-generated"
    plain, html = received.get_body(("plain",)), received.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "Zażółć gęślą jaźń." in plain.get_content()
    assert "-- \r\nWspółpis – Gmina Miechów\r\nhttp://localhost" in plain.get_content()
    assert "Zażółć gęślą jaźń.<br>" in html.get_content()
    assert html.get_content().count("<!doctype") == 1
    assert "<title>Żółty list</title>" in html.get_content()
    assert stored().sent_at == AT
    assert deliver_due(lambda: open_smtp(address), AT + timedelta(days=9)) == 0


def test_what_is_not_due_waits(context: Flask, postbox: tuple[Postbox, str]) -> None:
    box, address = postbox
    write(at=AT + timedelta(hours=1))
    assert deliver_due(lambda: open_smtp(address), AT) == 0
    assert box.received == []


def test_a_failing_server_is_tried_again_and_given_up_in_the_end(context: Flask) -> None:
    write()
    at = AT
    for minutes in RETRY_AFTER:
        assert deliver_due(nowhere, at) == 0
        assert stored().next_attempt_at == at + timedelta(minutes=minutes)
        assert deliver_due(nowhere, at) == 0  # not due yet: not even tried
        at += timedelta(minutes=minutes)
    assert stored().attempts == len(RETRY_AFTER)
    deliver_due(nowhere, at)
    assert stored().next_attempt_at is None
    assert stored().sent_at is None
    assert "the server is down" in stored().last_error
    assert deliver_due(nowhere, at + timedelta(days=99)) == 0
    assert stored().attempts == len(RETRY_AFTER) + 1


def test_a_server_that_came_back_gets_the_mail(
    context: Flask, postbox: tuple[Postbox, str]
) -> None:
    box, address = postbox
    write()
    deliver_due(nowhere, AT)
    assert deliver_due(lambda: open_smtp(address), AT + timedelta(minutes=1)) == 1
    assert len(box.received) == 1
    assert stored().last_error == ""


def test_a_server_out_of_reach_is_asked_once_for_all_mails(context: Flask) -> None:
    calls: list[int] = []

    def out_of_reach() -> smtplib.SMTP:
        calls.append(1)
        raise TimeoutError("no answer for 20 seconds")

    for n in range(5):
        write(key=f"list:{n}")
    assert deliver_due(out_of_reach, AT) == 0
    assert len(calls) == 1
    assert all("no answer" in stored(f"list:{n}").last_error for n in range(5))


def test_one_refused_recipient_does_not_stop_the_others(
    context: Flask, postbox: tuple[Postbox, str]
) -> None:
    box, address = postbox
    write(to="nobody@ngo.example", key="list:1")
    write(to="ewa@ngo.example", key="list:2")
    assert deliver_due(lambda: open_smtp(address), AT) == 1
    assert [received["To"] for received in box.received] == ["ewa@ngo.example"]
    assert "550" in stored("list:1").last_error
    assert stored("list:2").sent_at is not None


@pytest.mark.parametrize("wrong", ["a\nb@ngo.example", "jan@[ngo.example", "ala:jan<@ngo.example:"])
def test_an_address_that_cannot_be_written_down_does_not_stop_the_others(
    context: Flask, postbox: tuple[Postbox, str], wrong: str
) -> None:
    box, address = postbox
    write(to=wrong, key="list:1")
    write(to="łoś@ngo.example", key="list:2")
    write(to="ewa@ngo.example", key="list:3")
    deliver_due(lambda: open_smtp(address), AT)
    assert "ewa@ngo.example" in [received["To"] for received in box.received]
    assert stored("list:1").last_error != ""


@pytest.mark.parametrize(
    "disguised",
    [
        "=?utf-8?q?ewa?=@ngo.example",
        "=?utf-8?q?ewa=40ngo.example=2C?=@x.example",
        "=?utf-8?b?PGI+?==@ngo.example",
    ],
)
def test_an_encoded_word_is_no_address(context: Flask, disguised: str) -> None:
    """It would be decoded on the way: letters to one address would reach another."""
    write(to=disguised)
    assert db.session.scalars(sa.select(OutboxMail)).all() == []


def test_a_worker_that_dies_leaves_the_mail_to_another(
    context: Flask, postbox: tuple[Postbox, str]
) -> None:
    box, address = postbox
    write()

    class Died(BaseException):
        pass

    def die() -> smtplib.SMTP:
        raise Died

    with pytest.raises(Died):
        deliver_due(die, AT)
    assert deliver_due(lambda: open_smtp(address), AT + LEASE / 2) == 0
    assert deliver_due(lambda: open_smtp(address), AT + LEASE) == 1
    assert box.received[0]["Message-ID"] == stored().message_id


def test_a_few_at_a_time_in_order(context: Flask, postbox: tuple[Postbox, str]) -> None:
    box, address = postbox
    for n in range(5):
        write(to=f"osoba{n}@ngo.example", key=f"list:{n}")
    assert deliver_due(lambda: open_smtp(address), AT, limit=3) == 3
    assert deliver_due(lambda: open_smtp(address), AT, limit=3) == 2
    assert [r["To"] for r in box.received] == [f"osoba{n}@ngo.example" for n in range(5)]


def test_a_mail_is_gone_with_its_cause(context: Flask) -> None:
    def interrupted() -> None:
        with transaction():
            write()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMail)) == 0


def test_the_worker_is_called_once_after_the_commit(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def hint() -> None:
        calls.append("come")

    monkeypatch.setattr(mail, "_wake_worker", hint)
    monkeypatch.setitem(context.config, "SMTP_URL", "smtp://127.0.0.1:9")
    with transaction():
        write(key="list:1")
        write(key="list:2")
        assert calls == []
    assert calls == ["come"]


def test_since_when_mail_waits(context: Flask) -> None:
    assert mail.oldest_unsent() is None
    write(key="list:1", at=AT - timedelta(hours=3))
    write(key="list:2", at=AT)
    assert mail.oldest_unsent() == AT - timedelta(hours=3)
    stored("list:1").sent_at = AT
    db.session.flush()
    assert mail.oldest_unsent() == AT
