"""How the causes of changes are signed in a file for Word, in the language around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.documents.models import Edition
from app.drafting.models import DraftChange
from app.events.models import Event
from app.platform.clock import local
from app.platform.language import day
from app.reading.word.signs import LONGEST_AUTHOR, Cause, Note, Sign, Signs
from app.remarks.lifecycle import words_are_hidden
from app.remarks.models import Outcome, Position, Remark, RemarkKind

#: Characters of a reason that stand in the name of an author; all of it stands in the margin.
SHORT = 120

Positions = Mapping[int, Position]


def signs_of(
    causes: Mapping[int, Sequence[DraftChange]],
    positions: Positions,
    *,
    office: str,
    edition: Edition,
) -> Signs:
    """The signs of all changes up to an edition, of which ``causes`` are known by provision.

    ``positions`` are the last ones on the remarks among the causes, under the remarks' ids.
    """
    at = _moment(edition)
    known: dict[tuple[int, ...], Cause] = {}
    found = {}
    for number, changes in causes.items():
        key = tuple(change.id for change in changes)
        if key not in known:
            known[key] = _cause(changes, positions, office)
        found[str(number)] = known[key]
    numbering = _("%(office)s, new numbers of provisions", office=office)
    return Signs(Sign(office, at), Sign(str(numbering), at), found)


def _cause(changes: Sequence[DraftChange], positions: Positions, office: str) -> Cause:
    notes = tuple(_note(change, positions, office) for change in changes)
    return Cause(_sign(changes, positions, office), notes)


def _note(change: DraftChange, positions: Positions, office: str) -> Note:
    lines = list(change.shown.get("formula", ()))
    for remark in change.causes:
        lines += _on(remark, positions.get(remark.id))
    if change.event is not None:
        lines.append(f"{_meeting(change.event)}: {change.event_note}".removesuffix(": "))
    if change.reason:
        lines.append(_("Reason given by the office: %(reason)s", reason=change.reason))
    return Note(_sign([change], positions, office), tuple(map(str, lines)))


def _on(remark: Remark, position: Position | None) -> Iterable[str]:
    """What a remark asked for and what the office said; hidden words stay hidden here too."""
    yield _named(remark)
    if words_are_hidden(remark):
        yield _("The words of this remark were hidden by the moderator.")
    elif remark.withdrawn_at is not None:
        yield _("Withdrawn by its author.")
    elif remark.body.strip():
        words = remark.body.strip()
        asks = remark.kind is RemarkKind.AMENDMENT
        yield _("Why: %(words)s", words=words) if asks else _("It says: %(words)s", words=words)
    if position is not None:
        yield _(
            "The office on %(day)s: %(outcome)s",
            day=day(position.decided_at),
            outcome=_outcomes()[position.outcome],
        )
        if not words_are_hidden(remark) and position.justification.strip():
            yield position.justification.strip()


def _outcomes() -> dict[Outcome, str]:
    return {
        Outcome.ACCEPTED: _("Accepted"),
        Outcome.PARTIALLY_ACCEPTED: _("Partially accepted"),
        Outcome.REJECTED: _("Not accepted"),
        Outcome.OUT_OF_SCOPE: _("Out of scope"),
    }


def _sign(changes: Sequence[DraftChange], positions: Positions, office: str) -> Sign:
    """Signed by remarks, by number, and meetings; without any, by the office with its reason."""
    remarks = {remark.id: remark for change in changes for remark in change.causes}
    decided = [positions[id].decided_at for id in remarks if id in positions]
    editions = [change.draft.edition for change in changes if change.draft.edition]
    moments = [local(at).replace(tzinfo=None) for at in decided] or [_moment(e) for e in editions]
    meetings = {change.event.id: change.event for change in changes if change.event is not None}
    by_number = sorted(remarks.values(), key=lambda remark: remark.number)
    author = _authors(
        [
            *(_named(remark, first=n == 0) for n, remark in enumerate(by_number)),
            *map(_meeting, meetings.values()),
        ]
    )
    return Sign(author or _editor(changes, office), max(moments))


def _authors(names: Sequence[str]) -> str:
    for shown in range(len(names), 0, -1):
        rest = len(names) - shown
        more = [ngettext("and %(num)s more", "and %(num)s more", rest)] if rest else []
        text = "; ".join([*names[:shown], *more])
        if len(text) <= LONGEST_AUTHOR:
            return text
    return names[0] if names else ""


def _meeting(event: Event) -> str:
    return f"{_('Note from a meeting:')} {event.title}"


def _editor(changes: Sequence[DraftChange], office: str) -> str:
    reason = " ".join("; ".join(change.reason for change in changes if change.reason).split())
    short = reason if len(reason) <= SHORT else reason[:SHORT].rsplit(" ", 1)[0] + "…"
    if not short:
        return office
    return str(_("%(office)s, editorial change: %(reason)s", office=office, reason=short))


def _named(remark: Remark, *, first: bool = True) -> str:
    """„Uwaga nr 12, Stowarzyszenie …”; who did not agree to be named is a private person."""
    number = remark.number
    said = _("Remark no. %(number)s", number=number)
    if not first:
        said = _("remark no. %(number)s", number=number)
    return f"{said}, {remark.signature or _('private person')}"


def _moment(edition: Edition) -> datetime:
    return local(edition.published_at or edition.created_at).replace(tzinfo=None)
