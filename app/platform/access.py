"""The first gate: every view says who may knock, and the application refuses to start otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.platform import errors

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

_MARK = "wspolpis_access"


def public(view: View) -> View:
    """Anybody may knock, with or without an account."""
    setattr(view, _MARK, ("public",))
    return view


def signed_in(view: View) -> View:
    """Only people who have signed in may knock; others are sent to sign in and come back."""
    setattr(view, _MARK, ("signed_in",))
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """Only people of the office with one of these roles may knock."""

    def mark(view: View) -> View:
        setattr(view, _MARK, ("staff", *map(str, roles)))
        return view

    return mark


def declared(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """What a view has declared: its gate and, for staff, the roles; ``None`` when it is silent."""
    return getattr(view, _MARK, None)


def init_app(app: Flask) -> None:
    """Stand at the gate before each request."""

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        gates = declared(view) if view else None
        if gates is None or gates[0] == "public":
            return None
        if not current_user.is_authenticated:
            return _to_sign_in()
        if gates[0] == "staff" and str(current_user.role) not in gates[1:]:
            abort(403)
        return None


def _to_sign_in() -> Response:
    if request.method == "POST" and errors.typed():
        return errors.page(401)  # the sign-in form would not bring back what was written
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for(current_app.config["SIGN_IN_ENDPOINT"], next=target)
    return redirect(address, 303)  # type: ignore[return-value]


def refuse_silent_views(app: Flask) -> None:
    """Raise ``RuntimeError`` naming each view that has not declared who may knock."""
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and declared(view) is None
    ]
    if silent:
        raise RuntimeError(f"these views do not say who may see them: {', '.join(sorted(silent))}")
