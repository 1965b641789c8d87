"""What a deed did, in the words of the buttons that undo it and do it again."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.drafting.models import Deed, Verb
from app.drafting.queries import places_of


def deed_words(deed: Deed) -> str:
    """A few words with the place, or the remark, that it is about: "putting in a change (§ 4)"."""
    about = deed.why.get("remarks", ())
    if deed.verb is Verb.SAY_NO_CHANGE:
        if len(about) == 1:
            return _("why remark no. %(number)s needs no change", number=about[0])
        return ngettext(
            "why %(num)s remark needs no change", "why %(num)s remarks need no change", len(about)
        )
    if deed.verb is Verb.TAKE_REASON_BACK:
        return _("taking back why remark no. %(number)s needs no change", number=about[0])
    if len(deed.changes) != 1:
        return ngettext(
            "putting in %(num)s change", "putting in %(num)s changes", len(deed.changes)
        )
    (place,) = places_of(deed.changes) or ("",)
    return _of_one_change(deed) + (f" ({place})" if place else "")


def _of_one_change(deed: Deed) -> str:
    if deed.verb is Verb.NAME_CAUSE:
        return _("remark no. %(number)s as a cause of a change", number=deed.why["remarks"][0])
    return {
        Verb.MAKE: _("putting in a change"),
        Verb.SWITCH_OUT: _("switching a change out"),
        Verb.SWITCH_IN: _("switching a change in"),
        Verb.EXPLAIN: _("new causes of a change"),
    }[deed.verb]
