"""Transactions: reading does not write, writers queue, everything happens or nothing does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import sqlalchemy as sa
from flask import Flask

from app.consultations.models import Consultation, Round
from app.consultations.queries import locked
from app.platform import db as database
from app.platform.db import (
    StrEnumType,
    UtcDateTime,
    after_commit,
    db,
    id_of,
    insert,
    insert_all,
    transaction,
)
from app.platform.mail import OutboxMail
from tests import town
from tests.platform.conftest import add_view
from tests.queries import counted


def a_mail(key: str) -> OutboxMail:
    return OutboxMail(
        key=key,
        recipient="a@b.example",
        subject="s",
        text="t",
        html="h",
        message_id=f"<{key}@x>",
        created_at=datetime.now(UTC),
    )


def mails() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMail)) or 0


@pytest.mark.only_on("sqlite", reason="its pragmas")
def test_sqlite_keeps_its_promises(lasting: Flask) -> None:
    with lasting.app_context():
        answers = {
            name: db.session.execute(sa.text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert answers == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15000,
        "synchronous": 2,
    }


def test_a_row_that_points_nowhere_is_refused(lasting: Flask) -> None:
    orphan = Round(
        consultation_id=987,
        number=1,
        opens_at=datetime.now(UTC),
        closes_at=datetime.now(UTC) + timedelta(days=1),
    )
    with lasting.app_context(), pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(orphan)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_cannot_write(lasting: Flask, method: str) -> None:
    def view() -> str:
        with transaction():
            db.session.add(a_mail("x"))
        return "<!doctype html><html lang=pl><title>x</title><main><h1>x</h1></main></html>"

    add_view(lasting, "/writes", view, "GET", "POST")
    answer = lasting.test_client().open("/writes", method=method)
    assert answer.status_code == 500
    with lasting.app_context():
        assert mails() == 0
    assert lasting.test_client().post("/writes").status_code == 200
    with lasting.app_context():
        assert mails() == 1


def test_a_connection_that_read_can_write_again(lasting: Flask) -> None:
    client = lasting.test_client()
    client.get("/wydarzenia")
    with lasting.app_context(), transaction():
        db.session.add(a_mail("x"))
    client.get("/wydarzenia")
    with lasting.app_context():
        assert mails() == 1


def test_everything_or_nothing(lasting: Flask) -> None:
    hints: list[str] = []

    def interrupted() -> None:
        with transaction():
            db.session.add(a_mail("x"))
            db.session.flush()
            after_commit(lambda: hints.append("lost"))
            raise ZeroDivisionError

    with lasting.app_context():
        with pytest.raises(ZeroDivisionError):
            interrupted()
        assert mails() == 0
        assert hints == []
        with transaction():
            db.session.add(a_mail("y"))
            hint = lambda: hints.append("kept")  # noqa: E731
            after_commit(hint)
            after_commit(hint)
            assert hints == []
        assert hints == ["kept"]
        with transaction():
            pass
        assert hints == ["kept"]


def test_writers_queue_up_and_no_number_is_given_twice(lasting: Flask) -> None:
    with lasting.app_context():
        with transaction():
            number = town.consultation().id
        db.session.remove()
    given: list[int] = []
    failures: list[Exception] = []
    start = threading.Barrier(8)

    def take_numbers() -> None:
        start.wait()
        try:
            for _ in range(10):
                with lasting.test_request_context("/", method="POST"), transaction():
                    consultation = locked(number)
                    consultation.last_remark_number += 1
                    given.append(consultation.last_remark_number)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=take_numbers) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert sorted(given) == list(range(1, 81))
    with lasting.app_context():
        assert db.session.get_one(Consultation, number).last_remark_number == 80


def test_readers_do_not_wait_for_a_writer(lasting: Flask) -> None:
    with lasting.test_request_context("/", method="POST"), transaction():
        db.session.add(a_mail("x"))
        db.session.flush()
        seen: list[int] = []

        def read() -> None:
            seen.append(lasting.test_client().get("/wydarzenia").status_code)

        reader = threading.Thread(target=read)
        reader.start()
        reader.join(5)
        assert seen == [200]


def test_moments_are_stored_in_utc_and_naive_ones_refused(context: Flask) -> None:
    warsaw = timezone(timedelta(hours=2))
    stored = a_mail("x")
    stored.created_at = datetime(2015, 9, 24, 10, 0, tzinfo=warsaw)
    db.session.add(stored)
    db.session.flush()
    db.session.expire_all()
    assert stored.created_at == datetime(2015, 9, 24, 8, 0, tzinfo=UTC)
    assert stored.created_at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2015, 9, 24), db.engine.dialect)  # noqa: DTZ001


def test_only_members_of_an_enum_are_stored(context: Flask) -> None:
    class Colour(StrEnum):
        RED = "red"

    column = StrEnumType(Colour)
    assert column.process_bind_param("red", db.engine.dialect) == "red"
    assert column.process_result_value("red", db.engine.dialect) is Colour.RED
    with pytest.raises(ValueError, match="green"):
        column.process_bind_param("green", db.engine.dialect)


@pytest.mark.only_on("sqlite", reason="PostgreSQL brings Polish collations of its own")
def test_sqlite_sorts_polish_letters(lasting: Flask) -> None:
    with lasting.app_context():
        rows = db.session.execute(
            sa.text(
                "SELECT column1 FROM (VALUES ('zorza'), ('Łąka'), ('luty'), ('ćma')) "
                "ORDER BY column1 COLLATE polish"
            )
        )
        assert [row[0] for row in rows] == ["ćma", "luty", "Łąka", "zorza"]


def test_outside_a_request_one_may_write(app: Flask) -> None:
    assert not database.only_reads()
    with app.test_request_context("/", method="GET"):
        assert database.only_reads()
    with app.test_request_context("/", method="POST"):
        assert database.only_reads()
        with transaction():
            assert not database.only_reads()
        assert database.only_reads()


def test_a_form_is_checked_while_somebody_writes(lasting: Flask) -> None:
    with lasting.app_context():
        with transaction():
            number = town.consultation(title="Draft").id
        db.session.remove()
    held, seen = threading.Event(), threading.Event()

    def write() -> None:
        with lasting.app_context(), transaction():
            db.session.get_one(Consultation, number).title = "Programme"
            db.session.flush()
            held.set()
            seen.wait(5)

    writer = threading.Thread(target=write)
    writer.start()
    with lasting.test_request_context("/", method="POST"):
        held.wait(5)
        consultation = db.session.get_one(Consultation, number)
        assert consultation.title == "Draft"
        seen.set()
        writer.join(5)
        with transaction():
            assert consultation.title == "Programme"


def test_a_form_that_is_only_checked_changes_nothing(lasting: Flask) -> None:
    with lasting.test_request_context("/", method="POST"):
        db.session.add(a_mail("x"))
        with pytest.raises(sa.exc.DBAPIError):
            db.session.flush()


@pytest.mark.only_on("sqlite", reason="PostgreSQL has writers wait for rows, not for turns")
def test_who_has_waited_too_long_is_told_that_we_are_busy(
    lasting: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    answers = []

    def write() -> str:
        with transaction():
            db.session.add(a_mail("x"))
        raise AssertionError("two writers at once")

    add_view(lasting, "/writes", write, "POST")

    def ask() -> None:
        answers.append(lasting.test_client().post("/writes").status_code)

    with lasting.app_context(), transaction():
        db.session.add(a_mail("y"))
        db.session.flush()
        other = threading.Thread(target=ask)
        other.start()
        other.join(5)
    assert answers == [503]
    with lasting.app_context():
        assert mails() == 1


def test_the_id_of_a_row_is_known_without_looking_it_up_again(app: Flask) -> None:
    with app.app_context():
        new = a_mail("nowy")
        db.session.add(new)
        db.session.flush()
        db.session.expire_all()
        with counted() as statements:
            known = id_of(new)
        assert statements == []
        assert known == new.id


def test_a_row_that_is_not_stored_yet_has_the_id_it_was_given(app: Flask) -> None:
    with app.app_context():
        assert id_of(a_mail("zapowiedziany")) is None


def test_rows_inserted_together_are_like_those_that_were_looked_up(app: Flask) -> None:
    with app.app_context():
        made = [a_mail(f"razem {n}") for n in range(9)]
        with counted() as statements:
            insert_all(made, apart_by="key")
            insert_all([])
        assert len(statements) == 1
        keys = [mail.key for mail in made]
        for mail in made:
            assert db.session.get(OutboxMail, mail.id) is mail
        db.session.expire_all()
        assert [mail.key for mail in made] == keys


def test_a_row_inserted_by_itself_is_like_one_that_was_looked_up(app: Flask) -> None:
    with app.app_context():
        made = a_mail("od razu")
        with counted() as statements:
            insert(made)
        assert len(statements) == 1
        assert db.session.get(OutboxMail, made.id) is made
        assert made.attempts == 0  # a default, which the statement has put in
        made.subject = "inny"
        db.session.flush()
        db.session.expire_all()
        assert made.subject == "inny"
