"""What we write to people whose remarks changed the text."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from app.platform.mail import Message
from app.remarks.models import Remark


def caused_a_change(remark: Remark, edition_number: int, citations: str, url: str) -> Message:
    """Your remark has changed the text; ``citations`` are "" for what bears no mark."""
    with force_locale("pl"):
        where = _("It changed: %(citations)s.", citations=citations) if citations else ""
        return Message(
            _(
                "Your remark no. %(number)s has changed the draft",
                number=remark.number,
            ),
            _(
                "Good morning,\n\nedition %(edition)s of the draft has been published. "
                "Your remark no. %(number)s changed it too. %(where)s\n\n"
                "You can see the change and the reason here:\n\n%(url)s\n\n"
                "Thank you for taking part in the consultation.",
                edition=edition_number,
                number=remark.number,
                where=where,
                url=url,
            ).replace(" \n", "\n"),
        )
