"""``make run`` as somebody sees it who has only a terminal."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from app.config import ROOT

pytestmark = pytest.mark.xdist_group("serve")

PATIENCE = 60  # seconds; the first start loads the whole demo town

#: What a developer's shell may hold and a stranger's does not.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "SECRET_KEY", "SITE_URL", "DEMO", "PORT")


def environment(**settings: str) -> dict[str, str]:
    """A stranger's environment with these settings."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, "PYTHONUNBUFFERED": "1", **settings}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """A running ``python -m app.serve`` and what it has printed."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            # as a shell starts it in the background: with Ctrl-C ignored from the beginning
            ["sh", "-c", 'trap "" INT; exec "$0" -m app.serve', sys.executable],
            cwd=ROOT,
            env=environment(INSTANCE_PATH=str(folder), PORT=str(port), LOG_REQUESTS="0"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")  # nothing more will come

    def until(self, words: str) -> str:
        """What was printed up to the line with these words."""
        printed = ""
        while words not in printed:
            left = PATIENCE - (time.monotonic() - self.started)
            try:
                line = self._lines.get(timeout=max(left, 0))
            except Empty:
                line = ""
            if not line:
                pytest.fail(f"{words!r} was not printed, only:\n{printed}")
            printed += line
        return printed

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of a page."""
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE
        ) as answer:
            return answer.status, answer.read().decode()

    def children(self) -> set[int]:
        """Everything it has started, however deep."""
        return descendants(self.process.pid)

    def stop(self) -> int:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def parents() -> dict[int, int]:
    """Which process was started by which."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text()
            except OSError:
                continue  # it has ended in the meantime
            state, parent = status.rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return found


def descendants(pid: int) -> set[int]:
    """The processes under a process."""
    known = parents()
    found: set[int] = set()
    frontier = {pid}
    while frontier:
        frontier = {child for child, parent in known.items() if parent in frontier} - found
        found |= frontier
    return found


@contextmanager
def run(folder: Path) -> Iterator[Run]:
    """A start, which is ended whatever happens."""
    started = Run(folder, free_port())
    try:
        yield started
    finally:
        for pid in (*started.children(), started.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        started.process.wait(timeout=PATIENCE)
        if started.process.stdout is not None:
            started.process.stdout.close()


def remarks_in(folder: Path) -> int:
    """How many remarks the town's database holds."""
    with closing(sqlite3.connect(folder / "wspolpis.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM remark").fetchone()[0])


def gone(pids: set[int]) -> bool:
    """Whether none of the processes is left, with a moment of grace."""
    deadline = time.monotonic() + 10
    while pids & set(parents()):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
def test_a_stranger_starts_the_town_stops_it_and_finds_it_again(tmp_path: Path) -> None:
    with run(tmp_path) as first:
        printed = first.until("Ctrl-C")
        assert f"http://127.0.0.1:{first.port}" in printed
        accounts = re.findall(r"^ +(\w+): +(\S+@\S+)$", printed, re.MULTILINE)
        assert len(accounts) == 5
        assert "password:" in printed
        status, page = first.get("/")
        assert status == 200
        assert "<h1" in page
        status, health = first.get("/zdrowie")
        assert status == 200
        assert health.startswith("{")
        children = first.children()
        assert len(children) >= 4  # gunicorn with two workers, and the job worker
        assert first.stop() == 0
        assert gone(children)
    told = remarks_in(tmp_path)
    assert told >= 40

    with closing(sqlite3.connect(tmp_path / "wspolpis.sqlite3")) as connection, connection:
        connection.execute("UPDATE user_account SET name = 'Ktoś inny' WHERE id = 1")
    with run(tmp_path) as second:
        second.until("Ctrl-C")
        assert time.monotonic() - second.started < 15  # 5 s on a machine that does nothing else
        assert second.get("/konsultacje")[0] == 200
        children = second.children()
        second.process.send_signal(signal.SIGTERM)
        assert second.process.wait(timeout=PATIENCE) == 0
        assert gone(children)
    assert remarks_in(tmp_path) == told
    with closing(sqlite3.connect(tmp_path / "wspolpis.sqlite3")) as connection:
        name = connection.execute("SELECT name FROM user_account WHERE id = 1").fetchone()[0]
    assert name == "Ktoś inny"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
def test_when_a_part_dies_the_rest_goes_with_it(tmp_path: Path) -> None:
    with run(tmp_path) as started:
        started.until("Ctrl-C")
        children = started.children()
        web = min(pid for pid, parent in parents().items() if parent == started.process.pid)
        os.kill(web, signal.SIGKILL)
        assert "has stopped" in started.until("has stopped")
        assert started.process.wait(timeout=PATIENCE) == 1
        assert gone(children)


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    """A start that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "app.serve"],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = start(INSTANCE_PATH=str(tmp_path), PORT=port)
    assert answer.returncode == 1
    assert port in answer.stderr
    assert "PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["eighty", "0x50", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_one_sentence(tmp_path: Path, port: str) -> None:
    answer = start(INSTANCE_PATH=str(tmp_path), PORT=port)
    assert answer.returncode in {1, 2}
    assert "PORT" in answer.stderr
    assert "Traceback" not in answer.stderr


STRONG = {
    "SECRET_KEY": "Zb4qUt0wYv7sLr2pNc9xKd6mHe3aGf1j",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "SMTP_URL": "smtp://127.0.0.1:25",
    "MAIL_FROM": "urzad@miechow.example",
    "SITE_URL": "https://konsultacje.miechow.example",
}


@pytest.mark.parametrize("missing", STRONG)
def test_production_names_the_setting_that_is_missing(tmp_path: Path, missing: str) -> None:
    settings = {name: value for name, value in STRONG.items() if name != missing}
    answer = start(
        WSPOLPIS_ENV="production",
        INSTANCE_PATH=str(tmp_path),
        PORT=str(free_port()),
        **settings,
    )
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{missing} is missing")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("secret", ["changeme", "tajne", "a" * 64, "short-but-random-8x"])
def test_production_refuses_a_weak_secret(tmp_path: Path, secret: str) -> None:
    settings = {**STRONG, "SECRET_KEY": secret}
    answer = start(
        WSPOLPIS_ENV="production", INSTANCE_PATH=str(tmp_path), PORT=str(free_port()), **settings
    )
    assert answer.returncode == 2
    assert answer.stderr.startswith("SECRET_KEY")
    assert secret not in answer.stderr
