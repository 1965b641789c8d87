"""Measure the product's pages beside a bare Flask "hello" on the same kind of server.

Both run under gunicorn with two workers on this machine, asked in turns by the same client over
kept-alive connections, as many to each worker. Prints requests/s, p50 and p99 in milliseconds, the
share of the "hello" asked just before and after, the processor time that a request takes in the
workers and its share of "hello" (which other work on the machine disturbs less), and the number of
queries of one request. "Cold" means: no worker has kept the page, for nobody has asked for that
address before. Nothing here is asserted: figures are figures.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bench_server import Found, Server, get, server

PORT, HELLO_PORT = 8971, 8972

HELLO = "from flask import Flask\napp = Flask(__name__)\napp.get('/')(lambda: 'hello')\n"


def main() -> None:
    """Build two towns, start the servers, ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="for each line of the table")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            INSTANCE_PATH=folder,
            DEMO="0",
            RATELIMIT="0",
            WSPOLPIS_ENV="",
            SMTP_URL="",
            LOG_REQUESTS="0",
        )
        Path(folder, "hello_bench.py").write_text(HELLO, encoding="utf-8")
        from scripts.bench_town import Town

        town = Town()
        print(
            f"{'what':44} {'req/s':>7} {'p50 ms':>7} {'p99 ms':>7} {'share':>6} "
            f"{'cpu ms':>7} {'share':>6} {'queries':>8}"
        )
        with (
            server("hello_bench:app", HELLO_PORT, folder) as greeter,
            server("wsgi:app", PORT, folder) as house,
        ):
            greet(greeter, 1)
            hello = greet(greeter, seconds)
            row("hello (bare Flask)", hello, hello, "")
            for name, make, queries, expect in town.lines():
                house.measure(make, 0.5, expect)
                before = greet(greeter, seconds / 4)
                found = house.measure(make, seconds, expect)
                row(name, found, mean(before, greet(greeter, seconds / 4)), queries)
            memory = house.memory()
        took, size = town.workbook()
        print(f"\nXLSX of 5,000 remarks: {took:.2f} s, {size / 1e6:.1f} MB")
        print("memory of the workers: " + ", ".join(f"{mb:.0f} MB" for mb in memory))
        print("weight of the document page, compressed: " + town.weight())


def greet(greeter: Server, seconds: float) -> Found:
    """What "hello" takes."""
    return greeter.measure(lambda _n: get("/"), seconds, frozenset({200}))


def mean(one: Found, other: Found) -> Found:
    """Between two measurements."""
    return Found(*((a + b) / 2 for a, b in zip(astuple(one), astuple(other), strict=True)))


def row(name: str, found: Found, hello: Found, queries: object) -> None:
    """One line of the table."""
    print(
        f"{name:44} {found.rps:7.0f} {found.p50:7.1f} {found.p99:7.1f} "
        f"{found.rps / hello.rps:6.3f} {found.cpu:7.2f} {hello.cpu / found.cpu:6.3f} "
        f"{queries!s:>8}",
        flush=True,
    )


if __name__ == "__main__":
    main()
