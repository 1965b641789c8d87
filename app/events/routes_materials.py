"""Addresses of the materials of an event."""

from __future__ import annotations

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.events import materials, queries_materials
from app.events.blueprint import blueprint
from app.events.finding import visible_event
from app.events.forms_materials import MaterialForm, RemoveMaterialForm
from app.events.models import Event, Material
from app.events.permissions import can_add_materials
from app.platform.access import public, staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound, require

DESK = "/biurko/wydarzenia/<slug>/materialy"


def _own_event(slug: str) -> Event:
    event = visible_event(slug)
    require(can_add_materials(current_user, event, now()), materials.RUNNERS)
    return event


def _material(event: Event, number: int) -> Material:
    found = queries_materials.material_of_event(event, number)
    if found is None:
        raise NotFound
    return found


@blueprint.get(DESK)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def materials_desk(slug: str) -> ResponseReturnValue:
    """What is put up, and the form for more."""
    return _page(_own_event(slug), MaterialForm(formdata=None))


def _page(event: Event, form: MaterialForm) -> str:
    return render_template(
        "events/materials.html",
        event=event,
        form=form,
        materials=queries_materials.materials_of(event),
        removed=queries_materials.removed_materials_of(event),
    )


@blueprint.post(DESK)
@staff(Role.COORDINATOR, Role.FACILITATOR)
def put_up_material(slug: str) -> ResponseReturnValue:
    """Put a file or a link up."""
    event, form = _own_event(slug), MaterialForm()
    offer = form.offer()
    problems = list(materials.mistakes(offer))
    if not form.validate() or problems:
        form.say(problems)
        return _page(event, form), 422
    with transaction():
        materials.put_up(event, offer, by=current_user, at=now())
    flash(_("It stands on the page of the event now."), "success")
    return redirect(url_for(".materials_desk", slug=slug), 303)


@blueprint.post(f"{DESK}/<int:number>/przesun")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def move_material(slug: str, number: int) -> ResponseReturnValue:
    """Put one of them a place up or down."""
    event, up = _own_event(slug), request.form.get("act") == "up"
    with transaction():
        materials.move(event, number, up=up, by=current_user, at=now())
    return redirect(url_for(".materials_desk", slug=slug, _anchor=f"material-{number}"), 303)


@blueprint.get(f"{DESK}/<int:number>/usun")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def remove_material(slug: str, number: int) -> ResponseReturnValue:
    """Ask why something is taken down."""
    event = _own_event(slug)
    return _removal_page(event, _material(event, number), RemoveMaterialForm(formdata=None))


def _removal_page(event: Event, material: Material, form: RemoveMaterialForm) -> str:
    return render_template("events/remove_material.html", event=event, material=material, form=form)


@blueprint.post(f"{DESK}/<int:number>/usun")
@staff(Role.COORDINATOR, Role.FACILITATOR)
def confirm_remove_material(slug: str, number: int) -> ResponseReturnValue:
    """Take it down; the title and the reason stay."""
    event, form = _own_event(slug), RemoveMaterialForm()
    material = _material(event, number)
    if not form.validate():
        return _removal_page(event, material, form), 422
    with transaction():
        materials.remove(event, material, form.reason.data or "", by=current_user, at=now())
    flash(_("It is removed. The title and the reason stay on this page."), "success")
    return redirect(url_for(".materials_desk", slug=slug), 303)


@blueprint.get("/wydarzenia/<slug>/materialy/<int:number>")
@public
def download_material(slug: str, number: int) -> ResponseReturnValue:
    """A file, always to be saved and never to be opened as a page of ours."""
    material = _material(visible_event(slug), number)
    content = queries_materials.content_of(material)
    if content is None:
        raise NotFound
    answer = send_file(
        io.BytesIO(content),
        mimetype=material.content_type,
        as_attachment=True,
        download_name=material.filename,
        etag=f"material-{material.id}",
        conditional=True,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
