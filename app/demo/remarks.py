"""What people say of the two editions of the demo's draft, and what the office makes of it.

Read from ``first_round.toml``, ``second_round.toml`` and ``second_edition.toml``; the values of
kinds, channels and outcomes are those of the tables in ``app.remarks`` and ``app.drafting``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.demo.programme import FOLDER, addressed, first_edition
from app.demo.town import Moment, values
from app.legaltext.units import Kind, Unit, Units


@dataclass(frozen=True, slots=True)
class Version:
    """What a remark says from a moment on."""

    at: Moment
    body: str
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person says beneath a remark; the person speaks for their organisation, if any."""

    author: str
    at: Moment
    body: str


@dataclass(frozen=True, slots=True)
class Position:
    """The office's answer; written by the coordinator."""

    outcome: str
    decided_at: Moment
    justification: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A withdrawal by the author, or hiding by the facilitator, with the reason that stays."""

    at: Moment
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark with all that became of it.

    ``at`` is an address in its edition, empty for the whole document. ``author`` is a person's
    key; a remark without one is by a guest, named by ``name`` in public only if
    ``named_in_public``. ``versions`` has at least the first. ``received_on`` is the day on which
    paper or a letter came in, before the coordinator entered it; what was said at an event was
    entered by the facilitator.
    """

    key: str
    edition: int
    at: str
    kind: str
    channel: str
    submitted_at: Moment
    received_on: Moment
    versions: tuple[Version, ...]
    amendment_kind: str = ""
    quote: str = ""
    author: str = ""
    organisation: str = ""
    name: str = ""
    email: str = ""
    named_in_public: bool = False
    event: str = ""
    supporters: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    position: Position | None = None
    withdrawn: Removal | None = None
    hidden: Removal | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the second edition; ``at`` is an address in the first.

    Of an insertion, ``at`` is the provision after which the new one of the same kind stands.
    Either ``causes`` names remarks or ``reason`` says why the office changed the text by itself.
    """

    kind: str
    at: str
    how: str
    text: str = ""
    causes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoChange:
    """Why a remark that was decided in favour changed nothing in the second edition."""

    remark: str
    reason: str


@dataclass(frozen=True, slots=True)
class SecondEdition:
    """When the second edition was published, its note, its changes, and what needed none."""

    published_at: Moment
    note: str
    changes: tuple[Change, ...]
    no_changes: tuple[NoChange, ...]


@cache
def remarks() -> tuple[Remark, ...]:
    """Every remark in the order of submission within its round, the first round first."""
    return tuple(
        sorted(
            (_remark(row) for name in ("first_round", "second_round") for row in _rows(name)),
            key=lambda remark: remark.submitted_at,
        )
    )


@cache
def second_edition() -> SecondEdition:
    """What turns the first edition into the second."""
    data = values(tomllib.loads((FOLDER / "second_edition.toml").read_text(encoding="utf-8")))
    changes = tuple(
        Change(**{**row, "causes": tuple(row.get("causes", ()))}) for row in data.pop("change")
    )
    no_changes = tuple(NoChange(**row) for row in data.pop("no_change"))
    return SecondEdition(changes=changes, no_changes=no_changes, **data)


def text_of(edition: int) -> Units:
    """The provisions of an edition, with their addresses in it as ids."""
    return first_edition() if edition == 1 else _second_text()


@cache
def _second_text() -> Units:
    changes = {change.at: change for change in second_edition().changes}
    return addressed(_changed(first_edition(), changes))


def _changed(units: Units, changes: dict[str, Change]) -> Units:
    result: list[Unit] = []
    for unit in units:
        change = changes.get(unit.id)
        kept = unit.with_children(_changed(unit.children, changes))
        if change is None:
            result.append(kept)
        elif change.kind == "insert":
            result += [kept, Unit("", unit.kind, "", change.text)]
        elif change.kind == "reword":
            result.append(Unit(unit.id, unit.kind, unit.mark, change.text, kept.children))
    return tuple(result)


def kinds_at(edition: int) -> dict[str, Kind]:
    """The kind of the provision at each address of an edition."""
    found: dict[str, Kind] = {}
    waiting = list(text_of(edition))
    while waiting:
        unit = waiting.pop()
        found[unit.id] = unit.kind
        waiting.extend(unit.children)
    return found


def _rows(name: str) -> list[dict[str, Any]]:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = data["remark"]
    return rows


def _remark(row: dict[str, Any]) -> Remark:
    row = values(row)
    versions = [Version(row["submitted_at"], row.pop("body"), row.pop("proposed", ""))]
    for change in row.pop("changes", ()):
        later = {"body": versions[-1].body, "proposed": versions[-1].proposed, **change}
        versions.append(Version(Moment.read(later.pop("at")), **_stripped(later)))
    return Remark(
        versions=tuple(versions),
        received_on=row.pop(
            "received_on", Moment(row["submitted_at"].days, Moment.read("0").clock)
        ),
        supporters=tuple(row.pop("supporters", ())),
        replies=tuple(_with_moment(Reply, reply) for reply in row.pop("replies", ())),
        position=Position(**values(row.pop("position"))) if "position" in row else None,
        withdrawn=_removal(row.pop("withdrawn", None)),
        hidden=_removal(row.pop("hidden", None)),
        **row,
    )


def _removal(row: dict[str, Any] | None) -> Removal | None:
    return None if row is None else Removal(Moment.read(row["at"]), row["reason"].strip())


def _with_moment(kind: type[Reply], row: dict[str, Any]) -> Reply:
    return kind(row["author"], Moment.read(row["at"]), row["body"].strip())


def _stripped(row: dict[str, str]) -> dict[str, str]:
    return {key: value.strip() for key, value in row.items()}
