"""Replies, support, hiding and answers."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.journal.queries import history_of
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.platform.mail import OutboxMail
from app.remarks import conversation, positions
from app.remarks.actions import withdraw
from app.remarks.models import Outcome, Reply
from app.remarks.queries import replies_to
from tests import town
from tests.proofreading import ProofreadingClient
from tests.remarks import scene
from tests.remarks.scene import signed


def subjects(to: str) -> list[str]:
    """What has been written to somebody, besides the receipt."""
    mails = db.session.scalars(
        sa.select(OutboxMail).where(OutboxMail.recipient == to).order_by(OutboxMail.id)
    ).all()
    return [mail.key.split(":", 2)[2].split(":")[0] for mail in mails][1:]


@pytest.mark.usefixtures("context")
class TestActions:
    def test_a_reply_is_counted_signed_and_told_to_the_author(self) -> None:
        author, other = town.person(), town.person(name="Jan Sowa")
        remark = scene.sent(scene.text(), by=author)
        for _ in range(2):
            conversation.reply(remark, "Popieram.", submission_key="r1", by=other, at=now())
        conversation.reply(remark, "Dziękuję.", submission_key="r2", by=author, at=now())
        assert remark.replies_count == 2
        assert [r.signature for r in replies_to(remark)] == ["Jan Sowa", author.name]
        assert subjects(author.email) == ["reply"]

    def test_the_office_replies_as_the_office(self) -> None:
        remark = scene.sent(scene.text(Phase.OPEN))
        clerk = scene.coordinator()
        reply = conversation.reply(remark, "Sprawdzimy.", submission_key="r", by=clerk, at=now())
        assert reply.from_office
        assert clerk.name in reply.signature

    def test_replying_for_an_organisation_of_ones_own_only(self) -> None:
        remark, speaker = scene.sent(scene.text()), town.person()
        own, foreign = town.organisation(speaker), town.organisation()
        db.session.expire(speaker)
        for organisation, fits in ((own, True), (foreign, False)):
            send = {"submission_key": f"r{organisation.id}", "by": speaker, "at": now()}
            if fits:
                reply = conversation.reply(remark, "Tak.", organisation=organisation, **send)
                assert reply.signature == own.name
            else:
                with pytest.raises(NotAllowed):
                    conversation.reply(remark, "Tak.", organisation=organisation, **send)

    def test_support_counts_once_and_can_be_taken_back(self) -> None:
        author, other = town.person(), town.person()
        remark = scene.sent(scene.text(), by=author)
        for _ in range(2):
            conversation.support(remark, by=other, at=now())
        assert remark.supports_count == 1
        for _ in range(2):
            conversation.withdraw_support(remark, by=other, at=now())
        assert remark.supports_count == 0
        with pytest.raises(NotAllowed):
            conversation.support(remark, by=author, at=now())

    def test_a_reply_is_hidden_with_a_reason_and_restored(self) -> None:
        remark, facilitator = scene.sent(scene.text()), town.person(Role.FACILITATOR)
        reply = conversation.reply(remark, "Obelga", submission_key="r", by=town.person(), at=now())
        with pytest.raises(DomainError):
            conversation.hide_reply(reply, reason=" ", by=facilitator, at=now())
        conversation.hide_reply(reply, reason="Obraża.", by=facilitator, at=now())
        assert reply.hidden_reason == "Obraża."
        conversation.restore_reply(reply, by=facilitator, at=now())
        assert reply.hidden_at is None
        assert [e.action for e in history_of(reply)] == ["hidden", "restored"]

    def test_hiding_tells_the_author_why_and_each_time(self) -> None:
        author, facilitator = town.person(), town.person(Role.FACILITATOR)
        remark = scene.sent(scene.text(), by=author)
        for _ in range(2):
            positions.hide(remark, reason="Dane osobowe.", by=facilitator, at=now())
            positions.restore(remark, by=facilitator, at=now())
        assert subjects(author.email) == ["hidden", "hidden"]
        deeds = [(e.action, e.reason) for e in history_of(remark)][1:3]
        assert deeds == [("hidden", "Dane osobowe."), ("restored", "")]

    def test_all_but_full_acceptance_is_justified(self) -> None:
        remark, clerk = scene.sent(scene.text()), scene.coordinator()
        for outcome in set(Outcome) - {Outcome.ACCEPTED}:
            with pytest.raises(DomainError):
                positions.decide(remark, outcome, "  ", by=clerk, at=now())
        assert remark.outcome is None
        positions.decide(remark, Outcome.ACCEPTED, by=clerk, at=now())
        assert remark.outcome is Outcome.ACCEPTED

    def test_a_later_position_stands_over_the_earlier_and_the_author_is_told(self) -> None:
        author, mayor = town.person(), town.person(Role.EXECUTIVE)
        remark = scene.sent(scene.text(), by=author)
        for _ in range(2):
            positions.decide(remark, Outcome.REJECTED, "Nie.", by=mayor, at=now())
        positions.decide(remark, Outcome.ACCEPTED, "Jednak tak.", by=mayor, at=now())
        db.session.refresh(remark)
        assert [p.outcome for p in remark.positions] == [Outcome.REJECTED, Outcome.ACCEPTED]
        assert subjects(author.email) == ["answered", "answered"]

    def test_a_withdrawn_remark_is_not_answered(self) -> None:
        author = town.person()
        remark = scene.sent(scene.text(), by=author)
        withdraw(remark, reason="", by=author, at=now())
        with pytest.raises(NotAllowed):
            positions.decide(remark, Outcome.ACCEPTED, by=scene.coordinator(), at=now())


def test_replying_and_supporting_on_the_page(app: Flask, client: ProofreadingClient) -> None:
    with app.app_context():
        document, other, facilitator = scene.text(), town.person(), town.person(Role.FACILITATOR)
        scene.sent(document)
        root = f"/konsultacje/{document.consultation.slug}/uwagi/1"
        db.session.commit()
    assert client.post(f"{root}/odpowiedz", data={"body": "Hej"}).status_code == 303
    signed_out = client.post(f"{root}/odpowiedz", data={"body": "Hej, popieram."})
    assert signed_out.status_code == 401
    assert "Hej, popieram.</textarea>" in signed_out.text
    signed(app, client, other)
    data = {"body": "Popieram <i>to</i>.", "submission_key": "klucz-odpowiedzi-1", "behalf": "0"}
    assert client.post(f"{root}/odpowiedz", data={**data, "body": " "}).status_code == 422
    assert client.post(f"{root}/odpowiedz", data=data).status_code == 303
    anew = client.post(f"{root}/odpowiedz", data={**data, "body": "Jednak nie."})
    assert anew.status_code == 409
    assert "Jednak nie.</textarea>" in anew.text
    assert client.post(f"{root}/poparcie").status_code == 303
    page = client.get(root).text
    assert "Popieram &lt;i&gt;to&lt;/i&gt;." in page
    assert 'name="cofnij"' in page
    with app.app_context():
        reply_id = db.session.scalar(sa.select(Reply.id))
    hide = f"{root}/odpowiedzi/{reply_id}/ukryj"
    assert client.post(hide, data={"reason": "Bo tak"}).status_code == 403
    signed(app, client, facilitator)
    assert client.post(hide, data={"reason": "Reklama."}).status_code == 303
    visitor = app.test_client().get(root).text
    assert "Reklama." in visitor
    assert "Popieram" not in visitor
    assert client.post(f"{root}/odpowiedzi/{reply_id}/przywroc").status_code == 303
    assert "Popieram" in app.test_client().get(root).text
