"""Addresses at which it is said why a change was made, or why a remark needs none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from app.accounts.models import Role
from app.documents.models import Document
from app.drafting import actions, causes
from app.drafting.blueprint import (
    ROOT,
    back_to,
    blueprint,
    change_at,
    draft_at,
    remark_at,
    slot_address,
)
from app.drafting.forms import ExplainForm, WhyForm, with_plain_breaks
from app.drafting.models import DraftChange, WorkingDraft
from app.drafting.queries import remarks_numbered
from app.drafting.refusals import ExplainedMeanwhile
from app.drafting.routes_reasons import is_too_long, refused
from app.drafting.rows import changes_in, remarks_in
from app.drafting.whys import token_of
from app.events.models import Event
from app.events.queries import events_of
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotAllowed
from app.remarks.models import Remark


def offer(form: WhyForm, remarks: Sequence[Remark], events: Sequence[Event]) -> None:
    """The causes that can be chosen."""
    form.causes.choices = [(remark.id, str(remark.number)) for remark in remarks]
    form.event.choices = [SelectChoice("", _("none"))] + [
        SelectChoice(str(event.id), event.title) for event in events
    ]


def why_of(
    form: WhyForm, document: Document, remarks: Sequence[Remark], events: Sequence[Event]
) -> actions.Why:
    """The causes that were chosen."""
    chosen = form.event.data or ""
    named = [remark for remark in remarks if remark.id in (form.causes.data or ())]
    return actions.Why(
        list(dict.fromkeys([*named, *_more(document, form.more.data or "")])),
        form.reason.data or "",
        next((event for event in events if str(event.id) == chosen), None),
        form.event_note.data or "",
    )


def _more(document: Document, typed: str) -> Sequence[Remark]:
    """The remarks whose numbers were typed; a number that cannot be a cause is refused."""
    numbers = {int(number) for number in re.findall(r"\d{1,9}", typed)}
    found = remarks_numbered(document, numbers) if numbers else ()
    unknown = numbers - {remark.number for remark in found}
    if unknown:
        raise DomainError(
            _(
                "There is no remark no. %(number)s that was decided in favour. Correct the number.",
                number=min(unknown),
            )
        )
    return found


@blueprint.route(f"{ROOT}/zmiana/<int:change>/przyczyny", methods=["GET", "POST"])
@staff(Role.COORDINATOR)
def explain(slug: str, document: str, change: int) -> ResponseReturnValue:
    """Say anew why a change was made; what was typed stays when it is refused."""
    draft = draft_at(slug, document)
    found = _whole(draft, change)
    form = ExplainForm(
        causes=[remark.id for remark in found.causes],
        event=str(found.event_id or ""),
        event_note=found.event_note,
        reason=found.reason,
        seen=token_of(found),
    )
    remarks, events = _offered(found), list(events_of(draft.document.consultation))
    offer(form, remarks, events)
    refusal: DomainError | None = None
    if form.validate_on_submit():
        try:
            with transaction():
                why = why_of(form, draft.document, remarks, events)
                causes.explain(found, why, by=current_user, at=now(), seen=form.seen.data)
                place = slot_address(draft.document, found.target, f"#zmiana-{found.id}")
        except NotAllowed:
            raise
        except DomainError as error:
            refusal = error
        else:
            flash(_("The causes of the change are kept."), "success")
            return redirect(place, 303)
    return _explaining(draft, _whole(draft, change), form, remarks, refusal)


def _explaining(
    draft: WorkingDraft,
    change: DraftChange,
    form: ExplainForm,
    remarks: Sequence[Remark],
    refusal: DomainError | None,
) -> ResponseReturnValue:
    meanwhile = isinstance(refusal, ExplainedMeanwhile)
    if meanwhile:
        form.seen.data = token_of(change)
    page = render_template(
        "drafting/explain.html",
        draft=draft,
        document=draft.document,
        change=change,
        causes=remarks,
        form=form,
        refusal=refusal.message if refusal else "",
        meanwhile=meanwhile,
    )
    return page, 409 if meanwhile else 422 if refusal or form.errors else 200


def _whole(draft: WorkingDraft, change_id: int) -> DraftChange:
    return changes_in(draft, [change_at(draft, change_id).id])[0]


def _offered(change: DraftChange) -> list[Remark]:
    """The causes of a change, and those that were ticked before somebody took them away."""
    ids = {remark.id for remark in change.causes} | {*request.form.getlist("causes", type=int)}
    document = change.draft.document_id
    return [remark for remark in remarks_in(ids) if remark.document_id == document]


@blueprint.post(f"{ROOT}/uwaga/<int:number>/bez-zmiany")
@staff(Role.COORDINATOR)
def needs_no_change(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Say why a remark decided in favour needs no change in the text, or take that back."""
    with transaction():
        draft = draft_at(slug, document)
        remark = remark_at(draft, number)
        if request.form.get("cofnij") == "1":
            causes.take_reason_back(draft, remark, by=current_user, at=now())
            said = _("Remark no. %(number)s waits again.", number=number)
        else:
            reason = with_plain_breaks(request.form.get("reason")).strip()
            if is_too_long(reason):
                return refused(draft, remark, reason), 422
            causes.needs_no_change(draft, remark, reason, by=current_user, at=now())
            said = _("The reason is kept. It becomes public with the edition.")
        found = draft
    flash(said, "success")
    return back_to(found)


@blueprint.post(f"{ROOT}/uwaga/<int:number>/przyczyna")
@staff(Role.COORDINATOR)
def name_cause(slug: str, document: str, number: int) -> ResponseReturnValue:
    """Name a remark as one more cause of a change that is in the text."""
    with transaction():
        draft = draft_at(slug, document)
        change = change_at(draft, request.form.get("change", 0, type=int))
        causes.name_cause(change, remark_at(draft, number), by=current_user, at=now())
        place = slot_address(draft.document, change.target, f"#zmiana-{change.id}")
    flash(_("Remark no. %(number)s is now a cause of this change.", number=number), "success")
    return redirect(place, 303)
