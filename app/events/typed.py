"""What stands in the form of an event when it is opened."""

from __future__ import annotations

from typing import Any

from app.events.forms_hosts import in_lines
from app.events.forms_office import PLACES, USUAL
from app.events.models import Audience, EventKind
from app.events.planning import Occasion, Particulars, Plan, version_of


def typed_from(plan: Plan) -> dict[str, Any]:
    """A plan as the form shows it."""
    said, occasion = plan.particulars, plan.occasion
    typed: dict[str, Any] = {name: getattr(said, name) for name in Particulars.__slots__}
    typed |= {name: getattr(occasion, name) for name in Occasion.__slots__}
    typed["kind"], typed["audience"] = str(said.kind), str(said.audience)
    typed["freed_place"] = str(said.freed_place)
    typed["remind_days"] = ", ".join(map(str, said.remind_days))
    typed["version"] = version_of(plan)
    typed["documents"] = list(plan.document_ids)
    typed["facilitators"] = {h.user_id: h.about for h in plan.hosts if h.user_id}
    typed["guests"] = in_lines(h for h in plan.hosts if not h.user_id)
    for place, asked in zip(PLACES, plan.questions, strict=False):
        typed[f"question_id_{place}"] = str(asked.id)
        typed[f"question_text_{place}"] = asked.text
        typed[f"question_kind_{place}"] = str(asked.kind)
        typed[f"question_choices_{place}"] = "\n".join(asked.choices)
        typed[f"question_required_{place}"] = asked.required
    return typed


FRESH: dict[str, Any] = {
    "kind": str(EventKind.WORKSHOP),
    "audience": str(Audience.EVERYBODY),
    **USUAL,
}
