"""A report is frozen when made, and published only when it is complete and still true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.drafting import actions as drafting
from app.drafting import causes, publishing
from app.drafting.actions import Why, Wish
from app.drafting.models import ChangeKind
from app.events.models import Facilitator
from app.journal.queries import history_of
from app.minutes import noting, writing
from app.minutes.content import Draft, Point
from app.platform.clock import now
from app.platform.db import db
from app.platform.errors import DomainError, NotAllowed
from app.remarks.actions import withdraw
from app.remarks.models import Outcome
from app.remarks.office_wording import Own, respond
from app.remarks.positions import decide, hide, restore
from app.reports.actions import make_report, publish_report
from app.reports.collect import collect
from app.reports.content import Report, from_json
from app.reports.models import ReportSnapshot
from tests import town
from tests.events import scene as events
from tests.minutes import scene as meeting
from tests.queries import counted
from tests.remarks import scene as remarks
from tests.reports import scene


def kept(snapshot: ReportSnapshot) -> Report:
    """What a report says, read afresh from the database."""
    db.session.flush()
    db.session.expire(snapshot)
    return from_json(snapshot.content)


def test_the_report_says_what_stands_in_the_town(context: Flask) -> None:
    office, document = town.person(Role.COORDINATOR, name="Anna Nowak"), scene.considered()
    scene.answered(document, 8, by=office)
    scene.hidden(document, by=office)
    scene.second_edition(document, by=office)
    report = kept(make_report(document.consultation, by=office, at=now()))
    figures = report.figures
    assert report.made_by == "Anna Nowak"
    assert figures.total == 11
    assert figures.states == {
        "accepted": 4, "partially_accepted": 2, "rejected": 2, "out_of_scope": 3, "open": 0,
        "withdrawn": 0,
    }  # fmt: skip
    assert (figures.hidden, figures.changed_the_text, figures.persons) == (1, 2, 11)
    assert [line.number for line in report.editions] == [1, 2]


def test_the_wording_of_the_office_and_what_the_author_says_stand_in_the_report(
    context: Flask,
) -> None:
    document, clerk, author = scene.considered(), remarks.coordinator(), town.person()
    own, asked = Own("Program dotyczy sołectw.", 1), remarks.amendment(document)
    agreed, silent, hidden = (
        remarks.sent(document, asked, by=author, at=scene.in_time()) for _ in range(3)
    )
    for remark in (agreed, silent, hidden):
        position = decide(remark, Outcome.ACCEPTED, own=own, by=clerk, at=now())
        if remark is not silent:
            respond(remark, position.id, agrees=True, words="Dobrze.", by=author, at=now())
    hide(hidden, reason="Dane osobowe.", by=clerk, at=now())
    report = collect(document.consultation, 1, now())
    assert [(r.own_wording, r.response, r.response_words) for r in report.remarks] == [
        (own.text, "agrees", "Dobrze."),
        (own.text, "awaited", ""),
        (own.text, "agrees", ""),
    ]
    assert report.figures.responses == {"agrees": 2, "disagrees": 0, "awaited": 1}


def test_the_words_of_a_hidden_remark_are_not_kept(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    scene.hidden(document, by=office)
    (line,) = kept(make_report(document.consultation, by=office, at=now())).remarks
    assert (line.content, line.proposed, line.quote) == ("", "", "")
    assert line.hidden_reason == "Narusza dobra osobiste."


def test_a_withdrawn_remark_keeps_its_number_and_says_nothing(context: Flask) -> None:
    office, author, document = remarks.coordinator(), town.person(), scene.considered()
    remark = remarks.sent(document, by=author, at=scene.in_time())
    withdraw(remark, reason="Pomyłka.", by=author, at=scene.in_time())
    (line,) = kept(make_report(document.consultation, by=office, at=now())).remarks
    assert (line.state, line.content, line.withdrawal_reason) == ("withdrawn", "", "Pomyłka.")


def test_each_remark_names_the_place_that_it_changed(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    scene.second_edition(document, by=office)
    report = kept(make_report(document.consultation, by=office, at=now()))
    places = [line.changes for line in report.remarks]
    assert [len(lines) for lines in places] == [1, 1]
    assert places[0][0].replace("\N{NO-BREAK SPACE}", " ").startswith("§ 1 – ")
    assert places[1][0].replace("\N{NO-BREAK SPACE}", " ").startswith("§ 2 ust. 2 pkt 1 – ")
    causes = {cause for line in report.changes for cause in line.causes}
    assert "Zmiana redakcyjna." in causes
    assert len(causes) == 3
    reworded = next(line for line in report.changes if "reworded" in line.verdicts)
    assert {op for op, _words in reworded.pieces} >= {"keep", "insert"}


def test_a_remark_decided_in_favour_that_changed_nothing_says_why(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    scene.answered(document, 4, by=office)
    before = collect(document.consultation, 1, now()).remarks
    assert {line.no_change for line in before} == {""}
    scene.second_edition(document, by=office)
    report = kept(make_report(document.consultation, by=office, at=now()))
    said = {line.number: line.no_change for line in report.remarks if line.no_change}
    assert said == {1: "Tekst już to mówi.", 2: "Tekst już to mówi."}
    assert all(not line.changes for line in report.remarks if line.number in said)


def test_a_reason_is_not_told_before_its_edition_is_public(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    (remark,) = scene.answered(document, 1, by=office)
    draft = drafting.start_draft(document, by=office, at=now())
    causes.needs_no_change(draft, remark, "Tekst już to mówi.", by=office, at=now())
    assert collect(document.consultation, 1, now()).remarks[0].no_change == ""


def test_a_note_from_a_meeting_is_named_as_the_cause(context: Flask) -> None:
    event, document, _host = meeting.workshop()
    office = remarks.coordinator()
    draft = drafting.start_draft(document, by=office, at=now())
    wish = Wish(str(remarks.provision(document, "§ 1").number), ChangeKind.REWORD, "Inaczej.")
    why = Why(event=event, note="Tak ustalono na sali.")
    drafting.write(draft, wish, why, by=office, at=now())
    publishing.publish(draft, note="", by=office, at=now())
    (line,) = collect(document.consultation, 1, now()).changes
    (cause,) = line.causes
    assert event.title in cause
    assert cause.endswith(": Tak ustalono na sali.")


def test_meetings_tell_what_was_agreed_and_what_came_of_their_notes(context: Flask) -> None:
    event, document, host = meeting.workshop()
    at = meeting.place(event, document, "§ 1")
    entered = noting.make_remark(meeting.noted(at, host), by=host, at=now())
    meeting.noted(at, host)
    noting.drop(meeting.noted(at, host), "Pomyłka.", by=host, at=now())
    draft = Draft(points=(Point("Przepisy", "Rozmowa.", "Dopisać mieszkańców."),), people=12)
    writing.save(event, draft, revision=0, by=host, at=now())
    before = collect(document.consultation, 1, now()).events[0]
    assert (before.agreed, before.minutes, before.people) == ((), "", None)
    writing.publish(event, "", revision=1, by=host, at=now())
    report = collect(document.consultation, 1, now())
    told = report.events[0]
    assert (told.agreed, told.people, told.notes) == (("Dopisać mieszkańców.",), 12, 2)
    assert told.remarks == (entered.number,)
    assert told.minutes.endswith(f"/wydarzenia/{event.slug}/protokol/1")
    assert report.figures.channels["workshop"] == 1
    assert (report.figures.persons, report.figures.organisations) == (0, 0)


def test_meetings_cost_the_same_for_one_and_for_ten(context: Flask) -> None:
    event, document, host = meeting.workshop()

    def asked() -> int:
        db.session.flush()
        db.session.expire_all()
        with counted() as statements:
            collect(document.consultation, 1, now())
        return len(statements)

    def another() -> None:
        made = events.event(
            consultation_id=document.consultation_id, starts_at=now() - timedelta(hours=1)
        )
        made.documents, made.facilitators = [document], [Facilitator(name="x", user_id=host.id)]
        db.session.flush()
        note = meeting.noted(meeting.place(made, document, "§ 1"), host)
        noting.make_remark(note, by=host, at=now())
        writing.save(made, Draft(points=(Point("A"),)), revision=0, by=host, at=now())
        writing.publish(made, "", revision=1, by=host, at=now())

    another()
    before = asked()
    for _more in range(9):
        another()
    assert asked() == before
    assert event.id


def test_meetings_that_have_not_begun_are_left_out(context: Flask) -> None:
    from app.events.models import Event, EventKind

    office, document = remarks.coordinator(), scene.considered()
    for days in (-3, 3):
        start = now() + timedelta(days=days)
        db.session.add(
            Event(
                consultation_id=document.consultation_id,
                slug=f"spotkanie-{days}",
                kind=EventKind.MEETING,
                title=f"Spotkanie {days}",
                starts_at=start,
                ends_at=start + timedelta(hours=2),
            )
        )
    report = kept(make_report(document.consultation, by=office, at=now()))
    assert [line.title for line in report.events] == ["Spotkanie -3"]


def test_publishing_concludes_the_consultation(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    scene.answered(document, 4, by=office)
    consultation, at = document.consultation, now()
    revision = consultation.revision
    snapshot = make_report(consultation, by=office, at=at)
    assert phase_of(consultation, at) is Phase.CONSIDERED
    publish_report(snapshot, by=office, at=at)
    db.session.flush()
    db.session.refresh(consultation)
    assert snapshot.published_at == at
    assert phase_of(consultation, at) is Phase.CONCLUDED
    assert consultation.revision > revision
    assert "report_published" in {entry.action for entry in history_of(snapshot)}


def test_a_report_without_remarks_can_be_published(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    snapshot = make_report(document.consultation, by=office, at=now())
    publish_report(snapshot, by=office, at=now())
    assert snapshot.published_at is not None


def test_publishing_waits_for_every_answer(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    waiting = remarks.sent(document, at=scene.in_time())
    snapshot = make_report(document.consultation, by=office, at=now())
    with pytest.raises(DomainError, match="1"):
        publish_report(snapshot, by=office, at=now())
    decide(waiting, Outcome.ACCEPTED, by=office, at=now())
    with pytest.raises(DomainError):  # the report still says that it has no answer
        publish_report(snapshot, by=office, at=now())
    assert snapshot.published_at is None
    publish_report(make_report(document.consultation, by=office, at=now()), by=office, at=now())


@pytest.mark.parametrize("happened", ["decided", "hidden", "restored", "retitled"])
def test_a_report_that_is_no_longer_true_is_not_published(context: Flask, happened: str) -> None:
    office, document = remarks.coordinator(), scene.considered()
    (remark,) = scene.answered(document, 1, by=office)
    concealed = scene.hidden(document, by=office)
    snapshot = make_report(document.consultation, by=office, at=now())
    if happened == "decided":
        decide(remark, Outcome.REJECTED, "Jednak nie.", by=office, at=now())
    elif happened == "hidden":
        hide(remark, reason="Dane osobowe.", by=office, at=now())
    elif happened == "restored":
        restore(concealed, by=office, at=now())
    else:
        document.consultation.legal_basis = "art. 5a ust. 1 ustawy"
    db.session.flush()
    with pytest.raises(DomainError):
        publish_report(snapshot, by=office, at=now())
    assert snapshot.published_at is None


def test_earlier_reports_stay_as_they_were(context: Flask) -> None:
    office, document = remarks.coordinator(), scene.considered()
    first = make_report(document.consultation, by=office, at=now())
    before = kept(first)
    scene.answered(document, 2, by=office)
    second = make_report(document.consultation, by=office, at=now())
    assert (first.number, second.number) == (1, 2)
    assert kept(first) == before
    assert kept(second).figures.total == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_the_coordinator_makes_and_publishes(context: Flask, role: Role) -> None:
    document, somebody = scene.considered(), town.person(role)
    with pytest.raises(NotAllowed):
        make_report(document.consultation, by=somebody, at=now())
    snapshot = make_report(document.consultation, by=remarks.coordinator(), at=now())
    with pytest.raises(NotAllowed):
        publish_report(snapshot, by=somebody, at=now())


def test_collecting_costs_the_same_for_five_remarks_and_for_sixty(context: Flask) -> None:
    office = remarks.coordinator()
    costs = []
    for count in (5, 60):
        document = scene.considered()
        scene.answered(document, count, by=office)
        scene.second_edition(document, by=office)
        key = document.consultation_id
        db.session.flush()
        db.session.expunge_all()
        consultation, office = db.session.get_one(Consultation, key), remarks.coordinator()
        with counted() as statements:
            report = collect(consultation, 1, now())
        assert report.figures.total == count + 2
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[1] <= 20


def test_nothing_new_makes_no_new_report(context: Flask) -> None:
    document, office = remarks.text(), remarks.coordinator()
    first = make_report(document.consultation, by=office, at=now())
    db.session.flush()
    assert make_report(document.consultation, by=office, at=now()) is first
    remarks.sent(document)
    assert make_report(document.consultation, by=office, at=now()).number == first.number + 1
