"""Addresses of reports."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from app.accounts.models import Role
from app.config import ROOT
from app.consultations.models import Consultation
from app.consultations.visible import visible_consultation
from app.platform.access import public, staff
from app.platform.assets import build
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound
from app.platform.security import limiter
from app.platform.typography import bind
from app.reports import actions, queries
from app.reports.content import from_json
from app.reports.files import FORMATS, rendered
from app.reports.layout import blocks, frame
from app.reports.models import ReportSnapshot
from app.reports.permissions import can_see_report

blueprint = Blueprint("reports", __name__)
blueprint.add_app_template_filter(bind, "bound")


def _found(slug: str, number: int | None) -> tuple[Consultation, ReportSnapshot]:
    consultation = visible_consultation(slug, current_user, now())
    seen = [
        report
        for report in queries.reports_of(consultation)
        if can_see_report(current_user, report, now())
    ]
    if number is None and seen:
        number = next((r.number for r in seen if r.published_at), seen[0].number)
    if number is None or number not in {report.number for report in seen}:
        raise NotFound(_("There is no report yet. It appears here when it is published."))
    report = queries.report_by_number(consultation, number)
    assert report is not None
    return consultation, report


@blueprint.get("/konsultacje/<slug>/raport")
@blueprint.get("/konsultacje/<slug>/raport/<int:number>")
@public
def show(slug: str, number: int | None = None) -> ResponseReturnValue:
    """The report as a page that prints as a document."""
    consultation, snapshot = _found(slug, number)
    report = from_json(snapshot.content)
    return render_template(
        "reports/show.html",
        consultation=consultation,
        snapshot=snapshot,
        report=report,
        blocks=blocks(report),
        around=frame(report),
        sizes=queries.sizes_of_files(snapshot),
    )


@blueprint.get("/konsultacje/<slug>/raport/<int:number>.<any(docx, pdf, xlsx):kind>")
@public
@limiter.limit("30 per minute")
def download(slug: str, number: int, kind: str) -> Response:
    """The report as a file; who has it already is told so by 304."""
    _consultation, snapshot = _found(slug, number)
    kept = queries.file_of(snapshot, kind)
    tag = f"{snapshot.id}-{kind}-{'kept' if kept else build(str(ROOT))}"
    if request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    response = Response(kept or rendered(snapshot, kind), mimetype=FORMATS[kind].MIMETYPE)
    name = f"raport-{slug}-{number}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(tag)
    return response


@blueprint.get("/biurko/konsultacje/<slug>/raporty")
@staff(Role.COORDINATOR, Role.EXECUTIVE)
def index(slug: str) -> ResponseReturnValue:
    """The reports made so far, and the button that makes one."""
    consultation = visible_consultation(slug, current_user, now())
    return render_template(
        "reports/index.html",
        consultation=consultation,
        reports=queries.reports_of(consultation),
        form=FlaskForm(),
    )


@blueprint.post("/biurko/konsultacje/<slug>/raporty")
@staff(Role.COORDINATOR)
def make(slug: str) -> ResponseReturnValue:
    """Make a report of what stands now."""
    with transaction():
        consultation = visible_consultation(slug, current_user, now())
        snapshot = actions.make_report(consultation, by=current_user, at=now())
        number = snapshot.number
    flash(
        _("Report no. %(number)s is ready. Read it before you publish it.", number=number),
        "success",
    )
    return redirect(url_for(".show", slug=slug, number=number), 303)


@blueprint.post("/biurko/konsultacje/<slug>/raporty/<int:number>/publikuj")
@staff(Role.COORDINATOR)
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Publish a report and conclude the consultation."""
    with transaction():
        _consultation, snapshot = _found(slug, number)
        actions.publish_report(snapshot, by=current_user, at=now())
    flash(_("The report is published and the consultation is concluded."), "success")
    return redirect(url_for(".show", slug=slug), 303)
