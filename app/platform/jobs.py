"""The job worker: huey on a SQLite file by default, on Redis where ``REDIS_URL`` is set."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from huey import RedisHuey, SqliteHuey, crontab

log = structlog.get_logger()

ROOT = Path(__file__).resolve().parents[2]


def _open() -> Any:
    address = os.environ.get("REDIS_URL")
    if address:
        return RedisHuey("wspolpis", url=address)
    folder = Path(os.environ.get("INSTANCE_PATH") or ROOT / "instance")
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("wspolpis", filename=str(folder / "jobs.sqlite3"))


huey = _open()


@cache
def _application() -> Flask:
    from app import create_app  # the worker needs the whole house, which stands above this room

    return create_app()


def _deliver() -> None:
    from app.platform import mail
    from app.platform.clock import now

    app = _application()
    with app.app_context():
        url = app.config["SMTP_URL"]
        if url:
            mail.deliver_due(lambda: mail.open_smtp(url), now())


@huey.task()
def deliver_mail() -> None:
    """Deliver what is in the outbox, soon after it was put there."""
    _deliver()


@huey.periodic_task(crontab(minute="*"))
def sweep_mail() -> None:
    """Deliver what a lost hint, a dead worker or a failed attempt has left behind."""
    _deliver()


@huey.periodic_task(crontab(minute="*"))
def do_chores() -> None:
    """Let every room do what has fallen due by time, such as reminders."""
    from app.platform.clock import now

    app = _application()
    with app.app_context():
        for chore in app.extensions["chores"]:
            try:
                chore(now())
            except Exception:  # whatever it is, the other rooms must not suffer from it
                log.exception("the chores of a room stopped", room=chore.__module__)
