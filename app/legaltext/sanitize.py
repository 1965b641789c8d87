"""The one allow-list: which HTML, written by a person, may be shown to others."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, MutableMapping
from functools import partial
from typing import Any

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from .tokens import visible

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong"}
    | {"sub", "sup", "ul", "caption", "table", "tbody", "td", "th", "thead", "tr"}
)
ATTRIBUTES = {"a": ["href"], "th": ["scope", "colspan", "rowspan"], "td": ["colspan", "rowspan"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
#: What every link of a person carries: no reward for spam, no handle on our window.
REL = "nofollow ugc noopener"

#: HTML longer than this, or with more tags, is shown as its source: parsing it could take minutes.
LONGEST = 200_000
MOST_TAGS = 5_000

# Their content is code and never words for a reader; bleach alone would leave it as text.
_CODE = re.compile(
    r"<(script|style|noscript|iframe|object|template|svg|math)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"„”»]{1,2000}", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'»…"
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")


def clean(text: str) -> str:
    """HTML with nothing but the allowed tags, attributes and protocols, safe to show as it is.

    Disallowed tags go and their words stay, except for code; comments go; every link gets
    ``rel``. Control characters and bidirectional overrides are removed. Cleaning twice changes
    nothing more. HTML beyond ``LONGEST`` or ``MOST_TAGS`` comes back escaped once, as its source.
    """
    text = visible(text)
    if len(text) > LONGEST or text.count("<") > MOST_TAGS:
        return html.escape(text)
    return _cleaner().clean(_CODE.sub("", text))


def paragraphs(text: str) -> str:
    """Plain typed text as safe HTML, every character shown as typed.

    A blank line parts two ``<p>``, a single line break is ``<br>``, and http(s) addresses become
    links that bring their author no reward. Markup in the text is shown, never obeyed.
    """
    blocks = _BLANK_LINES.split(visible(text).strip())
    return "\n".join(
        "<p>" + "<br>".join(_linked(line) for line in block.split("\n")) + "</p>"
        for block in blocks
        if block
    )


def _linked(line: str) -> str:
    return "".join(_link_or_text(line))


def _link_or_text(line: str) -> Iterator[str]:
    at = 0
    for match in _ADDRESS.finditer(line):
        address = _without_trail(match.group())
        yield html.escape(line[at : match.start()])
        escaped = html.escape(address)
        yield f'<a href="{escaped}" rel="{REL}">{escaped}</a>'
        at = match.start() + len(address)
    yield html.escape(line[at:])


def _without_trail(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while True:
        shorter = address.rstrip(_AFTER_ADDRESS)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def _cleaner() -> Cleaner:
    # Made anew each time: bleach's parser keeps state and is not safe between threads.
    return Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        filters=[partial(LinkifyFilter, callbacks=[_rel_only])],
    )


def _rel_only(
    attrs: MutableMapping[Any, str], new: bool = False
) -> MutableMapping[Any, str] | None:
    """Give a written link its ``rel``; make no links out of plain words."""
    if new:
        return None
    attrs[(None, "rel")] = REL
    return attrs
