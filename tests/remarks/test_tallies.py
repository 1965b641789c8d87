"""Whatever happens to remarks, the tally equals a recount and numbers only grow."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.models import Document
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError
from app.remarks import positions
from app.remarks.actions import change, withdraw
from app.remarks.models import AmendmentKind, Remark, RemarkKind
from app.remarks.queries import tallies_of
from tests.remarks import scene

PLACES = ("", "§ 1", "§ 2 ust. 2 pkt 1")
DEEDS = st.one_of(
    st.tuples(st.just("comment"), st.sampled_from(PLACES)),
    st.tuples(st.just("amend"), st.sampled_from(PLACES[1:])),
    st.tuples(st.sampled_from(("withdraw", "hide", "restore", "change")), st.integers(min_value=0)),
)


def recount(document: Document) -> dict[int, tuple[int, int]]:
    all_remarks: Counter[int] = Counter()
    amendments: Counter[int] = Counter()
    for remark in db.session.scalars(
        sa.select(Remark).where(Remark.document_id == document.id, Remark.withdrawn_at.is_(None))
    ):
        place = remark.home.number if remark.home else 0
        all_remarks[place] += 1
        amendments[place] += remark.kind is RemarkKind.AMENDMENT
    return {place: (all_remarks[place], amendments[place]) for place in all_remarks}


def perform(document: Document, sent: list[Remark], deed: tuple[str, Any], by: Any) -> None:
    what, value = deed
    if what == "comment":
        sent.append(scene.sent(document, scene.comment(document, value), by=by["author"]))
        return
    if what == "amend":
        wanted = scene.amendment(document, value, AmendmentKind.STRIKE)
        sent.append(scene.sent(document, wanted, by=by["author"]))
        return
    if not sent:
        return
    remark = sent[value % len(sent)]
    if what == "withdraw":
        withdraw(remark, reason="", by=by["author"], at=now())
    elif what == "hide":
        positions.hide(remark, reason="powód", by=by["clerk"], at=now())
    elif what == "restore":
        positions.restore(remark, by=by["clerk"], at=now())
    else:
        version = remark.versions_count
        change(remark, body=f"Wersja {version}", version=version, by=by["author"], at=now())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(DEEDS, max_size=12))
def test_the_tally_equals_a_recount(context: Flask, deeds: list[tuple[str, Any]]) -> None:
    document = scene.text()
    by = {"author": scene.town.person(), "clerk": scene.coordinator()}
    sent: list[Remark] = []
    for deed in deeds:
        try:
            perform(document, sent, deed, by)
        except DomainError:
            continue
    db.session.flush()
    assert tallies_of(document) == recount(document)
    assert [remark.number for remark in sent] == list(range(1, len(sent) + 1))
    assert document.consultation.last_remark_number == len(sent)
