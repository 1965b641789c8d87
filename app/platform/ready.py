"""A worker made ready before anybody asks it: what the first request would have to do is done.

Templates are compiled (compiled ones are kept in ``INSTANCE_PATH``, so once for each change of
them), catalogues are read, and the hundreds of thousands of objects that live as long as the worker
are taken out of the sight of the garbage collector: to look at all of them takes a tenth of a
second, and it came upon one request in twenty.
"""

from __future__ import annotations

import gc
import os
from hashlib import sha256
from pathlib import Path

import jinja2
import structlog
from flask import Flask
from flask_babel import force_locale, gettext

from app.config import ROOT
from app.platform.assets import build
from app.platform.language import LANGUAGES

log = structlog.get_logger()

#: How many more objects are made than thrown away before the collector looks at the newest; a
#: large page makes tens of thousands and lets go of nearly all of them by itself.
YOUNG = 20_000


def make_ready(app: Flask) -> None:
    """Do all that does not depend on who will ask; once in each worker, at its start."""
    _keep_compiled(app)
    _compile(app)
    build(str(ROOT))
    with app.test_request_context():
        for language in LANGUAGES:
            with force_locale(language):
                gettext("Consultations")
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def _compile(app: Flask) -> None:
    """Compile every template; what an editor or a file manager left among them is none.

    Where compiled ones cannot be kept after all (a full disk) they are compiled for this worker
    alone: a site starts more slowly rather than not.
    """
    env = app.jinja_env
    for name in env.list_templates(extensions=["html"]):
        try:
            env.get_template(name)
        except OSError as error:
            if env.bytecode_cache is None:
                raise
            log.warning("templates_not_kept", template=name, error=str(error))
            env.bytecode_cache = None
            env.get_template(name)


def _keep_compiled(app: Flask) -> None:
    """Keep compiled templates on disk, where there is a folder to write to."""
    folder = Path(app.config["INSTANCE_PATH"]) / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        # the source is in the name already; how it is read is not
        env = app.jinja_env
        reading = (jinja2.__version__, sorted(env.extensions), env.trim_blocks, env.lstrip_blocks)
        name = sha256(repr(reading).encode()).hexdigest()[:12]
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder), f"{name}-%s.cache")
