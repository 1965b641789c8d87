"""Builders for tests of remarks: a text under consultation and people who speak about it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role, User
from app.consultations.phases import Phase
from app.documents.models import Document, Edition, Provision
from app.documents.queries import units_of, wordings_of
from app.legaltext.changes import Change, apply
from app.legaltext.numbering import renumber
from app.platform.clock import now
from app.platform.db import db
from app.remarks.actions import submit
from app.remarks.anchoring import carry_remarks
from app.remarks.content import Author, Content
from app.remarks.models import AmendmentKind, Remark, RemarkKind
from app.remarks.permissions import KeyHolder
from tests import town
from tests.proofreading import ProofreadingClient

_serial = itertools.count(1)

GUEST = KeyHolder(0)


def text(phase: Phase = Phase.OPEN) -> Document:
    """A document in a consultation that is in a phase."""
    return town.document(town.consultation(phase))


def provision(document: Document, citation: str) -> Provision:
    """The provision that bears an address in the first edition."""
    found = {w.citation.replace("\u00a0", " "): w.provision for w in document.editions[0].wordings}
    return found[citation]


def comment(document: Document, at: str = "", body: str = "Dlaczego?", **fields: Any) -> Content:
    """A comment on a provision, or on the whole document."""
    place = provision(document, at) if at else None
    return Content(RemarkKind.COMMENT, body, place, **fields)


def amendment(
    document: Document,
    at: str = "§ 1",
    kind: AmendmentKind = AmendmentKind.REWORD,
    proposed: str = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami.",
    body: str = "Bo mieszkańcy też współpracują.",
) -> Content:
    """An amendment of a provision."""
    return Content(RemarkKind.AMENDMENT, body, provision(document, at), kind, proposed)


def sent(
    document: Document,
    content: Content | None = None,
    *,
    by: User | None = None,
    author: Author | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Remark:
    """A remark that somebody has sent."""
    by = by or town.person()
    return submit(
        document,
        content or comment(document, "§ 1"),
        author=author or Author(person=by),
        submission_key=f"formularz-{next(_serial)}",
        by=by,
        at=at or now(),
        **fields,
    )


def sent_by_guest(document: Document, content: Content | None = None, **fields: Any) -> Remark:
    """A remark by somebody without an account."""
    return submit(
        document,
        content or comment(document, "§ 1"),
        author=Author(**fields),
        submission_key=f"formularz-{next(_serial)}",
        by=GUEST,
        at=now(),
    )


def next_edition(document: Document, *changes: Change, taken: Iterable[Remark] = ()) -> Edition:
    """One more published edition, with remarks carried to it as publishing does."""
    newest = max(document.editions, key=lambda edition: edition.number)
    units = units_of(wordings_of(newest))
    edition = town.edition(document, renumber(apply(units, changes)))
    db.session.refresh(document)
    carry_remarks(edition, taken)
    return edition


def id_of(document: Document, citation: str) -> str:
    """The permanent number, as text, of the provision at an address of the first edition."""
    return str(provision(document, citation).number)


def number_of(remark: Remark) -> int:
    """The permanent number of the provision that a remark was made on."""
    assert remark.provision is not None
    return remark.provision.number


def coordinator() -> User:
    """The clerk of the NGO centre."""
    return town.person(Role.COORDINATOR)


def signed(app: Flask, client: ProofreadingClient, user: User) -> None:
    """Become somebody whom an earlier context has made."""
    identity = sa.inspect(user).identity
    with app.app_context():
        client.sign_in(db.session.get_one(User, identity))
