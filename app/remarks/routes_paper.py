"""The form on paper: printed from here, filled in by hand, entered by the clerk."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.consultations import versions as kept_by
from app.consultations.phases import current_round
from app.consultations.visible import visible_consultation
from app.platform.access import public
from app.platform.caching import kept_for_visitors
from app.platform.clock import now
from app.remarks.blueprint import blueprint


@blueprint.get("/konsultacje/<slug>/formularz")
@public
@kept_for_visitors(kept_by.of_consultation)
def paper_form(slug: str) -> ResponseReturnValue:
    """A form to print: the fields that town halls ask for, and no more personal data than that."""
    consultation = visible_consultation(slug, current_user, now())
    return render_template(
        "remarks/paper_form.html",
        consultation=consultation,
        window=current_round(consultation.rounds, now()),
    )
