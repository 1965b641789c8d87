"""Amendments made of numbers, each with words that no other has, for the laws of composition."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from app.drafting.acts import Step
from app.drafting.steps import Asked, shown_unit, step_of
from app.legaltext import editing
from app.legaltext.units import GROUPING, Kind, Unit, Units, by_id, walk

SENTENCE = (
    "Gmina współpracuje z organizacjami przy wykonywaniu zadań publicznych. Konsultuje z nimi "
    "projekty aktów normatywnych. Ogłasza wyniki w Biuletynie Informacji Publicznej."
)


def _section(n: int) -> Unit:
    points = tuple(
        Unit(f"{n}-2-{p}", Kind.POINT, str(p), f"zasada {n}.{p} jest ważna;") for p in "123"
    )
    parts = (
        Unit(f"{n}-1", Kind.SUBSECTION, "1", SENTENCE),
        Unit(f"{n}-2", Kind.SUBSECTION, "2", "Zasady współpracy są takie:", points),
    )
    return Unit(f"{n}", Kind.SECTION, str(n), "", parts)


BASE: Units = (
    Unit("r1", Kind.CHAPTER, "1", "Postanowienia ogólne", (_section(1), _section(2))),
    Unit("r2", Kind.CHAPTER, "2", "Zasady", (_section(3),)),
)

#: What a person does: the kind of act, which provision, and numbers that place the words.
DOINGS = st.tuples(
    st.sampled_from(["replace", "replace", "replace", "add", "drop", "whole", "insert", "repeal"]),
    st.integers(0, 30),
    st.integers(0, 40),
)


def word(key: int) -> str:
    """A word that only one act brings."""
    return f"słowo{key}"


def act(key: int, doing: tuple[str, int, int], text: Units = BASE) -> Step | None:
    """One act on a text; ``None`` where there is nothing to do it to."""
    what, place, at = doing
    units = [u for u in walk(text) if u.kind not in GROUPING]
    if not units:
        return None
    unit = units[place % len(units)]
    if what in {"insert", "repeal"}:
        said = f"nowa zasada {word(key)};"
        seen = editing.as_text(unit)
        return step_of(key, Asked(what, unit.id, seen, said), (text,))
    if what == "whole":
        unit = next(u for u in units if u.kind is Kind.SECTION)
    shown = shown_unit(text, unit.id)
    assert shown is not None
    seen = editing.as_text(shown)
    asked = Asked("reword", unit.id, seen, _edited(seen, what, at, word(key)))
    return step_of(key, asked, (text,))


def _edited(text: str, what: str, at: int, new: str) -> str:
    """The text with one word of it replaced, followed by the new one, or dropped."""
    lines = text.split("\n")
    line = at % len(lines)
    words = lines[line].split(" ")
    n = min(1 + at % max(1, len(words) - 1), len(words) - 1)
    if what == "drop" and len(words) > 3:
        del words[n]
    elif what == "add":
        words.insert(n, new)
    else:
        words[n] = new
    lines[line] = " ".join(words)
    return "\n".join(lines)


def keyed(step: Step, key: int) -> Step:
    """The same act made at another time."""
    return replace(step, key=key)


def words_of(units: Units) -> str:
    """All that a text says."""
    return " ".join(unit.text for unit in by_id(units).values())
