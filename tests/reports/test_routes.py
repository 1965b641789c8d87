"""The report on the web: who sees it, what is downloaded, how it is published."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from pypdf import PdfReader

from app.accounts.models import Role
from app.consultations.models import Consultation
from app.platform.clock import now
from app.platform.db import db
from app.reports.actions import make_report, publish_report
from tests import town
from tests.proofreading import ProofreadingClient
from tests.queries import counted
from tests.remarks import scene as remarks
from tests.reports import scene

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def reported(app: Flask, *, published: bool, count: int = 4) -> str:
    """The slug of a consultation with a report."""
    with app.app_context():
        office, document = remarks.coordinator(), scene.considered()
        scene.answered(document, count, by=office)
        scene.second_edition(document, by=office)
        snapshot = make_report(document.consultation, by=office, at=now())
        db.session.flush()
        if published:
            publish_report(snapshot, by=office, at=now())
        slug = document.consultation.slug
        db.session.commit()
        return slug


def found(slug: str) -> Consultation:
    """The consultation of an address."""
    return db.session.scalars(sa.select(Consultation).where(Consultation.slug == slug)).one()


def signed_in(app: Flask, client: ProofreadingClient, role: Role) -> None:
    with app.app_context():
        user = town.person(role)
        db.session.commit()
        client.sign_in(user)


def test_everybody_reads_a_published_report_without_a_cookie(
    app: Flask, client: ProofreadingClient
) -> None:
    slug = reported(app, published=True)
    page = client.get(f"/konsultacje/{slug}/raport")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    tree = html.fromstring(page.text)
    assert [len(table.xpath(".//th")) for table in tree.iter("table")].count(8) == 1
    assert not tree.xpath("//form[@method='post']")


@pytest.mark.parametrize("kind", MIMETYPES)
def test_files_are_downloaded_under_a_name_and_a_type(
    app: Flask, client: ProofreadingClient, kind: str
) -> None:
    slug = reported(app, published=True)
    answer = client.get(f"/konsultacje/{slug}/raport/1.{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == MIMETYPES[kind]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="raport-{slug}-1.{kind}"'
    assert answer.data[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")


def test_a_file_is_not_made_again_for_who_has_it(app: Flask, client: ProofreadingClient) -> None:
    address = f"/konsultacje/{reported(app, published=True)}/raport/1"
    tag = client.get(f"{address}.xlsx").headers["ETag"]
    again = client.get(f"{address}.xlsx", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(f"{address}.docx", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_a_file_is_in_the_towns_language_whoever_asks(
    app: Flask, client: ProofreadingClient
) -> None:
    slug = reported(app, published=True)
    polish = client.get(f"/konsultacje/{slug}/raport/1.pdf").data
    client.set_cookie("jezyk", "en")
    assert client.get(f"/konsultacje/{slug}/raport/1.pdf").data == polish
    assert PdfReader(io.BytesIO(polish)).trailer["/Root"]["/Lang"] == "pl"


@pytest.mark.parametrize("path", ["raport", "raport/1", "raport/1.pdf", "raport/2", "raport/1.odt"])
def test_the_public_does_not_know_of_an_unpublished_report(
    app: Flask, client: ProofreadingClient, path: str
) -> None:
    slug = reported(app, published=False)
    assert client.get(f"/konsultacje/{slug}/{path}").status_code == 404
    signed_in(app, client, Role.PARTICIPANT)
    assert client.get(f"/konsultacje/{slug}/{path}").status_code == 404


def test_a_councillor_reads_an_unpublished_report_and_cannot_publish_it(
    app: Flask, client: ProofreadingClient
) -> None:
    slug = reported(app, published=False)
    signed_in(app, client, Role.COUNCILLOR)
    page = client.get(f"/konsultacje/{slug}/raport")
    assert page.status_code == 200
    assert "/publikuj" not in page.text
    assert client.get(f"/konsultacje/{slug}/raport/1.xlsx").status_code == 200
    address = f"/biurko/konsultacje/{slug}/raporty"
    assert client.post(f"{address}/1/publikuj").status_code == 403
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 403


def test_the_coordinator_makes_reads_and_publishes(app: Flask, client: ProofreadingClient) -> None:
    slug = reported(app, published=False)
    with app.app_context():
        found(slug).legal_basis = "inna podstawa"
        db.session.commit()
    signed_in(app, client, Role.COORDINATOR)
    address = f"/biurko/konsultacje/{slug}/raporty"
    assert client.get(address).status_code == 200
    made = client.post(address)
    assert (made.status_code, made.location) == (303, f"/konsultacje/{slug}/raport/2")
    page = client.get(made.location)
    assert f"{address}/2/publikuj" in page.text
    published = client.post(f"{address}/2/publikuj")
    assert (published.status_code, published.location) == (303, f"/konsultacje/{slug}/raport")
    assert "/publikuj" not in client.get(published.location).text
    with app.app_context():
        consultation = found(slug)
        assert consultation.concluded_at is not None


def test_publishing_too_early_says_what_to_do(app: Flask, client: ProofreadingClient) -> None:
    slug = reported(app, published=False)
    with app.app_context():
        consultation = found(slug)
        consultation.legal_basis = "inna podstawa"
        db.session.commit()
    signed_in(app, client, Role.COORDINATOR)
    answer = client.post(f"/biurko/konsultacje/{slug}/raporty/1/publikuj")
    assert answer.status_code == 409
    assert client.get(f"/konsultacje/{slug}/raport/1").status_code == 200


def test_a_visitor_is_sent_to_sign_in(app: Flask, client: ProofreadingClient) -> None:
    slug = reported(app, published=True)
    answer = client.get(f"/biurko/konsultacje/{slug}/raporty")
    assert answer.status_code == 303
    assert "/zaloguj" in answer.location


def test_there_is_no_report_of_a_consultation_that_is_not_there(
    client: ProofreadingClient,
) -> None:
    assert client.get("/konsultacje/nie-ma/raport").status_code == 404
    assert client.get("/konsultacje/nie-ma/raport/1.pdf").status_code == 404


def test_reading_costs_the_same_whatever_the_number_of_remarks(
    app: Flask, client: ProofreadingClient
) -> None:
    costs = []
    for count in (2, 20):
        slug = reported(app, published=True, count=count)
        with app.app_context(), counted() as statements:
            assert client.get(f"/konsultacje/{slug}/raport").status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[1] <= 6
