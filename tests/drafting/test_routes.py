"""The workbench through its pages, as the coordinator and as others meet it."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from app.accounts.models import Role
from app.documents.models import Document
from app.documents.queries import latest_edition
from app.drafting import queries
from app.drafting.models import ChangeKind, DraftChange
from app.drafting.working import active
from app.platform.db import db
from app.remarks.models import AmendmentKind, Outcome
from tests import town
from tests.drafting.desk import TEXT, Desk, slot, text_of
from tests.drafting.scene import Bench
from tests.proofreading import ProofreadingClient as Client
from tests.queries import counted
from tests.remarks.scene import comment, coordinator, sent, signed


def changes(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context():
        found = db.session.scalars(db.select(DraftChange).order_by(DraftChange.id)).all()
        return [(str(c.kind), c.taken_back_at is not None) for c in found]


def test_from_an_amendment_to_the_next_edition(app: Flask, client: Client, desk: Desk) -> None:
    bench = client.get(desk.root)
    assert "Wersja robocza wydania 2" in text_of(bench)
    taken = client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    assert taken.status_code == 303
    assert taken.headers["Location"].startswith(f"{slot(desk)}#zmiana-")
    assert changes(app) == [("reword", False)]
    for page in ("", "/podglad", "/publikuj", f"/przepis/{desk.section}"):
        assert "mieszkańcami" in client.get(desk.root + page).text or page == "/publikuj"
    form = html.document_fromstring(client.get(f"{desk.root}/publikuj").text)
    revision = form.xpath("//input[@name='revision']/@value")[0]
    done = client.post(f"{desk.root}/publikuj", data={"revision": revision, "note": "Po uwagach."})
    assert done.status_code == 303
    assert done.headers["Location"].endswith("/dokumenty/program")
    assert "Po uwagach." in client.get(done.headers["Location"].rpartition("/dokumenty")[0]).text
    with app.app_context():
        edition = latest_edition(db.session.get_one(Document, desk.document))
        assert edition is not None
        assert edition.number == 2
    assert client.get(f"{desk.root}/publikuj").status_code == 409


def test_the_draft_is_started_from_its_page(app: Flask, client: Client) -> None:
    with app.app_context():
        document = town.document()
        root = f"/biurko/konsultacje/{document.consultation.slug}/dokumenty/program/robocza"
        clerk = coordinator()
        db.session.commit()
    signed(app, client, clerk)
    assert "Wersja robocza wydania" not in text_of(client.get(root))
    assert client.get(f"{root}/podglad").status_code == 409
    assert client.post(root).status_code == 303
    assert "Wersja robocza wydania 2" in text_of(client.get(root))


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_nobody_else_comes_in(app: Flask, client: Client, desk: Desk, role: Role) -> None:
    with app.app_context():
        person = town.person(role)
        db.session.commit()
    signed(app, client, person)
    pages = ("", "/podglad", "/publikuj", f"/przepis/{desk.section}")
    assert {client.get(desk.root + page).status_code for page in pages} == {403}
    deeds = ("", "/publikuj", f"/wprowadz/{desk.amendment}", "/zmiana/1/wylacz")
    assert {client.post(desk.root + deed).status_code for deed in deeds} == {403}
    assert changes(app) == []


def test_what_is_not_there_is_not_found(client: Client, desk: Desk) -> None:
    assert client.post(f"{desk.root}/wprowadz/99").status_code == 404
    assert client.post(f"{desk.root}/zmiana/99/wylacz").status_code == 404
    assert client.get(f"{desk.root}/przepis/99").status_code == 404
    assert client.get(desk.root.replace("/program/", "/inny/")).status_code == 404


def test_writing_by_hand_names_the_remark_one_came_from(
    app: Flask, client: Client, desk: Desk
) -> None:
    address = f"{desk.root}/przepis/{desk.section}?uwaga={desk.amendment}"
    form = html.document_fromstring(client.get(address).text)
    checked = form.xpath("//input[@name='causes'][@checked]/@value")
    assert checked == [str(desk.amendment_id)]
    done = client.post(
        address,
        data={
            "amendment_kind": "reword",
            "text": "Program dotyczy współpracy.",
            "causes": checked,
            "seen": form.xpath("//input[@name='seen']/@value")[0],
        },
    )
    assert done.status_code == 303
    assert "#zmiana-" in done.headers["Location"]
    assert changes(app) == [("reword", False)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "Inaczej."}, "dlaczego"),
        ({"text": "Inaczej.", "reason": "x" * 2001}, "2000"),
        ({"text": "", "reason": "Bo tak."}, "jak ma brzmieć"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "more": "77"}, "nr 77"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "causes": "999"}, "wskazać"),
        ({"text": "Inaczej.", "reason": "Bo tak.", "amendment_kind": "burn"}, "Co się zmienia"),
    ],
)
def test_a_refused_change_keeps_all_that_was_typed(
    app: Flask, client: Client, desk: Desk, typed: dict[str, str], said: str
) -> None:
    given = {"amendment_kind": "reword", "seen": "", **typed}
    given = {name: value for name, value in given.items() if value or name == "text"}
    answered = client.post(f"{desk.root}/przepis/{desk.section}", data=given)
    assert answered.status_code == 422
    assert field(answered, "text") == typed["text"]
    assert field(answered, "reason") == typed.get("reason", "")
    assert "Błąd" in html.document_fromstring(answered.text).xpath("//title")[0].text
    assert said in text_of(answered) or said == "wskazać"
    assert changes(app) == []


def test_a_change_is_switched_out_and_in(app: Flask, client: Client, desk: Desk) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        (number,) = db.session.scalars(db.select(DraftChange.id))
    assert client.post(f"{desk.root}/zmiana/{number}/wylacz").status_code == 303
    assert changes(app) == [("reword", True)]
    assert "mieszkańcami" not in client.get(f"{desk.root}/podglad").text
    assert client.post(f"{desk.root}/zmiana/{number}/wlacz").status_code == 303
    assert "mieszkańcami" in client.get(f"{desk.root}/podglad").text


def test_publishing_what_one_has_not_seen_is_refused_and_the_note_stays(
    app: Flask, client: Client, desk: Desk
) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    answered = client.post(f"{desk.root}/publikuj", data={"revision": "1", "note": "Po rundzie."})
    assert answered.status_code == 409
    assert "Po rundzie." in answered.text
    fresh = html.document_fromstring(answered.text).xpath("//input[@name='revision']/@value")
    done = client.post(f"{desk.root}/publikuj", data={"revision": fresh[0], "note": "Po rundzie."})
    assert done.status_code == 303


def test_a_draft_that_cannot_be_published_says_why(app: Flask, client: Client, desk: Desk) -> None:
    page = client.get(f"{desk.root}/publikuj")
    assert "Opublikuj" not in [b.text for b in buttons(page)]
    refused = client.post(f"{desk.root}/publikuj", data={"revision": "1"})
    assert refused.status_code == 409
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        document = db.session.get_one(Document, desk.document)
        draft = queries.open_draft(document)
        assert draft is not None
        bench = Bench(document, coordinator(), draft)
        bench.decided(active(draft)[0].causes[0], Outcome.REJECTED)
        db.session.commit()
    page = client.get(f"{desk.root}/publikuj")
    assert "przyczyny" in text_of(page)
    assert "Opublikuj" not in [b.text for b in buttons(page)]


def buttons(page) -> list[html.HtmlElement]:
    return html.document_fromstring(page.text).xpath("//main//button")


def bench_of(desk: Desk) -> Bench:
    document = db.session.get_one(Document, desk.document)
    draft = queries.open_draft(document)
    assert draft is not None
    return Bench(document, coordinator(), draft)


def test_amendments_that_clash_stand_beside_each_other(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        bench = bench_of(desk)
        other = bench.amendment("§ 1", "Program dotyczy współpracy Gminy ze szkołami.")
        apart = bench.amendment("§ 1", "Ten Program dotyczy współpracy Gminy z organizacjami.")
        numbers, alone_number = {desk.amendment, other.number}, apart.number
        db.session.commit()
    page = html.document_fromstring(client.get(slot(desk)).text)
    for number in numbers:
        (row,) = page.xpath(f"//article[@id='uwaga-{number}']")
        beside = row.xpath(".//details//div[@class='columns']//a/@href")
        assert beside == [f"#uwaga-{n}" for n in numbers - {number}]
    (alone,) = page.xpath(f"//article[@id='uwaga-{alone_number}']")
    assert not alone.xpath(".//div[@class='columns']")


def test_the_outline_counts_what_is_open_done_and_collides(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.amendment("§ 1", "Program dotyczy współpracy Gminy ze szkołami.")
        bench.amendment("§ 2 ust. 1", "Celem jest rozwój.", outcome=None)
        bench.amendment("§ 2 ust. 1", "Celem jest postęp.", outcome=Outcome.REJECTED)
        db.session.commit()
    page = html.document_fromstring(client.get(desk.root).text)
    rows = {
        link.xpath("string(.//span[@class='bench-outline__mark'])").replace("\xa0", " "): " ".join(
            link.xpath(
                ".//span[@class='bench-outline__counts']//span[@class='visually-hidden']/text()"
            )
        )
        for link in page.xpath("//ol[@class='bench-outline']//a")
    }
    assert "2 kolizje" in rows["§ 1"]
    assert "2 do wprowadzenia" in rows["§ 1"]
    assert "1 bez odpowiedzi" in rows["§ 2"]
    assert "1 załatwiona" in rows["§ 2"]
    assert rows["§ 3"] == ""


def test_the_bench_offers_only_what_can_be_done(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.write("§ 1", "Program dotyczy współpracy Miasta.")
        gone = bench.amendment("§ 2 ust. 2 pkt 1", "wsparcie;")
        whole = sent(bench.document, comment(bench.document))
        bench.decided(whole, Outcome.ACCEPTED)
        struck = bench.provision("§ 2").number
        bench.write("§ 2", kind=ChangeKind.REPEAL)
        numbers = (gone.number, whole.number)
        db.session.commit()
    pages = [
        html.document_fromstring(client.get(f"{desk.root}{path}").text)
        for path in (f"/przepis/{desk.section}", f"/przepis/{struck}", "")
    ]
    for page, number in zip(pages, (desk.amendment, *numbers), strict=True):
        (row,) = page.xpath(f"//article[@id='uwaga-{number}']")
        assert not row.xpath(".//form[contains(@action, '/wprowadz/')]")
        assert row.xpath(".//form[contains(@action, '/bez-zmiany')]")
    assert not pages[1].xpath("//textarea[@name='text']")  # what is struck out is not written


def test_a_collision_is_refused_with_both_sides(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench_of(desk).write("§ 1", "Program dotyczy współpracy Miasta z innymi.")
        db.session.commit()
    refused = client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    assert refused.status_code == 409
    page = html.document_fromstring(refused.text)
    sides = page.xpath("//main//div[@class='columns'][.//h2]/div")
    assert len(sides) == 2
    assert "mieszkańcami" in sides[0].text_content()
    assert "Miasta" in sides[1].text_content()
    assert changes(app) == [("reword", False)]


def test_a_change_that_stands_aside_shows_the_present_text_and_its_own(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        bench = bench_of(desk)
        first = bench.write("§ 1", TEXT)
        second = bench.write("§ 1", TEXT.replace("mieszkańcami", "mieszkańcami Miechowa"))
        assert bench.switch_out(first) == [second]
        present, change_id = bench.words("§ 1"), second.id
        db.session.commit()
    page = html.document_fromstring(client.get(slot(desk)).text)
    (card,) = page.xpath(f"//article[@id='zmiana-{change_id}']")
    now, wanted = card.xpath(".//div[@class='columns']/div")
    assert present in now.text_content()
    assert "mieszkańcami Miechowa" in wanted.xpath("string(.//ins)")
    assert "organizacjami" in wanted.xpath("string(.//del)")
    assert not now.xpath(".//del | .//ins")


def test_an_amendment_that_collides_with_the_text_shows_how_that_reads_now(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        bench_of(desk).write("§ 1", "Program dotyczy współpracy Gminy ze szkołami.")
        db.session.commit()
    page = html.document_fromstring(client.get(slot(desk)).text)
    (row,) = page.xpath(f"//article[@id='uwaga-{desk.amendment}']")
    assert "Program dotyczy współpracy Gminy ze szkołami." in row.text_content()


def test_two_people_save_one_after_the_other_and_nothing_is_lost(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        second = town.person(Role.COORDINATOR)
        db.session.commit()
    other = Client(app)
    signed(app, other, second)
    seen = {c: field(c.get(slot(desk)), "seen") for c in (client, other)}
    first = {"text": "Ten Program dotyczy współpracy Gminy z organizacjami.", "seen": seen[client]}
    assert save(client, desk, first).status_code == 303
    mine = "Program dotyczy współpracy Gminy z organizacjami i szkołami."
    met = save(other, desk, {"text": mine, "seen": seen[other]})
    assert met.status_code == 409
    assert "Ktoś zapisał ten przepis przed Tobą" in text_of(met)
    assert mine in text_of(met)
    merged = "Ten Program dotyczy współpracy Gminy z organizacjami i szkołami."
    assert field(met, "text") == merged
    done = save(other, desk, {"text": merged, "seen": field(met, "seen")})
    assert done.status_code == 303
    assert merged in text_of(client.get(f"{desk.root}/podglad"))


def test_two_who_changed_the_same_words_see_both(app: Flask, client: Client, desk: Desk) -> None:
    seen = field(client.get(slot(desk)), "seen")
    save(client, desk, {"text": "Program dotyczy współpracy Miasta z organizacjami.", "seen": seen})
    mine = "Program dotyczy współpracy Powiatu z organizacjami."
    met = save(client, desk, {"text": mine, "seen": seen})
    assert met.status_code == 409
    assert field(met, "text") == mine
    assert "te same słowa" in text_of(met)


def save(client: Client, desk: Desk, fields: dict[str, str]):
    data = {"amendment_kind": "reword", "reason": "Poprawka.", **fields}
    return client.post(slot(desk), data=data)


def field(answered, name: str) -> str:
    (form,) = html.document_fromstring(answered.text).xpath("//form[@data-bench-write]")
    inputs = form.xpath(f".//input[@name='{name}']/@value")
    areas = form.xpath(f".//textarea[@name='{name}']")
    return inputs[0] if inputs else areas[0].text_content().strip("\n")


def test_what_is_typed_is_kept_seen_by_others_and_offered_again(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        second = town.person(Role.COORDINATOR)
        db.session.commit()
    other = Client(app)
    signed(app, other, second)
    assert client.post(f"{slot(desk)}/pisanie", data={}).json["others"] == []
    kept = client.post(f"{slot(desk)}/pisanie", data={"text": "Zaczęte.", "reason": "Bo tak."})
    assert kept.json["saved"].startswith("Kopia robocza zapisana o ")
    assert "edytuje to teraz" in text_of(other.get(slot(desk)))
    assert "Zaczęte." not in other.get(slot(desk)).text
    offered = client.get(slot(desk))
    assert "Masz tu tekst" in text_of(offered)
    back = client.get(f"{slot(desk)}?przywroc=1")
    assert (field(back, "text"), field(back, "reason")) == ("Zaczęte.", "Bo tak.")
    thrown = client.post(f"{slot(desk)}/pisanie", data={"porzuc": "1"})
    assert thrown.status_code == 303
    assert "Masz tu tekst" not in text_of(client.get(slot(desk)))


def test_what_was_saved_is_not_offered_again(client: Client, desk: Desk) -> None:
    seen = field(client.get(slot(desk)), "seen")
    client.post(f"{slot(desk)}/pisanie", data={"text": "Zaczęte."})
    save(client, desk, {"text": "Program dotyczy wszystkich.", "seen": seen})
    assert "Masz tu tekst" not in text_of(client.get(slot(desk)))


def test_undo_and_redo_by_their_buttons(app: Flask, client: Client, desk: Desk) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    for path, after in (("cofnij", True), ("ponow", False)):
        page = html.document_fromstring(client.get(slot(desk)).text)
        (form,) = page.xpath(f"//form[contains(@action, '/{path}')]")
        sent_on = dict(form.fields)
        answered = client.post(f"{desk.root}/{path}", data=sent_on)
        assert (answered.status_code, answered.headers["Location"]) == (303, slot(desk))
        assert changes(app) == [("reword", after)]
    assert client.post(f"{desk.root}/cofnij", data={"deed": "99"}).status_code == 409


def test_as_many_are_said_to_fit_as_then_go_in(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.amendment("§ 1", "Program dotyczy współpracy Gminy ze szkołami.")
        bench.amendment("§ 1", "Program dotyczy współpracy Gminy z sołectwami.")
        bench.amendment("§ 2 ust. 1", "Celem jest rozwój.")
        db.session.commit()
    assert "Wprowadź 2 pasujące propozycje" in text_of(client.get(desk.root))
    client.post(f"{desk.root}/wprowadz")
    assert changes(app) == [("reword", False)] * 2


def test_all_that_fit_go_in_at_one_press(app: Flask, client: Client, desk: Desk) -> None:
    with app.app_context():
        bench = bench_of(desk)
        bench.amendment("§ 2 ust. 2 pkt 1", "otwartość;", AmendmentKind.INSERT)
        bench.amendment("§ 1", "Program dotyczy współpracy Gminy ze szkołami.")
        db.session.commit()
    assert client.post(f"{desk.root}/wprowadz").status_code == 303
    assert changes(app) == [("reword", False), ("insert", False)]
    assert "Uwzględnione uwagi w tekście: 2 z 3" in text_of(client.get(desk.root))


def test_a_new_section_is_written_moved_and_struck_out_again(
    app: Flask, client: Client, desk: Desk
) -> None:
    made = client.post(
        slot(desk),
        data={"amendment_kind": "insert", "text": "Program ogłasza się.", "reason": "Brak."},
    )
    assert made.status_code == 303
    with app.app_context():
        (number,) = db.session.scalars(db.select(DraftChange.id))
        last = bench_of(desk).number("§ 3")
    new = f"{desk.root}/przepis/new-{number}"
    assert "§ 2" in text_of(client.get(new))
    data = {"amendment_kind": "move", "after": last, "reason": "Kolejność."}
    assert client.post(new, data=data).status_code == 303
    assert "§ 4" in text_of(client.get(new))
    data = {"amendment_kind": "strike", "reason": "Zbędny.", "seen": "Program ogłasza się."}
    assert client.post(new, data=data).status_code == 303
    assert client.get(new).status_code == 404
    assert changes(app) == [("insert", False), ("move", False), ("repeal", False)]


def test_the_causes_of_a_change_are_said_anew(app: Flask, client: Client, desk: Desk) -> None:
    client.post(f"{desk.root}/wprowadz/{desk.amendment}")
    with app.app_context():
        (number,) = db.session.scalars(db.select(DraftChange.id))
    address = f"{desk.root}/zmiana/{number}/przyczyny"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"more": "99"}).status_code == 422
    done = client.post(address, data={"reason": "Literówka.", "more": str(desk.amendment)})
    assert done.status_code == 303
    assert "Literówka." in text_of(client.get(slot(desk)))


def test_a_remark_that_needs_no_change_says_why_and_can_wait_again(
    app: Flask, client: Client, desk: Desk
) -> None:
    address = f"{desk.root}/uwaga/{desk.amendment}/bez-zmiany"
    assert client.post(address, data={"reason": " "}).status_code == 409
    assert (
        client.post(address, data={"reason": "Już tak jest.", "slot": desk.section}).status_code
        == 303
    )
    assert "Nie wymaga zmiany: Już tak jest." in text_of(client.get(slot(desk)))
    assert client.post(address, data={"cofnij": "1"}).status_code == 303
    assert "Nie wymaga zmiany: Już" not in text_of(client.get(slot(desk)))


def test_what_was_written_by_hand_and_does_not_fit_stays_with_the_reason_why(
    app: Flask, client: Client, desk: Desk
) -> None:
    with app.app_context():
        chapter = next(
            str(w.provision.number)
            for w in latest_edition(bench_of(desk).document).wordings
            if w.kind == "chapter"
        )
    address = f"{desk.root}/przepis/{chapter}"
    client.post(
        address,
        data={
            "amendment_kind": "reword",
            "text": "Przepisy ogólne",
            "seen": "Postanowienia ogólne",
            "reason": "Krócej.",
        },
    )
    data = {
        "amendment_kind": "move",
        "after": str(desk.section),
        "text": "Przepisy ogólne",
        "seen": "Przepisy ogólne",
        "reason": "Lepszy porządek.",
    }
    answered = client.post(address, data=data)
    assert answered.status_code == 409, text_of(answered)[:1500]
    page = html.document_fromstring(answered.text)
    notice = " ".join(page.xpath("string(//*[contains(@class, 'notice--error')])").split())
    assert "nie może stać w sobie" in notice
    assert "wyłącz" not in notice  # no other change is in its way
    assert page.xpath("//*[contains(@class, 'notice--error')]//a[@href='#pisz']")
    assert page.xpath("string(//textarea[@name='reason'])").strip() == "Lepszy porządek."
    assert page.xpath("//input[@name='amendment_kind' and @value='move' and @checked]")
    assert changes(app) == [("reword", False)]


@pytest.mark.parametrize("path", ["", "/przepis/{section}", "/publikuj"])
def test_more_remarks_and_changes_are_not_more_questions(
    app: Flask, client: Client, desk: Desk, path: str
) -> None:
    def asked() -> int:
        with app.app_context(), counted() as statements:
            assert client.get(desk.root + path.format(section=desk.section)).status_code == 200
        return len(statements)

    def work(n: int) -> None:
        with app.app_context():
            bench = bench_of(desk)
            bench.take_in(
                bench.amendment("§ 2 ust. 1", f"Celem {n} jest rozwój.", AmendmentKind.INSERT)
            )
            bench.amendment("§ 1", f"zasada {n};", AmendmentKind.INSERT)
            bench.amendment("§ 1", f"Program {n}.", outcome=None)
            bench.write("§ 1", f"Program wydania {n}.")
            db.session.commit()

    work(1)
    few = asked()
    for n in range(2, 7):
        work(n)
    assert asked() == few
