"""How long merging takes: 200 amendments compared by twos, and texts made to be slow.

Prints one line for each figure, in seconds of one processor.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.legaltext.anchors import carry, make_anchor
from app.legaltext.changes import ChangeSet, Insert, Move, Repeal, Reword, apply, invert
from app.legaltext.following import begin, follow
from app.legaltext.instruction import formula
from app.legaltext.merge import collisions, merge_all, merge_texts
from app.legaltext.units import Kind, Unit, Units, walk

SAMPLE = (
    "gmina zleca zadania publiczne organizacjom pozarządowym w terminie dni od ogłoszenia konkursu "
    "ofert na podstawie ustawy o działalności pożytku publicznego i wolontariacie oraz uchwały rady"
)
WORDS = SAMPLE.split()


def main() -> None:
    rng = random.Random(2015)
    text = programme(rng, sections=60)
    print(f"text of {sum(1 for _ in walk(text))} units")
    spread = {f"a{n}": amendment(rng, text, n) for n in range(200)}
    one_unit = {f"b{n}": (reworded(rng, text[0].children[0], n),) for n in range(200)}
    measure("200 amendments spread over the text, by twos", lambda: collisions(text, spread), 1)
    measure("200 amendments of one unit, by twos", lambda: collisions(text, one_unit), 1)
    measure("200 amendments merged", lambda: merge_all(text, list(spread.values())))
    large = programme(rng, sections=2_000)
    print(f"text of {sum(1 for _ in walk(large))} units")
    many: ChangeSet = tuple(reworded(rng, unit, 0) for unit in list(walk(large))[:500])
    measure("500 changes applied", lambda: apply(large, many))
    measure("500 changes inverted", lambda: invert(large, many))
    measure("500 changes as a formula", lambda: formula(large, many))
    carried = programme(rng, sections=200)
    units = [unit for unit in walk(carried) if len(unit.text.split()) > 7]
    trails = tuple(
        begin(unit, " ".join(unit.text.split()[2:6]) if number % 2 else "")
        for number, unit in enumerate(rng.choices(units, k=5_000))
    )
    after = apply(carried, tuple(reworded(rng, unit, 0) for unit in rng.sample(units, 400)))
    measure(
        "5,000 remarks on 2,000 units carried to an edition with 400 reworded",
        lambda: follow(trails, carried, carried, after),
    )
    same = "a " * 100_000
    measure("200 kB of one word, merged", lambda: merge_texts(same, same + "b", "b " + same))
    unit = Unit("u", Kind.SECTION, "1", same)
    anchor = make_anchor(unit, 100_000, 100_040)
    other = (Unit("u", Kind.SECTION, "1", same + "b"),)
    measure("anchor in 200 kB of one word", lambda: carry(anchor, (unit,), other))


def measure(what: str, work: Callable[[], object], limit: float = 0) -> None:
    start = time.process_time()
    work()
    spent = time.process_time() - start
    verdict = f"  limit {limit:g} s  {'ok' if spent < limit else 'TOO SLOW'}" if limit else ""
    print(f"{spent:8.3f}  {what}{verdict}")


def programme(rng: random.Random, *, sections: int) -> Units:
    """Sections of three ustępy with two points each."""
    return tuple(
        Unit(
            f"s{number}",
            Kind.SECTION,
            str(number),
            "",
            tuple(
                Unit(
                    f"s{number}u{ust}",
                    Kind.SUBSECTION,
                    str(ust),
                    sentence(rng, 40),
                    tuple(
                        Unit(f"s{number}u{ust}p{p}", Kind.POINT, str(p), sentence(rng, 12))
                        for p in (1, 2)
                    ),
                )
                for ust in (1, 2, 3)
            ),
        )
        for number in range(1, sections + 1)
    )


def sentence(rng: random.Random, length: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(length)) + "."


def reworded(rng: random.Random, unit: Unit, number: int) -> Reword:
    words = unit.text.split() or ["tekst"]
    for _ in range(3):
        words[rng.randrange(len(words))] = f"słowo{number}"
    return Reword(unit.id, " ".join(words))


def amendment(rng: random.Random, text: Units, number: int) -> ChangeSet:
    section = rng.choice(text)
    one, other = rng.sample(section.children, 2)
    new = Unit(f"n{number}", Kind.SUBSECTION, "", sentence(rng, 20))
    return (
        reworded(rng, one, number),
        rng.choice(
            [
                Insert(new, section.id, one.id),
                Repeal(other.id),
                Move(other.id, section.id, None),
                reworded(rng, other, number),
            ]
        ),
    )


if __name__ == "__main__":
    main()
