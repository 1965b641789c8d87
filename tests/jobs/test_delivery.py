"""The job worker, as it runs in a town, delivers the outbox to a real mail server."""

from __future__ import annotations

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import redis
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask

from app import create_app
from app.config import ROOT
from app.platform.db import Base, db, transaction
from app.platform.mail import Message, OutboxMail, put
from app.serve import _worker
from tests.conftest import database_url

# One worker of the test run does these, so that no two consumers share a Redis queue.
pytestmark = pytest.mark.xdist_group("jobs")

# Seconds: longer than the minute after which a sweep delivers what a lost hint has left behind.
PATIENCE = 100


class Mailbox:
    """A mail server's memory; it can be told to refuse."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refusing = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail in."""
        if self.refusing:
            return "451 Come back later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 Taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mail server on loopback and its address."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["sqlite", "redis"])
def queue(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment that chooses the queue."""
    if request.param == "sqlite":
        return {}
    address = os.environ.get("TEST_REDIS_URL", "")
    if not address:
        if os.environ.get("REQUIRE_REDIS") == "1":
            pytest.fail("TEST_REDIS_URL is not set")
        pytest.skip("no Redis here: set TEST_REDIS_URL")
    with redis.Redis.from_url(address) as server:
        server.delete("huey", *server.scan_iter("huey.*"))  # what an earlier run has left
    return {"REDIS_URL": address}


@pytest.fixture
def town(
    tmp_path: Path,
    mailbox: tuple[Mailbox, str],
    queue: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """An application whose queue and mail server are this test's own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    environment = {
        "INSTANCE_PATH": str(tmp_path),
        "DATABASE_URL": database_url(tmp_path, f"{worker}_jobs"),
        "SMTP_URL": mailbox[1],
        "MAIL_FROM": "urzad@miechow.example",
        "DEMO": "0",
        "REDIS_URL": "",
        **queue,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    sys.modules.pop("app.platform.jobs", None)  # it chooses its queue when it is imported
    app = create_app()
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()
    sys.modules.pop("app.platform.jobs", None)


@pytest.fixture
def worker(town: Flask) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the worker with the very command that ``make run`` uses."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(_worker(), cwd=ROOT, start_new_session=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=PATIENCE)


def write(recipient: str, *, at: datetime | None = None) -> None:
    """Put a mail in the outbox, as an action would, and commit."""
    with transaction():
        put(
            recipient,
            Message(
                "Uwaga nr 7 – przyjęta", "Dziękujemy za uwagę.\n\nOdpowiemy do 5 października."
            ),
            key=f"test:{recipient}",
            at=at or datetime.now(UTC),
        )


def write_and_fail(recipient: str) -> None:
    """Put a mail in the outbox in a transaction that does not happen."""
    with transaction():
        put(recipient, Message("a", "b"), key="nothing", at=datetime.now(UTC))
        raise ZeroDivisionError


def eventually(happens: Callable[[], object]) -> None:
    """Wait until something is so, for no longer than ``PATIENCE``."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.05)


def row_of(recipient: str) -> OutboxMail:
    """The outbox's row, read afresh."""
    db.session.rollback()
    row = db.session.scalars(sa.select(OutboxMail).filter_by(recipient=recipient)).one()
    db.session.expunge(row)
    db.session.rollback()
    return row


def recipients(box: Mailbox) -> list[str]:
    """Whom the mail server has taken mail for."""
    return [str(mail["To"]) for mail in box.received]


def test_what_waits_is_swept_up_and_what_comes_is_delivered_at_once(
    town: Flask, worker: Callable[[], Any], mailbox: tuple[Mailbox, str]
) -> None:
    box, _address = mailbox
    write("wczesniej@ngo.example", at=datetime.now(UTC) - timedelta(hours=2))
    process = worker()
    eventually(lambda: recipients(box) == ["wczesniej@ngo.example"])

    write("teraz@ngo.example")
    eventually(lambda: len(box.received) == 2)
    assert recipients(box) == ["wczesniej@ngo.example", "teraz@ngo.example"]
    eventually(lambda: row_of("teraz@ngo.example").sent_at)

    mail = box.received[1]
    assert mail["From"] == "Współpis – Gmina Miechów <urzad@miechow.example>"
    assert mail["Subject"] == "Uwaga nr 7 – przyjęta"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == row_of("teraz@ngo.example").message_id
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert "Odpowiemy do 5 października." in plain.get_content()
    assert "<p>Odpowiemy do 5 października.</p>" in rich.get_content()

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) is not None


def test_a_mail_that_was_refused_stays_and_is_tried_again(
    town: Flask, worker: Callable[[], Any], mailbox: tuple[Mailbox, str]
) -> None:
    box, _address = mailbox
    box.refusing = True
    worker()
    write("cierpliwa@ngo.example")
    eventually(lambda: row_of("cierpliwa@ngo.example").attempts)
    row = row_of("cierpliwa@ngo.example")
    assert (row.attempts, row.sent_at) == (1, None)
    assert "451" in row.last_error
    assert row.next_attempt_at is not None
    assert row.next_attempt_at > datetime.now(UTC)

    box.refusing = False
    with transaction():  # the minute has passed
        row = db.session.scalars(sa.select(OutboxMail)).one()
        row.next_attempt_at = datetime.now(UTC)
    write("nastepna@ngo.example")
    eventually(lambda: len(box.received) == 2)
    assert recipients(box) == ["cierpliwa@ngo.example", "nastepna@ngo.example"]
    eventually(lambda: row_of("cierpliwa@ngo.example").sent_at)
    assert row_of("cierpliwa@ngo.example").last_error == ""


def test_nobody_is_told_of_what_did_not_happen(
    town: Flask, worker: Callable[[], Any], mailbox: tuple[Mailbox, str]
) -> None:
    box, _address = mailbox
    worker()
    with pytest.raises(ZeroDivisionError):
        write_and_fail("nikt@ngo.example")
    write("ktos@ngo.example")
    eventually(lambda: box.received)
    assert recipients(box) == ["ktos@ngo.example"]
