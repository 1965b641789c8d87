"""The tables of the report that list remarks: who took part, what was said, what was removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.platform.papers.blocks import Block, Cell, Heading, Paragraph, Table
from app.platform.polish import sort_key
from app.reports.content import RemarkLine, participants
from app.reports.words import Words


def who_took_part(remarks: Sequence[RemarkLine]) -> Iterator[Block]:
    """Organisations and named persons with how many remarks each sent, then all others."""
    if not remarks:
        return
    counted = participants(remarks)
    rows = sorted(
        ((name, n) for name, n in counted.items() if name), key=lambda row: sort_key(row[0])
    )
    if "" in counted:
        rows.append((_("private persons, not named"), counted[""]))
    yield Table(_("Participants"), (_("Who took part"), _("Remarks")), tuple(rows), (58, 12), True)


def table_of_remarks(remarks: Sequence[RemarkLine], *, wide: bool) -> Iterator[Block]:
    """All remarks by number; ``wide`` gives each fact a column, to be sorted and filtered by."""
    yield Heading(_("Table of remarks"))
    if not remarks:
        yield Paragraph(_("There is nothing to list: no remark was submitted."))
    else:
        yield _sheet(remarks) if wide else _printed(remarks)


def _printed(remarks: Sequence[RemarkLine]) -> Table:
    words = Words()
    return Table(
        _("Remarks"),
        (
            _("No."),
            _("Provision"),
            _("Who sent it"),
            _("Content of the remark"),
            _("Proposed wording"),
            _("Position of the office"),
            _("Justification"),
            _("Change in the draft"),
        ),
        tuple(_printed_row(line, words) for line in remarks),
        (4, 9, 13, 20, 17, 10, 17, 10),
    )


def _printed_row(line: RemarkLine, words: Words) -> tuple[Cell, ...]:
    who = line.who or words.private
    how = ", ".join(
        (words.kinds[line.kind], words.channels[line.channel], words.day(line.received_on))
    )
    content = _content(line, words)
    if line.quote and not line.is_silent:
        content = f"{words.on_words.replace(chr(0), line.quote)} {content}"
    return (
        line.number,
        line.provision or words.whole,
        f"{who}\n{how}",
        content,
        _proposed(line, words),
        words.states[line.state],
        "\n".join(part for part in (line.justification, *_own(line, words)) if part),
        _traces(line, words) or "–",
    )


def _content(line: RemarkLine, words: Words) -> str:
    if line.state == "withdrawn":
        return words.withdrawn
    if line.is_hidden:
        return words.hidden.replace("\0", line.hidden_reason)
    return line.content


def _proposed(line: RemarkLine, words: Words) -> str:
    if line.is_silent:
        return ""
    return words.strike if line.kind == "strike" else line.proposed


def _own(line: RemarkLine, words: Words) -> Iterator[str]:
    """The office's own wording, as the office's, and what the author says to it."""
    if line.own_wording:
        yield words.office.replace("\0", line.own_wording)
        yield f"({_response(line, words)})"


def _response(line: RemarkLine, words: Words) -> str:
    said = (words.responses.get(line.response, ""), line.response_words)
    return ": ".join(part for part in said if part)


def _traces(line: RemarkLine, words: Words) -> str:
    """What the remark changed in the draft, or why it needed no change."""
    said = [words.no_change.replace("\0", line.no_change)] if line.no_change else []
    return "; ".join([*line.changes, *said])


def _sheet(remarks: Sequence[RemarkLine]) -> Table:
    words = Words()
    return Table(
        _("Remarks"),
        (
            _("No."),
            _("Provision"),
            _("Who sent it"),
            _("Kind"),
            _("How it came"),
            _("Received on"),
            _("On the words"),
            _("Content of the remark"),
            _("Proposed wording"),
            _("Position of the office"),
            _("Justification"),
            _("Answered on"),
            _("Wording of the office"),
            _("What the author says"),
            _("Change in the draft"),
            _("Words hidden"),
        ),
        tuple(_sheet_row(line, words) for line in remarks),
        (4, 10, 16, 9, 9, 8, 14, 30, 24, 10, 24, 8, 24, 14, 14, 8),
    )


def _sheet_row(line: RemarkLine, words: Words) -> tuple[Cell, ...]:
    return (
        line.number,
        line.provision or words.whole,
        line.who or words.private,
        words.kinds[line.kind],
        words.channels[line.channel],
        line.received_on,
        "" if line.is_silent else line.quote,
        _content(line, words),
        _proposed(line, words),
        words.states[line.state],
        line.justification,
        line.decided_on,
        line.own_wording,
        _response(line, words),
        _traces(line, words),
        _("yes") if line.is_hidden else "",
    )


def removed(remarks: Sequence[RemarkLine]) -> Iterator[Block]:
    """What was hidden or withdrawn, with the reasons and without the words."""
    gone = [line for line in remarks if line.is_silent]
    yield Heading(_("Remarks hidden or withdrawn"))
    if not gone:
        yield Paragraph(_("No remark was hidden or withdrawn."))
        return
    yield Paragraph(
        _("They keep their numbers and are counted above; only their words are left out.")
    )
    rows = tuple((line.number, _happened(line), _reasons(line)) for line in gone)
    yield Table(
        _("Hidden or withdrawn"), (_("No."), _("What happened"), _("Reason")), rows, (5, 25, 55)
    )


def _happened(line: RemarkLine) -> str:
    said = []
    if line.is_hidden:
        said.append(_("the moderator hid its words"))
    if line.state == "withdrawn":
        said.append(_("its author withdrew it"))
    return ", ".join(said)


def _reasons(line: RemarkLine) -> str:
    reasons = [reason for reason in (line.hidden_reason, line.withdrawal_reason) if reason]
    return "; ".join(reasons) or _("none given")
