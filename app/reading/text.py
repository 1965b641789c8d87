"""Joining what was rendered at publication with what depends on the moment."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.consultations.models import Consultation
from app.consultations.permissions import phase_of
from app.consultations.phases import Phase
from app.documents.models import Document, Edition
from app.platform.clock import now
from app.platform.language import day
from app.remarks.queries import tallies_of


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


def with_remark_lines(
    consultation: Consultation, document: Document, edition: Edition, *, speak: bool
) -> Markup:
    """The whole text with, at each provision, its count of remarks and the way to speak.

    Counts and links are offered on the newest edition only (``speak``).
    """
    if not speak:
        return joined(edition.body, silent)
    line = remark_line(consultation, document, tallies_of(document))
    return joined(edition.body, line)


#: How many remarks, and amendments among them, each provision number has.
Tallies = Mapping[int, tuple[int, int]]

#: What stands at a slot: number, address, and whether it is the whole of a § with parts.
Line = Callable[[int, str, bool], str]


def joined(body: list[Any], line: Line) -> Markup:
    """The pieces with a line at each slot; plain strings, for there are hundreds of them."""
    parts: list[str] = []
    for slot, html, address in body:
        parts.append(html)
        if slot:
            parts.append(line(int(slot), address, not html))
    return Markup("".join(parts))  # noqa: S704 – made and escaped here and by documents.rendering


def silent(_number: int, _address: str, _whole: bool) -> str:
    """Nothing: on a text that is not the newest, nobody speaks."""
    return ""


def remark_line(consultation: Consultation, document: Document, tallies: Tallies) -> Line:
    """What stands beneath a provision: how much was said of it, and the ways to speak."""
    is_open = phase_of(consultation, now()) is Phase.OPEN
    slug, name = consultation.slug, document.slug
    page = str(escape(url_for("reading.provision", slug=slug, document=name, number=0)))[:-1]
    form = str(escape(url_for("remarks.new", slug=slug, document=name)))
    acts = [(word, str(escape(label))) for word, label in _acts()] if is_open else []
    said = functools.cache(lambda r, a: str(escape(counted(r, a))))
    whole_of = str(escape(_("Whole %(address)s:", address="\0")))

    def line(number: int, address: str, whole: bool) -> str:
        remarks, amendments = tallies.get(number, (0, 0))
        if not remarks and not acts:
            return ""
        of = str(escape(address))
        opening = whole_of.replace("\0", of) if whole else ""
        parts = [f'<span class="provision__whole">{opening}</span> '] if opening else []
        hidden = f'<span class="visually-hidden"> {of}</span></a> '
        if remarks:
            link = f'<a class="provision__count" href="{page}{number}#uwagi">'
            parts.append(f"{link}{said(remarks, amendments)}{hidden}")
        parts += [
            f'<a class="provision__act" href="{form}?przepis={number}&amp;rodzaj={word}" '
            f"data-remark-form>{label}{hidden}"
            for word, label in acts
        ]
        kind = "provision__meta provision__meta--end" if whole else "provision__meta"
        return f'<p class="{kind}">{"".join(parts)}</p>'

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


def contents(edition: Edition) -> list[Heading]:
    """The table of contents: chapters with their §, or the § alone where there are no chapters."""
    headings: list[Heading] = []
    for number, kind, mark, title in edition.contents:
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
