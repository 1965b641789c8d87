"""Addresses at which notes are taken during a meeting, and become remarks."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.models import Role
from app.events.models import Event
from app.minutes import ground, noting
from app.minutes.blueprint import NOTE, NOTES, blueprint, own_event, own_note
from app.minutes.forms import DropForm, NoteForm
from app.minutes.ground import Place
from app.minutes.models import Note
from app.minutes.permissions import can_change_note, can_take_notes
from app.minutes.queries import notes_by_place
from app.minutes.said import mistakes
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import require
from app.platform.links import number as row_number

#: Notes that one click makes remarks of.
MOST_AT_ONCE = 100


@blueprint.get(NOTES)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def notes(slug: str) -> ResponseReturnValue:
    """The notes of a meeting by provision, and the way to the next one."""
    return _list_page(own_event(slug))


def _list_page(event: Event, *, unknown: str = "") -> str:
    return render_template(
        "minutes/notes.html",
        event=event,
        groups=notes_by_place(event),
        places=ground.offered(event),
        unknown=unknown,
        open=can_take_notes(current_user, event, now()),
    )


@blueprint.get(f"{NOTES}/nowa")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def new_note(slug: str) -> ResponseReturnValue:
    """A note on the place that was chosen, or typed as „§ 4 ust. 2”."""
    event = own_event(slug)
    require(can_take_notes(current_user, event, now()), noting.NOTERS)
    words = request.args.get("inne", "").strip()[:200]
    if words:
        found = ground.named(event, words)
        if found is None:
            return _list_page(event, unknown=words), 422
        return redirect(url_for(".new_note", slug=slug, miejsce=found), 303)
    place = _place(event)
    return _form_page(place, _form(place, fresh=True))


def _place(event: Event) -> Place:
    return ground.place_at(event, request.args.get("miejsce", "")[:40])


def _form(place: Place, note: Note | None = None, *, fresh: bool = False) -> NoteForm:
    form = NoteForm(formdata=None) if fresh else NoteForm()
    if fresh and note is not None:
        form.kind.data, form.body.data, form.table.data = note.kind.value, note.body, note.table
        form.revision.data = note.revision
    if fresh:
        form.proposed.data = (note.proposed_text if note else "") or place.current or ""
    if fresh and note is None:
        form.table.data = request.args.get("stolik", "")[:60]
    if place.current is None:
        form.without_wording()
    return form


def _form_page(
    place: Place, form: NoteForm, note: Note | None = None, *, theirs: bool = False
) -> str:
    return render_template(
        "minutes/note.html", event=place.event, place=place, form=form, note=note, theirs=theirs
    )


def _is_right(form: NoteForm, place: Place) -> bool:
    if not form.validate():
        return False
    problems = list(mistakes(form.said(), place.current))
    form.say(problems)
    return not problems


@blueprint.post(f"{NOTES}/nowa")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def note_down(slug: str) -> ResponseReturnValue:
    """Keep a note, and lead on to the next one."""
    place = _place(own_event(slug))
    form = _form(place)
    if not _is_right(form, place):
        return _form_page(place, form), 422
    with transaction():
        note = noting.note_down(
            place,
            form.said(),
            submission_key=form.submission_key.data or "",
            by=current_user,
            at=now(),
        )
        number, table = note.id, note.table
    flash(_("The note is kept."), "success")
    after = url_for(
        ".notes",
        slug=slug,
        miejsce=place.value or None,
        stolik=table or None,
        zapisano=1,
        _anchor=f"notatka-{number}",
    )
    return redirect(after, 303)


@blueprint.get(NOTE)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def note(slug: str, number: int) -> ResponseReturnValue:
    """A note, to be corrected."""
    found = own_note(slug, number)
    require(can_change_note(current_user, found, now()), _why_not(found))
    place = ground.place_of(found)
    return _form_page(place, _form(place, found, fresh=True), found)


def _why_not(found: Note) -> str:
    if found.remark_id is not None:
        return _("This note has become a remark: what is said now stands there.")
    return _("This note was dropped. Restore it first.")


@blueprint.post(NOTE)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def correct_note(slug: str, number: int) -> ResponseReturnValue:
    """Say it otherwise; of two who correct one note at once, the second sees both."""
    found = own_note(slug, number)
    place = ground.place_of(found)
    form = _form(place, found)
    if not _is_right(form, place):
        return _form_page(place, form, found), 422
    try:
        with transaction():
            noting.correct(
                found, form.said(), revision=form.revision.data or 0, by=current_user, at=now()
            )
    except noting.ChangedMeanwhile:
        found = own_note(slug, number)
        form.revision.data = found.revision
        form.revision.raw_data = None
        return _form_page(place, form, found, theirs=True), 409
    flash(_("The note is corrected."), "success")
    return redirect(url_for(".notes", slug=slug, _anchor=f"notatka-{number}"), 303)


@blueprint.get(f"{NOTE}/odrzuc")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def drop_note(slug: str, number: int) -> ResponseReturnValue:
    """Ask why a note is dropped."""
    found = own_note(slug, number)
    require(can_change_note(current_user, found, now()), _why_not(found))
    return _drop_page(found, DropForm(formdata=None))


def _drop_page(found: Note, form: DropForm) -> str:
    place = ground.place_of(found)
    return render_template(
        "minutes/drop.html", event=found.event, note=found, place=place, form=form
    )


@blueprint.post(f"{NOTE}/odrzuc")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def confirm_drop_note(slug: str, number: int) -> ResponseReturnValue:
    """Put a note aside; the reason stays."""
    found, form = own_note(slug, number), DropForm()
    if not form.validate():
        return _drop_page(found, form), 422
    with transaction():
        noting.drop(found, form.reason.data or "", by=current_user, at=now())
    flash(_("The note is dropped. You can restore it."), "success")
    return redirect(url_for(".notes", slug=slug, _anchor=f"notatka-{number}"), 303)


@blueprint.post(f"{NOTE}/przywroc")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def restore_note(slug: str, number: int) -> ResponseReturnValue:
    """Take a dropped note back."""
    with transaction():
        noting.restore(own_note(slug, number), by=current_user, at=now())
    flash(_("The note is restored."), "success")
    return redirect(url_for(".notes", slug=slug, _anchor=f"notatka-{number}"), 303)


@blueprint.post(f"{NOTES}/uwagi")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def make_remarks(slug: str) -> ResponseReturnValue:
    """Make remarks of all the notes that stood at one place, or of none if one cannot be."""
    event = own_event(slug)
    numbers = list(dict.fromkeys(request.form.getlist("note", type=row_number)))[:MOST_AT_ONCE]
    with transaction():
        for number in numbers:
            noting.make_remark(own_note(slug, number), by=current_user, at=now())
        made = len(numbers)
    if made:
        flash(
            ngettext(
                "%(num)s note has become a remark.", "%(num)s notes have become remarks.", made
            ),
            "success",
        )
    return redirect(url_for(".notes", slug=event.slug), 303)


@blueprint.post(f"{NOTE}/uwaga")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def make_remark(slug: str, number: int) -> ResponseReturnValue:
    """Make a remark of a note, with the meeting as its source."""
    with transaction():
        remark = noting.make_remark(own_note(slug, number), by=current_user, at=now())
        got = remark.number
    flash(_("The note has become remark no. %(number)s.", number=got), "success")
    return redirect(url_for(".notes", slug=slug, _anchor=f"notatka-{number}"), 303)
