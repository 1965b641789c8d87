"""The consultation report as one frozen value, and the figures that follow from it. Pure.

Every output is made from this value and from nothing else, so their figures cannot differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One remark as the council reads it; dates are ISO days, enumerations their values.

    ``who`` is an organisation, a person who agreed to be named, or empty for a private person.
    ``party`` tells participants apart without naming them; one that begins with "meeting:" is
    neither a person nor an organisation. ``state`` is "open", an outcome, or
    "withdrawn"; hidden remarks keep their state and carry ``hidden_reason``, and their words are
    left out. ``changes`` name the places of the text that the remark changed, ``no_change`` is why
    a remark decided in favour changed nothing. ``own_wording`` is
    what the office would rather write, never the author's; ``response`` is "agrees", "disagrees"
    or "awaited" and ``response_words`` what the author adds.
    """

    number: int
    provision: str
    who: str
    party: str
    by_organisation: bool
    channel: str
    kind: str
    received_on: str
    content: str
    proposed: str
    quote: str
    state: str
    justification: str = ""
    decided_on: str = ""
    changes: tuple[str, ...] = ()
    is_hidden: bool = False
    hidden_reason: str = ""
    withdrawal_reason: str = ""
    own_wording: str = ""
    response: str = ""
    response_words: str = ""
    no_change: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether its words are left out, because it was hidden or withdrawn."""
        return self.is_hidden or self.state == "withdrawn"


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round: its name and its first and last moment, ISO with offset."""

    title: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event and what is known of it afterwards.

    ``agreed`` and ``minutes`` (an address) come from the newest minutes, ``notes`` counts what was
    noted, and ``remarks`` are the numbers of those that have the event as their source.
    """

    title: str
    kind: str
    starts_at: str
    place: str
    people: int | None
    organisations: int | None
    outcome: str
    agreed: tuple[str, ...] = ()
    minutes: str = ""
    notes: int = 0
    remarks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A provision that differs between the first and the last edition, and what caused it.

    ``pieces`` are pairs of "keep", "insert" or "delete" and the words; ``formula`` says the change
    as an amending act would, and is empty where the change follows from another.
    """

    document: str
    provision: str
    verdicts: tuple[str, ...]
    pieces: tuple[tuple[str, str], ...]
    causes: tuple[str, ...]
    formula: str = ""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """A published edition of a document."""

    document: str
    number: int
    published_on: str
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. ``number`` tells reports of one consultation apart.

    ``made_by`` is the person of the office who answers for it, as BIP asks.
    """

    number: int
    made_at: str
    town: str
    title: str
    year: int
    address: str
    legal_basis: str
    who_may: str
    how_to: str
    publicity: str
    council_opinion: str
    contact: str
    rounds: tuple[RoundLine, ...] = ()
    editions: tuple[EditionLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    remarks: tuple[RemarkLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    made_by: str = ""

    @property
    def figures(self) -> Figures:
        """The figures, counted from the lines themselves."""
        return count(self.remarks)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted. The states add up to ``total``; so do the channels and the kinds.

    ``responses`` count what authors said to the office's own wordings; together, those wordings.
    """

    total: int
    states: dict[str, int]
    channels: dict[str, int]
    kinds: dict[str, int]
    organisations: int
    persons: int
    hidden: int
    changed_the_text: int
    responses: dict[str, int]


#: How the party of what a whole meeting has said begins.
MEETING = "meeting:"

STATES = ("accepted", "partially_accepted", "rejected", "out_of_scope", "open", "withdrawn")
CHANNELS = ("online", "paper", "email", "workshop")
RESPONSES = ("agrees", "disagrees", "awaited")
KINDS = ("comment", "reword", "insert", "strike")


def count(remarks: Iterable[RemarkLine]) -> Figures:
    """Count remarks; every state, channel and kind is there, also with nothing in it."""
    lines = tuple(remarks)
    organisations = {line.party for line in lines if line.by_organisation}
    persons = {
        line.party
        for line in lines
        if not line.by_organisation and not line.party.startswith(MEETING)
    }
    return Figures(
        total=len(lines),
        states=_tally(STATES, (line.state for line in lines)),
        channels=_tally(CHANNELS, (line.channel for line in lines)),
        kinds=_tally(KINDS, (line.kind for line in lines)),
        organisations=len(organisations),
        persons=len(persons),
        hidden=sum(line.is_hidden for line in lines),
        changed_the_text=sum(bool(line.changes) for line in lines),
        responses=_tally(RESPONSES, (line.response for line in lines if line.response)),
    )


def participants(remarks: Iterable[RemarkLine]) -> dict[str, int]:
    """How many remarks came under each name, "" being all private persons; adds up to the total."""
    return dict(Counter(line.who for line in remarks))


def _tally(names: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counted = Counter(found)
    unknown = set(counted) - set(names)
    if unknown:
        raise ValueError(f"not counted anywhere: {', '.join(sorted(unknown))}")
    return {name: counted[name] for name in names}


def to_json(report: Report) -> dict[str, Any]:
    """The report as JSON values, to be kept."""
    return asdict(report)


def from_json(kept: dict[str, Any]) -> Report:
    """The report as it was kept; fields that a later version added take their defaults."""
    lists = {
        "rounds": RoundLine,
        "editions": EditionLine,
        "events": EventLine,
        "remarks": RemarkLine,
        "changes": ChangeLine,
    }
    values = {f.name: kept[f.name] for f in fields(Report) if f.name in kept}
    for name, line in lists.items():
        values[name] = tuple(line(**_frozen(row)) for row in values.get(name, ()))
    return Report(**values)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {k: _tuples(v) if isinstance(v, list) else v for k, v in row.items()}


def _tuples(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(v) if isinstance(v, list) else v for v in values)
