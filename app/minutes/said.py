"""What a note says, as a value, and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.consultations.phases import Window
from app.legaltext.diff import normalise
from app.minutes.models import NoteKind
from app.remarks.content import LONGEST_PROPOSED, was_open_on

LONGEST_TABLE = 60
LONGEST_NOTE = 8_000  # characters: a remark made of it has some words more


@dataclass(frozen=True, slots=True)
class Said:
    """What was said at a meeting; ``proposed`` counts only where another wording is proposed."""

    kind: NoteKind
    body: str
    proposed: str = ""
    table: str = ""

    def tidy(self) -> Said:
        """The same without blanks around it, and without a wording where none is proposed."""
        proposes = self.kind is NoteKind.PROPOSAL
        lines = [line.rstrip() for line in self.proposed.strip().splitlines()] if proposes else []
        return Said(self.kind, self.body.strip(), "\n".join(lines), self.table.strip())


def mistakes(said: Said, current: str | None) -> Iterator[tuple[str, object]]:
    """What must be corrected, as pairs (field, sentence).

    ``current`` is the wording of the provision, ``None`` where the note is about none.
    """
    proposes = said.kind is NoteKind.PROPOSAL
    if not said.body.strip():
        yield (
            "body",
            _l("Say in a sentence or two why the change is needed.")
            if proposes
            else _l("Write what was said."),
        )
    if len(said.body) > LONGEST_NOTE:
        yield "body", _l("This is too long: at most %(n)s characters fit.", n=LONGEST_NOTE)
    if len(said.table) > LONGEST_TABLE:
        yield "table", _l("This is too long: at most %(n)s characters fit.", n=LONGEST_TABLE)
    if proposes and current is None:
        yield "kind", _l("Choose the provision whose wording should change.")
    elif current is not None:
        yield from _about_wording(said, current)


def _about_wording(said: Said, current: str) -> Iterator[tuple[str, object]]:
    wanted, proposes = normalise(said.proposed), said.kind is NoteKind.PROPOSAL
    same = wanted == normalise(current)
    if len(said.proposed) > LONGEST_PROPOSED:
        yield "proposed", _l("This is too long: at most %(n)s characters fit.", n=LONGEST_PROPOSED)
    elif proposes and not wanted:
        yield (
            "proposed",
            _l("Write the new wording. If the provision should go, say so in a comment."),
        )
    elif proposes and same:
        yield "proposed", _l("This is the present wording. Change it as it should read.")
    elif not proposes and wanted and not same:
        yield (
            "kind",
            _l("You have changed the wording. Choose “proposed wording”, or put it back."),
        )


def day_of_receipt(rounds: Sequence[Window], held_on: date, today: date) -> date | None:
    """On which day a note counts as handed in: that of the meeting, if remarks were taken then.

    Else today, if they are taken today; ``None`` if neither.
    """
    return next((day for day in (held_on, today) if was_open_on(rounds, day)), None)
