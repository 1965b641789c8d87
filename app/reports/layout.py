"""The chapters of the report in the council's shape, as blocks that every format can set.

The language is that of the text around it: mails and files are made under the town's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.platform.papers.blocks import (
    Block,
    Cell,
    Frame,
    Heading,
    Marked,
    Paper,
    Paragraph,
    Table,
    cleaned,
)
from app.platform.papers.words import around_page_numbers
from app.reports.content import ChangeLine, EventLine, Figures, Report
from app.reports.remark_tables import removed, table_of_remarks, who_took_part
from app.reports.words import (
    Words,
    channels,
    day,
    kinds,
    last_day,
    moment,
    responses,
    states,
    until,
)


def frame(report: Report) -> Frame:
    """The title block and the closing lines of a document."""
    by = _("Drawn up by: %(name)s", name=report.made_by) if report.made_by else ""
    return Frame(
        title=_("Report on the consultation"),
        subject=report.title,
        town=report.town,
        made=_("As of %(moment)s", moment=moment(report.made_at)),
        made_by=by,
        approved=_("Approved by:"),
        approved_hint=_("date, signature and seal of the mayor"),
        page=around_page_numbers(),
    )


def paper(report: Report) -> Paper:
    """The report as a document."""
    author = report.made_by or report.town
    return Paper(frame(report), tuple(blocks(report)), report.made_at, author)


def blocks(report: Report, *, wide: bool = False) -> list[Block]:
    """The whole report after its title; ``wide`` for spreadsheets, see ``table_of_remarks``."""
    figures = report.figures
    made = [
        *_basis(report),
        *_course(report),
        *_participation(report, figures),
        *_events(report.events),
        *table_of_remarks(report.remarks, wide=wide),
        *removed(report.remarks),
        *_changes(report.changes),
        *_for_the_programme(report, figures),
    ]
    return [cleaned(block) for block in made]


def _basis(report: Report) -> Iterator[Block]:
    yield Heading(_("Basis and subject"))
    facts = [
        (_("Subject of the consultation"), report.title),
        (_("Legal basis"), report.legal_basis),
        (_("Who could take part"), report.who_may),
        (_("Opinion of the public benefit council"), report.council_opinion),
        (_("Address of the consultation"), report.address),
        (_("Contact"), report.contact),
    ]
    rows: list[tuple[Cell, ...]] = [(name, text) for name, text in facts if text]
    yield Table(_("Basis"), (_("Item"), _("Content")), tuple(rows), (22, 78))


def _course(report: Report) -> Iterator[Block]:
    yield Heading(_("Dates and course"))
    if report.rounds:
        rows = tuple(
            (line.title or str(n), moment(line.opens_at), until(line.closes_at))
            for n, line in enumerate(report.rounds, 1)
        )
        yield Table(
            _("Rounds"), (_("Round"), _("First moment"), _("Last moment")), rows, (36, 22, 22)
        )
    else:
        yield Paragraph(_("No dates have been set for sending remarks."))
    if report.publicity:
        yield Paragraph(_("Where it was announced: %(text)s", text=report.publicity))
    if report.how_to:
        yield Paragraph(_("How remarks could be sent: %(text)s", text=report.how_to))
    if report.editions:
        yield Table(
            _("Editions of the draft"),
            (_("Document"), _("Edition"), _("Published on"), _("Note")),
            tuple(
                (line.document, str(line.number), day(line.published_on), line.note)
                for line in report.editions
            ),
            (35, 8, 17, 40),
            captioned=True,
        )


def _participation(report: Report, figures: Figures) -> Iterator[Block]:
    yield Heading(_("Participation in figures"))
    if not figures.total:
        yield Paragraph(_("No remark was submitted in the consultation."))
    called = states()
    yield Table(
        _("Figures"),
        (_("What was counted"), _("How many")),
        (
            (_("Remarks in total"), figures.total),
            *((f"– {called[state]}", n) for state, n in figures.states.items()),
            (_("Organisations that took part"), figures.organisations),
            (_("Persons who took part in their own name"), figures.persons),
            (_("Remarks that changed the text"), figures.changed_the_text),
            *_own_wordings(figures),
            (_("Remarks hidden by the moderator"), figures.hidden),
        ),
        (58, 12),
        captioned=True,
    )
    yield _counted(_("Channels"), _("How the remarks came"), channels(), figures.channels)
    yield _counted(_("Kinds"), _("What the remarks ask for"), kinds(), figures.kinds)
    yield from who_took_part(report.remarks)


def _own_wordings(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    """How often the office gave a wording of its own; nothing where it never did."""
    total = sum(figures.responses.values())
    if total:
        yield _("Remarks answered with a wording of the office"), total
        called = responses()
        for name, n in figures.responses.items():
            yield f"– {called[name]}", n


def _counted(name: str, head: str, called: dict[str, str], figures: dict[str, int]) -> Table:
    rows = tuple((called[key], n) for key, n in figures.items())
    return Table(name, (head, _("How many")), rows, (58, 12), captioned=True)


def _events(events: Sequence[EventLine]) -> Iterator[Block]:
    yield Heading(_("Meetings"))
    if not events:
        yield Paragraph(_("No meetings were held."))
        return
    yield Table(
        _("Meetings"),
        (
            _("When and where"),
            _("Meeting"),
            _("People"),
            _("Organisations"),
            _("What was agreed"),
            _("Notes"),
            _("Remarks"),
        ),
        tuple(
            (
                ", ".join(part for part in (moment(line.starts_at), line.place) if part),
                line.title,
                "–" if line.people is None else line.people,
                "–" if line.organisations is None else line.organisations,
                _agreed(line),
                line.notes,
                ", ".join(_("no. %(number)s", number=n) for n in line.remarks) or "–",
            )
            for line in events
        ),
        (18, 17, 6, 10, 33, 7, 9),
    )


def _agreed(line: EventLine) -> str:
    """What came of a meeting, in the words of its page and of its minutes."""
    said = [line.outcome, *(f"– {agreed}" for agreed in line.agreed)]
    if line.minutes:
        said.append(_("Minutes: %(address)s", address=line.minutes))
    return "\n".join(part for part in said if part) or "–"


def _changes(changes: Sequence[ChangeLine]) -> Iterator[Block]:
    yield Heading(_("What changed in the draft"))
    if not changes:
        yield Paragraph(_("The draft was not changed."))
        return
    yield Paragraph(
        _("The first edition compared with the last: added words are underlined, removed struck.")
    )
    called = Words().verdicts
    said = _("[removed: %(text)s]"), _("[added: %(text)s]")
    several = len({line.document for line in changes}) > 1
    yield Table(
        _("Changes"),
        (
            _("Provision"),
            _("What happened"),
            _("Wording"),
            _("As an amending provision"),
            _("Cause"),
        ),
        tuple(
            (
                f"{line.document}, {line.provision}" if several else line.provision,
                ", ".join(called.get(v, v) for v in line.verdicts),
                Marked(line.pieces, *said),
                line.formula or "–",
                "; ".join(line.causes) or _without_cause(line),
            )
            for line in changes
        ),
        (10, 11, 39, 24, 16),
    )


def _without_cause(line: ChangeLine) -> str:
    """What has an amending provision of its own follows from nothing: it came with a file."""
    return _("no cause was recorded") if line.formula else _("follows from other changes")


def _for_the_programme(report: Report, figures: Figures) -> Iterator[Block]:
    """Text for the programme's own chapter, UDPP art. 5a ust. 4 pkt 10."""
    yield Heading(_("Text for the programme (art. 5a sec. 4 item 10)"))
    sentences = []
    if report.rounds:
        periods = [
            _("from %(opened)s to %(closed)s", opened=day(r.opens_at), closed=last_day(r.closes_at))
            for r in report.rounds
        ]
        sentences.append(
            _("The draft was consulted %(periods)s.", periods=_(" and ").join(periods))
        )
    held = sum(line.people is not None for line in report.events)
    if held:
        sentences.append(ngettext("%(num)s meeting was held.", "%(num)s meetings were held.", held))
    yield Paragraph(" ".join([*sentences, *_outcome(figures)]))


def _outcome(figures: Figures) -> Iterator[str]:
    if not figures.total:
        yield _("No remark was submitted in the consultation.")
        return
    yield ngettext(
        "%(num)s remark was submitted.", "%(num)s remarks were submitted.", figures.total
    )
    called = states()
    parts = [f"{called[state]} – {n}" for state, n in figures.states.items() if n]
    yield _("What became of them: %(list)s.", list=", ".join(parts))
