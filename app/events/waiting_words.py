"""How somebody on a waiting list is told why they have not moved up."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.waiting_list import Reason, Standing


def why_waiting(standing: Standing, per_organisation: int | None) -> str:
    """The reason why somebody has not moved on the waiting list, as a sentence."""
    free = standing.free
    words = {
        Reason.FULL: _("All places are taken. You move up when somebody cancels."),
        Reason.OFFERED: _(
            "Freed places have been offered to people before you, who have not answered yet."
        ),
        Reason.RESERVED: _(
            "The remaining places are kept by the office. If it releases them, they go to those "
            "who wait, in order."
        ),
        Reason.PARTY: ngettext(
            "%(num)s place is free, which is fewer than your group needs. If you make the group "
            "smaller, it may fit at once.",
            "%(num)s places are free, which is fewer than your group needs. If you make the group "
            "smaller, it may fit at once.",
            free,
        ),
        Reason.ORGANISATION: _(
            "Your organisation already has as many places as one may have here (%(limit)s). You "
            "move up when somebody from it cancels.",
            limit=per_organisation or 0,
        ),
    }
    said = str(words[standing.reason])
    if standing.passed:
        said += " " + str(
            _(
                "Somebody who came later has a place already, because fewer places were free than "
                "your group needs."
            )
        )
    return said
