"""Pages for visitors, kept as bytes until something a reader sees has changed.

A page for somebody without a session depends on nothing but its address, the language and the
*version* of what it shows. A view wrapped in ``kept_for_visitors`` is rendered once for each
version in each worker; a browser that has the same version gets ``304``. People who are signed
in, or in the middle of a form, always get a page of their own.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.config import ROOT
from app.platform.assets import build
from app.platform.clock import today
from app.platform.db import Base
from app.platform.language import locale_name

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

#: Bytes of kept pages in one worker; the page least recently asked for goes first.
CAPACITY = 32 * 1024 * 1024

#: Tops and bottoms of pages in one worker, each of a few kilobytes.
FRAMES = 1000

SMALLEST = 1024  # bytes; below this, compressing costs more than it saves

#: How hard a page is compressed: a reader waits for it, and more takes thrice as long for a tenth.
LEVEL = 3

_COMPRESSED_TYPES = ("text/", "application/javascript", "image/svg+xml", "application/json")


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered page and its compressed twin."""

    body: bytes
    zipped: bytes
    mimetype: str


class Shelf:
    """The kept pages of one worker, bounded in bytes."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0
        self._capacity = capacity
        self._parts: defaultdict[str, OrderedDict[Hashable, Any]] = defaultdict(OrderedDict)
        self._lock = Lock()

    def get(self, tag: str) -> Kept | None:
        """The page under a tag, which thereby becomes the one most recently asked for."""
        with self._lock:
            page = self._pages.get(tag)
            if page is not None:
                self._pages.move_to_end(tag)
            return page

    def put(self, tag: str, page: Kept) -> None:
        """Keep a page; others go when there is no room."""
        with self._lock:
            self._drop(tag)
            self._pages[tag] = page
            self._size += len(page.body) + len(page.zipped)
            while self._size > self._capacity and self._pages:
                self._drop(next(iter(self._pages)))

    def _drop(self, tag: str) -> None:
        page = self._pages.pop(tag, None)
        if page is not None:
            self._size -= len(page.body) + len(page.zipped)

    def part(self, kind: str, key: Hashable, make: Callable[[], Any], room: int) -> Any:
        """A part of pages, made if it is not there; the ``room`` newest of a kind are kept."""
        parts = self._parts[kind]
        with self._lock:
            if key in parts:
                parts.move_to_end(key)
                return parts[key]
        made = make()
        with self._lock:
            parts[key] = made
            while len(parts) > room:
                parts.popitem(last=False)
        return made

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._pages.clear()
            self._parts.clear()
            self._size = 0


def kept_for_visitors(version: Callable[..., Hashable | None]) -> Callable[[View], View]:
    """Keep what a view answers to visitors for as long as ``version(**view_args)`` stays the same.

    ``version`` looks at the database as cheaply as it can; ``None`` means: do not keep.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(**arguments: object) -> ResponseReturnValue:
            if _has_session():
                return view(**arguments)
            known = version(**arguments)
            if known is None:
                return view(**arguments)
            tag = _tag(known)
            if request.if_none_match.contains_weak(tag):
                return _with_headers(Response(status=304), tag)
            shelf: Shelf = current_app.extensions["kept_pages"]
            page = shelf.get(tag)
            if page is None:
                response = make_response(view(**arguments))
                if response.status_code != 200 or "Set-Cookie" in response.headers:
                    return response
                body = response.get_data()
                page = Kept(body, gzip.compress(body, LEVEL, mtime=0), response.content_type)
                shelf.put(tag, page)
            return _with_headers(_send(page), tag)

        return answer  # type: ignore[return-value]

    return wrap


def kept_part(kind: str, key: Hashable, make: Callable[[], T], *, room: int) -> T:
    """What ``make`` gave for this key in this worker: for parts that never change once made."""
    shelf: Shelf = current_app.extensions["kept_pages"]
    part: T = shelf.part(kind, key, make, room)
    return part


def all_of(row: Base | None) -> Any:
    """All that a row says, for a key: nobody has to remember which part of it is shown."""
    if row is None:
        return None
    loaded, asked = _readers(type(row))
    try:
        return loaded(vars(row))
    except KeyError:  # something in it is out of date, and has to be looked up
        return asked(row)


@functools.cache
def _readers(table: type[Base]) -> tuple[Any, Any]:
    names = table.__table__.columns.keys()
    return itemgetter(*names), attrgetter(*names)


def frame(template: str, **shown: str) -> Markup:
    """The top or the bottom of a page for a visitor: alike wherever the same is ``shown`` in it."""

    def make() -> str:
        return render_template(template, **shown)

    key = template, locale_name(), request.script_root, *shown.items()
    return Markup(kept_part("frame", key, make, room=FRAMES))  # noqa: S704 - a template escapes


def _has_session() -> bool:
    cookies = request.cookies
    return current_app.config["SESSION_COOKIE_NAME"] in cookies or "remember_token" in cookies


def _tag(version: Hashable) -> str:
    parts = (build(str(ROOT)), locale_name(), today(), request.full_path, version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def zipped(response: Response) -> Response:
    """An answer, compressed for whoever takes it so.

    Only for pages in which nothing stands that a stranger could choose: beside it, the length of
    what is compressed would tell of the secrets in the page (BREACH).
    """
    body = response.get_data()
    if request.accept_encodings.quality("gzip") > 0 and len(body) > SMALLEST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def _send(page: Kept) -> Response:
    if request.accept_encodings.quality("gzip") > 0 and len(page.body) > SMALLEST:
        response = Response(page.zipped, content_type=page.mimetype)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(page.body, content_type=page.mimetype)
    return response


def _with_headers(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def init_app(app: Flask) -> None:
    """Give the worker its shelf, and compress static files once each."""
    app.extensions["kept_pages"] = Shelf()
    app.jinja_env.globals["frame"] = frame
    zipped: dict[str, bytes] = {}

    @app.after_request
    def compress_static(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        if request.accept_encodings.quality("gzip") == 0 or not _worth(response):
            return response
        etag = response.get_etag()[0] or request.full_path
        if etag not in zipped:
            response.direct_passthrough = False
            zipped[etag] = gzip.compress(response.get_data(), 9, mtime=0)
        response.direct_passthrough = False
        response.close()  # the file that its compressed twin takes the place of
        response.set_data(zipped[etag])
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        return response


def _worth(response: Response) -> bool:
    return (response.mimetype or "").startswith(_COMPRESSED_TYPES)
