"""Addresses that only the demo town has: the mails that a real town would have sent."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.platform.access import public
from app.platform.errors import NotFound
from app.platform.mail import mail_by_id, mails_to

blueprint = Blueprint("demo", __name__)


def _only_in_demo() -> None:
    if not current_app.config["DEMO"]:
        raise NotFound


@blueprint.get("/demo/poczta")
@public
def mails() -> ResponseReturnValue:
    """The outbox, the newest mail first."""
    _only_in_demo()
    wanted = request.args.get("adres", "").strip()
    number = request.args.get("strona", 1, type=int)
    return render_template("demo/mails.html", page=mails_to(wanted, number), wanted=wanted)


@blueprint.get("/demo/poczta/<int:number>")
@public
def mail(number: int) -> ResponseReturnValue:
    """One mail, as its reader would see it."""
    _only_in_demo()
    found = mail_by_id(number)
    if found is None:
        raise NotFound
    return render_template("demo/mail.html", mail=found)
