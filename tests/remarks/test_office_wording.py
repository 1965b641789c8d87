"""The office's own wording, and what the author says to it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.journal.queries import history_of
from app.legaltext.changes import Reword
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from app.remarks.content import Author, Origin
from app.remarks.fate import Response
from app.remarks.keys import secret_of
from app.remarks.models import AmendmentKind, Channel, Outcome, Position, Remark
from app.remarks.office_wording import Own, respond
from app.remarks.permissions import KeyHolder
from app.remarks.positions import decide, hide
from tests import town
from tests.proofreading import ProofreadingClient
from tests.remarks import scene

OWN = "Program dotyczy współpracy Gminy z organizacjami i sołectwami."
THEIRS = "Program dotyczy współpracy Gminy z organizacjami i mieszkańcami."


def amended(by: User | None = None, **fields: object) -> Remark:
    document = scene.text()
    content = scene.amendment(document, proposed=THEIRS)
    return scene.sent(document, content, by=by, **fields)  # type: ignore[arg-type]


def answered(
    remark: Remark,
    words: str = OWN,
    outcome: Outcome = Outcome.PARTIALLY_ACCEPTED,
    justification: str = "Sołectwa też.",
    edition: int = 1,
) -> Position:
    own = Own(words, edition)
    return decide(remark, outcome, justification, own=own, by=scene.coordinator(), at=now())


def letter_about(position: Position) -> OutboxMail:
    key = f"remark:{position.remark_id}:answered:{position.id}"
    return db.session.scalars(sa.select(OutboxMail).where(OutboxMail.key == key)).one()


@pytest.mark.usefixtures("context")
class TestTheOffice:
    def test_the_wording_is_kept_with_the_text_it_was_written_for(self) -> None:
        remark = amended()
        position = answered(remark)
        assert (position.wording, position.edition_id) == (OWN, remark.edition_id)
        assert position.wording_seen == "Program dotyczy współpracy Gminy z organizacjami."
        assert remark.response is Response.AWAITED
        assert remark.proposed_text == THEIRS

    def test_the_author_gets_both_wordings_what_differs_the_formula_and_a_link(self) -> None:
        author = town.person()
        remark = amended(author)
        letter = letter_about(answered(remark))
        assert letter.recipient == author.email
        assert OWN in letter.text
        assert THEIRS in letter.text
        assert "[usunięto: mieszkańcami] [dodano: sołectwami]" in letter.text
        assert "dodaje się wyrazy „i sołectwami”" in letter.text
        assert f"/uwagi/{remark.number}/brzmienie-urzedu" in letter.text

    @pytest.mark.parametrize("words", ["", "  ", THEIRS, THEIRS.replace(" ", "  ")])
    def test_the_authors_own_words_are_no_wording_of_the_office(self, words: str) -> None:
        remark = amended()
        position = answered(remark, words)
        assert (position.wording, remark.response) == ("", None)
        assert "brzmienie-urzedu" not in letter_about(position).text

    @pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.OUT_OF_SCOPE])
    def test_it_goes_with_acceptance_only(self, outcome: Outcome) -> None:
        with pytest.raises(DomainError, match="można dać tylko wtedy"):
            answered(amended(), outcome=outcome)
        assert answered(amended(), THEIRS, outcome).wording == ""

    def test_a_comment_and_striking_out_have_none(self) -> None:
        document = scene.text()
        strike = scene.amendment(document, kind=AmendmentKind.STRIKE, proposed="")
        for content in (scene.comment(document, "§ 1"), strike):
            with pytest.raises(DomainError, match="nie proponuje brzmienia"):
                answered(scene.sent(document, content))

    def test_the_present_wording_is_no_change(self) -> None:
        with pytest.raises(DomainError, match="obecne brzmienie"):
            answered(amended(), "Program dotyczy współpracy Gminy z organizacjami.")

    def test_it_is_not_taken_for_a_text_that_the_office_did_not_see(self) -> None:
        remark = amended()
        at = scene.id_of(remark.document, "§ 1")
        scene.next_edition(remark.document, Reword(at, "Program trwa rok."))
        with pytest.raises(DomainError, match="nowe wydanie projektu"):
            answered(remark, edition=1)
        assert answered(remark, edition=2).wording_seen == "Program trwa rok."

    def test_answering_the_same_again_adds_nothing(self) -> None:
        remark = amended()
        assert answered(remark) is answered(remark)
        assert len(remark.positions) == 1

    def test_a_new_provision_may_be_worded_otherwise(self) -> None:
        document = scene.text()
        content = scene.amendment(document, kind=AmendmentKind.INSERT, proposed="Nowy przepis.")
        position = answered(scene.sent(document, content), "Nowy, krótszy.")
        assert position.wording == "Nowy, krótszy."


@pytest.mark.usefixtures("context")
class TestTheAuthor:
    def test_says_yes_or_no_and_a_change_of_mind_keeps_what_was_said(self) -> None:
        author = town.person()
        remark = amended(author)
        position = answered(remark)
        respond(remark, position.id, agrees=False, words="Wolę swoje.", by=author, at=now())
        assert remark.response is Response.DISAGREES
        respond(remark, position.id, agrees=True, words="Przekonali mnie.", by=author, at=now())
        assert remark.response is Response.AGREES
        assert [(r.agrees, r.words) for r in position.responses] == [
            (False, "Wolę swoje."),
            (True, "Przekonali mnie."),
        ]
        assert [entry.action for entry in history_of(remark)][-2:] == ["responded"] * 2

    def test_the_same_again_adds_nothing(self) -> None:
        author = town.person()
        remark = amended(author)
        position = answered(remark)
        for _ in range(2):
            respond(remark, position.id, agrees=True, words="", by=author, at=now())
        assert len(position.responses) == 1

    def test_nobody_else_agrees_in_their_name(self) -> None:
        remark = amended(town.person())
        position = answered(remark)
        for by in (town.person(), scene.coordinator(), KeyHolder(remark.id + 1)):
            with pytest.raises(NotAllowed):
                respond(remark, position.id, agrees=True, words="", by=by, at=now())

    def test_a_new_answer_is_read_before_one_agrees(self) -> None:
        author = town.person()
        remark = amended(author)
        first = answered(remark)
        respond(remark, first.id, agrees=True, words="", by=author, at=now())
        answered(remark, OWN.replace("i sołectwami", "oraz sołectwami"))
        assert remark.response is Response.AWAITED
        with pytest.raises(DomainError, match="zmienił w międzyczasie"):
            respond(remark, first.id, agrees=True, words="", by=author, at=now())
        assert len(first.responses) == 1

    def test_there_is_nothing_to_say_where_the_office_wrote_nothing(self) -> None:
        author = town.person()
        remark = amended(author)
        position = decide(remark, Outcome.ACCEPTED, by=scene.coordinator(), at=now())
        with pytest.raises(NotAllowed):
            respond(remark, position.id, agrees=True, words="", by=author, at=now())

    def test_who_gave_no_address_on_paper_is_not_waited_for(self) -> None:
        clerk = scene.coordinator()
        origin = Origin(Channel.PAPER, now().date())
        paper, online = amended(clerk, author=Author(name="Jan"), origin=origin), amended()
        assert (paper.author_can_be_asked, online.author_can_be_asked) == (False, True)


def wording_page(remark: Remark) -> str:
    slug = remark.consultation.slug
    return f"/konsultacje/{slug}/uwagi/{remark.number}/brzmienie-urzedu"


def test_the_author_reads_the_wording_and_what_they_say_is_public(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        author = town.person()
        remark = amended(author)
        position = answered(remark)
        db.session.commit()
        address, number = wording_page(remark), position.id
        public = address.removesuffix("/brzmienie-urzedu")
    waiting = client.get(public).get_data(as_text=True)
    assert "Brzmienie urzędu" in waiting
    assert "Autor nie wypowiedział się jeszcze o brzmieniu urzędu." in waiting
    scene.signed(app, client, author)
    page = client.get(address).get_data(as_text=True)
    assert "sołectwami" in page
    answer = client.post(address, data={"position": number, "agrees": "0", "words": "Nie tak."})
    assert (answer.status_code, answer.location) == (303, f"{public}#answer")
    client.post("/wyloguj")
    shown = client.get(public).get_data(as_text=True)
    assert "Autor nie zgadza się" in shown
    assert "Nie tak." in shown


@pytest.mark.parametrize("case", ["no choice", "another answer"])
def test_bad_input_keeps_the_words(app: Flask, client: ProofreadingClient, case: str) -> None:
    with app.app_context():
        author = town.person()
        remark = amended(author)
        position = answered(remark)
        db.session.commit()
        address, number = wording_page(remark), position.id
        scene.signed(app, client, author)
    data = {"position": number, "words": "Moje słowa.", "agrees": "1"}
    if case == "no choice":
        del data["agrees"]
    else:
        data["position"] = number + 1
    answer = client.post(address, data=data)
    assert answer.status_code == 422
    assert "Moje słowa." in answer.get_data(as_text=True)
    assert f'name="position" value="{number}"' in answer.get_data(as_text=True)


def test_a_guest_answers_behind_the_secret_link(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document = scene.text()
        content = scene.amendment(document, proposed=THEIRS)
        remark = scene.sent_by_guest(document, content, email="jan@poczta.example")
        position = answered(remark)
        letter = letter_about(position).text
        db.session.commit()
        key, number, public = secret_of(remark.submission_key), position.id, wording_page(remark)
    assert f"/uwaga/{key}/brzmienie-urzedu" in letter
    assert client.get(public).status_code == 403
    page = client.get(f"/uwaga/{key}/brzmienie-urzedu")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    answer = client.post(
        f"/uwaga/{key}/brzmienie-urzedu", data={"position": number, "agrees": "1", "words": ""}
    )
    assert (answer.status_code, answer.location) == (303, f"/uwaga/{key}#answer")


def test_hidden_words_do_not_come_out_through_the_answer(
    app: Flask, client: ProofreadingClient
) -> None:
    with app.app_context():
        author, clerk = town.person(), scene.coordinator()
        remark = amended(author)
        position = answered(remark)
        respond(remark, position.id, agrees=False, words="Obelga.", by=author, at=now())
        hide(remark, reason="Obraża.", by=clerk, at=now())
        db.session.commit()
        public = wording_page(remark).removesuffix("/brzmienie-urzedu")
    shown = client.get(public).get_data(as_text=True)
    assert "sołectwami" in shown
    assert "Autor nie zgadza się" in shown
    assert "mieszkańcami" not in shown
    assert "Obelga." not in shown
