"""Every page of the house is opened in a real browser by somebody who may open it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from app.consultations.phases import Phase
from app.platform.db import transaction
from tests.browser.conftest import PATIENCE
from tests.browser.inspection import DESKTOP, Inspector
from tests.browser.live_town import LiveTown
from tests.house.access_table import OPENS, PEOPLE, VIEWS, VISITOR
from tests.house.test_access_table import address, may_pass, views
from tests.house.town_in_phases import Place, place
from tests.town import session_cookie

pytestmark = pytest.mark.browser

#: What is no page: files, a part of a page, a health report, and an address that only leads back;
#: and the thanks for an event, which nobody is shown before it has begun.
NO_PAGES = {
    "door.attendance_list",
    "door.badges",
    "door.participants_file",
    "door.people",
    "door.worker",
    "door.year_file",
    "events.all_calendar",
    "events.download_material",
    "events.event_calendar",
    "events.own_calendar",
    "events.thank",
    "events.ticket_pdf",
    "festival.programme_pdf",
    "documents.original",
    "home.health",
    "minutes.protocol_file",
    "home.language",
    "reading.source_file",
    "reading.tracked",
    "reports.download",
}

SHARDS = 2


def everybody(live: LiveTown) -> tuple[Place, dict[str, str]]:
    """A consultation with one of everything, and the address of each page in it."""
    live.app.config["DEMO"] = True
    with live.app.app_context(), transaction():
        town = place(Phase.OPEN)
    with live.app.test_request_context():
        known = views(live.app)
        pages = sorted(name for name in VIEWS if "GET" in (known[name].methods or ()))
        return town, {n: address(known[n], town.values) for n in pages if n not in NO_PAGES}


def who_may(endpoint: str) -> str:
    """The first who is shown the page: a visitor wherever one is, else whose page it is."""
    row = VIEWS[endpoint]
    return next(
        who for who in PEOPLE if may_pass(row, who) and row.answer(who, Phase.OPEN) == OPENS
    )


def come_in(browser: Browser, live: LiveTown, session: str) -> BrowserContext:
    """A browser of somebody who has signed in before, if ``session`` names anybody."""
    context = browser.new_context(
        base_url=live.url,
        locale="pl-PL",
        viewport=DESKTOP,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    if session:
        name = live.app.config["SESSION_COOKIE_NAME"]
        context.add_cookies([{"name": name, "value": session, "url": live.url}])
    return context


@pytest.mark.parametrize(
    "shard",
    [pytest.param(n, marks=pytest.mark.xdist_group(f"views-{n}")) for n in range(SHARDS)],
)
def test_every_page_is_sound(live: LiveTown, browser: Browser, shard: int) -> None:
    """axe in light and dark, nothing in the console, and no page wider than a phone."""
    town, addresses = everybody(live)
    people: dict[str, Inspector] = {}
    wrong = []
    for endpoint, path in list(addresses.items())[shard::SHARDS]:
        who = who_may(endpoint)
        if who not in people:
            session = "" if who == VISITOR else session_cookie(live.app, town.people[who])
            people[who] = Inspector(come_in(browser, live, session).new_page())
        answer = people[who].page.goto(path)
        assert answer is not None
        if answer.status != OPENS:
            wrong.append(f"{endpoint} answers {answer.status} to {who}")
        try:
            people[who].look(endpoint)
        except AssertionError as error:
            wrong.append(str(error))
    for person in people.values():
        person.page.context.close()
    assert not wrong, "\n".join(wrong)


def test_the_pages_are_nearly_all_views(application: Flask) -> None:
    known = views(application)
    pages = {n for n in VIEWS if "GET" in (known[n].methods or ())} - NO_PAGES
    assert len(pages) > 40
    assert {who_may(name) for name in pages} >= {VISITOR, "author", "coordinator"}
