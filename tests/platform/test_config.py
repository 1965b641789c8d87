"""Settings: the demo needs none, production refuses to start without good ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.config import BadSetting, settings

GOOD = {
    "WSPOLPIS_ENV": "production",
    "SECRET_KEY": "q8Zk2vX1m9Lw4Rt7Yb0Nc5Hd3Jf6Gs_a-P",
    "DATABASE_URL": "postgresql://wspolpis:x@db/wspolpis",
    "SMTP_URL": "smtp://user:pass@mail:587",
    "MAIL_FROM": "wspolpis@miechow.example",
    "SITE_URL": "https://wspolpis.miechow.example/",
}


def test_production_with_good_settings() -> None:
    found = settings(GOOD)
    assert found["PRODUCTION"] is True
    assert found["DEMO"] is False
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["REMEMBER_COOKIE_SECURE"] is True
    assert found["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://wspolpis:x@db/wspolpis"
    assert found["SITE_URL"] == "https://wspolpis.miechow.example"


@pytest.mark.parametrize("name", [name for name in GOOD if name != "WSPOLPIS_ENV"])
@pytest.mark.parametrize("missing", ["", None])
def test_production_names_what_is_missing(name: str, missing: str | None) -> None:
    environ = {**GOOD, name: missing or ""}
    if missing is None:
        del environ[name]
    with pytest.raises(BadSetting, match=name):
        settings(environ)


@pytest.mark.parametrize(
    "secret", ["dev", "changeme", "tajne", "a" * 64, "abc" * 20, "krótki-ale-losowy-1"]
)
def test_production_refuses_a_weak_secret(secret: str) -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        settings({**GOOD, "SECRET_KEY": secret})


def test_production_cannot_be_a_demo() -> None:
    assert settings({**GOOD, "DEMO": "1"})["DEMO"] is False


def test_production_refuses_an_address_without_https() -> None:
    with pytest.raises(BadSetting, match="SITE_URL"):
        settings({**GOOD, "SITE_URL": "http://wspolpis.miechow.example"})


@pytest.mark.parametrize("misspelt", ["prod", "Production", "produkcja", " "])
def test_a_misspelt_production_is_no_demo(misspelt: str) -> None:
    with pytest.raises(BadSetting, match="WSPOLPIS_ENV"):
        settings({**GOOD, "WSPOLPIS_ENV": misspelt})


def test_an_error_of_the_database_tells_the_logs_nothing_about_people() -> None:
    engine = sa.create_engine("sqlite://", **settings(GOOD)["SQLALCHEMY_ENGINE_OPTIONS"])
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError) as error:
        connection.execute(sa.text("SELECT :who FROM nowhere"), {"who": "ewa@ngo.example"})
    engine.dispose()
    assert "ewa@" not in str(error.value)


def test_the_demo_needs_nothing_and_keeps_its_secret(tmp_path: Path) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path / "instance")}
    first, second = settings(environ), settings(environ)
    assert first["DEMO"] is True
    assert first["SQLALCHEMY_DATABASE_URI"].startswith(f"sqlite:///{tmp_path}")
    assert len(first["SECRET_KEY"]) >= 32
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://h/n", "postgresql+psycopg://h/n"),
        ("postgresql://h/n", "postgresql+psycopg://h/n"),
        ("sqlite:////tmp/x.sqlite3", "sqlite:////tmp/x.sqlite3"),
    ],
)
def test_the_database_is_named_as_people_name_it(tmp_path: Path, url: str, expected: str) -> None:
    environ = {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path)}
    assert settings(environ)["SQLALCHEMY_DATABASE_URI"] == expected
