"""The page of one remark, which is also where a reply that needs correcting comes back."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from wtforms import SelectChoice

from app.consultations.permissions import phase_of
from app.legaltext import diff, sanitize
from app.platform.clock import now
from app.platform.security import new_submission_key
from app.remarks import queries, wording
from app.remarks.fate import Fate, Whose
from app.remarks.forms import ReplyForm
from app.remarks.models import AmendmentKind, Remark, RemarkKind
from app.remarks.permissions import can_read_remark, can_reply_to_remark
from app.remarks.proposals import carried, office_wording

VIEWS = ("zmiany", "wynik", "obok")


def remark_page(remark: Remark, form: ReplyForm | None = None) -> str:
    """One remark: what it is about, what it says, the answer, replies and support."""
    at = now()
    view = request.args.get("widok", VIEWS[0])
    may_reply = can_reply_to_remark(current_user, remark, at)
    return render_template(
        "remarks/show.html",
        consultation=remark.consultation,
        remark=remark,
        phase=phase_of(remark.consultation, at),
        readable=can_read_remark(current_user, remark, at),
        replies=queries.replies_to(remark),
        form=form or (reply_form() if may_reply else None),
        supported=_supported(remark),
        view=view if view in VIEWS else VIEWS[0],
        **change_of(remark),
    )


def change_of(remark: Remark) -> dict[str, Any]:
    """What a page shows of a remark's words: quotation, change in three views, justification."""
    unit = wording.unit_of(remark.edition, remark.provision) if remark.provision else None
    current = wording.text_of(unit)
    body = Markup(sanitize.paragraphs(remark.body))  # noqa: S704 - safe by sanitize's promise
    shown: dict[str, Any] = {
        "current": current,
        "body": body,
        "marked": None,
        "moved": _moved(remark),
        "own": _own_wording(remark),
    }
    if remark.kind is RemarkKind.AMENDMENT:
        kind, proposed = remark.amendment_kind, remark.proposed_text
        new = "" if kind is AmendmentKind.STRIKE else proposed
        pieces = diff.compare(wording.old_text(kind, current), new)
        old_side, new_side = diff.side_by_side(pieces)
        shown |= {
            "marked": diff.to_html(pieces),
            "old_side": old_side,
            "new_side": new_side,
            "new_text": new,
            "formula": wording.formula(remark.edition, remark.provision, kind, proposed),
        }
    return shown


def _marked(kind: AmendmentKind | None, old: str, new: str) -> str:
    """The change as HTML that a template sets between tags of its own."""
    return str(wording.marked(kind, old, new))


def _moved(remark: Remark) -> dict[str, Any] | None:
    """What a newer edition made of a pending amendment: its change there, what lies beneath."""
    moved = remark.moved_along
    if moved is None or moved.fate is Fate.STANDS:
        return None
    shown: dict[str, Any] = {"row": moved, "marked": None, "beneath": None, "formula": ""}
    if moved.fate is Fate.REBASED:
        kind = remark.amendment_kind
        shown["marked"] = _marked(kind, moved.seen, moved.text)
        shown["formula"] = wording.formula(moved.edition, moved.provision, kind, moved.text)
    if moved.fate is Fate.CHANGED_BENEATH and moved.provision is not None:
        now_reads = wording.text_of(wording.unit_of(moved.edition, moved.provision))
        shown["beneath"] = _marked(AmendmentKind.REWORD, moved.seen, now_reads)
    return shown


def _own_wording(remark: Remark) -> dict[str, Any] | None:
    """The office's own wording, against the text it was written for and the author's proposal."""
    position = office_wording(remark)
    if position is None:
        return None
    kind, moved = remark.amendment_kind, remark.moved_along
    theirs = moved.text if moved is not None else remark.proposed_text
    carried_on = carried(remark, Whose.OFFICE)
    return {
        "position": position,
        "marked": _marked(kind, position.wording_seen, position.wording),
        "against": _marked(AmendmentKind.REWORD, theirs, position.wording),
        "formula": wording.formula_of(remark, position),
        "moved": carried_on,
    }


def reply_form() -> ReplyForm:
    """An empty reply, or the one that was sent."""
    form = ReplyForm()
    form.behalf.choices = [
        SelectChoice(0, current_user.name),
        *(SelectChoice(m.organisation_id, m.organisation.name) for m in current_user.memberships),
    ]
    if not form.is_submitted():
        form.submission_key.data = new_submission_key()
        form.behalf.data = form.behalf.choices[-1].value
    if len(form.behalf.choices) == 1:
        form.behalf.label.text = _("You write as")
    return form


def _supported(remark: Remark) -> bool:
    if not current_user.is_authenticated:
        return False
    return queries.support_of(remark, current_user) is not None
