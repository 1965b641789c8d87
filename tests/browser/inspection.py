"""What is looked at on each page a person sees: axe, the console, and whether it fits a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}

HTML = "text/html; charset=utf-8"

#: What a form answers that was not filled in well, also when a script has sent it.
INVALID = 422

AXE = Axe().axe_script

#: All of WCAG 2.2 AA and what axe counts as good practice; in the dark, what colours can break.
RULES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["cat.color"]},
}

FIND_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolled = (node) => {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter(
    (node) => node.getBoundingClientRect().right > width + 0.5 && !scrolled(node));
  const name = (node) => node.tagName.toLowerCase()
    + [...node.classList].map((each) => '.' + each).join('');
  return [`${document.documentElement.scrollWidth}px`, ...wide.slice(0, 4).map(name)];
}"""


@dataclass
class Inspector:
    """Listens to one page and inspects what it shows; keeps the names of what it has seen."""

    page: Page
    mirror: Page | None = None  # for a page without scripts: where a copy of it is looked at
    seen: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)
        self.page.on("requestfailed", self._on_lost)
        self.page.on("response", self._on_response)

    def look(self, name: str) -> None:
        """Fail with everything that is wrong with the page as it stands now."""
        self.seen.append(name)
        self.page.wait_for_load_state("load")
        page = self._copied(self.mirror) if self.mirror else self.page
        wrong = self._taken() + overflow(page)
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong += [f"{scheme}: {text}" for text in violations(page, rules)]
        page.emulate_media(color_scheme="light")
        wrong += self._taken()
        assert not wrong, f"{name} ({page.url}):\n- " + "\n- ".join(wrong)

    def words(self, selector: str = "main") -> str:
        """What can be read in a part of the page, with all kinds of spaces alike."""
        return " ".join(self.page.inner_text(selector).split())

    def quiet(self) -> None:
        """Fail if the console, or a request, has complained since the last look."""
        wrong = self._taken()
        assert not wrong, f"{self.page.url}:\n- " + "\n- ".join(wrong)

    def _copied(self, mirror: Page) -> Page:
        """The same document where axe, itself a script, may run; the page's scripts may not."""
        text = self.page.content()
        mirror.unroute_all()
        mirror.route(self.page.url, lambda route: route.fulfill(body=text, content_type=HTML))
        mirror.route("**/*.mjs", lambda route: route.abort())
        mirror.goto(self.page.url)
        return mirror

    def _taken(self) -> list[str]:
        taken, self.complaints[:] = list(self.complaints), []
        return taken

    def _on_console(self, message: ConsoleMessage) -> None:
        # A page that answers 422 on purpose is reported by Chromium as a failed resource; what
        # a page asks for is judged by its responses below.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _on_error(self, error: Error) -> None:
        self.complaints.append(f"script: {error.message}")

    def _on_lost(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"lost: {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(
                f"{response.status} from {response.request.method} {response.url}"
            )
        elif response.status >= 400 and response.status != INVALID and not navigates(response):
            self.complaints.append(f"{response.status} for {response.url}")


def navigates(response: Response) -> bool:
    """Whether this is the page itself and not something that the page has asked for."""
    return response.request.is_navigation_request()


def overflow(page: Page) -> list[str]:
    """What sticks out to the right on a phone."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide: list[str] = page.evaluate(FIND_OVERFLOW)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return [f"at 375 px the page is wider than the screen: {', '.join(wide)}"] if wide else []


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe holds against a page, a line for each rule with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    return [_line(each) for each in found]


def _line(violation: dict[str, Any]) -> str:
    places = "; ".join(_place(node) for node in violation["nodes"][:3])
    more = len(violation["nodes"]) - 3
    rest = f" and {more} more" if more > 0 else ""
    return f"axe {violation['id']}: {violation['help']}: {places}{rest}"


def _place(node: dict[str, Any]) -> str:
    target = " ".join(_flat(node["target"]))
    checks = [*node["any"], *node["all"], *node["none"]]
    said = checks[0]["message"] if checks else ""
    return f"{target} {node['html'][:160]} ({said})"


def _flat(target: Iterable[Any]) -> list[str]:
    return [part if isinstance(part, str) else " ".join(_flat(part)) for part in target]
