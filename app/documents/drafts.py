"""Drafts on their way in: bytes understood as rows, and rows shown to the coordinator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from app.documents import doubts
from app.documents.forms import KINDS
from app.documents.refusals import CannotRead
from app.legaltext import draft_lines
from app.legaltext.draft_files import outline_of_file
from app.legaltext.numbering import display_mark
from app.legaltext.outline_values import Doubt, Outline, OutlineError
from app.legaltext.sources import SourceError
from app.legaltext.units import MARKED, Kind, Units, walk
from app.platform.language import locale_name

Json = Mapping[str, Any]

#: The deepest indentation that the page of the outline shows.
DEEPEST = 4

#: How lines that are in no row are told from doubts about the whole file.
LEFT_OUT = "left_out"
MOST_LEFT_OUT = 500

PASTED = "wklejony-tekst.txt"

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """An original as it came: a file, or a pasted text under a name of ours."""

    filename: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A title, the rows as JSON, and the codes of warnings about the whole file."""

    title: str
    rows: list[Any]
    warnings: list[Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the coordinator sees it."""

    id: str
    kind: Kind
    kind_name: str
    mark: str
    shown_mark: str
    text: str
    depth: int
    doubts: tuple[str, ...]
    next_doubt: str
    locale: str

    @property
    def name(self) -> str:
        """How the row is called for those who hear the page: its kind and mark, or first words."""
        return (
            f"{self.kind_name} {self.mark}" if self.mark else f"{self.kind_name} {self.text[:30]}"
        )


def upload_of(file: FileStorage | None, text: str | None) -> Upload:
    """What was sent, a pasted text as a file of ours."""
    if not file:
        return Upload(PASTED, (text or "").encode(), "text/plain; charset=utf-8")
    with file.stream:
        return upload_from(file.read(), file.filename or "")


def upload_from(data: bytes, filename: str) -> Upload:
    """A file under its name without the path; its type follows from the name for browsers only."""
    name = filename.replace("\\", "/").rpartition("/")[2].strip() or "projekt"
    content_type = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return Upload(name, data, content_type)


def outline_of(data: bytes, filename: str) -> Outline:
    """What is understood of a file; raises ``CannotRead``."""
    try:
        outline = outline_of_file(data, filename)
    except (SourceError, OutlineError) as error:
        raise CannotRead(error.code, str(error)) from error
    if not any(unit.kind in MARKED or unit.kind is Kind.TABLE for unit in walk(outline.units)):
        raise CannotRead(
            "no_provisions",
            "No provisions were found: no §, chapter or numbered point. Check that the file holds "
            "the draft with its numbers.",
        )
    return outline


def understand(data: bytes, filename: str, title: str | None = None) -> Understood:
    """Read a draft into rows to be checked; raises ``CannotRead`` when it gives no outline."""
    outline = outline_of(data, filename)
    rows = draft_lines.to_plain(draft_lines.flatten(outline))
    known = {row["id"] for row in rows}
    whole = [_doubt_json(doubt) for doubt in outline.doubts if doubt.unit_id not in known]
    whole += [_left_out(line.text) for line in outline.left_out[:MOST_LEFT_OUT]]
    chosen = " ".join((title or "").split()) or outline.title
    return Understood(chosen, rows, whole)


def units_of_rows(rows: list[Any]) -> Units:
    """The tree that stored rows stand for."""
    return draft_lines.build(draft_lines.from_plain(rows))


def shown(rows: Sequence[Json]) -> list[Shown]:
    """Stored rows as the coordinator sees them, each doubtful one leading to the next."""
    locale, following = locale_name(), ""
    made = []
    for row in reversed(rows):
        kind = Kind(row["kind"])
        made.append(
            Shown(
                id=row["id"],
                kind=kind,
                kind_name=str(KINDS[kind]),
                mark=row["mark"],
                shown_mark=display_mark(kind, row["mark"]),
                text=row["text"],
                depth=min(row["depth"], DEEPEST),
                doubts=tuple(_sentence(stored) for stored in row["doubts"]),
                next_doubt=following,
                locale=locale,
            )
        )
        following = row["id"] if row["doubts"] else following
    return made[::-1]


def doubtful(rows: Sequence[Shown]) -> list[str]:
    """The ids of the rows that are in doubt, in their order."""
    return [row.id for row in rows if row.doubts]


def reasons(stored: Sequence[Json], rows: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """Doubts of one sort together: what the first of them says, and the rows that have one.

    The commonest comes first; ``rows`` are the ``stored`` ones as ``shown``.
    """
    said: dict[str, str] = {}
    found: dict[str, list[Shown]] = {}
    for plain, row in zip(stored, rows, strict=True):
        for doubt, sentence in zip(plain["doubts"], row.doubts, strict=True):
            said.setdefault(doubt["code"], sentence)
            found.setdefault(doubt["code"], []).append(row)
    return [(said[code], found[code]) for code in sorted(found, key=lambda c: -len(found[c]))]


def counted(rows: Sequence[Shown]) -> str:
    """What the outline holds: „12 rozdziałów, 25 paragrafów, 1 tabela”."""
    numbers = Counter(row.kind for row in rows)
    said = {
        Kind.CHAPTER: ngettext("%(num)s chapter", "%(num)s chapters", numbers[Kind.CHAPTER]),
        Kind.SECTION: ngettext("%(num)s section", "%(num)s sections", numbers[Kind.SECTION]),
        Kind.SUBSECTION: ngettext(
            "%(num)s subsection", "%(num)s subsections", numbers[Kind.SUBSECTION]
        ),
        Kind.POINT: ngettext("%(num)s point", "%(num)s points", numbers[Kind.POINT]),
        Kind.TABLE: ngettext("%(num)s table", "%(num)s tables", numbers[Kind.TABLE]),
    }
    return ", ".join(words for kind, words in said.items() if numbers[kind]) or _("No provisions")


def warnings(stored: Sequence[Json]) -> list[str]:
    """Doubts about the file as a whole, in sentences."""
    return [_sentence(doubt) for doubt in stored if doubt["code"] != LEFT_OUT]


def left_out(stored: Sequence[Json]) -> list[str]:
    """Lines of the file that are in no row, such as page numbers, as they came."""
    return [line["raw"] for line in stored if line["code"] == LEFT_OUT]


def _left_out(text: str) -> dict[str, Any]:
    return {"code": LEFT_OUT, "raw": text[:300], "values": {}}


def _sentence(stored: Json) -> str:
    return doubts.sentence(stored["code"], stored["values"], stored["raw"])


def _doubt_json(doubt: Doubt) -> dict[str, Any]:
    return {"code": doubt.code, "raw": doubt.raw[:300], "values": dict(doubt.values)}
