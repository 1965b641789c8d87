"""Builders of small true things for tests: people, a consultation, a document with an edition."""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from app.accounts.models import (
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
)
from app.consultations.models import Consultation, Round
from app.consultations.phases import Phase
from app.documents import editions
from app.documents.models import Document, Edition
from app.legaltext.units import Kind, Unit, Units
from app.platform.clock import now
from app.platform.db import db
from app.platform.security import Sessions

_serial = itertools.count(1)

#: Argon2 of "haslo-testowe-1" is slow to make; tests that sign in through the form hash their own.
UNUSABLE = "!"


def session_cookie(app: Flask, account: str, **kept: Any) -> str:
    """What the browser of somebody who has signed in sends back; ``account`` is their `get_id`."""
    sessions = app.session_interface
    assert isinstance(sessions, Sessions)
    signer = sessions.get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": account, "_fresh": True, **kept}))


def person(role: Role = Role.PARTICIPANT, **fields: Any) -> User:
    """Somebody with a confirmed account."""
    n = next(_serial)
    user = User(
        **{
            "email": f"osoba{n}@ngo.example",
            "name": f"Osoba {n}",
            "password_hash": UNUSABLE,
            "role": role,
            "created_at": now(),
            "confirmed_at": now(),
            "stamp": secrets.token_hex(8),
            **fields,
        }
    )
    db.session.add(user)
    db.session.flush()
    return user


def organisation(*speakers: User, **fields: Any) -> Organisation:
    """An organisation for which the given people speak."""
    n = next(_serial)
    made = Organisation(
        **{"name": f"Stowarzyszenie {n}", "kind": OrganisationKind.ASSOCIATION, **fields}
    )
    db.session.add(made)
    db.session.flush()
    for speaker in speakers:
        db.session.add(Membership(user_id=speaker.id, organisation_id=made.id, confirmed_at=now()))
    db.session.flush()
    return made


def consultation(phase: Phase = Phase.OPEN, **fields: Any) -> Consultation:
    """A consultation that is in the given phase right now."""
    at, day = now(), timedelta(days=1)
    windows = {
        Phase.DRAFT: [(2, 9)],
        Phase.UPCOMING: [(2, 9)],
        Phase.OPEN: [(-5, 9)],
        Phase.BETWEEN: [(-30, -20), (5, 15)],
        Phase.CONSIDERED: [(-20, -2)],
        Phase.CONCLUDED: [(-40, -20)],
    }[phase]
    n = next(_serial)
    made = Consultation(
        **{
            "slug": f"program-{n}",
            "title": f"Program współpracy {n}",
            "year": 2016,
            "created_at": at - 60 * day,
            "published_at": None if phase is Phase.DRAFT else at - 50 * day,
            "concluded_at": at - day if phase is Phase.CONCLUDED else None,
            "rounds": [
                Round(number=i, opens_at=at + a * day, closes_at=at + b * day)
                for i, (a, b) in enumerate(windows, 1)
            ],
            **fields,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


#: A small act: two chapters, three §, with ustępy, points, letters and a table.
SMALL_ACT: Units = (
    Unit(
        "a1",
        Kind.CHAPTER,
        "1",
        "Postanowienia ogólne",
        (
            Unit("a2", Kind.SECTION, "1", "Program dotyczy współpracy Gminy z organizacjami."),
            Unit(
                "a3",
                Kind.SECTION,
                "2",
                "",
                (
                    Unit("a4", Kind.SUBSECTION, "1", "Celem głównym jest rozwój współpracy."),
                    Unit(
                        "a5",
                        Kind.SUBSECTION,
                        "2",
                        "Cele szczegółowe to:",
                        (
                            Unit("a6", Kind.POINT, "1", "wzmocnienie organizacji;"),
                            Unit(
                                "a7",
                                Kind.POINT,
                                "2",
                                "większy udział mieszkańców, w tym:",
                                (
                                    Unit("a8", Kind.LETTER, "a", "młodzieży,"),
                                    Unit("a9", Kind.LETTER, "b", "seniorów."),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Unit(
        "a10",
        Kind.CHAPTER,
        "2",
        "Środki finansowe",
        (
            Unit(
                "a11",
                Kind.SECTION,
                "3",
                "Na realizację Programu planuje się 120 000,00 zł, zgodnie z tabelą:",
                (
                    Unit(
                        "a12",
                        Kind.TABLE,
                        "",
                        "Zadanie\tKwota\nSport\t80 000,00 zł\nKultura\t40 000,00 zł\n"
                        "Razem\t120 000,00 zł",
                    ),
                ),
            ),
        ),
    ),
)


def document(of: Consultation | None = None, units: Units = SMALL_ACT, **fields: Any) -> Document:
    """A document whose first edition is published."""
    of = of or consultation()
    made = Document(
        **{
            "consultation_id": of.id,
            "slug": "program",
            "title": "Program współpracy na rok 2016",
            "created_at": now(),
            **fields,
        }
    )
    db.session.add(made)
    db.session.flush()
    edition(made, units)
    return made


def edition(of: Document, units: Units, **fields: Any) -> Edition:
    """One more published edition; ids that are numbers of provisions carry over."""
    stored, _ = editions.store_edition(of, units, title=of.title, at=now(), **fields)
    editions.make_public(stored, by=None, at=now())
    return stored


def moment(text: str) -> datetime:
    """``"2015-09-24 10:00"`` as an aware moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
