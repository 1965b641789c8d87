"""The towns that ``make bench`` asks: one with 500 remarks, one with 5,000."""

from __future__ import annotations

import gzip
import re
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from flask_babel import force_locale
from flask_migrate import upgrade

from app import create_app
from app.accounts.models import Role, User
from app.consultations.models import Consultation, Round
from app.documents import editions
from app.documents.models import Document, Provision
from app.legaltext.units import Kind, Unit, Units
from app.platform.clock import now, today
from app.platform.db import db, transaction
from app.remarks.models import Channel, Outcome, Remark, RemarkKind, RemarkVersion, Tally
from app.reports.collect import collect
from app.reports.formats import xlsx
from scripts import bench_events
from scripts.bench_server import get, queries_of

SECTIONS, CHAPTERS = 60, 12
WORDS = (
    "Gmina współpracuje z organizacjami przy wykonywaniu zadań publicznych na rzecz mieszkańców "
    "oraz konsultuje z nimi projekty aktów normatywnych w dziedzinach ich działalności."
)

Line = tuple[str, Callable[[int], bytes], object, frozenset[int]]


def programme(to_a_chapter: int = SECTIONS // CHAPTERS) -> Units:
    """Twelve chapters of § with three ustępy each, of which the second has three points."""
    chapters = []
    for chapter in range(CHAPTERS):
        sections = []
        for n in range(chapter * to_a_chapter + 1, (chapter + 1) * to_a_chapter + 1):
            points = tuple(Unit(f"{n}.2.{p}", Kind.POINT, str(p), WORDS[:80]) for p in (1, 2, 3))
            parts = tuple(
                Unit(f"{n}.{u}", Kind.SUBSECTION, str(u), WORDS, points if u == 2 else ())
                for u in (1, 2, 3)
            )
            sections.append(Unit(str(-n), Kind.SECTION, str(n), "", parts))
        title = f"Rozdział o sprawie {chapter + 1}"
        chapters.append(Unit(f"c{chapter}", Kind.CHAPTER, str(chapter + 1), title, tuple(sections)))
    return tuple(chapters)


class Town:
    """A database with both consultations, and the requests that ask for them."""

    def __init__(self) -> None:
        self.app = create_app()
        with self.app.app_context():
            upgrade()
            with transaction():
                self.small = self._consultation("maly", 500)
                self.large = self._consultation("duzy", 5000)
                db.session.add(self._clerk())

    def _clerk(self) -> User:
        return User(
            email="bench@urzad.example",
            name="Bench",
            password_hash="!",
            role=Role.COORDINATOR,
            created_at=now(),
            confirmed_at=now(),
            stamp="bench",
        )

    def _consultation(self, slug: str, remarks: int) -> int:
        at = now()
        made = Consultation(
            slug=slug,
            title="Program współpracy",
            year=2016,
            created_at=at,
            published_at=at - timedelta(days=9),
            rounds=[
                Round(number=1, opens_at=at - timedelta(days=5), closes_at=at + timedelta(days=9))
            ],
            last_remark_number=remarks,
        )
        db.session.add(made)
        db.session.flush()
        document = Document(
            consultation_id=made.id, slug="program", title="Program współpracy", created_at=at
        )
        db.session.add(document)
        db.session.flush()
        edition, _ = editions.store_edition(document, programme(), title=document.title, at=at)
        editions.make_public(edition, by=None, at=at)
        self._remarks(made, document, edition.id, remarks)
        return made.id

    def _remarks(self, made: Consultation, document: Document, edition: int, many: int) -> None:
        provisions = db.session.scalars(
            sa.select(Provision).where(Provision.document_id == document.id)
        ).all()
        rows = [
            {
                "consultation_id": made.id,
                "number": n,
                "document_id": document.id,
                "edition_id": edition,
                "provision_id": provisions[n % len(provisions)].id,
                "home_id": provisions[n % len(provisions)].id,
                "citation": "§ 1",
                "kind": RemarkKind.COMMENT,
                "channel": Channel.ONLINE,
                "received_on": today(),
                "author_name": f"Osoba {n}",
                "signature": f"Stowarzyszenie {n % 40}",
                "submission_key": f"{made.slug}-{n}",
                "submitted_at": made.created_at,
                "changed_at": made.created_at,
                "outcome": Outcome.ACCEPTED if n % 3 else None,
                "body": WORDS,
                "html": f"<p>{WORDS}</p>",
            }
            for n in range(1, many + 1)
        ]
        db.session.execute(sa.insert(Remark), rows)
        ids = db.session.scalars(
            sa.select(Remark.id).where(Remark.consultation_id == made.id)
        ).all()
        versions = [
            {
                "remark_id": i,
                "number": 1,
                "edition_id": edition,
                "body": WORDS,
                "html": f"<p>{WORDS}</p>",
                "created_at": made.created_at,
            }
            for i in ids
        ]
        db.session.execute(sa.insert(RemarkVersion), versions)
        tallies = [
            {
                "document_id": document.id,
                "provision_number": p.number,
                "remarks": many // len(provisions),
                "amendments": 0,
            }
            for p in provisions
        ]
        db.session.execute(sa.insert(Tally), tallies)

    def lines(self) -> Iterator[Line]:
        """The lines of the table: a name, the n-th request, queries, and the answers expected."""
        ok, unchanged = frozenset({200}), frozenset({304})
        for slug, many in (("maly", "500"), ("duzy", "5,000")):
            page = f"/konsultacje/{slug}/dokumenty/program"
            yield self._page(f"document page, {many} remarks, warm", page, ok)
            yield self._cold(f"document page, {many} remarks, cold", page)
        tag = self._tag(page)
        yield (
            "document page, unchanged (304)",
            lambda _n: get(page, If_None_Match=tag),
            queries_of(self.app, page, {"If-None-Match": tag}),
            unchanged,
        )
        section = f"{page}/przepis/2"
        yield self._page("page of a § with its remarks, warm", section, ok)
        yield self._cold("page of a § with its remarks, cold", section)
        yield self._cold("list of 5,000 remarks, cold", "/konsultacje/duzy/uwagi")
        yield self._posting()
        sign_up = bench_events.signing_up(self.app)
        yield self._page("page of an event, warm", bench_events.PAGE, ok)
        yield self._cold("page of an event, cold", bench_events.PAGE)
        yield "signing up (fsync on)", sign_up, "", frozenset({303})

    def _page(self, name: str, path: str, expect: frozenset[int]) -> Line:
        return name, lambda _n: get(path), queries_of(self.app, path, twice=True), expect

    def _cold(self, name: str, path: str) -> Line:
        def make(n: int) -> bytes:
            return get(f"{path}?zimno={uuid.uuid4().hex}{n}")

        return name, make, queries_of(self.app, f"{path}?zimno=1"), frozenset({200})

    def _posting(self) -> Line:
        path = "/konsultacje/duzy/dokumenty/program/uwaga?przepis=2&rodzaj=komentarz"
        client = self.app.test_client()
        page = client.get(path).get_data(as_text=True)
        fields = dict(
            re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
        )
        fields |= {
            n: v
            for v, n in re.findall(
                r'<input[^>]*type="hidden"[^>]*value="([^"]*)"[^>]*name="([^"]+)"', page
            )
        }
        name = str(self.app.config["SESSION_COOKIE_NAME"])
        cookie = client.get_cookie(name)
        assert cookie is not None
        key = next(n for n in fields if "submission" in n or n == "key")

        def make(n: int) -> bytes:
            body = urlencode(
                {
                    **fields,
                    key: uuid.uuid4().hex,
                    "kind": "comment",
                    "body": f"Uwaga z pomiaru {n}",
                    "name": "Osoba",
                }
            ).encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {name}={cookie.value}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            return head.encode() + body

        return "posting a remark (fsync on)", make, "", frozenset({303})

    def _tag(self, path: str) -> str:
        return str(self.app.test_client().get(path).headers["ETag"])

    def workbook(self) -> tuple[float, int]:
        """Seconds and bytes of the spreadsheet of 5,000 remarks."""
        with self.app.app_context(), force_locale("pl"):
            consultation = db.session.get_one(Consultation, self.large)
            report = collect(consultation, 1, now())
            start = time.perf_counter()
            data = xlsx.render(report)
            return time.perf_counter() - start, len(data)

    def weight(self) -> str:
        """Compressed bytes of the page and of everything it loads."""
        client = self.app.test_client()
        page = client.get("/konsultacje/maly/dokumenty/program").get_data()
        html = len(gzip.compress(page))
        rest = 0
        for address in set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)):
            rest += len(gzip.compress(client.get(address.decode()).get_data()))
        return f"{(html + rest) / 1000:.1f} kB (HTML {html / 1000:.1f})"
