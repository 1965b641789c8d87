"""Where the words of an edition come from: found once, on publication, and kept."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.documents import provenance
from app.documents.kinship import Kinship, kinship
from app.documents.models import Edition, Wording
from app.documents.provenance import Origins, Stage
from app.documents.queries import units_of, wordings_of
from app.platform.db import db


def remember_origins(edition: Edition, stages: Sequence[Stage], related: Kinship) -> None:
    """Keep the origins of a newly published edition, and of earlier ones that have none yet."""
    *earlier, newest = _editions_until(edition)
    before = _known(earlier)
    for past in earlier:
        if past.origins is None:
            past.origins = provenance.to_json(before[past.id])
    texts = _texts(wordings_of(edition))
    if earlier:
        origins = provenance.of_next(
            before[earlier[-1].id],
            texts,
            edition.number,
            stages=stages,
            words_from=related.words_from,
        )
    else:
        origins = provenance.of_first(texts, edition.number)
    newest.origins = provenance.to_json(origins)
    db.session.flush()


def origins_of(edition: Edition) -> Origins:
    """The origins of a published edition as they were kept on publication."""
    return origins_of_all([edition])[edition.id]


def origins_of_all(editions: Sequence[Edition]) -> dict[int, Origins]:
    """The origins of published editions, under their ids, in one query.

    Those of an edition published before origins were kept are found again, from its wordings and
    those of the editions before it.
    """
    kept = db.session.execute(
        sa.select(Edition.id, Edition.origins).where(Edition.id.in_([e.id for e in editions]))
    )
    found = {id: provenance.from_json(origins) for id, origins in kept if origins is not None}
    for edition in editions:
        if edition.id not in found:
            found[edition.id] = _known(_editions_until(edition))[edition.id]
    return found


def later_words(edition: Edition, first: int) -> dict[int, int]:
    """The provisions with words that came after edition ``first``, and the last such edition."""
    if edition.number == first:
        return {}
    newest = {
        int(number): max((run.source[0] for run in runs), default=first)
        for number, runs in origins_of(edition).items()
    }
    return {number: brought for number, brought in newest.items() if brought > first}


def _editions_until(edition: Edition) -> list[Edition]:
    return list(
        db.session.scalars(
            sa.select(Edition)
            .where(
                Edition.document_id == edition.document_id,
                Edition.published_at.is_not(None),
                Edition.number <= edition.number,
            )
            .options(undefer(Edition.origins))
            .order_by(Edition.number)
        )
    )


def _known(editions: Sequence[Edition]) -> dict[int, Origins]:
    """The origins of consecutive editions, the first one first; found where they were not kept."""
    found: dict[int, Origins] = {}
    before: Edition | None = None
    for edition in editions:
        if edition.origins is not None:
            found[edition.id] = provenance.from_json(edition.origins)
        else:
            found[edition.id] = _found(edition, before, found)
        before = edition
    return found


def _found(edition: Edition, before: Edition | None, known: dict[int, Origins]) -> Origins:
    wordings = wordings_of(edition)
    if before is None:
        return provenance.of_first(_texts(wordings), edition.number)
    related = kinship(units_of(wordings_of(before)), units_of(wordings))
    return provenance.of_next(
        known[before.id], _texts(wordings), edition.number, words_from=related.words_from
    )


def _texts(wordings: Sequence[Wording]) -> dict[str, str]:
    return {str(wording.provision.number): wording.text for wording in wordings}
