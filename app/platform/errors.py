"""What an action says when it cannot be done, and the pages people see then."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.platform.db import db
from app.platform.links import without_secret

log = structlog.get_logger()


class DomainError(Exception):
    """An action cannot be done now; the message is one sentence that says what to do next (409)."""

    status = HTTPStatus.CONFLICT

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):
    """The person may not do this (403), or with a reason: it cannot be done any more."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, reason: object = "") -> None:
        super().__init__(
            reason or lazy_gettext("You may not do this. Sign in with an account that may.")
        )
        self.explained = bool(reason)


class NotFound(DomainError):
    """There is no such thing, or this person may not know of it: both look the same (404)."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, message: object = "") -> None:
        super().__init__(message)


def require(allowed: bool, message: object = "") -> None:
    """The first line of each action: refuse with 403 unless the predicate held."""
    if not allowed:
        raise NotAllowed(message)


def titles() -> dict[int, tuple[str, str]]:
    """For each status that has a page of its own: its title and what to do next."""
    return {
        400: (
            _("This request could not be understood"),
            _("Go back, check what you entered and try again."),
        ),
        401: (_("Please sign in first"), _("This page is for people with an account.")),
        403: (
            _("You may not see or do this"),
            _("If you think you should, sign in with another account or write to the office."),
        ),
        404: (
            _("There is no such page"),
            _("Check the address, or find what you need from the home page."),
        ),
        405: (
            _("This address does not work that way"),
            _("Go back and use the buttons on the page."),
        ),
        409: (_("This cannot be done now"), _("Go back and check what has changed.")),
        413: (_("The file is too large"), _("Send a file of at most 10 MB.")),
        415: (_("This kind of file is not accepted"), _("Send a .docx file or paste the text.")),
        429: (
            _("Too many attempts"),
            _("Wait a few minutes and try again. Nothing you sent before is lost."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("Nothing was half-saved. Try again; if it happens again, write to the office."),
        ),
        503: (_("The service is busy"), _("Wait a minute and try again.")),
    }


def page(status: int, message: object = "", *, titled: int | None = None) -> Response:
    """An error page that looks like the product, with the request's id for the office.

    ``titled`` is the status whose title and advice it bears, if not its own.
    """
    told = titled or status
    title, advice = titles().get(told, titles()[500 if told >= 500 else 400])
    body = render_template(
        "errors/error.html",
        status=status,
        title=title,
        message=str(message) or advice,
        advice=advice if message else "",
        request_id=g.get("request_id", ""),
        typed=typed() if request.method == "POST" else [],
    )
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed() -> list[str]:
    """The sentences that came with a refused form, for its author to copy; never a password."""
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # what was refused is the form itself: too large, or broken
        return []
    hidden = ("password", "current", "csrf_token")
    texts = (text for name, text in fields if not name.startswith(hidden))
    return [text for text in dict.fromkeys(texts) if len(text.split()) > 1]


def init_app(app: Flask) -> None:
    """Turn every failure into one of our pages; a failed request leaves no open transaction."""

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> Response:
        db.session.rollback()
        reasoned = isinstance(error, NotAllowed) and error.explained
        titled = HTTPStatus.CONFLICT if reasoned else None  # another account would not help
        return page(int(error.status), error.message, titled=titled)

    @app.errorhandler(CSRFError)
    def csrf_error(_error: CSRFError) -> Response:
        return page(
            400,
            _(
                "The form was open for too long, or cookies are switched off. "
                "Go back, copy your text if you need to, reload the page and send it again."
            ),
        )

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code is None or error.code < 400:
            return make_response(error.get_response())
        db.session.rollback()
        response = page(error.code)
        for name, value in error.get_headers():
            if name in {"Retry-After", "Allow"}:
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        db.session.rollback()
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        log.error("unhandled", path=without_secret(request.path), exc_info=error)
        return page(InternalServerError.code)
