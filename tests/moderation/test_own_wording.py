"""Answering an amendment with a wording of the office's own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.legaltext.changes import Reword
from app.platform.clock import now
from app.platform.db import db
from app.remarks.content import Author, Origin
from app.remarks.models import AmendmentKind, Channel, Outcome, Remark
from app.remarks.office_wording import Own
from app.remarks.positions import decide
from tests.proofreading import ProofreadingClient
from tests.remarks import scene

THEIRS = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."
OWN = "Program dotyczy współpracy Gminy z organizacjami i sołectwami."


@dataclass
class Place:
    form: str
    decide: str
    remark: int


def place(
    app: Flask, client: ProofreadingClient, *, reworded: bool = False, **kind: object
) -> Place:
    """The form of an answer to an amendment, opened by the coordinator."""
    with app.app_context():
        document = scene.text()
        content = scene.amendment(document, proposed=THEIRS, **kind)  # type: ignore[arg-type]
        remark = scene.sent(document, content)
        if reworded:
            at = scene.id_of(document, "§ 1")
            scene.next_edition(
                document, Reword(at, "Program dotyczy współpracy Gminy z organizacjami. Trwa rok.")
            )
        clerk = scene.coordinator()
        db.session.commit()
        slug, number = document.consultation.slug, remark.number
        scene.signed(app, client, clerk)
        return Place(
            f"/biurko/konsultacje/{slug}/uwagi/{number}",
            f"/konsultacje/{slug}/uwagi/{number}/stanowisko",
            remark.id,
        )


def kept(app: Flask, at: Place) -> tuple[str, str]:
    """The wording of the office and what it was written for."""
    with app.app_context():
        position = db.session.get_one(Remark, at.remark).positions[-1]
        return position.wording, position.wording_seen


def answer(words: str = OWN, **fields: object) -> dict[str, object]:
    given = {"outcome": "partially_accepted", "justification": "Krócej.", "edition": 1}
    return given | {"wording": words, **fields}


def test_the_form_begins_with_the_words_of_the_author(
    app: Flask, client: ProofreadingClient
) -> None:
    at = place(app, client)
    page = client.get(at.form).get_data(as_text=True)
    assert "Podaj własne brzmienie" in page
    assert f">\r\n{THEIRS}</textarea>" in page
    assert client.post(at.decide, data=answer(THEIRS)).status_code == 303
    assert kept(app, at) == ("", "")


def test_on_a_newer_edition_it_begins_with_the_carried_words(
    app: Flask, client: ProofreadingClient
) -> None:
    at = place(app, client, reworded=True)
    page = client.get(at.form).get_data(as_text=True)
    assert f">\r\n{THEIRS} Trwa rok.</textarea>" in page
    assert 'name="edition" value="2"' in page


def test_a_changed_wording_is_published_and_offered_again(
    app: Flask, client: ProofreadingClient
) -> None:
    at = place(app, client)
    assert client.post(at.decide, data=answer()).status_code == 303
    assert kept(app, at) == (OWN, "Program dotyczy współpracy Gminy z organizacjami.")
    page = client.get(at.form).get_data(as_text=True)
    assert f">\r\n{OWN}</textarea>" in page
    assert 'disclosure" open' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": "rejected"}, "można dać tylko wtedy"),
        ({"outcome": ""}, "Wybierz stanowisko"),
        ({"edition": 7}, "nowe wydanie projektu"),
        ({"wording": "Program dotyczy współpracy Gminy z organizacjami."}, "obecne brzmienie"),
    ],
    ids=["rejected", "no outcome", "another edition", "nothing changes"],
)
def test_bad_input_keeps_what_was_typed(
    app: Flask, client: ProofreadingClient, fields: dict[str, object], words: str
) -> None:
    at = place(app, client)
    typed = answer(**fields)
    sent = client.post(at.decide, data=typed)
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert words in page
    assert f">\r\n{typed['wording']}</textarea>" in page
    assert 'name="edition" value="1"' in page


def test_striking_out_has_no_wording(app: Flask, client: ProofreadingClient) -> None:
    at = place(app, client, kind=AmendmentKind.STRIKE)
    assert "Podaj własne brzmienie" not in client.get(at.form).get_data(as_text=True)


def test_the_desk_and_the_queue_remember_whom_the_office_has_asked(
    app: Flask, client: ProofreadingClient
) -> None:
    at = place(app, client)
    with app.app_context():
        document = db.session.get_one(Remark, at.remark).document
        scene.sent(document, scene.comment(document, "§ 1"))
        origin = Origin(Channel.PAPER, now().date())
        clerk = scene.coordinator()
        paper = scene.sent(
            document,
            scene.amendment(document, proposed=THEIRS),
            by=clerk,
            author=Author(name="Jan Kos"),
            origin=origin,
        )
        decide(paper, Outcome.ACCEPTED, own=Own(OWN, 1), by=clerk, at=now())
        db.session.commit()
    assert "nie wypowiedział się jeszcze" not in client.get("/biurko").get_data(as_text=True)
    client.post(at.decide, data=answer())
    desk = client.get("/biurko").get_data(as_text=True)
    assert "1 autor nie wypowiedział się jeszcze o brzmieniu urzędu" in desk
    queue = at.form.rpartition("/")[0]
    assert f"{queue}?stan=autor" in desk
    listed = client.get(f"{queue}?stan=autor").get_data(as_text=True)
    assert "1 uwaga" in listed
    assert "Autor nie wypowiedział się jeszcze o brzmieniu urzędu." in listed
