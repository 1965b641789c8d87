"""A worker that is made ready at its start."""

from __future__ import annotations

import errno
import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader

from app import create_app
from app.platform.ready import YOUNG, make_ready
from tests.conftest import SETTINGS


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The collector sees again what it saw."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_templates_are_compiled_once_for_all_workers(tmp_path: Path) -> None:
    found = []
    for _worker in range(2):
        app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path)})
        make_ready(app)
        kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "templates").iterdir()}
        assert len(kept) == len(app.jinja_env.list_templates())
        found.append(kept)
    assert found[0] == found[1]


def test_a_template_read_otherwise_is_compiled_anew(tmp_path: Path) -> None:
    app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path)})
    make_ready(app)
    other = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path)})
    other.jinja_env.lstrip_blocks = not other.jinja_env.lstrip_blocks
    make_ready(other)
    assert len(list((tmp_path / "templates").iterdir())) == 2 * len(app.jinja_env.list_templates())


def test_without_a_folder_a_worker_starts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path / "file")})
    make_ready(app)
    assert app.jinja_env.bytecode_cache is None


def test_what_lives_as_long_as_the_worker_is_not_looked_at_again(tmp_path: Path) -> None:
    make_ready(create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path)}))
    assert gc.get_freeze_count() > 100_000
    assert len(gc.get_objects()) < 20_000
    assert gc.get_threshold()[0] == YOUNG


def test_what_an_editor_left_among_the_templates_is_no_template(tmp_path: Path) -> None:
    app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path / "instance")})
    (tmp_path / ".DS_Store").write_bytes(bytes(range(128, 256)))
    (tmp_path / ".page.html.swp").write_bytes(bytes(range(128, 256)))
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, FileSystemLoader(tmp_path)])
    make_ready(app)
    kept = list((tmp_path / "instance" / "templates").iterdir())
    assert len(kept) == len(app.jinja_env.list_templates(extensions=["html"]))


def test_a_full_disk_does_not_keep_the_site_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path)})
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    make_ready(app)
    assert app.jinja_env.bytecode_cache is None
    assert app.jinja_env.get_template("base.html")
