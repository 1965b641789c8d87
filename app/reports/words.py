"""How the report calls states, channels, kinds and verdicts."""

from __future__ import annotations

from flask_babel import gettext as _


def state_word(state: str) -> str:
    """The position on a remark, in words."""
    return {
        "accepted": _("accepted"),
        "partially_accepted": _("partially accepted"),
        "rejected": _("not accepted"),
        "out_of_scope": _("out of scope"),
        "open": _("not answered yet"),
        "withdrawn": _("withdrawn by its author"),
    }[state]


def channel_word(channel: str) -> str:
    """How a remark came."""
    return {
        "online": _("on the website"),
        "paper": _("on paper"),
        "email": _("by e-mail"),
        "workshop": _("at a workshop"),
    }[channel]


def kind_word(kind: str) -> str:
    """What a remark asks for."""
    return {
        "comment": _("comment"),
        "reword": _("new wording"),
        "insert": _("new provision"),
        "strike": _("striking out"),
    }[kind]


def verdict_word(verdict: str) -> str:
    """What happened to a provision."""
    return {
        "added": _("added"),
        "repealed": _("struck out"),
        "reworded": _("reworded"),
        "moved": _("moved"),
        "renumbered": _("renumbered"),
        "split": _("split off"),
        "joined": _("joined"),
    }.get(verdict, verdict)
