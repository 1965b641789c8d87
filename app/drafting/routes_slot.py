"""Addresses of one slot at the workbench: looking, writing by hand, and what is being typed."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms import SelectChoice

from app.accounts.models import Role
from app.drafting import actions, typing
from app.drafting.blueprint import ROOT, blueprint, document_at, draft_at, slot_address
from app.drafting.forms import CHANGE_OF, ChangeForm
from app.drafting.meeting import Meeting
from app.drafting.models import ChangeKind, DraftChange
from app.drafting.refusals import ChangedMeanwhile, Collides
from app.drafting.routes_causes import offer, why_of
from app.drafting.slot_page import SlotPage, Waiting, slot_page, wording_with
from app.drafting.typing import Presence
from app.events.models import Event
from app.events.queries import events_of
from app.legaltext.units import Kind
from app.platform.access import staff
from app.platform.clock import local, now
from app.platform.db import transaction
from app.platform.errors import DomainError, NotAllowed, NotFound
from app.remarks.models import AmendmentKind

#: What is kept of a form while it is being filled in.
TYPED = (
    "amendment_kind",
    "unit_kind",
    "after",
    "text",
    "reason",
    "more",
    "event",
    "event_note",
    "seen",
)


def _page(slug: str, document: str, target: str) -> SlotPage:
    page = slot_page(document_at(slug, document), target, current_user, now())
    if page is None:
        raise NotFound
    return page


@blueprint.get(f"{ROOT}/przepis/<target>")
@staff(Role.COORDINATOR)
def slot(slug: str, document: str, target: str) -> ResponseReturnValue:
    """One slot; ``?uwaga=`` begins its new wording from a remark, ``?przywroc=1`` from before."""
    page = _page(slug, document, target)
    form = _form(page)
    one = page.waiting_for(request.args.get("uwaga", type=int))
    if request.args.get("przywroc") == "1" and page.typed is not None:
        _restore(form, page.typed.fields)
    else:
        _begin(form, page, one)
    return _show(page, form)


def _form(page: SlotPage) -> ChangeForm:
    form = ChangeForm()
    offer(form, page.causes, _events(page))
    rows = [row for row in page.bench.outline.rows if row.id != page.row.id]
    form.after.choices = [SelectChoice("", _("choose"))] + [
        SelectChoice(row.id, f"{row.mark} {row.words}"[:80]) for row in rows if row.state != "gone"
    ]
    return form


def _events(page: SlotPage) -> list[Event]:
    return list(events_of(page.document.consultation))


def _begin(form: ChangeForm, page: SlotPage, one: Waiting | None) -> None:
    """A form on the present wording, or with what a remark asks for in it already."""
    wanted = request.args.get("rodzaj", "")
    form.amendment_kind.data = wanted if wanted in CHANGE_OF else "reword"
    form.text.data = wording_with(page, one)
    form.seen.data = page.current or ""
    if one is None:
        return
    form.causes.data = [one.remark.id] if one.waits else []
    inserts = one.proposal is not None and one.proposal.kind is AmendmentKind.INSERT
    if one.proposal is not None and inserts and form.text.data == page.current:
        form.amendment_kind.data, form.text.data = "insert", one.proposal.text


def _restore(form: ChangeForm, fields: dict[str, object]) -> None:
    for name in TYPED:
        if name in fields:
            form[name].data = fields[name]
    form.causes.data = list(fields.get("causes", ()))  # type: ignore[call-overload]


def _show(
    page: SlotPage,
    form: ChangeForm,
    *,
    refusal: object = "",
    meeting: Meeting | None = None,
    clash: Collides | None = None,
) -> str:
    return render_template(
        "drafting/slot.html",
        page=page,
        bench=page.bench,
        document=page.document,
        form=form,
        refusal=refusal,
        meeting=meeting,
        clashing=clash.clashing if clash else None,
        typed_here=request.method == "POST" and "text" in request.form,
        others=[presence_words(each) for each in page.others],
    )


def clash_page(slug: str, document: str, error: Collides) -> ResponseReturnValue:
    """The slot with both sides of a collision that was refused (409)."""
    page = _page(slug, document, error.clashing.target)
    form = _form(page)
    _begin(form, page, None)
    return _show(page, form, refusal=error.message, clash=error), 409


@blueprint.post(f"{ROOT}/przepis/<target>")
@staff(Role.COORDINATOR)
def write(slug: str, document: str, target: str) -> ResponseReturnValue:
    """Put a change in the working draft; what was typed stays when it is refused."""
    page = _page(slug, document, target)
    form = _form(page)
    refusal: object = ""
    meeting: Meeting | None = None
    clash: Collides | None = None
    status = 422
    if form.validate_on_submit():
        try:
            with transaction():
                change = _written(page, form)
                typing.close(page.bench.draft, page.row.id, by=current_user, at=now())
                place = slot_address(page.document, page.row.id, f"#zmiana-{change.id}")
        except NotAllowed:
            raise
        except ChangedMeanwhile as error:
            refusal, meeting, status = error.message, error.meeting, 409
        except Collides as error:
            refusal, clash, status = error.message, error, 409
        except DomainError as error:
            refusal = error.message
        else:
            flash(_("The change is in the working draft."), "success")
            return redirect(place, 303)
        page = _page(slug, document, target)
    if meeting is not None:
        form.text.data, form.seen.data = meeting.proposal, meeting.theirs
    return _show(page, form, refusal=refusal, meeting=meeting, clash=clash), status


def _written(page: SlotPage, form: ChangeForm) -> DraftChange:
    kind = CHANGE_OF[form.amendment_kind.data]
    has_words = kind in {ChangeKind.REWORD, ChangeKind.INSERT}
    wish = actions.Wish(
        page.row.id,
        kind,
        (form.text.data or "").replace("\r\n", "\n") if has_words else "",
        Kind(form.unit_kind.data) if form.unit_kind.data else None,
        (form.seen.data or "").replace("\r\n", "\n"),
        form.after.data or "" if kind is ChangeKind.MOVE else "",
    )
    why = why_of(form, page.document, page.causes, _events(page))
    return actions.write(page.bench.draft, wish, why, by=current_user, at=now())


@blueprint.post(f"{ROOT}/przepis/<target>/pisanie")
@staff(Role.COORDINATOR)
def typed(slug: str, document: str, target: str) -> ResponseReturnValue:
    """Keep what is being typed (or only say that somebody is here), and tell who else is."""
    at = now()
    with transaction():
        draft = draft_at(slug, document)
        if request.form.get("porzuc") == "1":
            typing.close(draft, target, by=current_user, at=at)
        elif "text" in request.form:
            fields: dict[str, object] = {
                name: request.form.get(name, "")[:40_000].replace("\r\n", "\n") for name in TYPED
            }
            fields["causes"] = request.form.getlist("causes", type=int)
            typing.keep_typed(draft, target, fields, by=current_user, at=at)
        else:
            typing.is_here(draft, target, by=current_user, at=at)
        others = typing.others_at(draft, current_user, at)
    if request.form.get("porzuc") == "1":
        flash(_("The unsaved text is thrown away."), "success")
        return redirect(slot_address(draft.document, target), 303)
    here = [presence_words(each) for each in others if each.slot == target]
    return jsonify(others=here, saved=_("Kept at %(time)s", time=local(at).strftime("%H:%M")))


def presence_words(one: Presence) -> str:
    """That somebody else is editing this."""
    if not one.minutes:
        return _("%(name)s is editing this now", name=one.name)
    return ngettext(
        "%(name)s has been editing this for %(num)s minute",
        "%(name)s has been editing this for %(num)s minutes",
        one.minutes,
        name=one.name,
    )
