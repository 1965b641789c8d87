"""Sending, changing and withdrawing remarks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.documents.queries import wordings_of
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from app.remarks.actions import change, submit, withdraw
from app.remarks.content import Author, Content, Origin
from app.remarks.keys import hash_of, secret_of
from app.remarks.models import AmendmentKind, Channel, Remark, RemarkKind
from app.remarks.permissions import KeyHolder
from app.remarks.queries import remark_by_key, versions_of
from tests import town
from tests.remarks import scene

pytestmark = pytest.mark.usefixtures("context")


def mails(to: str) -> list[OutboxMail]:
    found = db.session.scalars(
        sa.select(OutboxMail).where(OutboxMail.recipient == to).order_by(OutboxMail.id)
    )
    return list(found)


def test_a_remark_gets_the_next_number_and_its_address() -> None:
    document = scene.text()
    first, second = scene.sent(document), scene.sent(document, scene.comment(document))
    assert (first.number, second.number) == (1, 2)
    assert first.citation == "§\u00a01"
    assert second.citation == ""
    assert first.edition_id == document.editions[0].id
    assert document.consultation.last_remark_number == 2


def test_a_double_click_makes_one_remark() -> None:
    document, author = scene.text(), town.person()
    content = scene.comment(document, "§ 1")
    made = [
        submit(
            document,
            content,
            author=Author(person=author),
            submission_key="ten-sam",
            by=author,
            at=now(),
        )
        for _ in range(2)
    ]
    assert made[0] is made[1]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Remark)) == 1
    assert len(mails(author.email)) == 1


def test_the_key_of_a_form_does_not_open_somebody_elses_remark() -> None:
    document, author, other = scene.text(), town.person(), town.person()
    content = scene.comment(document, "§ 1")
    for person, fits in ((author, True), (other, False)):
        send = {"author": Author(person=person), "submission_key": "klucz", "by": person}
        if fits:
            submit(document, content, at=now(), **send)
        else:
            with pytest.raises(NotAllowed):
                submit(document, content, at=now(), **send)


def test_numbers_are_never_used_again() -> None:
    document, author = scene.text(), town.person()
    last = scene.sent(document, by=author)
    withdraw(last, reason="pomyłka", by=author, at=now())
    assert scene.sent(document).number == last.number + 1


def test_an_amendment_shows_its_words_marked() -> None:
    document = scene.text()
    remark = scene.sent(document, scene.amendment(document))
    assert "<ins>" in remark.html
    assert "i mieszkańcami" in remark.html
    assert "początek wstawienia" in remark.html
    assert "Bo mieszkańcy też współpracują." in remark.html


def test_markup_in_a_remark_is_shown_and_never_obeyed() -> None:
    document = scene.text()
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    comment = scene.sent(document, scene.comment(document, "§ 1", evil))
    amendment = scene.sent(document, scene.amendment(document, proposed=evil, body=evil))
    for html in (comment.html, amendment.html):
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_striking_out_and_inserting() -> None:
    document = scene.text()
    struck = scene.sent(document, scene.amendment(document, kind=AmendmentKind.STRIKE))
    assert struck.proposed_text == ""
    assert "<del>" in struck.html
    added = scene.sent(
        document, scene.amendment(document, kind=AmendmentKind.INSERT, proposed="Nowy przepis.")
    )
    assert "<del>" not in added.html
    assert "Nowy przepis." in added.html


@pytest.mark.parametrize(
    ("kind", "proposed", "body"),
    [
        (AmendmentKind.REWORD, "", "Powód."),
        (AmendmentKind.REWORD, "Program dotyczy współpracy  Gminy z organizacjami.", "Powód."),
        (AmendmentKind.INSERT, "  ", "Powód."),
        (AmendmentKind.INSERT, "Program dotyczy współpracy Gminy z organizacjami.", "Powód."),
        (AmendmentKind.REWORD, "Inaczej.", " "),
        (AmendmentKind.STRIKE, "", ""),
        (AmendmentKind.REWORD, "x" * 20_001, "Powód."),
        (AmendmentKind.REWORD, "Inaczej.", "x" * 10_001),
        (None, "Inaczej.", "Powód."),
    ],
)
def test_what_an_amendment_needs(kind: AmendmentKind | None, proposed: str, body: str) -> None:
    document = scene.text()
    content = scene.amendment(document, kind=kind, proposed=proposed, body=body)  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        scene.sent(document, content)
    assert document.consultation.last_remark_number == 0


def test_an_amendment_is_about_a_provision() -> None:
    document = scene.text()
    content = Content(RemarkKind.AMENDMENT, "Powód.", None, AmendmentKind.REWORD, "Inaczej.")
    with pytest.raises(DomainError):
        scene.sent(document, content)


def test_a_quotation_is_kept_with_what_stands_around_it() -> None:
    document = scene.text()
    remark = scene.sent(document, scene.comment(document, "§ 1", quote="współpracy\u00a0Gminy"))
    assert (remark.quote_prefix, remark.quote_suffix) == ("Program dotyczy ", " z organizacjami.")
    with pytest.raises(DomainError):
        scene.sent(document, scene.comment(document, "§ 1", quote="współpracy Powiatu"))


def test_an_organisation_is_named_and_a_private_person_only_with_consent() -> None:
    document, person = scene.text(), town.person(name="Jan Sowa")
    ngo = town.organisation(person, name="Klub Pogoń")
    db.session.expire(person)
    for author, signature in (
        (Author(person=person, organisation=ngo), "Klub Pogoń"),
        (Author(person=person), ""),
        (Author(person=person, named_in_public=True), "Jan Sowa"),
    ):
        assert scene.sent(document, by=person, author=author).signature == signature


def test_nobody_speaks_for_an_organisation_of_others() -> None:
    document, person, ngo = scene.text(), town.person(), town.organisation(town.person())
    with pytest.raises(NotAllowed):
        scene.sent(document, by=person, author=Author(person=person, organisation=ngo))


def test_a_guest_gets_a_secret_link_of_which_only_a_hash_is_kept() -> None:
    remark = scene.sent_by_guest(scene.text(), email="Gosc@Poczta.example")
    secret = secret_of(remark.submission_key)
    assert remark.key_hash == hash_of(secret)
    assert remark_by_key(secret) is remark
    assert remark_by_key(remark.key_hash) is None
    receipt = mails("gosc@poczta.example")
    assert len(receipt) == 1
    assert f"/uwaga/{secret}" in receipt[0].text


def test_people_with_an_account_get_a_receipt_without_a_secret() -> None:
    author = town.person()
    remark = scene.sent(scene.text(), by=author)
    assert remark.key_hash == ""
    (receipt,) = mails(author.email)
    assert f"/uwagi/{remark.number}" in receipt.text
    assert "/uwaga/" not in receipt.text


def test_remarks_are_taken_only_while_a_round_is_open() -> None:
    for phase in set(Phase) - {Phase.OPEN}:
        with pytest.raises(NotAllowed):
            scene.sent(scene.text(phase))


def test_the_office_enters_paper_that_came_in_time() -> None:
    document, clerk = scene.text(Phase.CONSIDERED), scene.coordinator()
    day = (now() - timedelta(days=5)).date()
    origin = Origin(Channel.PAPER, day)
    author = Author(name="Bożena Liszka", email="b@poczta.example")
    remark = scene.sent(document, by=clerk, author=author, origin=origin)
    assert (remark.channel, remark.received_on) == (Channel.PAPER, day)
    assert (remark.entered_by_id, remark.author_id, remark.signature) == (clerk.id, None, "")
    assert len(mails("b@poczta.example")) == 1
    late = Origin(Channel.PAPER, now().date())
    with pytest.raises(DomainError):
        scene.sent(document, by=clerk, author=author, origin=late)
    with pytest.raises(NotAllowed):
        scene.sent(document, by=town.person(), author=author, origin=origin)


def test_notes_of_a_workshop_may_be_of_a_person_with_an_account() -> None:
    document, who = scene.text(), town.person()
    ngo = town.organisation(who)
    facilitator = town.person(Role.FACILITATOR)
    remark = scene.sent(
        document,
        by=facilitator,
        author=Author(person=who, organisation=ngo),
        origin=Origin(Channel.WORKSHOP, now().date()),
    )
    assert (remark.author_id, remark.signature) == (who.id, ngo.name)


def test_a_remark_on_a_text_that_has_changed_meanwhile_is_not_taken() -> None:
    document = scene.text()
    first = document.editions[0]
    numbers = {str(w.provision.number) for w in wordings_of(first)}
    assert numbers
    town.edition(document, town.SMALL_ACT)
    with pytest.raises(DomainError):
        scene.sent(document, scene.comment(document), edition=first)
    taken = scene.sent(
        document,
        scene.comment(document),
        by=scene.coordinator(),
        author=Author(),
        edition=first,
        origin=Origin(Channel.EMAIL, now().date()),
    )
    assert taken.edition_id == first.id


def test_changing_keeps_every_version() -> None:
    author, at = town.person(), now()
    document = scene.text()
    remark = scene.sent(document, scene.amendment(document), by=author)
    change(remark, body="Nowy powód.", proposed_text="Inaczej.", version=1, by=author, at=at)
    kept = versions_of(remark)
    assert [v.number for v in kept] == [1, 2]
    assert kept[0].body == "Bo mieszkańcy też współpracują."
    assert (remark.body, remark.proposed_text) == ("Nowy powód.", "Inaczej.")
    assert remark.html == kept[1].html
    assert [entry.action for entry in history_of(remark)] == ["submitted", "changed"]


def test_sending_a_change_twice_makes_one_version() -> None:
    author = town.person()
    remark = scene.sent(scene.text(), by=author)
    for _ in range(2):
        change(remark, body="Inaczej.", version=1, by=author, at=now())
    assert remark.versions_count == 2


def test_two_windows_do_not_overwrite_each_other() -> None:
    author = town.person()
    remark = scene.sent(scene.text(), by=author)
    change(remark, body="Z pierwszego okna.", version=1, by=author, at=now())
    with pytest.raises(DomainError):
        change(remark, body="Z drugiego okna.", version=1, by=author, at=now())
    assert remark.body == "Z pierwszego okna."


def test_a_guest_changes_and_withdraws_with_the_key() -> None:
    remark = scene.sent_by_guest(scene.text())
    holder, thief = KeyHolder(remark.id), KeyHolder(remark.id + 1)
    with pytest.raises(NotAllowed):
        change(remark, body="Cudza.", version=1, by=thief, at=now())
    change(remark, body="Moja.", version=1, by=holder, at=now())
    withdraw(remark, reason="", by=holder, at=now())
    assert remark.withdrawn_at is not None
    with pytest.raises(NotAllowed):
        withdraw(remark, reason="", by=holder, at=now())


def test_every_change_makes_pages_of_the_consultation_out_of_date() -> None:
    document, author = scene.text(), town.person()
    seen = document.consultation.revision
    remark = scene.sent(document, by=author)
    for deed in (
        lambda: change(remark, body="Inaczej.", version=1, by=author, at=now()),
        lambda: withdraw(remark, reason="", by=author, at=now()),
    ):
        db.session.refresh(document.consultation)
        before = document.consultation.revision
        deed()
        db.session.refresh(document.consultation)
        assert document.consultation.revision > before > seen
