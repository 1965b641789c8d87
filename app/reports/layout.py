"""The chapters of the report in the council's shape, as blocks that every format can set.

The language is that of the text around it: mails and files are made under the town's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.platform.language import day, moment
from app.reports.content import ChangeLine, EventLine, Figures, RemarkLine, Report
from app.reports.words import channel_word, kind_word, state_word, verdict_word


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of two editions with what was struck out and added."""

    pieces: tuple[tuple[str, str], ...]

    def plain(self) -> str:
        """The same in words, for places that cannot underline: [usunięto: …] [dodano: …]."""
        said = {
            "delete": _("[removed: %(text)s]"),
            "insert": _("[added: %(text)s]"),
        }
        return "".join(
            said[op].replace("%(text)s", text).replace("%%", "%") if op in said else text
            for op, text in self.pieces
        )


Cell = str | int | Marked


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's title."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name; ``widths`` are shares of the page, in the order of ``heads``."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Table


def blocks(report: Report) -> list[Block]:
    """The whole report after its title."""
    figures = report.figures
    return [
        *_basis(report),
        *_course(report),
        *_participation(figures),
        *_events(report.events),
        *_remarks(report.remarks),
        *_removed(report.remarks),
        *_changes(report.changes),
        *_for_the_programme(report, figures),
    ]


def _basis(report: Report) -> Iterator[Block]:
    yield Heading(_("Basis and subject"))
    facts = [
        (_("Subject"), report.title),
        (_("Legal basis"), report.legal_basis),
        (_("Who could take part"), report.who_may),
        (_("Opinion of the public benefit council"), report.council_opinion),
        (_("Address of the consultation"), report.address),
        (_("Contact"), report.contact),
    ]
    yield _facts(_("Basis"), [(k, v) for k, v in facts if v])


def _facts(name: str, rows: Sequence[tuple[str, Cell]]) -> Table:
    return Table(name, (_("Item"), _("Content")), tuple(rows), (30, 70))


def _course(report: Report) -> Iterator[Block]:
    yield Heading(_("Dates and course"))
    yield Table(
        _("Rounds"),
        (_("Round"), _("From"), _("Until")),
        tuple(
            (line.title or str(n), _moment(line.opens_at), _moment(line.closes_at))
            for n, line in enumerate(report.rounds, 1)
        ),
        (50, 25, 25),
    )
    for text in (report.publicity, report.how_to):
        if text:
            yield Paragraph(text)
    if report.editions:
        yield Table(
            _("Editions of the draft"),
            (_("Document"), _("Edition"), _("Published"), _("Note")),
            tuple(
                (line.document, line.number, _day(line.published_on), line.note)
                for line in report.editions
            ),
            (40, 10, 20, 30),
        )


def _participation(figures: Figures) -> Iterator[Block]:
    yield Heading(_("Participation in figures"))
    if not figures.total:
        yield Paragraph(_("No remark was submitted in the consultation."))
    yield Table(
        _("Figures"),
        (_("What"), _("How many")),
        (
            (_("Remarks in total"), figures.total),
            *((f"– {state_word(state)}", n) for state, n in figures.states.items()),
            (_("Organisations that took part"), figures.organisations),
            (_("Persons who took part in their own name"), figures.persons),
            (_("Remarks that changed the text"), figures.changed_the_text),
            (_("Remarks hidden by the moderator"), figures.hidden),
        ),
        (75, 25),
    )
    yield Table(
        _("Channels"),
        (_("How the remarks came"), _("How many")),
        tuple((channel_word(name), n) for name, n in figures.channels.items()),
        (75, 25),
    )
    yield Table(
        _("Kinds"),
        (_("What the remarks ask for"), _("How many")),
        tuple((kind_word(name), n) for name, n in figures.kinds.items()),
        (75, 25),
    )


def _events(events: Sequence[EventLine]) -> Iterator[Block]:
    yield Heading(_("Meetings"))
    if not events:
        yield Paragraph(_("No meetings were held."))
        return
    yield Table(
        _("Meetings"),
        (_("When and where"), _("What"), _("People"), _("Organisations"), _("What was agreed")),
        tuple(
            (
                f"{_moment(line.starts_at)}, {line.place}",
                line.title,
                "–" if line.people is None else line.people,
                "–" if line.organisations is None else line.organisations,
                line.outcome,
            )
            for line in events
        ),
        (25, 25, 8, 10, 32),
    )


def _remarks(remarks: Sequence[RemarkLine]) -> Iterator[Block]:
    yield Heading(_("Table of remarks"))
    if not remarks:
        yield Paragraph(_("There is nothing to list: no remark was submitted."))
        return
    yield Table(
        _("Remarks"),
        (
            _("No."),
            _("Provision"),
            _("Who"),
            _("Content of the remark"),
            _("Proposed wording"),
            _("Position"),
            _("Justification"),
            _("Change in the draft"),
        ),
        tuple(_remark_row(line) for line in remarks),
        (5, 9, 12, 23, 19, 10, 14, 8),
    )


def _remark_row(line: RemarkLine) -> tuple[Cell, ...]:
    who = line.who or _("private person")
    how = f"{kind_word(line.kind)}, {channel_word(line.channel)}, {_day(line.received_on)}"
    content = line.content
    if line.quote:
        content = _("On the words “%(quote)s”: %(content)s", quote=line.quote, content=content)
    if line.is_hidden:
        content = _("Hidden by the moderator. Reason: %(reason)s", reason=line.hidden_reason)
    if line.state == "withdrawn":
        content = _("Withdrawn by its author.")
    silent = line.is_hidden or line.state == "withdrawn"
    proposed = "" if silent else line.proposed
    if line.kind == "strike" and not silent:
        proposed = _("strike the provision out")
    return (
        line.number,
        line.provision or _("whole document"),
        f"{who} ({how})",
        content,
        proposed,
        state_word(line.state),
        line.justification,
        "; ".join(line.changes) or "–",
    )


def _removed(remarks: Sequence[RemarkLine]) -> Iterator[Block]:
    removed = [line for line in remarks if line.is_hidden or line.state == "withdrawn"]
    yield Heading(_("Remarks hidden or withdrawn"))
    if not removed:
        yield Paragraph(_("No remark was hidden or withdrawn."))
        return
    yield Paragraph(
        _("They keep their numbers and are counted above; only their words are left out.")
    )
    yield Table(
        _("Removed"),
        (_("No."), _("What happened"), _("Reason")),
        tuple(
            (
                line.number,
                _("hidden by the moderator") if line.is_hidden else _("withdrawn by its author"),
                line.hidden_reason or line.withdrawal_reason or _("none given"),
            )
            for line in removed
        ),
        (8, 32, 60),
    )


def _changes(changes: Sequence[ChangeLine]) -> Iterator[Block]:
    yield Heading(_("What changed in the draft"))
    if not changes:
        yield Paragraph(_("The draft was not changed."))
        return
    yield Paragraph(
        _("The first edition compared with the last: added words are underlined, removed struck.")
    )
    yield Table(
        _("Changes"),
        (_("Provision"), _("What happened"), _("Wording"), _("Cause")),
        tuple(
            (
                line.provision,
                ", ".join(verdict_word(v) for v in line.verdicts),
                Marked(line.pieces),
                "; ".join(line.causes) or _("follows from other changes"),
            )
            for line in changes
        ),
        (13, 13, 52, 22),
    )


def _for_the_programme(report: Report, figures: Figures) -> Iterator[Block]:
    """Text for the programme's own chapter, UDPP art. 5a ust. 4 pkt 10."""
    yield Heading(_("Text for the programme (art. 5a sec. 4 item 10)"))
    opened = _day(report.rounds[0].opens_at) if report.rounds else "–"
    closed = _day(report.rounds[-1].closes_at) if report.rounds else "–"
    sentences = [
        _(
            "The draft of the programme was consulted from %(opened)s to %(closed)s.",
            opened=opened,
            closed=closed,
        )
    ]
    held = [line for line in report.events if line.people is not None]
    if held:
        sentences.append(
            ngettext("%(num)s meeting was held.", "%(num)s meetings were held.", len(held))
        )
    if figures.total:
        sentences.append(
            ngettext(
                "%(num)s remark was submitted.", "%(num)s remarks were submitted.", figures.total
            )
        )
        sentences.append(
            _(
                "Accepted in full: %(accepted)s, in part: %(partly)s, not accepted: %(rejected)s.",
                accepted=figures.states["accepted"],
                partly=figures.states["partially_accepted"],
                rejected=figures.states["rejected"],
            )
        )
    else:
        sentences.append(_("No remark was submitted in the consultation."))
    yield Paragraph(" ".join(sentences))


def _day(iso: str) -> str:
    if not iso:
        return "–"
    return day(datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso))


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso))
