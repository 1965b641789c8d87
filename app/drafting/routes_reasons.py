"""The address at which many remarks that need no change of the text are explained at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.drafting import causes, queries
from app.drafting.blueprint import ROOT, blueprint, draft_at, names_of
from app.drafting.forms import LONGEST_REASON, ReasonsForm, with_plain_breaks
from app.drafting.models import NoChange, WorkingDraft
from app.drafting.rows import no_changes_in, remarks_in
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
        if _overtaken(draft, waiting):
            return _page(draft, form), 409
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


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A reason that was typed for a remark that does not wait any more.

    ``said`` is why it needs no change, where somebody else has said that.
    """

    number: int
    typed: str
    said: NoChange | None


def _overtaken(draft: WorkingDraft, waiting: Sequence[Remark]) -> list[Overtaken]:
    """The reasons in the form that come too late, but for those that say what is said already."""
    open_ones = {remark.number for remark in waiting}
    typed = {}
    for name, words in request.form.items():
        number = name.removeprefix("reason-")
        is_number = number.isascii() and number.isdecimal() and len(number) < 10
        if name != number and is_number and words.strip():
            typed[int(number)] = with_plain_breaks(words).strip()
    remarks = {r.number: r.id for r in queries.remarks_numbered(draft.document, typed)}
    said = no_changes_in(remarks.values())
    found = [
        Overtaken(number, words, said.get(remarks.get(number, 0)))
        for number, words in sorted(typed.items())
        if number not in open_ones
    ]
    return [each for each in found if each.said is None or each.said.reason != each.typed]


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
    waiting = _waiting(draft)
    return render_template(
        "drafting/reasons.html",
        draft=draft,
        document=draft.document,
        form=form,
        refusal=refusal,
        remarks=waiting,
        overtaken=_overtaken(draft, waiting),
        homes={**homes_of(base_units(draft)), **homes_of(working_units(draft))},
        typed=typed,
        too_long={n for n, words in typed.items() if is_too_long(with_plain_breaks(words).strip())},
        kept=kept,
        ticked=set(request.form.getlist("chosen")),
    )
