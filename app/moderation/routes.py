"""Addresses of the office's desks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.consultations.permissions import can_see, phase_of
from app.consultations.queries import all_consultations
from app.consultations.visible import visible_consultation
from app.events.queries import coming_up
from app.festival.queries import waiting_for_decision
from app.minutes.queries import meetings_without_minutes
from app.moderation import queries
from app.moderation.due import Case, due
from app.moderation.forms import DecideForm, HideForm, QueueForm
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.remarks import listing, office_wording, positions
from app.remarks.conversation_view import change_of
from app.remarks.finding import visible_remark
from app.remarks.models import Outcome, Remark
from app.remarks.permissions import ANSWERING, can_answer_remark, can_hide_remark
from app.remarks.proposals import proposal_of

blueprint = Blueprint("moderation", __name__)

OFFICE = (Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE)
QUEUE = "/biurko/konsultacje/<slug>/uwagi"
REMARK = "/konsultacje/<slug>/uwagi/<int:number>"


@blueprint.get("/biurko")
@staff(*OFFICE)
def desk() -> ResponseReturnValue:
    """What is due, then the figures of each consultation."""
    at = now()
    consultations = [c for c in all_consultations() if can_see(current_user, c, at)]
    figures = queries.figures_of(consultations)
    imports = queries.imports_waiting(consultations)
    rows = []
    for consultation in consultations:
        case = Case(
            phase=phase_of(consultation, at),
            rounds=consultation.rounds,
            adoption_due_on=consultation.adoption_due_on,
            unanswered=figures[consultation.id].unanswered,
            with_authors=figures[consultation.id].with_author,
            imports=len(imports[consultation.id]),
        )
        rows.append((consultation, case.phase, due(case, at)))
    return render_template(
        "moderation/desk.html",
        rows=rows,
        figures=figures,
        imports=imports,
        documents=queries.documents_of_all(consultations),
        festivals=waiting_for_decision(at) if current_user.role is Role.COORDINATOR else [],
        coming=coming_up(current_user, at),
        meetings=[m for m in meetings_without_minutes(current_user, at) if m.starts_at <= at],
    )


@blueprint.get(QUEUE)
@staff(*OFFICE)
def queue(slug: str) -> ResponseReturnValue:
    """All remarks of a consultation in a dense table, those that wait for an answer first."""
    consultation = visible_consultation(slug, current_user, now())
    form = QueueForm(request.args)
    form.offer(list(listing.organisations_heard(consultation)))
    filters = form.filters(reads_hidden=True)
    number = request.args.get("strona", 1, type=int)
    given = {name: request.args.get(name, "") for name in form._fields}
    return render_template(
        "moderation/queue.html",
        consultation=consultation,
        form=form,
        filters=filters,
        page=listing.remarks_page(consultation, filters, number),
        figures=queries.figures_of([consultation])[consultation.id],
        first=queries.next_unanswered(consultation, 0),
        may_answer=current_user.role in ANSWERING,
        address={"slug": slug} | {name: value for name, value in given.items() if value},
    )


@blueprint.get(f"{QUEUE}/<int:number>")
@staff(Role.COORDINATOR, Role.EXECUTIVE)
def answer(slug: str, number: int) -> ResponseReturnValue:
    """A remark beside what it is about and what others say of it, with the form of a position."""
    remark = visible_remark(slug, number)
    ground = office_wording.ground_of(remark)
    form = DecideForm()
    if remark.positions:
        form.outcome.data = str(remark.positions[-1].outcome)
        form.justification.data = remark.positions[-1].justification
    if ground is not None:
        proposal = proposal_of(remark)
        own = proposal is not None and proposal.whose == "office"
        form.wording.data = proposal.text if proposal and own else ground.theirs
        form.edition.data = ground.edition.number
    return _answer_page(remark, form, ground)


@blueprint.post(f"{REMARK}/stanowisko")
@staff(Role.COORDINATOR, Role.EXECUTIVE)
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Take a position and go on to the next remark that waits."""
    remark = visible_remark(slug, number)
    form = DecideForm()
    ground = office_wording.ground_of(remark)
    own = office_wording.Own(form.wording.data or "", form.edition.data or 0)
    fits = form.validate_on_submit()
    outcome = Outcome(form.outcome.data) if not form.outcome.errors else None
    problems = list(office_wording.mistakes(remark, ground, outcome, own)) if outcome else []
    if not fits or problems:
        form.wording.errors = [*form.wording.errors, *problems]
        form.edition.data = ground.edition.number if ground else None
        return _answer_page(remark, form, ground), 422
    with transaction():
        positions.decide(
            remark,
            Outcome(form.outcome.data),
            form.justification.data or "",
            own=own,
            by=current_user._get_current_object(),
            at=now(),
        )
    following = queries.next_unanswered(remark.consultation, number)
    flash(
        _("The answer to remark no. %(number)s has been saved and published.", number=number),
        "success",
    )
    if following is None or "stay" in request.form:
        return redirect(url_for(".queue", slug=slug), 303)
    return redirect(url_for(".answer", slug=slug, number=following), 303)


def _answer_page(remark: Remark, form: DecideForm, ground: office_wording.Ground | None) -> str:
    consultation = remark.consultation
    own = office_wording.Own(form.wording.data or "", 0)
    return render_template(
        "moderation/answer.html",
        consultation=consultation,
        remark=remark,
        form=form,
        ground=ground,
        has_own=office_wording.is_own(remark, ground, own),
        allowed=can_answer_remark(current_user, remark, now()),
        others=queries.others_on(remark),
        figures=queries.figures_of([consultation])[consultation.id],
        following=queries.next_unanswered(consultation, remark.number),
        previous=queries.previous_unanswered(consultation, remark.number),
        **change_of(remark),
    )


@blueprint.get(f"{REMARK}/ukryj")
@staff(Role.FACILITATOR, Role.COORDINATOR)
def hide(slug: str, number: int) -> ResponseReturnValue:
    """Ask why the words of a remark should be hidden."""
    return _hide_page(visible_remark(slug, number), HideForm())


@blueprint.post(f"{REMARK}/ukryj")
@staff(Role.FACILITATOR, Role.COORDINATOR)
def confirm_hide(slug: str, number: int) -> ResponseReturnValue:
    """Put a reason in place of the words of a remark."""
    remark = visible_remark(slug, number)
    form = HideForm()
    if not form.validate_on_submit():
        return _hide_page(remark, form), 422
    by = current_user._get_current_object()
    with transaction():
        positions.hide(remark, reason=form.reason.data, by=by, at=now())
    flash(_("The text has been hidden. Your reason stands in its place."), "success")
    return redirect(url_for("remarks.show", slug=slug, number=number), 303)


@blueprint.post(f"{REMARK}/przywroc")
@staff(Role.FACILITATOR, Role.COORDINATOR)
def restore(slug: str, number: int) -> ResponseReturnValue:
    """Show hidden words again."""
    remark = visible_remark(slug, number)
    with transaction():
        positions.restore(remark, by=current_user._get_current_object(), at=now())
    flash(_("The text is shown again."), "success")
    return redirect(url_for("remarks.show", slug=slug, number=number), 303)


def _hide_page(remark: Remark, form: HideForm) -> str:
    require(can_hide_remark(current_user, remark, now()))
    return render_template(
        "moderation/hide.html", consultation=remark.consultation, remark=remark, form=form
    )
