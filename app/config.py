"""Settings, read from the environment once; production refuses to start without good secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

WEAK = {"", "dev", "secret", "changeme", "change-me", "password", "tajne"}


class BadSetting(RuntimeError):
    """A setting is missing or unsafe; the message names the variable and says what to put there."""


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The configuration of the application from environment variables.

    ``WSPOLPIS_ENV=production`` makes ``SECRET_KEY`` (at least 32 characters), ``DATABASE_URL``,
    ``SMTP_URL``, ``MAIL_FROM`` and ``SITE_URL`` obligatory; otherwise this is the demo town on
    SQLite in ``instance/``. Raises ``BadSetting``.
    """
    production = _is_production(environ.get("WSPOLPIS_ENV", ""))
    instance = Path(environ.get("INSTANCE_PATH") or ROOT / "instance").resolve()
    demo = not production and environ.get("DEMO", "1") != "0"
    if production:
        _check_production(environ)
    return {
        "PRODUCTION": production,
        "DEMO": demo,
        "DEMO_CLOCK_OFFSET": float(environ.get("DEMO_CLOCK_OFFSET") or 0),
        "SECRET_KEY": environ.get("SECRET_KEY") or _local_secret(instance),
        "INSTANCE_PATH": str(instance),
        "TRANSLATIONS": ROOT / "app" / "translations",
        "SIGN_IN_ENDPOINT": "accounts.sign_in",
        "LOG_REQUESTS": environ.get("LOG_REQUESTS", "1") != "0",
        **_services(environ, instance),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": bool(environ.get("DATABASE_URL")),
            "hide_parameters": production,  # else an error in a log tells names and addresses
        },
        **_limits(),
        **_cookies(secure=production),
    }


def _services(environ: Mapping[str, str], instance: Path) -> dict[str, Any]:
    """Where the database, Redis, the mail server and the public are."""
    site_url = environ.get("SITE_URL", f"http://127.0.0.1:{environ.get('PORT', '8000')}")
    redis = environ.get("REDIS_URL", "")
    return {
        "SQLALCHEMY_DATABASE_URI": _database(environ.get("DATABASE_URL", ""), instance),
        "REDIS_URL": redis,
        "RATELIMIT_STORAGE_URI": redis or "memory://",
        "RATELIMIT_ENABLED": environ.get("RATELIMIT", "1") != "0",
        "RATELIMIT_HEADERS_ENABLED": True,
        "SMTP_URL": environ.get("SMTP_URL", ""),
        "MAIL_FROM": environ.get("MAIL_FROM", "wspolpis@miechow.example"),
        "SITE_URL": site_url.rstrip("/"),
        "SITE_NAME": environ.get("SITE_NAME", "Gmina Miechów"),
        "TRUSTED_PROXIES": int(environ.get("TRUSTED_PROXIES", "0")),
    }


def _limits() -> dict[str, Any]:
    """How much may be sent: a draft of 10 MB with its form, an outline of thousands of fields."""
    return {
        "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
    }


def _cookies(*, secure: bool) -> dict[str, Any]:
    """Cookies that scripts cannot read and other sites cannot send along."""
    return {
        "SESSION_COOKIE_NAME": "wspolpis",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": secure,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
    }


def _is_production(named: str) -> bool:
    """A misspelt name must not open the demo town to the world: everybody knows its passwords."""
    if named not in {"", "production"}:
        raise BadSetting(
            f"WSPOLPIS_ENV is {named!r}: set it to production, or leave it out for the demo town"
        )
    return bool(named)


def _check_production(environ: Mapping[str, str]) -> None:
    secret = environ.get("SECRET_KEY", "")
    if secret.lower() in WEAK or len(secret) < 32 or len(set(secret)) < 10:
        raise BadSetting(
            "SECRET_KEY is missing or weak: set it to at least 32 random characters, for example "
            'the output of: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    wanted = {
        "DATABASE_URL": "the address of the database, postgresql://user:password@host/name",
        "SMTP_URL": "the address of the mail server, smtp://user:password@host:587",
        "MAIL_FROM": "the address that mail comes from",
        "SITE_URL": "the public address of the site, https://…",
    }
    for name, meaning in wanted.items():
        if not environ.get(name):
            raise BadSetting(f"{name} is missing: set it to {meaning}")
    if not environ["SITE_URL"].startswith("https://"):
        raise BadSetting("SITE_URL must begin with https://: over http nobody could sign in")


def _database(url: str, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'wspolpis.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _local_secret(instance: Path) -> str:
    """A secret of this machine's own, kept so that people stay signed in after a restart."""
    import secrets

    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")
