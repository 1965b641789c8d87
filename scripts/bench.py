"""Measure the product's pages beside a bare Flask "hello" on the same kind of server.

Both run under gunicorn with two workers on this machine, one after the other, asked by the same
client over kept-alive connections. Prints requests/s, p50 and p99 in milliseconds, the share of
"hello", and the number of queries of one request. Nothing here is asserted: figures are figures.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PORT, HELLO_PORT = 8971, 8972
CONNECTIONS = 4

HELLO = "from flask import Flask\napp = Flask(__name__)\napp.get('/')(lambda: 'hello')\n"


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


def measure(
    port: int, make: Callable[[int], bytes], seconds: float, expect: frozenset[int]
) -> dict[str, float]:
    """Ask over a few connections for some seconds; ``make`` gives the n-th request."""
    times: list[float] = []
    counter = iter(range(10**9))
    stop = time.perf_counter() + seconds
    wrong: list[int] = []

    def run() -> None:
        client = Client(port)
        while time.perf_counter() < stop:
            request = make(next(counter))
            start = time.perf_counter()
            status, _ = client.ask(request)
            times.append(time.perf_counter() - start)
            if status not in expect:
                wrong.append(status)

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if wrong:
        raise SystemExit(f"unexpected answers: {sorted(set(wrong))} ({len(wrong)} times)")
    cuts = quantiles(times, n=100)
    return {"rps": len(times) / took, "p50": cuts[49] * 1000, "p99": cuts[98] * 1000}


@contextmanager
def server(target: str, port: int, folder: str) -> Iterator[int]:
    """A gunicorn of two workers, as ``make run`` starts it; its process id."""
    command = [sys.executable, "-m", "gunicorn", target, f"--bind=127.0.0.1:{port}"]
    command += ["--workers=2", "--threads=4", "--log-level=error", "--keep-alive=30"]
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
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def memory_of_workers(parent: int) -> list[float]:
    """Resident memory of each worker, in MB."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(
                line.split(":", 1) for line in status.read_text().splitlines() if ":" in line
            )
        except OSError:
            continue
        if fields.get("PPid", "").strip() == str(parent):
            found.append(int(fields["VmRSS"].split()[0]) / 1024)
    return sorted(found)


def main() -> None:
    """Build two towns, start the servers, ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="for each line of the table")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            INSTANCE_PATH=folder, DEMO="0", RATELIMIT="0", WSPOLPIS_ENV="", SMTP_URL=""
        )
        Path(folder, "hello_bench.py").write_text(HELLO, encoding="utf-8")
        from scripts.bench_town import Town

        town = Town()
        print(f"{'what':44} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'share':>6} {'queries':>8}")
        with server("hello_bench:app", HELLO_PORT, folder):
            measure(HELLO_PORT, lambda _n: get("/"), 1, frozenset({200}))
            hello = measure(HELLO_PORT, lambda _n: get("/"), seconds, frozenset({200}))
        row("hello (bare Flask)", hello, hello["rps"], "")
        with server("wsgi:app", PORT, folder) as parent:
            for name, make, queries, expect in town.lines():
                measure(PORT, make, 0.5, expect)
                row(name, measure(PORT, make, seconds, expect), hello["rps"], queries)
            memory = memory_of_workers(parent)
        took, size = town.workbook()
        print(f"\nXLSX of 5,000 remarks: {took:.2f} s, {size / 1e6:.1f} MB")
        print("memory of the workers: " + ", ".join(f"{mb:.0f} MB" for mb in memory))
        print("weight of the document page, compressed: " + town.weight())


def row(name: str, found: dict[str, float], hello: float, queries: object) -> None:
    """One line of the table."""
    share = found["rps"] / hello
    print(
        f"{name:44} {found['rps']:8.0f} {found['p50']:8.1f} {found['p99']:8.1f} "
        f"{share:6.2f} {queries!s:>8}",
        flush=True,
    )


if __name__ == "__main__":
    main()
