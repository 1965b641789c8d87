"""The address at which many remarks that need no change of the text are explained at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.drafting import causes, queries
from app.drafting.blueprint import ROOT, blueprint, draft_at, names_of
from app.drafting.forms import LONGEST_REASON, ReasonsForm, with_plain_breaks
from app.drafting.models import WorkingDraft
from app.drafting.rows import remarks_in
from app.drafting.slots import homes_of
from app.drafting.working import base_units, working_units
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotAllowed
from app.remarks.models import Remark

#: Under this name the session remembers that the next list of a draft follows a success.
KEPT = "reasons_kept"


@blueprint.get(f"{ROOT}/bez-zmiany")
@staff(Role.COORDINATOR)
def reasons(slug: str, document: str) -> ResponseReturnValue:
    """The remarks decided in favour that have left no trace, with a field for each."""
    draft = draft_at(slug, document)
    return _page(draft, ReasonsForm(), kept=session.pop(KEPT, None) == draft.id)


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
            session[KEPT] = draft.id
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
        own = with_plain_breaks(request.form.get(f"reason-{remark.number}")).strip()
        shared = common.strip() if str(remark.number) in ticked else ""
        if own or shared:
            found[remark] = own or shared
    return found


def _lacking(waiting: Sequence[Remark], said: Mapping[Remark, str]) -> str:
    """What is missing, if anything is; "" when the reasons can be kept."""
    ticked = set(request.form.getlist("chosen"))
    silent = [r.number for r in waiting if str(r.number) in ticked and r not in said]
    if silent:
        return _("Write the common reason for the remarks that you ticked.")
    if long := [remark.number for remark, reason in said.items() if is_too_long(reason)]:
        return too_long(long)
    if not said:
        return _("Write a reason for at least one remark.")
    return ""


def is_too_long(reason: str) -> bool:
    """Whether a reason is longer than what is kept of it."""
    return len(reason) > LONGEST_REASON


def too_long(numbers: Sequence[int]) -> str:
    """That the reasons at these remarks must be shortened."""
    return ngettext(
        "A reason has at most %(most)s characters. Shorten the one at remark no. %(numbers)s.",
        "A reason has at most %(most)s characters. Shorten those at remarks no. %(numbers)s.",
        len(numbers),
        most=LONGEST_REASON,
        numbers=", ".join(map(str, numbers)),
    )


def refused(draft: WorkingDraft, remark: Remark, reason: str) -> str:
    """The list with the one reason that was sent from elsewhere and is too long."""
    typed = {f"reason-{remark.number}": reason}
    return _page(draft, ReasonsForm(formdata=None), too_long([remark.number]), typed=typed)


def _told(number: int) -> str:
    return ngettext(
        "%(num)s reason is kept. It becomes public with the edition.",
        "%(num)s reasons are kept. They become public with the edition.",
        number,
    )


def _page(
    draft: WorkingDraft,
    form: ReasonsForm,
    refusal: object = "",
    *,
    typed: Mapping[str, str] | None = None,
    kept: bool = False,
) -> str:
    typed = request.form if typed is None else typed
    return render_template(
        "drafting/reasons.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        remarks=_waiting(draft),
        homes={**homes_of(base_units(draft)), **homes_of(working_units(draft))},
        typed=typed,
        too_long={n for n, words in typed.items() if is_too_long(with_plain_breaks(words).strip())},
        kept=kept,
        ticked=set(request.form.getlist("chosen")),
    )
