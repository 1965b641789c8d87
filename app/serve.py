"""``make run``: one command from a clean machine to a running town.

Migrates the database, loads the demo town the first time, starts the web server and the job
worker, says where they are, and takes both down again on Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

from app.config import ROOT, BadSetting

HOST = "127.0.0.1"


def main() -> int:
    """Run the town until it is told to stop; the exit status says whether it ran."""
    port = _port(os.environ.get("PORT", "8000"))
    if port is None:
        print("PORT must be a number from 1 to 65535, for example PORT=8001", file=sys.stderr)
        return 1
    if not _is_free(port):
        print(f"Port {port} is taken. Choose another one: make run PORT=8001", file=sys.stderr)
        return 1
    # SIGINT too: a shell that starts the town in the background leaves it ignored
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    children: list[subprocess.Popen[bytes]] = []
    try:
        offset, introduction = _prepare()
        environment = {**os.environ, "DEMO_CLOCK_OFFSET": str(offset), "PYTHONUNBUFFERED": "1"}
        for command in (_web(port), _worker()):
            child = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
            children.append(child)
        if _answers(port, children):
            address = f"http://{HOST}:{port}"
            print(f"\n  Współpis:  {address}\n{introduction}\n  Ctrl-C stops it.\n", flush=True)
        return _watch(children)
    except BadSetting as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    finally:
        _take_down(children)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    return number if 0 < number < 65536 else None


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _prepare() -> tuple[float, str]:
    """Migrate, load the demo if the town is empty; the clock's offset and what to print."""
    from flask_migrate import upgrade

    from app import create_app

    app = create_app()
    with app.app_context():
        upgrade()
        if not app.config["DEMO"]:
            return 0.0, ""
        from app.demo.clock import offset_at_start
        from app.demo.loader import introduction, load_if_empty

        load_if_empty()
        return offset_at_start(), introduction()


def _web(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        f"--bind={HOST}:{port}",
        f"--workers={os.environ.get('WEB_WORKERS', '2')}",
        "--threads=4",
        "--log-level=warning",
        "--graceful-timeout=5",
        "--limit-request-line=8190",
    ]


def _worker() -> list[str]:
    consumer = "from huey.bin.huey_consumer import consumer_main; consumer_main()"
    return [sys.executable, "-c", consumer, "app.platform.jobs.huey", "-w", "1", "-q"]


def _answers(port: int, children: list[subprocess.Popen[bytes]], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with suppress(OSError), socket.create_connection((HOST, port), timeout=0.2):
            return True
        time.sleep(0.05)
    return False


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    print("A part of the town has stopped; taking the rest down.", file=sys.stderr)
    return 1


def _take_down(children: list[subprocess.Popen[bytes]]) -> None:
    """Stop everything that was started, also when Ctrl-C is pressed once more meanwhile."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
