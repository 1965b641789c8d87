"""The form on paper."""

from __future__ import annotations

from app.consultations.phases import Phase
from app.platform.db import db
from tests import town


def test_anybody_can_print_the_form_and_sees_until_when_to_bring_it(app, client):
    with app.app_context():
        slug = town.consultation(contact_address="ul. Współpracy 7").slug
        db.session.commit()
    page = client.get(f"/konsultacje/{slug}/formularz")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    text = page.get_data(as_text=True)
    assert "ul. Współpracy 7" in text
    assert "Uwagi przyjmujemy do" in text


def test_a_closed_consultation_names_no_last_day(app, client):
    with app.app_context():
        slug = town.consultation(Phase.CONSIDERED).slug
        db.session.commit()
    text = client.get(f"/konsultacje/{slug}/formularz").get_data(as_text=True)
    assert "Uwagi przyjmujemy do" not in text


def test_a_consultation_in_preparation_has_no_form(app, client):
    with app.app_context():
        slug = town.consultation(Phase.DRAFT).slug
        db.session.commit()
    assert client.get(f"/konsultacje/{slug}/formularz").status_code == 404
