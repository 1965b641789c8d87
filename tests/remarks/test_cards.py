"""A kept card says what a card set now would say, whatever has happened to the remark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask, get_template_attribute

from app.legaltext.changes import Repeal, Reword
from app.platform.clock import now
from app.platform.db import db
from app.remarks import conversation, positions
from app.remarks.actions import change, withdraw
from app.remarks.cards import card
from app.remarks.models import Outcome, Remark
from tests import town
from tests.remarks import scene


def kept(remark: Remark) -> str:
    return card(remark, remark.consultation)


def set_now(remark: Remark) -> str:
    macro = get_template_attribute("remarks/_card.html", "card")
    return str(macro(remark, remark.consultation))


def deeds(remark: Remark) -> dict[str, Callable[[], Any]]:
    author, other, clerk = remark.author, town.person(), scene.coordinator()
    answer = partial(positions.decide, remark, by=clerk, at=now())
    say = partial(change, remark, by=author, at=now())
    return {
        "supported": lambda: conversation.support(remark, by=other, at=now()),
        "not supported": lambda: conversation.withdraw_support(remark, by=other, at=now()),
        "replied": lambda: conversation.reply(
            remark, "Tak.", submission_key="r", by=other, at=now()
        ),
        "changed": lambda: say(body="Inaczej.", proposed_text="Inne brzmienie.", version=1),
        "hidden": lambda: positions.hide(remark, reason="obelga", by=clerk, at=now()),
        "hidden again": lambda: (
            positions.restore(remark, by=clerk, at=now()),
            positions.hide(remark, reason="reklama", by=clerk, at=now()),
        ),
        "restored": lambda: positions.restore(remark, by=clerk, at=now()),
        "reworded beneath": lambda: scene.next_edition(
            remark.document, Reword(scene.id_of(remark.document, "§ 1"), "Całkiem nowe słowa.")
        ),
        "repealed": lambda: scene.next_edition(
            remark.document, Repeal(scene.id_of(remark.document, "§ 1"))
        ),
        "answered": lambda: answer(Outcome.REJECTED, "Nie trzeba."),
        "answered anew": lambda: answer(Outcome.REJECTED, "Bo nie trzeba."),
    }


@pytest.mark.parametrize("kind", [scene.comment, scene.amendment])
def test_after_each_deed_the_card_says_what_stands_now(app: Flask, kind: Any) -> None:
    with app.app_context():
        document = scene.text()
        remark = scene.sent(document, kind(document, "§ 1"), by=town.person())
        with app.test_request_context():
            before = kept(remark)
            assert before == set_now(remark)
            for name, deed in deeds(remark).items():
                deed()
                db.session.flush()
                db.session.expire_all()
                after = kept(remark)
                assert after == set_now(remark), name
                assert after != before, name
                before = after


def test_a_withdrawn_remark_says_so(app: Flask) -> None:
    with app.test_request_context():
        author = town.person()
        remark = scene.sent(scene.text(), by=author)
        kept(remark)
        withdraw(remark, reason="pomyłka", by=author, at=now())
        assert "pomyłka" in kept(remark)


def test_a_card_is_set_once(app: Flask) -> None:
    with app.test_request_context():
        remark = scene.sent(scene.text())
        db.session.refresh(remark)
        assert card(remark, remark.consultation) is card(remark, remark.consultation)


def test_each_language_has_its_cards(app: Flask) -> None:
    with app.app_context():
        slug = scene.sent(scene.text()).consultation.slug
        db.session.commit()
    client = app.test_client()
    polish = client.get(f"/konsultacje/{slug}/uwagi").text
    client.set_cookie("jezyk", "en")
    english = client.get(f"/konsultacje/{slug}/uwagi").text
    assert '<span class="tag tag--waiting">Waits for an answer</span>' in english
    assert '<span class="tag tag--waiting">Waits for an answer</span>' not in polish


def test_two_remarks_that_say_the_same_have_a_card_each(app: Flask) -> None:
    with app.test_request_context():
        document, author = scene.text(), town.person()
        one, other = (scene.sent(document, by=author, at=now()) for _ in range(2))
        assert f'id="uwaga-{one.number}"' in kept(one)
        assert f'id="uwaga-{other.number}"' in kept(other)
