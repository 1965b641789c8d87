"""What was struck out of a § stays on the page of the §, with its remarks and its history."""

from __future__ import annotations

from flask import Flask

from app.drafting import actions
from app.drafting.models import ChangeKind
from app.platform.clock import now
from app.platform.db import db
from tests.drafting import scene as drafting
from tests.proofreading import ProofreadingClient as Client
from tests.reading import scene
from tests.reading.scene import Place
from tests.reading.test_pages import tree_of, words
from tests.remarks.scene import comment, sent


def without_a_part(app: Flask) -> Place:
    """An edition that strikes § 2 ust. 1 out, on which somebody had commented."""
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        sent(bench.document, comment(bench.document, "§ 2 ust. 1"))
        bench.write("§ 2 ust. 1", kind=ChangeKind.REPEAL, reason="Zbędny ustęp.")
        bench.publish()
        db.session.commit()
        return place


def test_its_address_leads_to_its_last_wording_on_the_page_of_its_section(
    app: Flask, client: Client
) -> None:
    place = without_a_part(app)
    number = place.numbers["§ 2 ust. 1"]
    answered = client.get(place.section("§ 2 ust. 1"))
    assert answered.status_code == 302
    assert answered.headers["Location"] == f"{place.section('§ 2')}#p-{number}"
    page = tree_of(client, place.section("§ 2"))
    (glossed,) = page.xpath(f"//div[@class='glossed'][.//*[@id='p-{number}']]")
    assert "§ 2 ust. 1 z wydania 1" in words(glossed)
    assert "w wydaniu 2" in words(glossed)
    assert "Zbędny ustęp." in words(glossed)
    assert "uwaga nr 1" in words(glossed)
    assert not glossed.xpath(".//a[contains(@href, 'rodzaj=')]")


def test_its_sources_lead_to_when_and_why_it_was_struck_out(app: Flask, client: Client) -> None:
    place = without_a_part(app)
    number = place.numbers["§ 2 ust. 1"]
    answered = client.get(f"{place.section('§ 2 ust. 1')}/skad")
    assert answered.status_code == 302
    page, _hash, anchor = answered.headers["Location"].partition("#")
    (glossed,) = tree_of(client, page).xpath(f"//div[@class='glossed'][.//*[@id='{anchor}']]")
    assert anchor == f"p-{number}"
    assert glossed.xpath(".//del")
    assert "skreślono w wydaniu 2" in words(glossed)
    assert "Zbędny ustęp." in words(glossed)
    (change,) = glossed.xpath(".//a[contains(@href, '/porownanie/')]/@href")
    where, _hash, anchor = change.partition("#")
    assert tree_of(client, where).xpath(f"//*[@id='{anchor}']")


def test_a_section_that_is_gone_says_in_which_edition_and_why(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.write("§ 2", kind=ChangeKind.REPEAL, reason="Zbędny paragraf.")
        bench.publish()
        db.session.commit()
    for page in ("", "/skad"):
        (notice,) = tree_of(client, place.section("§ 2") + page).xpath(
            "//*[contains(@class, 'notice--warning')]"
        )
        assert "w wydaniu 2" in words(notice)
        assert "Zbędny paragraf." in words(notice)


def test_what_moved_away_and_was_struck_out_there_was_not_struck_out_here(
    app: Flask, client: Client
) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.move("§ 2 ust. 1", after="§ 1")
        bench.publish()
        bench.draft = actions.start_draft(bench.document, by=bench.clerk, at=now())
        target = str(place.numbers["§ 2 ust. 1"])
        bench.wish(actions.Wish(target, ChangeKind.REPEAL))
        bench.publish()
        db.session.commit()
    assert not tree_of(client, f"{place.section('§ 2')}/skad").xpath(f"//*[@id='p-{target}']")
    answered = client.get(f"{place.text}/przepis/{target}/skad", follow_redirects=True)
    assert f'id="p-{target}"' in answered.text


def test_the_history_of_its_section_tells_that_it_went(app: Flask, client: Client) -> None:
    place = without_a_part(app)
    history = words(tree_of(client, place.section("§ 2")).xpath("//ol[@class='history']")[0])
    assert "Zbędny ustęp." in history


def test_what_moved_away_is_told_in_the_history_of_both(app: Flask, client: Client) -> None:
    with app.app_context():
        bench = drafting.bench()
        place = scene.place_of(bench.document)
        bench.move("§ 2 ust. 1", after="§ 1")
        bench.publish()
        db.session.commit()
    page = tree_of(client, place.section("§ 2"))
    assert "Inna kolejność." in words(page.xpath("//ol[@class='history']")[0])
    assert not page.xpath(f"//*[@id='p-{place.numbers['§ 2 ust. 1']}']")
