"""Known ways of smuggling code into a page, each shown by a real Chromium that would obey it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from app.legaltext.diff import compare, to_html
from app.legaltext.sanitize import clean, paragraphs
from tests.legaltext.test_sanitize import VECTORS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESS = "http://town.test/"
#: What a successful attack does, whatever it was written to do: every door out is watched.
WATCH = """
window.caught = [];
for (const name of ["alert", "confirm", "prompt", "open", "fetch", "msgbox"])
  window[name] = () => window.caught.push(name);
"""

WAYS: dict[str, Callable[[str], str]] = {
    "cleaned": clean,
    "cleaned inside a sentence": lambda vector: clean(f"<p>przed {vector} po</p>"),
    "typed": paragraphs,
    "inserted": lambda vector: to_html(compare("przed po", f"przed {vector} po")),
    "deleted": lambda vector: to_html(compare(f"przed {vector} po", "przed po")),
    "changed": lambda vector: to_html(compare(vector, vector.replace("1", "2") + " i więcej")),
}


class Watched:
    """A page without any policy of its own, and all that happened on it beside being shown."""

    def __init__(self, page: Page) -> None:
        self.page, self.html, self.events = page, "", list[str]()
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (self.events.append(dialog.type), dialog.dismiss()))
        page.on("popup", lambda popup: self.events.append(f"popup {popup.url}"))
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.url == ADDRESS and route.request.is_navigation_request():
            route.fulfill(content_type="text/html; charset=utf-8", body=self.html)
        else:
            if not route.request.url.endswith("/favicon.ico"):
                self.events.append(route.request.url)
            route.abort()

    def show(self, html: str) -> list[str]:
        """Open the HTML, touch and click all that could be touched; what happened meanwhile."""
        self.html, self.events[:] = f"<!doctype html><title>x</title><main>{html}</main>", []
        self.page.goto(ADDRESS)
        self.page.evaluate(
            """() => document.querySelectorAll("main *").forEach((element) => {
                 for (const kind of ["mouseover", "focus", "toggle", "error", "load"])
                   element.dispatchEvent(new Event(kind));
                 if (!/^https?:/.test(element.href || "")) element.click?.();
               })"""
        )
        self.page.wait_for_timeout(10)
        return [*self.events, *self.page.evaluate("window.caught || ['the page is gone']")]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context()
    yield Watched(context.new_page())
    context.close()


def test_the_watch_sees_an_attack(watched: Watched) -> None:
    """Without cleaning these do run, so what the other tests do not see did not happen."""
    assert watched.show("<img src=x onerror=alert(1)>")
    assert "alert" in watched.show("<a href='javascript:alert(1)'>x</a>")
    assert "alert" in watched.show("<details open ontoggle=alert(1)>x</details>")
    assert watched.show("<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>")


def test_no_vector_does_anything(watched: Watched) -> None:
    for vector in VECTORS:
        shown = "".join(f"<section>{way(vector)}</section>" for way in WAYS.values())
        assert watched.show(shown) == [], vector
        # each way stands in its own section: none has swallowed the next or broken out
        assert watched.page.locator("main > section").count() == len(WAYS), vector
        assert watched.page.locator("body > :not(main)").count() == 0, vector
