"""The office's desks: the queue, the answer and hiding."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.models import Role
from app.consultations.phases import Phase
from app.platform.clock import now
from app.platform.db import db
from app.remarks import positions
from app.remarks.models import Outcome, Remark
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted
from tests.remarks import scene
from tests.remarks.scene import signed


class Office:
    """A consultation with some remarks, and somebody for each role."""

    def __init__(self, app: Flask, remarks: int = 3, phase: Phase = Phase.OPEN) -> None:
        with app.app_context():
            document = scene.text(Phase.OPEN)
            for _ in range(remarks):
                scene.sent(document, scene.comment(document, "§ 1"))
            self.slug = document.consultation.slug
            self.people = {role: town.person(role) for role in Role}
            db.session.commit()
        self.queue = f"/biurko/konsultacje/{self.slug}/uwagi"
        self.remark = f"/konsultacje/{self.slug}/uwagi"


@pytest.mark.parametrize(
    ("path", "method", "roles"),
    [
        ("/biurko", "GET", {Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE}),
        ("{queue}", "GET", {Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE}),
        ("{queue}/1", "GET", {Role.COORDINATOR, Role.EXECUTIVE}),
        ("{remark}/1/ukryj", "GET", {Role.FACILITATOR, Role.COORDINATOR}),
        ("{remark}/1/stanowisko", "POST", {Role.COORDINATOR, Role.EXECUTIVE}),
        ("{remark}/1/przywroc", "POST", {Role.FACILITATOR, Role.COORDINATOR}),
    ],
)
def test_who_may_enter(
    app: Flask, client: ProofreadingClient, path: str, method: str, roles: set[Role]
) -> None:
    office = Office(app)
    address = path.format(queue=office.queue, remark=office.remark)
    assert client.open(address, method=method).status_code == 303
    for role, user in office.people.items():
        signed(app, client, user)
        status = client.open(address, method=method).status_code
        # A POST of an empty form is refused for its content, or because nothing is hidden.
        assert (status in {200, 422} or address.endswith("przywroc")) or role not in roles
        assert (status == 403) or role in roles


def test_the_desk_begins_with_what_is_due(app: Flask, client: ProofreadingClient) -> None:
    office = Office(app, remarks=12)
    signed(app, client, office.people[Role.COORDINATOR])
    page = client.get("/biurko").text
    assert 'class="due"' in page
    assert "12" in page
    assert office.queue in page


def test_answers_go_one_after_another(app: Flask, client: ProofreadingClient) -> None:
    office = Office(app)
    signed(app, client, office.people[Role.COORDINATOR])
    wrong = client.post(f"{office.remark}/1/stanowisko", data={"outcome": "rejected"})
    assert wrong.status_code == 422
    kept = {"outcome": "", "justification": "Wpisany powód"}
    assert "Wpisany powód" in client.post(f"{office.remark}/1/stanowisko", data=kept).text
    for number in (1, 2, 3):
        data = {"outcome": "rejected", "justification": f"Powód {number}."}
        answer = client.post(f"{office.remark}/{number}/stanowisko", data=data)
        assert answer.status_code == 303
        assert answer.location == (f"{office.queue}/{number + 1}" if number < 3 else office.queue)
    assert "Powód 2." in client.get(f"{office.queue}/2").text
    page = client.get(office.queue).text
    assert "3" in page
    with app.app_context():
        remarks = db.session.query(Remark).filter(Remark.outcome.is_(None)).count()
        assert remarks == 0


def test_hiding_asks_for_a_reason_and_can_be_undone(app: Flask, client: ProofreadingClient) -> None:
    office = Office(app)
    signed(app, client, office.people[Role.FACILITATOR])
    assert client.get(f"{office.remark}/1/ukryj").status_code == 200
    assert client.post(f"{office.remark}/1/ukryj", data={"reason": " "}).status_code == 422
    done = client.post(f"{office.remark}/1/ukryj", data={"reason": "Dane osobowe."})
    assert done.status_code == 303
    assert client.get(f"{office.remark}/1/ukryj").status_code == 403
    assert "Dane osobowe." in app.test_client().get(f"{office.remark}/1").text
    assert client.post(f"{office.remark}/1/przywroc").status_code == 303
    assert "Dane osobowe." not in app.test_client().get(f"{office.remark}/1").text


def test_the_queue_puts_what_waits_first_and_filters(
    app: Flask, client: ProofreadingClient
) -> None:
    office = Office(app)
    with app.app_context():
        first = db.session.get_one(Remark, _first_id())
        clerk = scene.coordinator()
        positions.decide(first, Outcome.ACCEPTED, by=clerk, at=now())
        db.session.commit()
    signed(app, client, office.people[Role.COORDINATOR])
    page = client.get(office.queue).text
    assert page.index(f'href="{office.remark}/2"') < page.index(f'href="{office.remark}/1"')
    accepted = client.get(f"{office.queue}?stan=accepted").text
    assert f"{office.remark}/1" in accepted
    assert f'href="{office.remark}/2"' not in accepted


def _first_id() -> int:
    import sqlalchemy as sa

    found = db.session.scalar(sa.select(sa.func.min(Remark.id)))
    assert found is not None
    return found


def test_a_longer_queue_asks_no_more_questions(app: Flask) -> None:
    asked: dict[str, list[int]] = {}
    for amount in (4, 20):
        office = Office(app, remarks=amount)
        client = app.test_client()
        signed(app, client, office.people[Role.COORDINATOR])
        for name, address in (("queue", office.queue), ("answer", f"{office.queue}/2")):
            with app.app_context(), counted() as statements:
                assert client.get(address).status_code == 200
            asked.setdefault(name, []).append(len(statements))
    for name, (few, many) in asked.items():
        assert few == many, name
