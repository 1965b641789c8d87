"""Where the words of a § come from, grouped by what caused them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.documents.models import Document, Edition, Wording
from app.documents.origins import origins_of
from app.documents.provenance import Origins, Source
from app.documents.queries import published_before, published_editions
from app.documents.rendering import style_of
from app.drafting.models import DraftChange
from app.drafting.queries import published_changes
from app.legaltext.numbering import display_mark
from app.legaltext.origins import Run
from app.platform.typography import bind


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side with one cause, and the blanks around them."""

    before: str
    text: str
    after: str
    cause: Cause


@dataclass(slots=True)
class Cause:
    """An edition and the changes in it that brought words; ``number`` is its sign on the page.

    Without changes the words came with the edition: its first draft, or a file.
    """

    number: int
    edition: Edition
    previous: Edition | None
    changes: Sequence[DraftChange]
    provisions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Traced:
    """A provision in its words, each with its cause; ``style`` is for the style sheet."""

    number: int
    style: str
    mark: str
    words: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provisions of a § and the causes of their words, the earliest first."""

    provisions: Sequence[Traced]
    causes: Sequence[Cause]


def provenance_of(document: Document, edition: Edition, wordings: Sequence[Wording]) -> Provenance:
    """Who brought the words of these provisions of an edition, when, and on whose proposal."""
    section = next(w for w in wordings if w.provision_id == w.section_id)
    origins = origins_of(edition)
    numbers = [wording.provision.number for wording in wordings]
    causes = _causes(document, {n: origins.get(str(n), ()) for n in numbers})
    provisions = [
        Traced(
            wording.provision.number,
            _style(wording, section.depth),
            display_mark(wording.kind, wording.mark),
            list(_words(wording.provision.number, origins, causes)),
        )
        for wording in wordings
    ]
    each_once = {cause.number: cause for cause in causes.values()}
    return Provenance(provisions, [each_once[number] for number in sorted(each_once)])


def _style(wording: Wording, depth: int) -> str:
    """Set in as far as it stands beneath the parts of the §."""
    step = wording.depth - depth - 1
    return style_of(wording.kind) + (f" provision--step-{step}" if step > 0 else "")


def _words(
    number: int, origins: Origins, causes: Mapping[tuple[int, Source], Cause]
) -> Iterator[Words]:
    for run in origins.get(str(number), ()):
        core = run.text.strip()
        before, _, after = run.text.partition(core) if core else (run.text, "", "")
        cause = causes[number, run.source]
        if number not in cause.provisions:
            cause.provisions.append(number)
        yield Words(before, bind(core).replace("\t", " · "), after, cause)


def _causes(
    document: Document, runs: Mapping[int, Sequence[Run[Source]]]
) -> dict[tuple[int, Source], Cause]:
    """The cause of each source in each provision; the same changes are one cause."""
    published = published_editions(document)
    editions = {edition.number: edition for edition in published}
    made = _Made(published_changes(document))
    known: dict[tuple[int, tuple[int, ...]], Cause] = {}
    found: dict[tuple[int, Source], Cause] = {}
    wanted = [(n, run.source) for n, said in runs.items() for run in said]
    for number, source in sorted(wanted, key=lambda each: each[1]):
        changes = made.behind(number, source)
        key = (source[0], tuple(change.id for change in changes))
        if key not in known:
            earlier = published_before(editions[source[0]], published)
            known[key] = Cause(len(known) + 1, editions[source[0]], earlier, changes)
        found[number, source] = known[key]
    return found


class _Made:
    """The changes that made the published editions of a document."""

    def __init__(self, changes: Iterable[DraftChange]) -> None:
        self._by_id: dict[int, DraftChange] = {}
        self._by_place: dict[tuple[int, int], list[DraftChange]] = {}
        for change in changes:
            self._by_id[change.id] = change
            edition = change.draft.edition
            if edition is not None:
                for number in change.shown.get("touched", ()):
                    self._by_place.setdefault((edition.number, number), []).append(change)

    def behind(self, number: int, source: Source) -> list[DraftChange]:
        """The change that brought words; where it was not kept, all of its edition there."""
        edition, change = source
        if change in self._by_id:
            return [self._by_id[change]]
        return self._by_place.get((edition, number), [])
