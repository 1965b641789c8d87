"""Measure the drafting workbench on a large draft: 200 amendments, 500 changes, 40 pages.

The town is built by the same actions that people use, in a database of its own. Then one gunicorn
with *one* worker is asked over one connection, one request after the other. Prints, for each page
of the bench and of the comparison, p50 and p99 in milliseconds, the processor time of a request
(which other work on the machine disturbs less) and the number of queries; then how long a deed at
the bench, publishing and the file for Word take, and the memory of the worker. Pages are asked
cold: no answer was kept. What a new worker is asked first is told apart, and so is whether a page
asks the database more often when the draft is four times as large. Nothing here is asserted:
figures are figures.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import mean, quantiles
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bench_server import Server, get, queries_of, server

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from scripts.bench_draft import Draft

PORT = 8973

Page = tuple[str, str]

#: The draft as everybody sees it (``bench_draft`` cannot be imported before the settings are made).
WATCHED = [("drafting.watch", "/konsultacje/duzy/dokumenty/program/w-pracy")]


def main() -> None:
    """Build the draft, ask its pages, publish it, ask what then is public."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="for each page")
    parser.add_argument("--amendments", type=int, default=200)
    parser.add_argument("--changes", type=int, default=500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            INSTANCE_PATH=folder,
            DEMO="0",
            RATELIMIT="0",
            LOG_REQUESTS="0",
            WSPOLPIS_ENV="",
            SMTP_URL="",
        )
        from scripts.bench_draft import Draft

        small = queries_at(Draft, folder, asked.amendments // 4, asked.changes // 4)
        draft = Draft(asked.amendments, asked.changes)
        draft.send_amendments()
        draft.start()
        print_head()
        with server("wsgi:app", PORT, folder, workers=1, connections=1) as house:
            clerk = signed_in(draft)
            waiting = [(f"{name}, all wait", path) for name, path in bench_pages(draft, clerk)]
            show(house, draft, clerk, waiting, asked.seconds, small)
        draft.change()
        print(
            f"{asked.amendments} amendments, {asked.changes} changes, "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
            f"a deed at the bench, the last hundred: {of_deeds(draft)}\n"
        )
        print_head()
        with server("wsgi:app", PORT, folder, workers=1, connections=1) as house:
            clerk = signed_in(draft)
            show(house, draft, clerk, bench_pages(draft, clerk), asked.seconds, small)
            draft.let_watch()
            show(house, draft, draft.app.test_client(), WATCHED, asked.seconds, small)
            seconds, computed = draft.publish()
            print(f"\npublishing: {seconds:.2f} s, computing {computed:.2f} s\n")
            public = draft.app.test_client()
            show(house, draft, public, public_pages(), asked.seconds, small)
            (memory,) = house.memory()
        seconds, computed, size = word_file(draft)
        print(
            f"\nfile for Word with tracked changes: {seconds:.2f} s, computing {computed:.2f} s, "
            f"{size / 1000:.0f} kB"
        )
        print(f"memory of the worker: {memory:.0f} MB")


def print_head() -> None:
    """What the columns are; "few" are the queries at a quarter of the size."""
    names = ("first ms", "p50 ms", "p99 ms", "cpu ms", "queries", "few", "kB")
    print(f"{'page':44} " + " ".join(f"{name:>8}" for name in names))


def queries_at(make: type[Draft], folder: str, amendments: int, changes: int) -> dict[str, int]:
    """How often each page asks the database when the draft is smaller."""
    os.environ["INSTANCE_PATH"] = str(Path(folder, "few"))
    few = make(amendments, changes)
    few.send_amendments()
    few.start()
    clerk, found = signed_in(few), dict[str, int]()

    def count(pages: Iterable[Page], client: FlaskClient, tail: str = "") -> None:
        for name, path in pages:
            found[name + tail] = queries_of(few.app, cold(path, "1"), client=client)

    count(list(bench_pages(few, clerk)), clerk, ", all wait")
    few.change()
    count(list(bench_pages(few, clerk)), clerk)
    few.let_watch()
    count(WATCHED, few.app.test_client())
    few.publish()
    count(public_pages(), few.app.test_client())
    os.environ["INSTANCE_PATH"] = folder
    return found


def cold(path: str, what: str) -> str:
    """The address with something that no answer was kept for."""
    return f"{path}{'&' if '?' in path else '?'}zimno={what}"


def of_deeds(draft: Draft) -> str:
    """How long one took; the processor time is disturbed less by other work."""
    walls, computed = zip(*draft.took[-100:], strict=True)
    cuts = [value * 1000 for value in quantiles(walls, n=100)]
    return f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms, cpu {1000 * mean(computed):.0f} ms"


def signed_in(draft: Draft) -> FlaskClient:
    """The coordinator's browser."""
    client = draft.app.test_client()
    with draft.app.app_context(), client.session_transaction() as session:
        session.update(_user_id=draft.clerk.get_id(), _fresh=True)
    return client


def bench_pages(draft: Draft, clerk: FlaskClient) -> Iterator[Page]:
    """The bench and one page of each kind to which it leads, found by following its links."""
    from scripts.bench_draft import SLUG

    root = f"/biurko/konsultacje/{SLUG}/dokumenty/program/robocza"
    known = {"drafting.bench"}
    yield "drafting.bench", root
    to_read = [root]
    while to_read:
        page = clerk.get(to_read.pop(0)).get_data(as_text=True)
        for address in re.findall(rf'href="({root}[^"#]*)', page):
            name = endpoint(draft, address.replace("&amp;", "&"))
            if name and name not in known:
                known.add(name)
                yield name, address.replace("&amp;", "&")
                to_read.append(address.replace("&amp;", "&"))


def endpoint(draft: Draft, address: str) -> str:
    """The name of the view behind an address; "" for one that is not to be read."""
    adapter = draft.app.url_map.bind("localhost")
    name, _values = adapter.match(address.partition("?")[0], method="GET")
    return str(name)


def public_pages() -> Iterator[Page]:
    """The comparison in all its shapes, and what stands around it."""
    from scripts.bench_draft import SLUG

    document = f"/konsultacje/{SLUG}/dokumenty/program"
    pair = f"{document}/porownanie/1-2"
    for view in ("zmiany", "wynik", "obok", "formuly"):
        yield f"comparison, {view}", f"{pair}?widok={view}"
    yield "comparison, the whole text", f"{pair}?zakres=calosc"
    yield "comparison, the whole text side by side", f"{pair}?zakres=calosc&widok=obok"
    yield "comparison as a file for Word", f"{pair}.docx"
    yield "choice of a comparison", f"{document}/porownanie"
    yield "edition 2", document
    yield "a § with its history", f"{document}/przepis/2"
    yield "where the words of a § come from", f"{document}/przepis/2/skad"
    yield "remarks", f"/konsultacje/{SLUG}/uwagi"


def show(
    house: Server,
    draft: Draft,
    client: FlaskClient,
    pages: Iterable[Page],
    seconds: float,
    few: Mapping[str, int],
) -> None:
    """One line for each page."""
    cookie = client.get_cookie(str(draft.app.config["SESSION_COOKIE_NAME"]))
    headers = {"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}
    for name, path in pages:
        began = time.perf_counter()
        house.clients[0].ask(get(cold(path, "0"), **headers))
        first = 1000 * (time.perf_counter() - began)
        found = house.measure(
            lambda _n, path=path: get(cold(path, uuid.uuid4().hex), **headers),
            seconds,
            frozenset({200}),
        )
        queries = queries_of(draft.app, cold(path, "1"), client=client)
        size = len(client.get(path).data) / 1000
        print(
            f"{name:44} {first:8.1f} {found.p50:8.1f} {found.p99:8.1f} {found.cpu:8.1f} "
            f"{queries:8} {few.get(name, 0):8} {size:8.0f}",
            flush=True,
        )


def word_file(draft: Draft) -> tuple[float, float, int]:
    """Seconds, computed seconds and bytes of the file for Word."""
    from app.reading.word_file import tracked_file

    with draft.app.test_request_context():
        first, second = draft.document.editions
        began, computed = time.perf_counter(), time.process_time()
        data = tracked_file(draft.document, first, second)
        return time.perf_counter() - began, time.process_time() - computed, len(data)


if __name__ == "__main__":
    main()
