"""A server started for a benchmark, a client that asks it, and what they are measured by."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

#: How many times a connection asks at least.
LEAST = 5

ROOT = Path(__file__).resolve().parent.parent


class Client:
    """One kept-alive connection that sends prepared requests and reads whole answers."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._open()

    def _open(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body; a connection that the server closed is opened again once."""
        try:
            return self._ask(request)
        except (ConnectionError, ValueError):
            self.socket.close()
            self.socket = self._open()
            return self._ask(request)

    def _ask(self, request: bytes) -> tuple[int, bytes]:
        self.socket.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            part = self.socket.recv(65536)
            if not part:
                raise ConnectionError
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        while len(body) < length:
            part = self.socket.recv(1 << 20)
            if not part:
                raise ConnectionError
            body += part
        return status, body


def get(path: str, **headers: str) -> bytes:
    """The bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Found:
    """What was measured: requests/s, percentiles and processor time of one request in ms."""

    rps: float
    p50: float
    p99: float
    cpu: float


class Server:
    """A running gunicorn and connections to it, the same number to each of its workers."""

    def __init__(self, port: int, parent: int, connections: int) -> None:
        self.port, self.connections = port, connections
        self.workers = workers_of(parent)
        self.clients = self._spread()

    def _spread(self) -> list[Client]:
        """Connect until each worker has its part: which one accepts is left to chance."""
        held: dict[int, list[Client]] = {worker: [] for worker in self.workers}
        part, others = self.connections // len(held), []
        for _attempt in range(200):
            if all(len(clients) == part for clients in held.values()):
                break
            client = Client(self.port)
            client.ask(get("/"))
            mine = held.get(self._owner(client), others)
            (mine if mine is others or len(mine) < part else others).append(client)
        for client in others:
            client.socket.close()
        return [client for clients in held.values() for client in clients]

    def _owner(self, client: Client) -> int:
        """The worker at the other end of a connection."""
        ends = f"0100007F:{self.port:04X}", f"0100007F:{client.socket.getsockname()[1]:04X}"
        rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines())
        inode = next((row[9] for row in rows if tuple(row[1:3]) == ends), "")
        for worker in self.workers:
            for handle in Path(f"/proc/{worker}/fd").iterdir():
                with suppress(OSError):
                    if os.readlink(handle) == f"socket:[{inode}]":
                        return worker
        return 0

    def _cpu(self) -> float:
        """Seconds that the workers have computed so far."""
        stats = (Path(f"/proc/{worker}/stat").read_text() for worker in self.workers)
        ticks = (stat.rpartition(")")[2].split()[11:13] for stat in stats)
        return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")

    def measure(
        self, make: Callable[[int], bytes], seconds: float, expect: frozenset[int]
    ) -> Found:
        """Ask over all connections for some seconds; ``make`` gives the n-th request.

        However slow it is, each connection asks a few times.
        """
        times: list[float] = []
        counter = iter(range(10**9))
        wrong: list[int] = []
        computed, began = self._cpu(), time.perf_counter()

        def run(client: Client) -> None:
            asked = 0
            while time.perf_counter() < began + seconds or asked < LEAST:
                asked += 1
                request = make(next(counter))
                start = time.perf_counter()
                status, _ = client.ask(request)
                times.append(time.perf_counter() - start)
                if status not in expect:
                    wrong.append(status)

        threads = [threading.Thread(target=run, args=(client,)) for client in self.clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, computed = time.perf_counter() - began, self._cpu() - computed
        if wrong:
            raise SystemExit(f"unexpected answers: {sorted(set(wrong))} ({len(wrong)} times)")
        cuts = quantiles(times, n=100)
        many = len(times)
        return Found(many / took, cuts[49] * 1000, cuts[98] * 1000, computed / many * 1000)

    def memory(self) -> list[float]:
        """Resident memory of each worker, in MB."""
        texts = (Path(f"/proc/{worker}/status").read_text() for worker in self.workers)
        return sorted(int(text.split("VmRSS:")[1].split()[0]) / 1024 for text in texts)


def workers_of(parent: int) -> list[int]:
    """The processes that a gunicorn has started."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@contextmanager
def server(
    target: str, port: int, folder: str, *, workers: int = 2, connections: int = 4
) -> Iterator[Server]:
    """A gunicorn, of two workers as ``make run`` starts it, and connections to it."""
    command = [sys.executable, "-m", "gunicorn", target, f"--bind=127.0.0.1:{port}"]
    command += [f"--workers={workers}", "--threads=4", "--log-level=error", "--keep-alive=30"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((folder, str(ROOT)))}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                Client(port).ask(get("/"))
                break
            except OSError:
                time.sleep(0.1)
        yield Server(port, process.pid, connections)
    finally:
        process.terminate()
        process.wait(timeout=20)


def queries_of(
    app: Flask,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    client: FlaskClient | None = None,
    twice: bool = False,
) -> int:
    """The statements of one request; of the second one, when the first fills a shelf."""
    import sqlalchemy as sa

    from app.platform.db import db

    client, counted = client or app.test_client(), [0]
    if twice:
        client.get(path)

    def count(*args: object) -> None:
        counted[0] += not str(args[2]).startswith(("PRAGMA", "BEGIN"))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        client.get(path, headers=headers)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return counted[0]
