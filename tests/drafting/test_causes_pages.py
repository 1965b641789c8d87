"""Causes and reasons through the pages: undone in clear words, and never written over unseen."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from app.drafting.models import DraftChange
from app.platform.db import db
from tests.drafting.desk import Desk, slot, text_of
from tests.proofreading import ProofreadingClient as Client


@pytest.fixture
def change(app: Flask, client: Client, desk: Desk) -> str:
    """The address of a change that was taken in."""
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        (number,) = db.session.scalars(db.select(DraftChange.id))
    return f"{desk.root}/zmiana/{number}"


def form_of(client: Client, address: str) -> dict[str, str]:
    page = html.document_fromstring(client.get(address).text)
    form = page.xpath("//form[.//*[@name='reason']]")[0]
    return {name: value or "" for name, value in form.form_values() if name != "csrf_token"}


def test_two_people_who_explain_one_change_see_each_other(
    client: Client,
    desk: Desk,
    change: str,
) -> None:
    address = f"{change}/przyczyny"
    mine = form_of(client, address)
    theirs = form_of(client, address) | {"reason": "Powód koleżanki."}
    del theirs["causes"]
    assert client.post(address, data=theirs).status_code == 303
    answered = client.post(address, data=mine | {"reason": "Mój powód."})
    assert answered.status_code == 409
    page = html.document_fromstring(answered.text)
    assert "Powód koleżanki." in page.xpath("string(//section[@aria-labelledby='theirs'])")
    form = page.forms[-1] if "reason" in page.forms[-1].fields else page.xpath("//main//form")[0]
    assert form.fields["reason"].strip() == "Mój powód."
    assert form.xpath(".//input[@name='causes' and @checked]")  # ticked before she took it away
    assert "Powód koleżanki." in text_of(client.get(slot(desk)))
    again = {name: value for name, value in form.form_values() if name != "csrf_token"}
    assert client.post(address, data=again).status_code == 303
    assert "Mój powód." in text_of(client.get(slot(desk)))


def test_the_buttons_say_what_they_undo_and_do_again(
    client: Client,
    desk: Desk,
    change: str,
) -> None:
    client.post(f"{change}/przyczyny", data={"reason": "Literówka."})

    def button(label: str) -> tuple[str, str]:
        page = html.document_fromstring(client.get(desk.root).text)
        (found,) = page.xpath(f"//form[.//button[starts-with(normalize-space(), '{label}')]]")
        words = " ".join(found.text_content().replace("\xa0", " ").split())
        return words, found.fields["deed"]

    words, deed = button("Cofnij")
    assert words == "Cofnij: nowe przyczyny zmiany (§ 1)"
    client.post(f"{desk.root}/cofnij", data={"deed": deed})
    page = text_of(client.get(desk.root))
    assert "Cofnięto: nowe przyczyny zmiany (§ 1)." in page
    assert button("Cofnij")[0] == "Cofnij: wprowadzenie zmiany (§ 1)"
    words, deed = button("Przywróć")
    assert words == "Przywróć: nowe przyczyny zmiany (§ 1)"
    client.post(f"{desk.root}/ponow", data={"deed": deed})
    assert "Literówka." in text_of(client.get(slot(desk)))


def test_a_reason_beside_that_of_a_colleague_is_refused_with_both(
    client: Client,
    desk: Desk,
) -> None:
    address = f"{desk.root}/uwaga/{desk.amendment}/bez-zmiany"
    assert client.post(address, data={"reason": "Powód koleżanki."}).status_code == 303
    answered = client.post(address, data={"reason": "Mój powód."})
    assert answered.status_code == 409
    assert "Powód koleżanki." in text_of(answered)
    assert "Mój powód." in text_of(answered)
    client.post(address, data={"cofnij": "1"})
    page = html.document_fromstring(client.get(desk.root).text)
    words = " ".join(page.text_content().replace("\xa0", " ").split())
    assert f"Cofnij: wycofanie powodu przy uwadze nr {desk.amendment}" in words
