"""Small texts of provisions and changes to them, drawn by hypothesis."""

from itertools import count

from hypothesis import strategies as st

from app.legaltext.changes import ChangeError, Insert, Move, Repeal, Reword, perform
from app.legaltext.forest import Forest, Index
from app.legaltext.units import Kind, Unit, walk

WORDS = st.sampled_from(
    ["gmina", "zleca", "zadania", "organizacjom", "120 000,00 zł", "art. 5a ust. 4", ",", ".", "i"]
)
WORDINGS = st.lists(WORDS, max_size=8).map(" ".join)
RANKS = (Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.POINT, Kind.LETTER)


def section(number, text="", *children):
    """A § named after its number."""
    return Unit(f"s{number}", Kind.SECTION, str(number), text, tuple(children))


def subsection(id_, mark, text="", *children):
    return Unit(id_, Kind.SUBSECTION, mark, text, tuple(children))


def point(id_, mark, text="", *children):
    return Unit(id_, Kind.POINT, mark, text, tuple(children))


@st.composite
def texts(draw, most=12):
    """A text of a few units, three levels deep at most, with ids u0, u1, …"""
    numbers = count()
    budget = draw(st.integers(0, most))

    def level(depth):
        nonlocal budget
        units = []
        while budget > 0 and draw(st.booleans()):
            budget -= 1
            number = next(numbers)
            children = level(depth + 1) if depth < 2 else ()
            units.append(
                Unit(f"u{number}", RANKS[depth + 1], str(number), draw(WORDINGS), children)
            )
        return tuple(units)

    return level(0) or (Unit("only", Kind.SECTION, "1", draw(WORDINGS)),)


@st.composite
def change_sets(draw, units, prefix="n", most=5):
    """Changes that can be made to the text one after the other; new units bear the prefix."""
    forest, changes, numbers = Forest(Index(units)), [], count()
    for _ in range(draw(st.integers(0, most))):
        ids = [unit.id for unit in walk(forest.build())]
        change = draw(_change(forest, ids, f"{prefix}{next(numbers)}"))
        try:
            perform(forest, change)
        except ChangeError:
            continue
        changes.append(change)
    return tuple(changes)


@st.composite
def _change(draw, forest, ids, new_id):
    action = draw(st.sampled_from(["reword", "reword", "insert", "repeal", "move"]))
    if not ids or action == "insert":
        child = Unit(f"{new_id}c", Kind.LETTER, "a", draw(WORDINGS))
        new = Unit(new_id, Kind.POINT, "9", draw(WORDINGS), (child,) if draw(st.booleans()) else ())
        return Insert(new, *draw(_place(forest, ids)))
    unit_id = draw(st.sampled_from(ids))
    if action == "reword":
        return Reword(unit_id, draw(WORDINGS), mark=draw(st.none() | st.just("7")))
    if action == "repeal":
        return Repeal(unit_id)
    return Move(unit_id, *draw(_place(forest, ids)))


@st.composite
def _place(draw, forest, ids):
    parent = draw(st.sampled_from([None, *ids]))
    siblings = forest.children(parent or "")
    return parent, draw(st.sampled_from([None, *siblings]))
