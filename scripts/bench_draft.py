"""The draft that ``make bench-drafting`` works on: a long programme, many remarks, many changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from flask_migrate import upgrade

from app import create_app
from app.accounts.models import Membership, Organisation, OrganisationKind, Role, User
from app.consultations.models import Consultation, Round
from app.documents import editions
from app.documents.models import Document
from app.documents.queries import document_by_slug, units_of, wordings_of
from app.drafting import actions, publishing, watching
from app.drafting.actions import Why, Wish
from app.drafting.models import ChangeKind, WorkingDraft
from app.drafting.queries import open_draft
from app.drafting.working import working_units
from app.legaltext.editing import as_text
from app.legaltext.units import Kind, Unit, Units, by_id, walk
from app.platform.clock import now
from app.platform.db import db, transaction
from app.remarks import positions
from app.remarks.actions import submit
from app.remarks.content import Author, Content
from app.remarks.models import AmendmentKind, Outcome, RemarkKind
from app.remarks.queries import remark_by_number
from scripts.bench_town import WORDS, programme

#: § of a chapter, which makes 600 provisions of about 100,000 characters: 40 printed pages.
TO_A_CHAPTER = 7

#: Of so many amendments, three are on one provision and cannot all be taken in.
CLASHING = 10

ORGANISATIONS = 40

#: From one changed provision to the next; shares no divisor with their number.
STRIDE = 11

#: What editorial changes do, in turn.
KINDS = (
    *(ChangeKind.REWORD,) * 12,
    ChangeKind.INSERT,
    ChangeKind.REPEAL,
    ChangeKind.MOVE,
)

SLUG = "duzy"


class Draft:
    """A town with one programme, whose next edition is being written."""

    def __init__(self, amendments: int, changes: int) -> None:
        self.app = create_app()
        self.amendments, self.changes = amendments, changes
        self.took: list[tuple[float, float]] = []  # seconds of each deed, and computed ones
        with self.app.app_context():
            upgrade()
            with transaction():
                self._settle()

    def _settle(self) -> None:
        at = now()
        clerk = User(
            email="bench@urzad.example",
            name="Bench",
            password_hash="!",
            role=Role.COORDINATOR,
            created_at=at,
            confirmed_at=at,
            stamp="bench",
        )
        made = Consultation(
            slug=SLUG,
            title="Program współpracy",
            year=2016,
            created_at=at,
            published_at=at - timedelta(days=9),
            rounds=[
                Round(number=1, opens_at=at - timedelta(days=5), closes_at=at + timedelta(days=9))
            ],
        )
        db.session.add_all([clerk, made])
        db.session.flush()
        document = Document(
            consultation_id=made.id, slug="program", title="Program współpracy", created_at=at
        )
        db.session.add(document)
        db.session.flush()
        edition, _ = editions.store_edition(
            document, _each_its_own(programme(TO_A_CHAPTER)), title=document.title, at=at
        )
        editions.make_public(edition, by=None, at=at)
        self.clerk_id, self.consultation_id = clerk.id, made.id

    @property
    def clerk(self) -> User:
        """The coordinator, in the session at hand."""
        return db.session.get_one(User, self.clerk_id)

    @property
    def document(self) -> Document:
        """The programme, in the session at hand."""
        consultation = db.session.get_one(Consultation, self.consultation_id)
        found = document_by_slug(consultation, "program")
        assert found is not None
        return found

    @property
    def draft(self) -> WorkingDraft:
        """The working draft, in the session at hand."""
        found = open_draft(self.document)
        assert found is not None
        return found

    @contextmanager
    def deed(self) -> Iterator[datetime]:
        """A deed as a request does it, in a context and a transaction of its own, and timed."""
        began, computed = time.perf_counter(), time.process_time()
        with self.app.test_request_context(method="POST"), transaction():
            yield now()
        self.took.append((time.perf_counter() - began, time.process_time() - computed))

    def send_amendments(self) -> None:
        """Have organisations send amendments and accept each; some are on one provision."""
        with self.deed() as at:
            (first,) = self.document.editions
            provisions = {str(w.provision.number): w.provision for w in first.wordings}
            self.units = _worded(units_of(wordings_of(first)))
            people = [self._organisation(n, at) for n in range(ORGANISATIONS)]
            for n in range(self.amendments):
                unit = self._unit(_place(n))
                content = Content(
                    RemarkKind.AMENDMENT,
                    f"Uzasadnienie poprawki nr {n}. {WORDS}",
                    provisions[unit.id],
                    AmendmentKind.REWORD,
                    unit.text.replace("organizacjami", f"organizacjami i ruchami nr {n}"),
                )
                self._sent(content, people[n % ORGANISATIONS], n, at)

    def _organisation(self, n: int, at: datetime) -> Author:
        person = User(
            email=f"bench{n}@ngo.example",
            name=f"Osoba {n}",
            password_hash="!",
            role=Role.PARTICIPANT,
            created_at=at,
            confirmed_at=at,
            stamp="bench",
        )
        named = Organisation(name=f"Stowarzyszenie nr {n}", kind=OrganisationKind.ASSOCIATION)
        db.session.add_all([person, named])
        db.session.flush()
        db.session.add(Membership(user_id=person.id, organisation_id=named.id, confirmed_at=at))
        db.session.flush()
        return Author(person=person, organisation=named)

    def _sent(self, content: Content, author: Author, n: int, at: datetime) -> None:
        assert author.person is not None
        remark = submit(
            self.document,
            content,
            author=author,
            submission_key=f"bench-{n}",
            by=author.person,
            at=at,
        )
        positions.decide(remark, Outcome.ACCEPTED, "Zgodnie z wnioskiem.", by=self.clerk, at=at)

    def start(self) -> None:
        """Open the working draft, in which every amendment waits."""
        with self.deed() as at:
            actions.start_draft(self.document, by=self.clerk, at=at)

    def let_watch(self) -> None:
        """Let everybody watch the draft grow."""
        with self.deed() as at:
            watching.let_watch(self.draft, by=self.clerk, at=at)

    def change(self) -> None:
        """Take in what goes in of itself, then write by hand until there are enough changes."""
        with self.deed() as at:
            made, colliding = actions.take_all_in(self.draft, by=self.clerk, at=at)
            numbers = [remark.number for remark in colliding]
            left = self.changes - len(made)
        self.took.clear()
        for number in numbers[:left]:
            self._settle_by_hand(number)
        for n in range(left - len(numbers)):
            self._write(n)

    def _settle_by_hand(self, number: int) -> None:
        """The third wording, in which two amendments of one provision meet."""
        with self.deed() as at:
            remark = remark_by_number(self.document.consultation, number)
            assert remark is not None
            assert remark.provision is not None
            target = str(remark.provision.number)
            draft = self.draft
            reads = as_text(by_id(working_units(draft))[target])
            text = reads.replace("organizacjami", f"organizacjami (także nr {number})")
            wish = Wish(target, ChangeKind.REWORD, text, seen=reads)
            actions.write(draft, wish, Why([remark]), by=self.clerk, at=at)

    def _write(self, n: int) -> None:
        """An editorial change: mostly of words, some new provisions, some struck out or moved."""
        with self.deed() as at:
            place = self.amendments + n
            unit = self._unit(place)
            # Once each provision has had its turn, new ones are put after them.
            kind = KINDS[n % len(KINDS)] if place < len(self.units) else ChangeKind.INSERT
            texts = {
                ChangeKind.REWORD: unit.text.replace("publicznych", f"publicznych, także {n}"),
                ChangeKind.INSERT: f"Nowy przepis nr {n} o współpracy z organizacjami.",
            }
            after = self._unit(place + 1).id if kind is ChangeKind.MOVE else ""
            wish = Wish(unit.id, kind, texts.get(kind, ""), after=after)
            why = Why(reason=f"Zmiana redakcyjna nr {n}.")
            actions.write(self.draft, wish, why, by=self.clerk, at=at)

    def _unit(self, n: int) -> Unit:
        """The n-th provision to be changed; neighbours in this order lie far apart in the text."""
        return self.units[n * STRIDE % len(self.units)]

    def publish(self) -> tuple[float, float]:
        """Make the working draft the next edition; seconds with the commit, and computed ones."""
        with self.deed() as at:
            publishing.publish(self.draft, note="Po uwagach.", by=self.clerk, at=at)
        return self.took[-1]


def _each_its_own(units: Units) -> Units:
    """Words that stand nowhere else, as in a real programme."""
    return tuple(
        replace(
            unit,
            text=f"{unit.text} (Dotyczy sprawy {unit.id})." if unit.text else "",
            children=_each_its_own(unit.children),
        )
        for unit in units
    )


def _worded(units: Units) -> list[Unit]:
    """The ustępy without parts and the points: what amendments and changes are made of."""
    kinds = {Kind.SUBSECTION, Kind.POINT}
    return [u for u in walk(units) if u.kind in kinds and not u.children and u.id.isdecimal()]


def _place(n: int) -> int:
    """On which provision the n-th amendment is: of ten, three are on one."""
    group, place = divmod(n, CLASHING)
    return group * CLASHING + max(0, place - 2)
