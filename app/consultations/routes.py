"""Addresses where the coordinator prepares consultations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.consultations import actions, preparation
from app.consultations.forms import PLACES, ConsultationForm
from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.consultations.preparation import Particulars, differing, version_of
from app.consultations.queries import addresses, all_consultations, consultation_by_submission
from app.consultations.visible import visible_consultation
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.language import day, moment

blueprint = Blueprint("consultations", __name__)

#: How a phase is called.
PHASES = {
    Phase.DRAFT: _l("In preparation"),
    Phase.UPCOMING: _l("Announced"),
    Phase.OPEN: _l("Remarks are taken now"),
    Phase.BETWEEN: _l("Between rounds"),
    Phase.CONSIDERED: _l("Remarks are being considered"),
    Phase.CONCLUDED: _l("Concluded"),
}


@blueprint.get("/biurko/konsultacje")
@staff(Role.COORDINATOR)
def prepared() -> ResponseReturnValue:
    """All consultations, also those in preparation."""
    at = now()
    return render_template(
        "consultations/prepared.html",
        rows=[(c, PHASES[phase_of(c, at)], risks_of(c)) for c in all_consultations()],
    )


@blueprint.get("/biurko/konsultacje/nowa")
@staff(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """An empty form."""
    return _form_page(ConsultationForm(formdata=None), None)


@blueprint.post("/biurko/konsultacje/nowa")
@staff(Role.COORDINATOR)
def create() -> ResponseReturnValue:
    """Begin a consultation."""
    form = ConsultationForm()
    made = consultation_by_submission(form.submission_key.data)
    form.taken = addresses() - {made.slug if made else ""}
    if not form.validate():
        return _form_page(form, None), 422
    with transaction():
        made = actions.prepare(
            form.particulars(),
            submission_key=form.submission_key.data,
            by=current_user,
            at=now(),
        )
        slug, risks = made.slug, risks_of(made)
    flash(_("The consultation is saved. Only the office sees it until you publish it."), "success")
    for sentence in risks:
        flash(sentence, "warning")
    return redirect(url_for("consultations.edit", slug=slug), 303)


@blueprint.get("/biurko/konsultacje/<slug>")
@staff(Role.COORDINATOR)
def edit(slug: str) -> ResponseReturnValue:
    """What is said about a consultation, to be changed."""
    found = visible_consultation(slug, current_user, now())
    form = ConsultationForm(found, formdata=None)
    form.version.data = version_of(actions.particulars_of(found))
    return _form_page(form, found)


@blueprint.post("/biurko/konsultacje/<slug>")
@staff(Role.COORDINATOR)
def change(slug: str) -> ResponseReturnValue:
    """Change what is said about a consultation; what somebody else saved meanwhile is shown."""
    found = visible_consultation(slug, current_user, now())
    form = ConsultationForm(found, taken=addresses() - {found.slug})
    if found.published_at:
        form.slug.data = found.slug
    if not form.validate():
        return _form_page(form, found), 422
    said = form.particulars()
    try:
        with transaction():
            actions.change(found, said, version=form.version.data, by=current_user, at=now())
            slug, risks = found.slug, risks_of(found)
    except actions.ChangedMeanwhile:
        stands = actions.particulars_of(visible_consultation(slug, current_user, now()))
        form.stand_upon(stands)
        return _form_page(form, found, _saved_meanwhile(form, stands, said)), 409
    flash(_("The changes are saved."), "success")
    for sentence in risks:
        flash(sentence, "warning")
    return redirect(url_for("consultations.edit", slug=slug), 303)


@blueprint.post("/biurko/konsultacje/<slug>/oglos")
@staff(Role.COORDINATOR)
def publish(slug: str) -> ResponseReturnValue:
    """Show a consultation to everybody."""
    at: datetime = now()
    found = visible_consultation(slug, current_user, at)
    with transaction():
        actions.publish(found, by=current_user, at=at)
    flash(_("The consultation is published. Everybody can see it now."), "success")
    return redirect(url_for("consultations.edit", slug=slug), 303)


def _saved_meanwhile(
    form: ConsultationForm, stands: Particulars, said: Particulars
) -> list[tuple[str, str, str]]:
    """What stands and is not what was typed: where its field is, what it is called, what it is."""
    rows = []
    for name in differing(stands, said):
        value = getattr(stands, name)
        if name == "rounds":
            spans = [
                f"{moment(r.opens_at)} – {moment(r.closes_at)} {r.title}".strip() for r in value
            ]
            rows.append(("opens_1", _("Dates"), "\n".join(spans)))
        else:
            shown = day(value) if isinstance(value, date) else str(value)
            rows.append((name, form[name].label.text, shown))
    return rows


def _form_page(
    form: ConsultationForm,
    consultation: Consultation | None,
    meanwhile: Sequence[tuple[str, str, str]] = (),
) -> str:
    places = [
        (place, *(form[f"{name}_{place}"] for name in ("number", "name", "opens", "closes")))
        for place in PLACES
    ]
    return render_template(
        "consultations/form.html",
        form=form,
        consultation=consultation,
        places=places,
        meanwhile=meanwhile,
        phase=PHASES[phase_of(consultation, now())] if consultation else None,
        risks=risks_of(consultation) if consultation else [],
    )


def risks_of(consultation: Consultation) -> list[str]:
    """What deserves a second look in the dates, in sentences."""
    due_on = consultation.adoption_due_on or preparation.adoption_day(consultation.year)
    rounds = [preparation.Dates(r.opens_at, r.closes_at) for r in consultation.rounds]
    return [_sentence(warned) for warned in preparation.warnings(rounds, due_on)]


def _sentence(warned: preparation.Warned) -> str:
    if warned.risk is preparation.Risk.SHORT:
        return ngettext(
            "Round %(number)s lasts %(num)s day, less than 14. People may not manage to answer.",
            "Round %(number)s lasts %(num)s days, less than 14. People may not manage to answer.",
            warned.days,
            number=warned.round_number,
        )
    return _(
        "Round %(number)s ends after %(day)s, the day by which the council should adopt the "
        "programme.",
        number=warned.round_number,
        day=day(warned.due_on),
    )
