"""The address at which many remarks that need no change of the text are explained at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.drafting import causes, queries
from app.drafting.blueprint import ROOT, blueprint, draft_at, names_of
from app.drafting.forms import ReasonsForm
from app.drafting.models import WorkingDraft
from app.drafting.rows import remarks_in
from app.drafting.slots import homes_of
from app.drafting.working import base_units, working_units
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotAllowed
from app.remarks.models import Remark

#: Characters of one reason.
LONGEST = 2000


@blueprint.get(f"{ROOT}/bez-zmiany")
@staff(Role.COORDINATOR)
def reasons(slug: str, document: str) -> ResponseReturnValue:
    """The remarks decided in favour that have left no trace, with a field for each."""
    return _page(draft_at(slug, document), ReasonsForm())


@blueprint.post(f"{ROOT}/bez-zmiany")
@staff(Role.COORDINATOR)
def give_reasons(slug: str, document: str) -> ResponseReturnValue:
    """Keep the reasons that were written, and the common one for the remarks that are ticked."""
    draft, form = draft_at(slug, document), ReasonsForm()
    refusal: object = ""
    if form.validate_on_submit():
        waiting = _waiting(draft)
        said = _said(waiting, form.common.data or "")
        refusal = _lacking(waiting, said)
        if not refusal:
            try:
                with transaction():
                    made = causes.need_no_change(draft, said, by=current_user, at=now())
                    names = names_of(draft.document)
            except NotAllowed:
                raise
            except DomainError as error:
                refusal = error.message
                return _page(draft_at(slug, document), form, refusal), 409
            flash(_told(len(made)), "success")
            return redirect(url_for(".reasons", **names), 303)
    return _page(draft, form, refusal), 422


def _waiting(draft: WorkingDraft) -> Sequence[Remark]:
    return remarks_in(remark.id for remark in queries.without_trace(draft.document))


def _said(waiting: Sequence[Remark], common: str) -> dict[Remark, str]:
    """A reason for each remark that has one: its own before the common one."""
    ticked = set(request.form.getlist("chosen"))
    found = {}
    for remark in waiting:
        own = request.form.get(f"reason-{remark.number}", "").strip()
        shared = common.strip() if str(remark.number) in ticked else ""
        if own or shared:
            found[remark] = (own or shared)[:LONGEST]
    return found


def _lacking(waiting: Sequence[Remark], said: Mapping[Remark, str]) -> str:
    """What is missing, if anything is; "" when the reasons can be kept."""
    ticked = set(request.form.getlist("chosen"))
    silent = [r.number for r in waiting if str(r.number) in ticked and r not in said]
    if silent:
        return _("Write the common reason for the remarks that you ticked.")
    if not said:
        return _("Write a reason for at least one remark.")
    return ""


def _told(number: int) -> str:
    return ngettext(
        "%(num)s reason is kept. It becomes public with the edition.",
        "%(num)s reasons are kept. They become public with the edition.",
        number,
    )


def _page(draft: WorkingDraft, form: ReasonsForm, refusal: object = "") -> str:
    return render_template(
        "drafting/reasons.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        remarks=_waiting(draft),
        homes={**homes_of(base_units(draft)), **homes_of(working_units(draft))},
        typed=request.form,
        ticked=set(request.form.getlist("chosen")),
    )
