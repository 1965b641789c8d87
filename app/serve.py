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
    port = int(os.environ.get("PORT", "8000"))
    if not _is_free(port):
        print(f"Port {port} is taken. Choose another one: make run PORT=8001", file=sys.stderr)
        return 1
    try:
        offset, introduction = _prepare()
    except BadSetting as error:
        print(error, file=sys.stderr)
        return 2
    environment = {**os.environ, "DEMO_CLOCK_OFFSET": str(offset), "PYTHONUNBUFFERED": "1"}
    children = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        for command in (_web(port), _worker())
    ]
    _wait_for(port)
    print(f"\n  Współpis:  http://{HOST}:{port}\n{introduction}\n  Ctrl-C stops it.\n", flush=True)
    return _watch(children)


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
        from app.demo.loader import clock_offset, introduction, load_if_empty

        load_if_empty()
        return clock_offset(), introduction()


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
    ]


def _worker() -> list[str]:
    consumer = "from huey.bin.huey_consumer import consumer_main; consumer_main()"
    return [sys.executable, "-c", consumer, "app.platform.jobs.huey", "-w", "1", "-q"]


def _wait_for(port: int, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=0.2):
            return
        time.sleep(0.05)


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    status = 0
    with suppress(KeyboardInterrupt):
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        status = 1
        print("A part of the town has stopped; taking the rest down.", file=sys.stderr)
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
    return status


if __name__ == "__main__":
    sys.exit(main())
