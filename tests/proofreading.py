"""A test client that proof-reads every page it is given."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class ProofreadingClient(FlaskClient):
    """Fails the test when a page breaks a rule that every page of the house keeps."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 304}:
            text = response.get_data(as_text=True)
            if text:
                csrf = bool(self.application.config.get("WTF_CSRF_ENABLED"))
                mistakes = proofread(text, csrf=csrf)
                assert not mistakes, f"{response.request.path}: " + "; ".join(mistakes)
        return response

    def sign_in(self, user: Any) -> None:
        """Become somebody, as the session remembers it after the sign-in form."""
        with self.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True


def proofread(text: str, *, csrf: bool = False) -> list[str]:
    """The mistakes of a page, or of a fragment of one (which has no ``<html>``)."""
    whole = "<html" in text[:500]
    tree = html.document_fromstring(text) if whole else html.fragment_fromstring(text, "div")
    mistakes = _page_mistakes(tree) if whole else []
    ids = Counter(tree.xpath("//@id"))
    mistakes += [f"id {name!r} stands {n} times" for name, n in ids.items() if n > 1]
    mistakes += _field_mistakes(tree, set(ids))
    for form in tree.xpath(".//form[translate(@method,'POST','post')='post']"):
        if csrf and not form.xpath(".//input[@name='csrf_token']"):
            mistakes.append(f"the form to {form.get('action')!r} has no CSRF field")
    if tree.xpath(".//*[@style]") or tree.xpath(".//style"):
        mistakes.append("a style stands in the page, which the CSP forbids")
    if tree.xpath(".//script[not(@src)]") or tree.xpath(".//@*[starts-with(name(),'on')]"):
        mistakes.append("a script stands in the page, which the CSP forbids")
    for image in tree.xpath(".//img[not(@alt)]"):
        mistakes.append(f"the image {image.get('src')!r} has no alternative text")
    if "{{" in text or "{%" in text:
        mistakes.append("a template's sign was left in the page")
    return mistakes


def _page_mistakes(tree: Any) -> list[str]:
    mistakes = []
    if len(tree.xpath("//h1")) != 1:
        mistakes.append(f"{len(tree.xpath('//h1'))} h1 instead of one")
    if not "".join(tree.xpath("//title/text()")).strip():
        mistakes.append("no title")
    if not tree.xpath("/html/@lang"):
        mistakes.append("no language")
    if "<" in "".join(tree.xpath("//meta/@content | //title/text()")):
        mistakes.append("a tag stands in the title or in what the page says of itself")
    if len(tree.xpath("//main")) != 1:
        mistakes.append("not exactly one main")
    return mistakes


def _field_mistakes(tree: Any, ids: set[str]) -> list[str]:
    mistakes = []
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.xpath(".//input | .//select | .//textarea"):
        if field.tag == "input" and field.get("type", "text") in UNLABELLED:
            continue
        named = field.get("id") in labelled or field.get("aria-label")
        named = named or field.get("aria-labelledby") or field.xpath("ancestor::label")
        if not named:
            mistakes.append(f"the field {field.get('name')!r} has no label")
        for name in (field.get("aria-describedby") or "").split():
            if name not in ids:
                mistakes.append(f"the field {field.get('name')!r} is described by no {name!r}")
    for target in tree.xpath("//label/@for"):
        if target not in ids:
            mistakes.append(f"a label is for {target!r}, which is not there")
    return mistakes
