"""Pairs of texts that are hard to track, by hand and at random, and how they are signed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from app.legaltext import changes
from app.legaltext.numbering import renumber
from app.legaltext.units import Kind, Unit, Units, walk
from app.reading.word.act import Act, Frame
from app.reading.word.signs import Cause, Note, Sign, Signs
from tests.legaltext.provisions import change_sets, point, section, subsection, texts
from tests.town import SMALL_ACT, moment

MADE = moment("2015-11-03 10:00")

FRAME = Frame(
    title="Program <2016>: wydanie 1 i wydanie 2",
    author="Gmina Miechów",
    note="Co się zmieniło i dlaczego: https://miechow.example/porownanie/1-2",
    footer="Gmina Miechów. Program",
    page=("Strona", "z", ""),
    made_at=MADE,
)

OFFICE = Sign("Gmina Miechów", MADE)


def act(units: Units, number: int = 1) -> Act:
    """An edition with a line that says which one it is."""
    return Act(
        "Program współpracy z „organizacjami”", f"Wydanie {number} z {number + 2} maja", units
    )


def signs_for(*texts: Units) -> Signs:
    """Two of three provisions have a cause; those of one author stand beside each other."""
    ids = sorted({unit.id for units in texts for unit in walk(units)})
    causes = [_cause(n) for n in range(4)]
    known = {id_: causes[n // 3 % 4] for n, id_ in enumerate(ids) if n % 3}
    return Signs(OFFICE, Sign("Gmina Miechów, zmiana oznaczenia", MADE), known)


def _cause(n: int) -> Cause:
    sign = Sign(f'Uwaga nr {n}, Stowarzyszenie "A & <B>"', MADE.replace(day=n + 1))
    return Cause(sign, (Note(sign, (f"w § {n} skreśla się „a < b”", "Uzasadnienie.\n\nDrugie.")),))


def table(id_: str, text: str) -> Unit:
    return Unit(id_, Kind.TABLE, "", text)


def chapter(number: int, title: str, *sections: Unit) -> Unit:
    return Unit(f"c{number}", Kind.CHAPTER, str(number), title, sections)


BUDGET = table(
    "t1", "Zadanie\tKwota\nSport\t80 000,00 zł\nKultura\t40 000,00 zł\nRazem\t120 000,00 zł"
)
GOALS = table("t2", "Cel\tMiernik\tTermin\nwięcej zadań\tliczba\t2016 r.")

GENERAL = chapter(
    1,
    "Ogólne",
    section(1, "Program dotyczy współpracy z organizacjami."),
    section(2, "Zasady współpracy to jawność i partnerstwo."),
)
MEANS = chapter(
    2, "Środki", section(3, "Planuje się 120 000,00 zł:", BUDGET), section(4, "Wchodzi w życie.")
)
BASE: Units = (GENERAL, MEANS)


def means(*units: Unit) -> Units:
    """The base with other words of its second chapter."""
    return renumber((GENERAL, MEANS.with_children(units)))


def budget(change: str, instead: str) -> Unit:
    """The § about money with a changed table."""
    return MEANS.children[0].with_children(
        (replace(BUDGET, text=BUDGET.text.replace(change, instead)),)
    )


LAST = MEANS.children[1]
SPLIT_BEFORE = (
    section(1, "", subsection("u1", "1", "Cele:", point("p1", "1", "jawność i otwartość;"))),
)
SPLIT_AFTER = (
    section(
        1,
        "",
        subsection(
            "u1", "1", "Cele:", point("p1", "1", "jawność;"), point("p2", "2", "otwartość.")
        ),
        subsection("u2", "2", "Nowy ustęp."),
    ),
)
LONG = tuple(
    section(n, "", *(subsection(f"s{n}u{m}", str(m), f"Ustęp {m}. " * 60) for m in range(1, 6)))
    for n in range(1, 31)
)

PAIRS: dict[str, tuple[Units, Units]] = {
    "identical": (SMALL_ACT, SMALL_ACT),
    "words": (BASE, (GENERAL.with_children((section(1, "Nic z tego."), section(2, ""))), MEANS)),
    "a sum in a table": (BASE, means(budget("80 000", "90 000"), LAST)),
    "a row added": (BASE, means(budget("\nRazem", "\nTurystyka\t1,00 zł\nRazem"), LAST)),
    "the first row and the last one go": (
        BASE,
        means(section(3, "", table("t1", "\n".join(BUDGET.text.split("\n")[1:-1]))), LAST),
    ),
    "another number of columns": (BASE, means(section(3, "x", replace(BUDGET, text="A\tB\tC")))),
    "an empty row": (BASE, means(budget("\nRazem", "\n\t\nRazem"), LAST)),
    "the table goes": (BASE, means(section(3, "Planuje się 1 zł."), LAST)),
    "all before a table goes": (BASE, (chapter(2, "Inne", BUDGET, LAST),)),
    "a § goes with its table": (BASE, means(LAST)),
    "two tables": (BASE, means(section(3, "Planuje się:", BUDGET, GOALS), LAST)),
    "tables change places": (
        (section(1, "a", BUDGET), section(2, "b", GOALS)),
        (section(2, "b", GOALS), section(1, "a", BUDGET)),
    ),
    "a table at the very beginning": ((BUDGET, section(1, "a")), (section(1, "a"),)),
    "only a table": ((BUDGET,), (GOALS,)),
    "a point split in two": (SPLIT_BEFORE, SPLIT_AFTER),
    "a § at the top": (BASE, renumber((section(9, "Nowy."), *BASE))),
    "a chapter at the top": (BASE, renumber((chapter(9, "Nowy", section(9, "Nowy.")), *BASE))),
    "a chapter moves to the front": (BASE, renumber((MEANS, GENERAL))),
    "a § moves to the end": (
        (section(1, "a"), section(2, "b"), section(3, "c")),
        renumber((section(2, "b"), section(3, "c"), section(1, "a"))),
    ),
    "a § moves and reads differently": (
        (section(1, "a"), section(2, "b"), section(3, "c")),
        renumber((section(2, "b"), section(3, "c"), section(1, "inaczej"))),
    ),
    "everything is replaced": (
        BASE,
        (chapter(7, "Nowe", section(70, "", subsection("u", "1", "x", point("p", "1", "y")))),),
    ),
    "nothing but one §": (BASE, (section(1, "Jedno."),)),
    "signs of XML": (
        (section(1, 'A < B & "C" ]]> \' &amp; <w:p>'),),
        (section(1, 'A < D & "C" ]]> \' &lt; </w:p> \x07\ufffe\u200b'),),
    ),
    "no words at all": ((section(1, ""), section(2, "")), (section(2, ""),)),
    "a point becomes an ustęp": (
        (section(1, "a", point("p", "1", "b")),),
        (section(1, "a", subsection("p", "1", "b")),),
    ),
    "very long": (LONG, renumber((*LONG[3:20], section(99, "Nowy."), *LONG[:3], *LONG[22:]))),
}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Units, Units]:
    """A text, some of whose units are tables, and the same with a few changes."""
    old = draw(texts())
    new = changes.apply(old, draw(change_sets(old)))
    ids = sorted({unit.id for units in (old, new) for unit in walk(units) if not unit.children})
    tables = draw(st.sets(st.sampled_from(ids))) if ids else set()
    return _with_tables(old, tables), renumber(_with_tables(new, tables))


def _with_tables(units: Units, ids: set[str]) -> Units:
    return tuple(
        Unit(unit.id, Kind.TABLE, "", unit.text.replace(" i ", "\n").replace(" ", "\t"))
        if unit.id in ids and not unit.children
        else unit.with_children(_with_tables(unit.children, ids))
        for unit in units
    )


POOL: Units = (*SMALL_ACT, MEANS, section(5, "Ocena Programu:", point("e", "1", "x"), GOALS))


def shuffled(chance: Random, units: Units = POOL) -> Units:
    """The pool with some units struck out, reworded, added after others or in another order."""
    made = []
    for unit in units:
        drawn = chance.random()
        if drawn < 0.15:
            continue
        other = " i więcej" if unit.kind is not Kind.TABLE else f"\nnowy wiersz\t{drawn:.2f} zł"
        text = unit.text + other if drawn > 0.7 and unit.text else unit.text
        made.append(replace(unit, text=text, children=shuffled(chance, unit.children)))
        if drawn > 0.9:
            fresh = f"{unit.id}-{chance.randrange(3)}"
            if all(fresh != each.id for each in made):
                made.append(replace(unit, id=fresh, text="Nowe w całości.", children=()))
    if chance.random() < 0.3:
        chance.shuffle(made)
    return renumber(made) if units is POOL else tuple(made)
