"""The second part of ``make tour``: three clashing amendments become one provision, in pictures.

Everything is done in the browser by the demo's people, as on a real day: three organisations ask
for three different periods, the coordinator accepts all three, meets the clash at the workbench,
writes one wording, and publishes it; readers then see who caused which words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from app.demo.town import town

if TYPE_CHECKING:
    from scripts.tour import Photographer

WORDS = "Termin składania ofert nie może być krótszy niż 21 dni"

#: What each organisation asks for, and why.
WISHES = (
    (
        "21 dni",
        "30 dni",
        "Ofertę podpisuje u nas trzyosobowy zarząd, a strażacy zbierają się raz w miesiącu.",
    ),
    (
        "21 dni",
        "14 dni",
        "Im krótszy termin, tym szybciej pieniądze; na ferie i tak zawsze przychodzą za późno.",
    ),
    (
        "21 dni",
        "28 dni, a w lipcu i sierpniu 35 dni,",
        "Latem nikogo nie ma, a konkursy na zadania jesienne ogłasza się właśnie wtedy.",
    ),
)

#: What the coordinator makes of it: words of the present text, and those in their place.
MERGED = (
    "21 dni od dnia ukazania się ostatniego ogłoszenia o konkursie.",
    "28 dni od dnia ukazania się ostatniego ogłoszenia o konkursie, a w lipcu i sierpniu – 35 dni.",
)

JUSTIFICATION = (
    "Termin będzie inny niż 21 dni: dłuższy, a latem jeszcze dłuższy. Trzy propozycje łączymy "
    "w jedno brzmienie."
)


def tell(photographer: Photographer, consultation: str, document: str) -> None:
    """The whole story, from the amendments to the published comparison."""
    page = photographer.page()
    page.goto(document)
    unit = page.locator(".provision--subsection", has_text=WORDS)
    target = str(unit.get_attribute("id")).removeprefix("p-")
    numbers = [
        propose(photographer, document, target, email, wish)
        for email, wish in zip(speakers(), WISHES, strict=False)
    ]
    clerk = photographer.page(role="coordinator")
    for number in numbers:
        accept(clerk, consultation, number)
    bench = f"/biurko{document}/robocza"
    merge(photographer, clerk, bench, target, numbers)
    publish(photographer, clerk, bench)
    read(photographer, consultation, document, target, numbers)


def speakers() -> list[str]:
    """The addresses of people who speak for an organisation."""
    people = town().people.values()
    return [p.email for p in people if p.role == "participant" and p.organisation]


def propose(
    photographer: Photographer, document: str, target: str, email: str, wish: tuple[str, str, str]
) -> int:
    """Send one amendment; the number that it gets."""
    page = photographer.page(email=email)
    old, new, why = wish
    page.goto(f"{document}/uwaga?przepis={target}&rodzaj=zmiana")
    field = page.locator("[name=proposed_text]")
    field.fill(field.input_value().replace(old, new))
    page.fill("[name=body]", why)
    press(page, "form.form[data-live-diff] button[type=submit]:not([name=preview])")
    found = re.search(r"\bnr (\d+)", page.locator("main h1").inner_text())
    assert found is not None
    return int(found[1])


def accept(clerk: Page, consultation: str, number: int) -> None:
    """Decide in favour, in part: none of the three gets all that it asked for."""
    clerk.goto(f"/biurko{consultation}/uwagi/{number}")
    clerk.check("[name=outcome][value=partially_accepted]")
    clerk.fill("[name=justification]", JUSTIFICATION)
    press(clerk, "main form.form button[type=submit]:not([name=stay])")


def merge(
    photographer: Photographer, clerk: Page, bench: str, target: str, numbers: list[int]
) -> None:
    """From the bench with everything open to one wording with three causes."""
    clerk.goto(bench)
    press(clerk, f"main form[action='{bench}'] button")
    photographer.keep(clerk, "bench")
    clerk.goto(f"{bench}/przepis/{target}")
    show(clerk, "#waiting")
    photographer.keep(clerk, "clash")
    field = clerk.locator("form[data-bench-write] [name=text]")
    field.fill(field.input_value().replace(*MERGED))
    for number in numbers:
        clerk.get_by_label(re.compile(rf"Nr {number}\b")).check()
    clerk.locator("[data-live-result] ins").first.wait_for()
    show(clerk, "form[data-bench-write] [data-live-proposed]")
    photographer.keep(clerk, "merge")
    press(clerk, "form[data-bench-write] button[type=submit]")


def publish(photographer: Photographer, clerk: Page, bench: str) -> None:
    """The dry run, what stands in the way, and the edition."""
    clerk.goto(f"{bench}/publikuj")
    photographer.keep(clerk, "obstacles")
    fitting = clerk.locator(f"form[action='{bench}/wprowadz'] button")
    clerk.goto(bench)
    if fitting.count():
        press(clerk, f"form[action='{bench}/wprowadz'] button")
    clerk.goto(f"{bench}/publikuj")
    while clerk.locator("main a[href*='#uwaga-']").count():
        explain(clerk, str(clerk.locator("main a[href*='#uwaga-']").first.get_attribute("href")))
        clerk.goto(f"{bench}/publikuj")
    photographer.keep(clerk, "dry-run")
    clerk.fill("[name=note]", "Po drugiej rundzie uwag.")
    press(clerk, "main form.form button[type=submit]")


def explain(clerk: Page, address: str) -> None:
    """Say of a remark that the text needs no change."""
    clerk.goto(address)
    remark = clerk.locator(f"#{address.partition('#')[2]}")
    remark.locator("summary", has_text="nie").last.click()
    remark.locator("[name=reason]").fill("Sprawa jest już uregulowana w projekcie.")
    with clerk.expect_navigation():
        remark.locator("form[action$='/bez-zmiany'] button[type=submit]").click()


def read(
    photographer: Photographer, consultation: str, document: str, target: str, numbers: list[int]
) -> None:
    """What everybody sees: the comparison, where the words come from, what became of a remark."""
    page = photographer.page()
    page.goto(f"{document}/porownanie/2-3#p-{target}")
    show(page, f"#p-{target}")
    photographer.keep(page, "causes")
    page.goto(f"{document}/przepis/{target}/skad")
    photographer.keep(page, "sources")
    page.goto(f"{consultation}/uwagi/{numbers[2]}")
    show(page, "main h2:has-text('Uzasadnienie')")
    photographer.keep(page, "outcome")


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page to which it leads."""
    with page.expect_navigation():
        page.locator(button).first.click()


def show(page: Page, selector: str) -> None:
    """Bring a part of the page to the top of the window."""
    page.locator(selector).first.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
