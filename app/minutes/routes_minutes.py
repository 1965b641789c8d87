"""Addresses at which minutes are written, read once more, and published."""

from __future__ import annotations

import dataclasses

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.door.queries import present_at
from app.events.models import Event
from app.minutes import queries, writing
from app.minutes.blueprint import MINUTES, blueprint, own_event
from app.minutes.collect import draft_of
from app.minutes.content import MOST_POINTS, Draft, arranged, lacking, mistakes
from app.minutes.forms_minutes import MinutesForm, PublishForm, form_of
from app.minutes.noting import NOTERS
from app.minutes.permissions import can_publish_minutes, can_write_minutes
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require


@blueprint.get(MINUTES)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def write(slug: str) -> ResponseReturnValue:
    """The minutes as far as they are written."""
    event = own_event(slug)
    require(can_write_minutes(current_user, event, now()), NOTERS)
    minutes = queries.minutes_of(event)
    form = form_of(draft_of(minutes), minutes.revision if minutes else 0)
    return _form_page(event, form)


def _form_page(event: Event, form: MinutesForm, theirs: Draft | None = None, asked: int = 0) -> str:
    """The form; ``asked`` is the point (from 1) that should be removed with its words."""
    return render_template(
        "minutes/write.html",
        event=event,
        form=form,
        theirs=theirs,
        asked=asked,
        door=present_at(event),
        most=MOST_POINTS,
    )


@blueprint.post(MINUTES)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def save(slug: str) -> ResponseReturnValue:
    """Keep what was typed, and do what the pressed button says to the agenda.

    Of two who write at once, the second sees both texts.
    """
    event, form = own_event(slug), MinutesForm()
    if not form.validate():
        return _form_page(event, form), 422
    draft, act = form.draft(), request.form.get("act", "")
    problems = list(mistakes(draft))
    if problems:
        form.say(problems)
        return _form_page(event, form), 422
    changed = arranged(draft.points, act)
    if act.startswith("remove:") and changed == draft.points:
        return _form_page(event, form, asked=int(act[7:11]) + 1 if act[7:].isdecimal() else 0), 422
    draft = dataclasses.replace(draft, points=changed)
    if act == "door":
        people, organisations = present_at(event)
        draft = dataclasses.replace(draft, people=people, organisations=organisations)
    try:
        with transaction():
            writing.save(event, draft, revision=form.revision.data or 0, by=current_user, at=now())
    except writing.WrittenMeanwhile:
        return _both(slug, draft)
    if act:
        return redirect(url_for(".write", slug=slug, _anchor=_place_after(act, draft)), 303)
    flash(_("The minutes are saved. They are shown to others once you publish them."), "success")
    return redirect(url_for(".write", slug=slug), 303)


def _both(slug: str, draft: Draft) -> ResponseReturnValue:
    """What was typed, in the form, above what somebody else has saved."""
    event = own_event(slug)
    minutes = queries.minutes_of(event)
    form = form_of(draft, minutes.revision if minutes else 0)
    return _form_page(event, form, draft_of(minutes)), 409


def _place_after(act: str, draft: Draft) -> str:
    """Where on the page the reader was, or is now led."""
    verb, _colon, place = act.partition(":")
    if verb == "door":
        return "obecni"
    last = max(0, len(draft.points) - 1)
    if not place.isdecimal():
        return f"punkt-{last + 1}"
    at = int(place[:4]) + {"up": -1, "down": 1}.get(verb, 0)
    return f"punkt-{min(max(at, 0), last) + 1}"


@blueprint.get(f"{MINUTES}/podglad")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def preview(slug: str) -> ResponseReturnValue:
    """The minutes as everybody would read them, and the button that publishes them."""
    event = own_event(slug)
    require(can_write_minutes(current_user, event, now()), NOTERS)
    minutes = queries.minutes_of(event)
    form = PublishForm(formdata=None, data={"revision": minutes.revision if minutes else 0})
    return _preview_page(event, form)


def _preview_page(event: Event, form: PublishForm) -> str:
    at, minutes, newest = now(), queries.minutes_of(event), queries.newest_version(event)
    shown = writing.made_now(event, minutes, newest, by=current_user, at=at) if minutes else None
    return render_template(
        "minutes/preview.html",
        event=event,
        form=form,
        newest=newest,
        protocol=shown,
        lacking=list(lacking(draft_of(minutes))),
        same=newest is not None and shown is not None and not writing.differs(newest, shown),
        open=can_publish_minutes(current_user, event, at),
    )


@blueprint.post(f"{MINUTES}/oglos")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def publish(slug: str) -> ResponseReturnValue:
    """Publish the minutes as they were read."""
    event, form = own_event(slug), PublishForm()
    if not form.validate():
        return _preview_page(event, form), 422
    if queries.versions_of(event) and not (form.note.data or "").strip():
        form.note.errors = [_("Say what is different from the version before.")]
        return _preview_page(event, form), 422
    revision, note = form.revision.data or 0, form.note.data or ""
    try:
        with transaction():
            version = writing.publish(event, note, revision=revision, by=current_user, at=now())
            number = version.number
    except writing.ReadAnew as error:
        return _anew(slug, form, error)
    flash(_("The minutes are published. Everybody can read them at this address."), "success")
    return redirect(url_for(".version", slug=slug, number=number), 303)


def _anew(slug: str, form: PublishForm, error: writing.ReadAnew) -> ResponseReturnValue:
    """The text as it is by now, with what the reader wanted to say of it."""
    event = own_event(slug)
    minutes = queries.minutes_of(event)
    form.form_errors.append(str(error.message))
    form.revision.data, form.revision.raw_data = minutes.revision if minutes else 0, None
    return _preview_page(event, form), error.status


def unpublished(event: Event) -> bool:
    """Whether something was written or noted that the newest published version does not say."""
    minutes, newest = queries.minutes_of(event), queries.newest_version(event)
    if minutes is None or newest is None:
        return minutes is not None
    fresh = writing.made_now(event, minutes, newest, by=current_user, at=now())
    return writing.differs(newest, fresh)
