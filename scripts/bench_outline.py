"""Score the outline reader on a folder of drafts with a known structure.

    python scripts/bench_outline.py [FOLDER]

The folder holds drafts and ``expected_outline.json``: the title, the titles of the chapters, and
for each § how many units of each kind it has (a § without ustępy counts as one). Printed for each
draft: units right, wrong (found but not expected), missing, and doubts.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.legaltext.draft_files import outline_of_file  # noqa: E402
from app.legaltext.outline import Outline, OutlineError  # noqa: E402
from app.legaltext.sources import SourceError  # noqa: E402
from app.legaltext.units import Kind, Unit, walk  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "fixtures" / "programmes"
NAMES = {
    Kind.SUBSECTION: "ust",
    Kind.POINT: "pkt",
    Kind.LETTER: "lit",
    Kind.INDENT: "tiret",
    Kind.DOUBLE_INDENT: "tiret",
}
COLUMNS = "{:<42} {:>5} {:>5} {:>7} {:>6}  {:>6}  {}"


def folded(text: str) -> str:
    """A title without regard to capitals and blanks."""
    return " ".join(text.casefold().split())


def counted(section: Unit) -> Counter[str]:
    """How many units of each kind stand in a §; a § without ustępy counts as one."""
    found = Counter(NAMES[unit.kind] for unit in walk(section.children) if unit.kind in NAMES)
    found["ust"] = found["ust"] or 1
    return found


def expected_of(expected: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """Every expected unit as (chapter, title) or (§, kind) with its number."""
    units: Counter[tuple[str, ...]] = Counter(("chapter", folded(t)) for t in expected["chapters"])
    units["title", folded(expected["title"])] += 1
    for section in expected["paragraphs"]:
        units["par", str(section["par"])] += 1
        for kind in ("ust", "pkt", "lit", "tiret"):
            units[str(section["par"]), kind] += section[kind]
    return +units


def found_in(outline: Outline) -> Counter[tuple[str, ...]]:
    """Every unit found, named as the expected ones are."""
    units: Counter[tuple[str, ...]] = Counter()
    if outline.title:
        units["title", folded(outline.title)] += 1
    for unit in walk(outline.units):
        if unit.kind in (Kind.CHAPTER, Kind.HEADING):
            units["chapter", folded(unit.text)] += 1
        elif unit.kind is Kind.SECTION:
            units["par", unit.mark] += 1
            units.update({(unit.mark, kind): n for kind, n in counted(unit).items()})
    return +units


def without_sections(units: Iterable[tuple[tuple[str, ...], int]]) -> Counter[tuple[str, ...]]:
    """The chapters alone, for a layout that has no § to count in."""
    return Counter({key: n for key, n in units if key[0] == "chapter"})


def score(path: Path, expected: dict[str, Any]) -> str:
    """One line of the table."""
    started = time.perf_counter()
    try:
        outline = outline_of_file(path.read_bytes(), path.name)
    except (SourceError, OutlineError) as error:
        return f"{path.name:<42} {error.code}: {error}"
    seconds = time.perf_counter() - started
    wanted, found = expected_of(expected), found_in(outline)
    note = ""
    if not any(key[0] == "par" for key in found):
        wanted, found = without_sections(wanted.items()), without_sections(found.items())
        note = "no § in the layout: chapters only"
    right, wrong, missing = (c.total() for c in (wanted & found, found - wanted, wanted - found))
    doubts = len(outline.doubts)
    return COLUMNS.format(
        path.name, right, wrong, missing, doubts, f"{seconds * 1000:.0f} ms", note
    )


def main() -> None:
    """Print the table for the folder given, or for the shared fixtures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    expected = json.loads((folder / "expected_outline.json").read_text(encoding="utf-8"))
    print(COLUMNS.format("draft", "right", "wrong", "missing", "doubts", "time", ""))
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".docx", ".odt"):
            print(score(path, expected))


if __name__ == "__main__":
    main()
