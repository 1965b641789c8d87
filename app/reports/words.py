"""How the report calls states, channels, kinds and verdicts, in the language around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from app.platform import language


def states() -> dict[str, str]:
    """The positions on remarks."""
    return {
        "accepted": _("accepted in full"),
        "partially_accepted": _("accepted in part"),
        "rejected": _("not taken up"),
        "out_of_scope": _("outside the scope of the consultation"),
        "open": _("still without an answer"),
        "withdrawn": _("withdrawn by the author"),
    }


def channels() -> dict[str, str]:
    """The ways in which remarks come."""
    return {
        "online": _("on the website"),
        "paper": _("on paper"),
        "email": _("by e-mail"),
        "workshop": _("at a workshop"),
    }


def kinds() -> dict[str, str]:
    """What remarks ask for."""
    return {
        "comment": _("comment"),
        "reword": _("new wording"),
        "insert": _("new provision"),
        "strike": _("striking out"),
    }


def responses() -> dict[str, str]:
    """What authors say to a wording of the office."""
    return {
        "agrees": _("the author agrees"),
        "disagrees": _("the author does not agree"),
        "awaited": _("the author has not answered"),
    }


def verdicts() -> dict[str, str]:
    """What happens to provisions."""
    return {
        "added": _("newly added"),
        "repealed": _("taken out of the text"),
        "reworded": _("worded anew"),
        "moved": _("moved elsewhere"),
        "renumbered": _("given another mark"),
    }


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report, looked up once: it may have thousands of remarks."""

    states: dict[str, str] = field(default_factory=states)
    channels: dict[str, str] = field(default_factory=channels)
    kinds: dict[str, str] = field(default_factory=kinds)
    verdicts: dict[str, str] = field(default_factory=verdicts)
    responses: dict[str, str] = field(default_factory=responses)
    office: str = field(default_factory=lambda: _("Wording of the office: %(text)s", text="\0"))
    private: str = field(default_factory=lambda: _("private person"))
    whole: str = field(default_factory=lambda: _("whole document"))
    strike: str = field(default_factory=lambda: _("strike the provision out"))
    withdrawn: str = field(default_factory=lambda: _("Withdrawn by its author."))
    hidden: str = field(
        default_factory=lambda: _("Hidden by the moderator. Reason: %(reason)s", reason="\0")
    )
    no_change: str = field(default_factory=lambda: _("needs no change: %(reason)s", reason="\0"))
    on_words: str = field(default_factory=lambda: _("On the words “%(quote)s”:", quote="\0"))
    _days: dict[str, str] = field(default_factory=dict)

    def day(self, iso: str) -> str:
        """A day, written out; a dash for none."""
        if iso not in self._days:
            self._days[iso] = day(iso)
        return self._days[iso]


def day(iso: str) -> str:
    """„12 czerwca 2015 r.” from an ISO day or moment; a dash for none."""
    if not iso:
        return "–"
    return language.day(datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso))


def last_day(iso: str) -> str:
    """The last day of a window that ends before a moment: midnight belongs to the day before."""
    return language.day(datetime.fromisoformat(iso) - timedelta(microseconds=1))


def moment(iso: str) -> str:
    """„12 czerwca 2015 r., 10:00” from an ISO moment."""
    return language.moment(datetime.fromisoformat(iso))


def until(iso: str) -> str:
    """The end of a window; midnight is said as 24:00 of the day that it ends."""
    end = datetime.fromisoformat(iso)
    return moment(iso) if end.time() != time.min else f"{last_day(iso)}, 24:00"
