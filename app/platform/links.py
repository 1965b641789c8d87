"""Addresses: full ones for mails, and those to which a person may be sent back."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map, RequestRedirect

#: The largest number that fits into an id column of any database.
LARGEST = 2**31 - 1


#: What routes call the secret of a link, such as one in a mail.
SECRETS = frozenset({"key", "token"})


class Number(IntegerConverter):
    """A number in an address; one that no row can have is an address that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def number(text: str) -> int:
    """A number that a row can have, for ``args.get(…, type=number)``; otherwise ``ValueError``."""
    digits = len(str(LARGEST))
    if not (text.isascii() and text.isdecimal() and len(text) <= digits and int(text) <= LARGEST):
        raise ValueError("not a number that a row can have")
    return int(text)


def absolute(endpoint: str, **values: object) -> str:
    """The full public address of a page, from ``SITE_URL``."""
    site = str(current_app.config["SITE_URL"])
    adapter = current_app.url_map.bind(urlsplit(site).netloc)
    return site + adapter.build(endpoint, values)


def local_path(target: str | None) -> str | None:
    """The target if it is a path of this site that a GET can open, otherwise ``None``.

    Addresses of other sites are refused however they are disguised: ``//host``, ``/\\host``,
    ``https:host``, or with control characters that browsers leave out.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(letter) < 33 or ord(letter) == 127 for letter in target):
        return None
    adapter = current_app.url_map.bind("localhost")
    try:
        adapter.match(unquote(urlsplit(target).path), method="GET")
    except RequestRedirect:
        return target
    except (HTTPException, ValueError):
        return None
    return target


def without_secret(path: str) -> str:
    """A path of this site as a log may keep it: who reads a log shall not hold anybody's link."""
    known = current_app.extensions
    if "paths_before_secrets" not in known:
        rules = current_app.url_map.iter_rules()
        known["paths_before_secrets"] = tuple(
            {rule.rule.partition("<")[0] for rule in rules if rule.arguments & SECRETS}
        )
    before = next((start for start in known["paths_before_secrets"] if path.startswith(start)), "")
    if not before:
        return path
    secret, slash, rest = path.removeprefix(before).partition("/")
    return f"{before}{'…' if secret else ''}{slash}{rest}"
