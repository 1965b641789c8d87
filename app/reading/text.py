"""Joining what was rendered at publication with what depends on the moment."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import get_template_attribute, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.documents import queries as documents
from app.documents.models import Document, Edition
from app.documents.origins import later_words
from app.platform.caching import kept_part
from app.platform.clock import now
from app.platform.language import day, locale_name

#: Texts that one worker keeps, each of up to a few hundred kilobytes.
TEXTS_KEPT = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a consultation on its timeline: done, current, or to come."""

    name: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents with the lines beneath it."""

    title: str
    mark: str
    anchor: str
    sections: list[Heading]


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beneath a provision, ready but for how much was said of it.

    ``link`` leads to what was said and ``after`` closes it; ``acts`` are the ways to speak.
    """

    opening: str
    link: str
    after: str
    acts: str


#: How many remarks, and amendments among them, each provision number has.
Tallies = Mapping[int, tuple[int, int]]

#: The line of a slot: number, address, and whether it is the whole of a § with parts.
Lines = Callable[[int, str, bool], Line | None]


#: Under a provision's number: which part its count takes, and what stands around the words.
Places = dict[int, tuple[int, str, str]]

#: Stands in a rendered page where the text of an edition comes; no escaped words contain it.
HOLE = Markup("<!--text-->")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as HTML, ready but for the counts of remarks."""

    parts: list[str]
    places: Places

    def counting(self, tallies: Tallies) -> Markup:
        """The whole text with, at each provision, how much was said of it."""
        said = functools.cache(lambda tally: str(escape(counted(*tally))))
        parts = self.parts.copy()
        for number, tally in tallies.items():
            if number in self.places:
                index, before, after = self.places[number]
                parts[index] = before + said(tally) + after
        return Markup("".join(parts))  # noqa: S704 – escaped here and by documents.rendering


@dataclass(frozen=True, slots=True)
class EditionText:
    """The table of contents and the text of an edition, which is long: kept as it is sent."""

    contents: Markup
    parts: list[bytes]
    places: dict[int, tuple[int, bytes, bytes]]

    def set_in(self, page: str, tallies: Tallies) -> bytes:
        """A rendered page with the text, and its counts, in the place of ``HOLE``."""
        said = functools.cache(lambda tally: str(escape(counted(*tally))).encode())
        parts = self.parts.copy()
        for number, tally in tallies.items():
            if number in self.places:
                index, before, after = self.places[number]
                parts[index] = before + said(tally) + after
        above, _hole, below = page.partition(HOLE)
        return b"".join((above.encode(), *parts, below.encode()))


def with_lines(body: list[Any], lines: Lines) -> Text:
    """The pieces of a rendered text, each with the line that stands at its slot."""
    parts: list[str] = []
    places: Places = {}
    for slot, html, address in body:
        parts.append(html)
        line = lines(int(slot), address, not html) if slot else None
        if line is None:
            continue
        if line.acts:
            places[int(slot)] = len(parts) + 1, line.link, line.after
            parts += [line.opening, "", f"{line.acts}</p>"]
        else:  # without words there is no line
            places[int(slot)] = len(parts), line.opening + line.link, f"{line.after}</p>"
            parts.append("")
    return Text(parts, places)


def text_of(
    consultation: Consultation, document: Document, edition: Edition, *, first: int, speak: bool
) -> EditionText:
    """The text of an edition; ways to speak are offered on the newest only (``speak``).

    ``first`` is the number of the first published edition: words that came later are traced.

    What has been published never changes, so each worker puts it together once for each language
    and each phase in which its readers can, or cannot, speak.
    """

    def make() -> EditionText:
        body, contents = documents.texts_of(edition)
        lines = lines_of(consultation, document, later_words(edition, first)) if speak else silent
        text = with_lines(body, lines)
        return EditionText(
            table_of_contents(contents),
            [part.encode() for part in text.parts],
            {n: (i, x.encode(), y.encode()) for n, (i, x, y) in text.places.items()},
        )

    if edition.published_at is None:
        return make()
    acts = speak and phase_of(consultation, now()) is Phase.OPEN
    names = consultation.slug, document.slug, locale_name()
    key = (edition.id, edition.published_at, *names, speak, acts)
    return kept_part("text", key, make, room=TEXTS_KEPT)


def silent(_number: int, _address: str, _whole: bool) -> None:
    """Nothing: on a text that is not the newest, nobody speaks."""


def lines_of(consultation: Consultation, document: Document, later: Mapping[int, int]) -> Lines:
    """What stands beneath the provisions of the newest text, in the language of the reader.

    ``later`` are the provisions with words that came after the first edition, and in which.
    """
    is_open = phase_of(consultation, now()) is Phase.OPEN
    slug, name = consultation.slug, document.slug
    page = str(escape(url_for("reading.provision", slug=slug, document=name, number=0)))[:-1]
    form = str(escape(url_for("remarks.new", slug=slug, document=name)))
    acts = [(word, str(escape(label))) for word, label in _acts()] if is_open else []
    whole_of = str(escape(_("Whole %(address)s:", address="\0")))
    since = functools.cache(lambda n: str(escape(_("changed in edition %(number)s", number=n))))

    def line(number: int, address: str, whole: bool) -> Line:
        of = str(escape(address))
        kind = "provision__meta provision__meta--end" if whole else "provision__meta"
        opening = f'<p class="{kind}">'
        if whole:
            opening += f'<span class="provision__whole">{whole_of.replace(chr(0), of)}</span> '
        hidden = f'<span class="visually-hidden"> {of}</span></a> '
        link = f'<a class="provision__count" href="{page}{number}#uwagi">'
        spoken = [
            f'<a class="provision__act" href="{form}?przepis={number}&amp;rodzaj={word}" '
            f"data-remark-form>{label}{hidden}"
            for word, label in acts
        ]
        if number in later:
            sources = f'<a class="provision__act" href="{page}{number}/skad">'
            spoken.append(f"{sources}{since(later[number])}{hidden}")
        return Line(opening, link, hidden, "".join(spoken))

    return line


def _acts() -> tuple[tuple[str, str], ...]:
    return ("komentarz", _("Comment")), ("zmiana", _("Propose a change"))


def counted(remarks: int, amendments: int) -> str:
    """„3 uwagi, w tym 1 zmiana”."""
    words = str(ngettext("%(num)s remark", "%(num)s remarks", remarks))
    if amendments:
        changes = ngettext("%(num)s change", "%(num)s changes", amendments)
        words += ", " + str(_("among them %(changes)s", changes=changes))
    return words


def table_of_contents(contents: list[Any]) -> Markup:
    """The stored contents as a list of links."""
    show = get_template_attribute("_components/legal.html", "contents")
    return Markup(show(outline(contents)))  # noqa: S704 – a template escapes what it shows


def outline(contents: list[Any]) -> list[Heading]:
    """Chapters with their §, or the § alone where there are no chapters."""
    headings: list[Heading] = []
    for number, kind, mark, title in contents:
        entry = Heading(title, mark, f"p-{number}", [])
        if kind == "section" and headings and headings[-1].mark[:1] != "§":
            headings[-1].sections.append(entry)
        else:
            headings.append(entry)
    return headings


def timeline(consultation: Consultation, at: datetime) -> list[Step]:
    """The way of a consultation from its rounds to the report, with the present step marked."""
    phase = phase_of(consultation, at)
    steps = []
    for window in consultation.rounds:
        state = "current" if window.opens_at <= at < window.closes_at else ""
        state = state or ("done" if window.closes_at <= at else "later")
        name = window.title or _("Remarks are collected")
        steps.append(Step(name, f"{day(window.opens_at)} – {day(window.closes_at)}", state))
    considering = {Phase.CONSIDERED: "current", Phase.CONCLUDED: "done"}.get(phase, "later")
    steps.append(Step(_("Each remark is answered"), "", considering))
    concluded = consultation.concluded_at
    steps.append(
        Step(
            _("The report goes to the council"),
            day(concluded) if concluded else "",
            "done" if concluded else "later",
        )
    )
    if consultation.adoption_due_on:
        until = _("until %(day)s", day=day(consultation.adoption_due_on))
        over = at.date() > consultation.adoption_due_on
        steps.append(
            Step(_("The council adopts the programme"), until, "done" if over else "later")
        )
    return steps
