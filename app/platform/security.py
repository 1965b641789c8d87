"""Headers that every answer carries, the request's id, and structured logs."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time

import structlog
from flask import Flask, Request, Response, abort, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from app.platform.db import SAFE_METHODS
from app.platform.links import Number, without_secret

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window")
log = structlog.get_logger()

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: The fields of our forms that take a file; any other field would choke on one.
FILE_FIELDS = {"file"}

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions; who brings no cookie gets an empty one, and the keys are put in once."""

    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads cookies."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(app: Flask) -> None:
    """Put the guards in place and log each request as one line with its id."""
    app.url_map.converters["int"] = Number
    app.session_interface = Sessions()
    _configure_logs(app)

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.started = time.perf_counter()
        if request.mimetype == "application/x-www-form-urlencoded":
            # read in one piece, so the limit for fields of other forms does not reach it
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]
        if _has_null() or _has_odd_file():
            abort(400)

    @app.after_request
    def finish(response: Response) -> Response:
        _add_guards(response)
        if app.config["PRODUCTION"]:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if session.accessed and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        if app.config["LOG_REQUESTS"]:
            log.info(
                "request",
                id=g.get("request_id"),
                method=request.method,
                path=without_secret(request.path),
                status=response.status_code,
                ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            )
        return response

    # After begin(), so that pages of refusal have a request id too.
    csrf.init_app(app)
    limiter.init_app(app)


def new_submission_key() -> str:
    """A number for one filled-in form, so that a double click makes one thing and not two."""
    return secrets.token_urlsafe(24)


def _add_guards(response: Response) -> None:
    present = {name.lower() for name, _value in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in present:
            response.headers.add(name, value)


def _has_null() -> bool:
    """Whether the address or the form holds the one sign that no database can store in a text."""
    if "\x00" in request.path or b"%00" in request.query_string:
        return True
    if request.method in SAFE_METHODS:
        return False
    return any("\x00" in text for texts in request.form.listvalues() for text in texts)


def _has_odd_file() -> bool:
    """Whether a file came in a field that takes none."""
    return request.method not in SAFE_METHODS and not FILE_FIELDS.issuperset(request.files)


def _configure_logs(app: Flask) -> None:
    read_by_people = sys.stderr.isatty() and not app.config["PRODUCTION"]
    renderer = (
        structlog.dev.ConsoleRenderer() if read_by_people else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
