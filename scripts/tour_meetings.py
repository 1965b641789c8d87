"""The third part of ``make tour``: a meeting from its announcement to its minutes, and NGO Day.

The demo's people do everything in the browser. A film of a ticket stands for the camera at the
door; the town's own clock is turned on until the door opens.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.door.filmed import film

if TYPE_CHECKING:
    from scripts.tour import Photographer

PHONE = (375, 780)
LATE = "ewa.lisowska@otwarta-furtka.example"
CARER = "teresa.kurek@dobra-dlon.example"
MEETING = "/wydarzenia/spotkanie-podsumowujace-konsultacje"
FULL = "/wydarzenia/jak-czytac-program-i-pisac-uwagi"
PAST = "/wydarzenia/spotkanie-konsultacyjne-i-warsztat"
FESTIVAL = "/wydarzenia/swieto-organizacji-pozarzadowych-2016"


def tell(photographer: Photographer) -> None:
    """Signing up on a phone, the waiting list, the door, the minutes, NGO Day."""
    sign_up(photographer)
    wait(photographer)
    reader = photographer.page()
    for address, name in (
        ("/wydarzenia?widok=miesiac", "month"),
        (f"{PAST}/protokol", "minutes"),
        (f"{FESTIVAL}/program", "festival"),
    ):
        reader.goto(address)
        photographer.keep(reader, name)
    clerk = photographer.page(role="coordinator")
    clerk.goto(f"/biurko{FESTIVAL}/swieto/plan")
    photographer.keep(clerk, "square")
    at_the_door(photographer)


def sign_up(photographer: Photographer) -> None:
    """Two people of one organisation get their places, on a phone."""
    page = photographer.page(PHONE, email=CARER)
    page.goto(MEETING)
    photographer.keep(page, "meeting")
    page.click("main a.button[href$='/zapisy']")
    page.check("[name=behalf] >> nth=1")
    page.fill("[name=names]", "Teresa Kurek\nZofia Halik")
    page.locator("[name=behalf]").first.evaluate(
        "node => node.closest('fieldset').scrollIntoView()"
    )
    photographer.keep(page, "sign-up")
    page.click("main button[type=submit]")
    page.wait_for_url("**/zapisy/*")
    photographer.keep(page, "place")
    page.click("main a[href*='/bilet']")
    photographer.keep(page, "ticket")


def wait(photographer: Photographer) -> None:
    """The room is full: the number on the waiting list, and why."""
    page = photographer.page(PHONE, email=LATE)
    page.goto(f"{FULL}/zapisy")
    for question in ("question_1", "question_2"):
        page.locator(f"[name={question}]").first.check()
    page.click("main form:has([name=names]) button[type=submit]")
    page.wait_for_url("**/zapisy/*")
    photographer.keep(page, "waiting")


def at_the_door(photographer: Photographer) -> None:
    """The clock is turned until the door opens; then a ticket is held before the camera."""
    host = photographer.page(role="facilitator")
    door = f"/biurko{FULL}/wejscie"
    host.goto(door)
    while not host.locator("[data-module=door]").count():
        host.goto("/demo/zegar")
        host.click("form:has([value=day]) button")
        host.goto(door)
    code = str(host.locator("[data-code]").nth(2).get_attribute("data-code"))
    with tempfile.TemporaryDirectory() as folder:
        filming = photographer.filming(film(Path(folder, "ticket.y4m"), [code]))
        page = filming.page(PHONE, role="facilitator")
        page.goto(door)
        page.click("[data-door-scan] button")
        page.locator(f"[data-code='{code}'][data-present=yes]").wait_for()
        page.locator("[data-door-net]").evaluate("node => node.scrollIntoView()")
        photographer.keep(page, "door", restless=True)
        filming.browser.close()
