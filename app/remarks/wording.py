"""The wording a remark is about, and how what is said about it is set as HTML."""

from __future__ import annotations

from markupsafe import Markup

from app.documents.models import Edition, Provision, Wording
from app.documents.queries import units_of, wording_of, wordings_of_section
from app.legaltext import diff, sanitize
from app.legaltext.units import Unit, by_id
from app.remarks.models import AmendmentKind

CHANGE = Markup('<div class="diff"><div class="diff__text" lang="pl"><p>{}</p></div></div>')


def unit_of(edition: Edition, provision: Provision) -> Unit | None:
    """A provision with its parts as it stands in an edition; ``None`` when it does not."""
    wording = wording_of(edition, provision)
    if wording is None:
        return None
    section = wordings_of_section(edition, wording.section_id)
    return by_id(units_of(section)).get(str(provision.number))


def text_of(unit: Unit | None) -> str:
    """The words of a provision with its parts, as people see and edit them."""
    return unit.text if unit is not None else ""


def wording_in(edition: Edition, provision: Provision | None) -> Wording | None:
    """The row of a provision in an edition."""
    return wording_of(edition, provision) if provision is not None else None


def old_text(kind: AmendmentKind | None, current: str) -> str:
    """The text that an amendment replaces: nothing, when it adds a provision."""
    return "" if kind in {AmendmentKind.INSERT, None} else current


def proposed(kind: AmendmentKind | None, text: str) -> str:
    """The proposed text as it is kept: only amendments that bring words have one."""
    if kind in {AmendmentKind.REWORD, AmendmentKind.INSERT}:
        return "\n".join(line.rstrip() for line in text.strip().splitlines())
    return ""


def marked(kind: AmendmentKind | None, current: str, proposed: str) -> Markup:
    """The proposed change with its words marked, safe and with labels for a screen reader."""
    new = "" if kind is AmendmentKind.STRIKE else proposed
    pieces = diff.compare(old_text(kind, current), new)
    return Markup(diff.to_html(pieces))  # noqa: S704 - legaltext.diff escapes every word


def rendered(kind: AmendmentKind | None, current: str, proposed: str, body: str) -> str:
    """A remark as lists show it: the change, if it proposes one, and what its author says."""
    change = CHANGE.format(marked(kind, current, proposed)) if kind is not None else Markup("")
    return change + Markup(sanitize.paragraphs(body))  # noqa: S704 - safe by sanitize's promise


def surroundings(text: str, quote: str, reach: int = 60) -> tuple[str, str] | None:
    """What stands before and after a quotation in a text; ``None`` when it does not occur.

    Blanks of every width are alike; the first occurrence counts.
    """
    text, quote = diff.normalise(text), diff.normalise(quote)
    at = text.find(quote) if quote else -1
    if at < 0:
        return None
    end = at + len(quote)
    return text[max(0, at - reach) : at], text[end : end + reach]
