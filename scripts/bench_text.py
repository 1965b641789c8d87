"""Print how long comparing, aligning and cleaning take here, on texts of fixed seeds."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.legaltext.alignment import align
from app.legaltext.diff import compare, tokenize
from app.legaltext.sanitize import clean, paragraphs
from app.legaltext.units import Kind, Unit, Units, walk

RANDOM = random.Random(2026)
WORDS = [f"słowo{number}" for number in range(2_000)]
COMMON = ["organizacje", "pozarządowe", "w", "i", "gmina", "program", "zadania", "współpracy"]


def measure(name: str, work: Callable[[], object], limit: float = 0.0, times: int = 1) -> float:
    since = time.process_time()
    for _ in range(times):
        work()
    spent = (time.process_time() - since) / times
    verdict = "" if not limit else f"  limit {limit:g} s  {'ok' if spent < limit else 'TOO SLOW'}"
    print(f"{name:<58}{spent * 1000:>10.2f} ms{verdict}")
    return spent


def sentence(length: int = 0) -> str:
    pool = (WORDS, COMMON)
    words = (RANDOM.choice(RANDOM.choice(pool)) for _ in range(length or RANDOM.randint(8, 40)))
    return " ".join(words) + "."


def reworded(text: str, share: float) -> str:
    return " ".join(
        word if RANDOM.random() >= share else RANDOM.choice(WORDS) for word in text.split()
    )


def programme(size: int) -> Units:
    """Chapters of ten sections of five subsections, ``size`` units in all."""
    chapters: list[Unit] = []
    left = size
    while left > 0:
        left -= 1
        sections: list[Unit] = []
        for number in range(min(10, left)):
            left -= 1
            texts = [sentence() for _ in range(max(0, min(5, left)))]
            left -= len(texts)
            children = tuple(
                Unit(f"u{left}-{at}", Kind.SUBSECTION, str(at + 1), text)
                for at, text in enumerate(texts)
            )
            sections.append(Unit(f"s{left}-{number}", Kind.SECTION, str(number), "", children))
        chapters.append(
            Unit(f"c{left}", Kind.CHAPTER, str(len(chapters) + 1), sentence(4), tuple(sections))
        )
    return tuple(chapters)


def rewritten(units: Units, share: float, how: Callable[[str], str]) -> Units:
    return tuple(
        Unit(
            f"n-{unit.id}",
            unit.kind,
            unit.mark,
            how(unit.text) if unit.text and RANDOM.random() < share else unit.text,
            rewritten(unit.children, share, how),
        )
        for unit in units
    )


def bench_diff() -> None:
    provision = sentence(25)
    longer = " ".join(sentence(25) for _ in range(8))[:2_000]
    whole = " ".join(sentence(25) for _ in range(5_500))[:1_000_000]
    print(f"\nDiff ({len(provision)} B, {len(longer)} B and 1 MB)")
    measure("tokenize 2 kB", lambda: tokenize(longer), times=50)
    changed = reworded(provision, 0.1)
    measure(
        "compare a provision, 10 % of words changed", lambda: compare(provision, changed), 0.001, 50
    )
    changed = longer.replace(".", " oraz.", 3)
    measure("compare 2 kB, three words added", lambda: compare(longer, changed), 0.002, 50)
    changed = reworded(longer, 0.1)
    measure("compare 2 kB, 10 % of words changed", lambda: compare(longer, changed), times=20)
    changed = reworded(longer, 1)
    measure("compare 2 kB, all words changed", lambda: compare(longer, changed), times=20)
    changed = reworded(whole, 0.2)
    measure("compare 1 MB, 20 % of words changed", lambda: compare(whole, changed), 20)
    ours, theirs = "a " * 500_000, "b " + "a " * 400_000 + "b"
    measure("compare 1 MB of one word repeated", lambda: compare(ours, theirs), 20)
    ours, theirs = (" ".join(RANDOM.choices("abcdef", k=400_000)) for _ in range(2))
    measure("compare 1 MB of six words shuffled", lambda: compare(ours, theirs), 20)


def bench_alignment() -> None:
    print("\nAlignment (units; 60 % rewritten)")
    for size, limit in ((200, 0.5), (2_000, 5), (10_000, 60)):
        old = programme(size)
        flat = tuple(
            Unit(f"f{at}", Kind.SECTION, str(at + 1), unit.text or sentence())
            for at, unit in enumerate(walk(old))
        )
        for shape, units in (("tree", old), ("flat", flat)):
            for name, how in (
                ("half their words new", lambda text: reworded(text, 0.5)),
                ("all words new", lambda _: sentence()),
            ):
                new = rewritten(units, 0.6, how)
                label = f"{size} units, {shape}, {name}"
                measure(label, lambda units=units, new=new: align(units, new), limit)
    same = tuple(Unit(f"u{at}", Kind.POINT, str(at), "a a a a") for at in range(10_000))
    measure("10,000 equal units against 9,000", lambda: align(same, same[:9_000]), 60)


def bench_cleaning() -> None:
    print("\nCleaning")
    article = "<p>Tekst <strong>ważny</strong> i <a href='https://x.pl'>odnośnik</a>.</p>" * 50
    measure(f"clean {len(article)} B of HTML", lambda: clean(article), times=5)
    measure("clean 5,000 nested lists", lambda: clean("<ul><li>" * 2_500), 10)
    measure("paragraphs of 1 MB", lambda: paragraphs("Zdanie z https://x.pl/a.\n\n" * 40_000), 5)


if __name__ == "__main__":
    bench_diff()
    bench_alignment()
    bench_cleaning()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory {peak:.0f} MB")
