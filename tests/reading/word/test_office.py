"""LibreOffice is the judge: accepting all gives the new text, rejecting all the old one."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.demo import loader
from app.documents.models import Document, Edition
from app.legaltext.units import Units
from app.platform.db import db
from app.reading.word.act import render
from app.reading.word_file import act_of, tracked_file
from tests.reading.word.office import settle
from tests.reading.word.pairs import FRAME, PAIRS, act, shuffled, signs_for
from tests.reading.word.settled import Seen, body_of, expected, seen_by_office, seen_in, settled

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]

#: What each file should be once all its changes are accepted, and once they are rejected.
Wanted = dict[str, dict[str, Seen]]


@pytest.fixture
def soffice() -> str:
    """Where LibreOffice is."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("no LibreOffice: install the package libreoffice-writer-nogui")
        pytest.skip("no LibreOffice here")
    return found


def test_libreoffice_accepts_the_new_text_and_rejects_to_the_old_one(
    soffice: str, context: Flask, tmp_path: Path
) -> None:
    wanted = by_hand(tmp_path) | at_random(tmp_path) | of_the_demo(tmp_path)
    settle(soffice, tmp_path)
    wrong = {
        (name, how): (seen, right)
        for name, ways in wanted.items()
        for how, right in ways.items()
        if (seen := seen_by_office((tmp_path / how / f"{name}.docx").read_bytes())) != right
    }
    assert wrong == {}
    assert len(wanted) > 40


def by_hand(folder: Path) -> Wanted:
    """The pairs thought out to be hard."""
    return {
        f"hand-{n}": written(folder, f"hand-{n}", old, new)
        for n, (old, new) in enumerate(PAIRS.values())
    }


def at_random(folder: Path, many: int = 15) -> Wanted:
    """The programme of the small act, with its provisions shuffled, struck out and reworded."""
    chance = random.Random(2016)
    found = {}
    for n in range(many):
        old, new = shuffled(chance), shuffled(chance)
        found[f"random-{n}"] = written(folder, f"random-{n}", old, new)
    return found


def written(folder: Path, name: str, old: Units, new: Units) -> dict[str, Seen]:
    file = render(act(old), act(new, 2), signs_for(old, new), FRAME)
    (folder / f"{name}.docx").write_bytes(file)
    return {
        "accept": expected(act(new, 2), FRAME.note),
        "reject": expected(act(old), FRAME.note),
    }


def of_the_demo(folder: Path) -> Wanted:
    """All pairs of editions of the demo town's documents, as visitors download them."""
    loader.load()
    db.session.flush()
    found = {}
    for document in db.session.scalars(sa.select(Document).order_by(Document.id)):
        published = [edition for edition in document.editions if edition.published_at]
        for n, old in enumerate(published):
            for new in published[n + 1 :]:
                name = f"demo-{document.id}-{old.number}-{new.number}"
                file = tracked_file(document, old, new)
                (folder / f"{name}.docx").write_bytes(file)
                found[name] = {"accept": _seen(new, file), "reject": _seen(old, file)}
    assert found
    return found


def _seen(edition: Edition, file: bytes) -> Seen:
    """What a reader should see of an edition; the note at the end is the file's own."""
    ((_style, note),) = seen_in(settled(body_of(file), "accept"))[-1:]
    return expected(act_of(edition), str(note))
