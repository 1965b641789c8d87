"""Współpis: a town hall and its NGOs write the yearly cooperation programme together."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask, session
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import ROOT, settings
from app.platform import access, assets, caching, db, errors, language, links, security
from app.platform.clock import now

#: Packages with routes, from the top of the house to its foundations.
WITH_ROUTES = (
    "home",
    "privacy",
    "consultations",
    "accounts",
    "reading",
    "remarks",
    "moderation",
    "documents",
    "drafting",
    "reports",
    "events",
    "door",
    "festival",
    "minutes",
    "demo",
)

#: Packages with tables.
WITH_TABLES = (
    "platform.mail",
    "accounts.models",
    "journal.models",
    "consultations.models",
    "documents.models",
    "events.models",
    "events.models_signups",
    "events.models_calendars",
    "door.models",
    "festival.models",
    "remarks.models",
    "minutes.models",
    "drafting.models",
    "reports.models",
)

#: Packages whose ``can_…`` predicates templates may ask through ``can("…", thing)``.
WITH_PERMISSIONS = (
    "accounts",
    "consultations",
    "documents",
    "events",
    "door",
    "festival",
    "remarks",
    "minutes",
    "drafting",
    "reports",
    "moderation",
)

#: Rooms with work that falls due by time: the worker calls their ``see_to`` once a minute.
WITH_CHORES = ("events.chores", "festival.chores", "reports.files")

migrate = Migrate()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, wired together; ``overrides`` replace settings, for tests."""
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(settings())
    app.config.update(overrides or {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]

    for module in WITH_TABLES:
        import_module(f"app.{module}")
    db.init_app(app)
    migrate.init_app(app, db.db, directory=str(ROOT / "migrations"))
    security.init_app(app)
    language.init_app(app)
    caching.init_app(app)
    assets.init_app(app)  # answers pass through it before they are compressed
    errors.init_app(app)
    _sign_in(app)
    access.init_app(app)
    _permissions(app)
    for package in WITH_ROUTES:
        app.register_blueprint(import_module(f"app.{package}.routes").blueprint)
    app.extensions["chores"] = [import_module(f"app.{room}").see_to for room in WITH_CHORES]
    app.extensions["turned_clock"] = import_module("app.demo.clock").turned_offset
    import_module("app.cli").init_app(app)
    access.refuse_silent_views(app)
    return app


def _sign_in(app: Flask) -> None:
    from app.accounts.models import Visitor
    from app.accounts.queries import person_of_session

    manager = LoginManager()
    manager.anonymous_user = Visitor
    manager.user_loader(person_of_session)
    manager.init_app(app)


def _permissions(app: Flask) -> None:
    predicates = {}
    for package in WITH_PERMISSIONS:
        module = import_module(f"app.{package}.permissions")
        predicates.update({k[4:]: v for k, v in vars(module).items() if k.startswith("can_")})

    def can(verb: str, thing: Any = None) -> bool:
        return bool(predicates[verb](current_user, thing, now()))

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {
            "can": can,
            "locale": language.locale_name(),
            "site": {
                "name": app.config["SITE_NAME"],
                "url": app.config["SITE_URL"],
                "demo": app.config["DEMO"],
            },
            "absolute": links.absolute,
            "flashes": _flashes(),
            "now": now(),
        }


def _flashes() -> list[tuple[str, str]]:
    """Messages for the reader; looking for them must not give a visitor a cookie."""
    from flask import get_flashed_messages, request

    if app_session_cookie() not in request.cookies or "_flashes" not in session:
        return []
    return list(get_flashed_messages(with_categories=True))  # type: ignore[arg-type]


def app_session_cookie() -> str:
    """The name of the session cookie."""
    from flask import current_app

    return str(current_app.config["SESSION_COOKIE_NAME"])
