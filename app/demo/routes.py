"""Addresses that only the demo town has: its clock, and the mails that would have been sent."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.demo import clock
from app.demo.letters import mail_by_id, mails_to
from app.platform.access import public
from app.platform.clock import now
from app.platform.errors import DomainError, NotFound
from app.platform.language import moment
from app.platform.letterhead import dressed, signed

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
    html = dressed(found.html, found.subject)
    return render_template("demo/mail.html", mail=found, text=signed(found.text), html=html)


@blueprint.get("/demo/zegar")
@public
def show_clock() -> ResponseReturnValue:
    """What time it is in the town, and what it could be."""
    _only_in_demo()
    return render_template("demo/clock.html", stops=clock.stops(), earliest=clock.earliest())


@blueprint.post("/demo/zegar")
@public
def turn_clock() -> ResponseReturnValue:
    """Turn the clock of the town."""
    _only_in_demo()
    wanted = next((stop for stop in clock.stops() if stop.key == request.form.get("to")), None)
    if wanted is None:
        raise DomainError(_("The clock cannot be turned there any more. Choose again."))
    clock.turn(wanted.at)
    flash(_("It is now %(moment)s in the town.", moment=moment(now(), weekday=True)), "success")
    return redirect(url_for(".show_clock"), 303)
