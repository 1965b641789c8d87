"""A remark as lists show it, set once by each worker for as long as it says the same.

One new remark makes every page of its consultation a new one; the cards of all others on it stay.
"""

from __future__ import annotations

from flask import get_template_attribute, request
from markupsafe import Markup

from app.consultations.models import Consultation
from app.platform.caching import all_of, kept_part
from app.platform.language import locale_name
from app.remarks.models import Remark

#: Cards that one worker keeps, each of a few kilobytes.
CARDS_KEPT = 1000


def card(remark: Remark, consultation: Consultation) -> Markup:
    """The card of a remark. It asks nothing of who is looking, and tells no time that passes."""

    def make() -> Markup:
        return Markup(get_template_attribute("remarks/_card.html", "card")(remark, consultation))  # noqa: S704 - a template escapes

    key = (
        locale_name(),
        request.script_root,
        consultation.slug,
        remark.document.slug,
        *map(all_of, (remark, remark.place, *remark.positions[-1:], *remark.carried)),
    )
    return kept_part("card", key, make, room=CARDS_KEPT)
