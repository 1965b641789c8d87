"""From a draft on its way in to a published edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import User
from app.consultations.actions import touch
from app.consultations.addresses import address_from
from app.consultations.models import Consultation
from app.consultations.queries import locked
from app.documents import editions, history, queries
from app.documents.drafts import Understood, Upload, units_of_rows
from app.documents.fixes import Fix, fixed
from app.documents.models import Document, DraftImport, Edition, SourceFile
from app.documents.permissions import (
    can_fix_import,
    can_import_draft,
    can_publish_edition,
    can_restore_import,
)
from app.journal.actions import record
from app.legaltext.alignment import align
from app.legaltext.units import Unit, Units
from app.platform.db import db
from app.platform.errors import DomainError, require


class StaleDraft(DomainError):
    """The draft was changed in another window since this page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This draft was changed in another window after you opened this page. Check it as "
                "it is now, and make your correction again."
            )
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a draft becomes: the next edition of ``document``, or with ``None`` a new document."""

    title: str
    document: Document | None = None
    note: str = ""
    doubts_accepted: bool = False


def start_import(
    consultation: Consultation, upload: Upload, understood: Understood, *, by: User, at: datetime
) -> DraftImport:
    """Keep an original byte for byte, with the outline understood from it, to be checked.

    The same file again, while nobody has touched it, is the same import.
    """
    consultation = locked(consultation.id)
    require(can_import_draft(by, consultation, at))
    sha256 = hashlib.sha256(upload.content).hexdigest()
    waiting = queries.untouched_import(consultation, sha256)
    if waiting is not None:
        return waiting
    file = _kept(upload, sha256, by, at)
    draft = DraftImport(
        consultation_id=consultation.id,
        title=understood.title,
        source_file_id=file.id,
        rows=understood.rows,
        warnings=understood.warnings,
        history=[],
        created_by_id=by.id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(draft)
    record("imported", draft, by=by, at=at, scope=consultation, sha256=file.sha256)
    return draft


def _kept(upload: Upload, sha256: str, by: User, at: datetime) -> SourceFile:
    file = SourceFile(
        filename=upload.filename[:255],
        content_type=upload.content_type,
        size=len(upload.content),
        sha256=sha256,
        uploaded_by_id=by.id,
        uploaded_at=at,
        content=upload.content,
    )
    db.session.add(file)
    db.session.flush()
    return file


def correct(draft: DraftImport, fix: Fix, revision: int, *, by: User, at: datetime) -> None:
    """Make one correction of the outline; refused on a draft that is no longer ``revision``."""
    draft = _locked(draft, revision, by, at)
    rows = fixed(draft.rows, fix)
    step = history.step_between(draft.rows, rows, str(fix.verb))
    if step is None:
        return
    draft.rows = rows
    draft.history = history.remembered(draft.history, step)
    _changed(draft, at)


def undo_correction(draft: DraftImport, revision: int, *, by: User, at: datetime) -> None:
    """Take the last correction back."""
    draft = _locked(draft, revision, by, at)
    if not draft.history:
        raise DomainError(_l("There is no correction left to undo."))
    draft.rows = history.undone(draft.rows, draft.history[-1])
    draft.history = draft.history[:-1]
    _changed(draft, at)


def drop_import(draft: DraftImport, *, by: User, at: datetime) -> None:
    """Put a draft aside; nothing of it is erased, and it can be taken back."""
    draft = _on_its_way(draft, by, at)
    draft.dropped_at = at
    record("dropped", draft, by=by, at=at, scope=draft.consultation)


def restore_import(draft: DraftImport, *, by: User, at: datetime) -> None:
    """Take a dropped draft back, as it was left."""
    draft = queries.locked_import(draft.id)
    require(can_restore_import(by, draft, at))
    draft.dropped_at = None
    _changed(draft, at)
    record("restored", draft, by=by, at=at, scope=draft.consultation)


def confirm_import(
    draft: DraftImport, decision: Decision, revision: int, *, by: User, at: datetime
) -> Edition:
    """Make the checked outline an edition, which nobody reads until it is published.

    As the next edition of a document, provisions recognised from the one before keep their
    permanent numbers, and with them their remarks. Doubts that are left must be accepted.
    """
    draft = _locked(draft, revision, by, at)
    units = units_of_rows(draft.rows)
    doubts = sum(bool(row["doubts"]) for row in draft.rows)
    if doubts and not decision.doubts_accepted:
        raise DomainError(
            _l("Resolve the doubts, or tick that you have seen the ones that are left.")
        )
    document = decision.document or _new_document(draft.consultation, decision.title, at)
    latest = queries.latest_edition(document)
    edition, _provisions = editions.store_edition(
        document,
        carried(latest, units),
        title=decision.title,
        at=at,
        note=decision.note,
        source_file=draft.source_file,
        based_on=latest,
    )
    draft.confirmed_at, draft.edition_id = at, edition.id
    _changed(draft, at)
    record("confirmed", draft, by=by, at=at, scope=draft.consultation, doubts_left=doubts)
    return edition


def publish_edition(edition: Edition, *, by: User, at: datetime) -> None:
    """Show an edition to everybody who sees the consultation; from then on it never changes."""
    edition = editions.locked_edition(edition)
    if edition.published_at is not None:
        raise DomainError(_l("This edition is already published."))
    require(can_publish_edition(by, edition, at))
    edition.document.title = edition.title
    editions.make_public(edition, by=by, at=at)


def carried(latest: Edition | None, units: Units) -> Units:
    """Units under the permanent numbers of the provisions recognised in an earlier edition.

    All others get ids that no number can be mistaken for.
    """
    fresh = tuple(_renamed(unit) for unit in units)
    if latest is None:
        return fresh
    old = queries.units_of(queries.wordings_of(latest))
    return align(old, fresh).carry_ids()


def _renamed(unit: Unit) -> Unit:
    children = tuple(_renamed(child) for child in unit.children)
    return replace(unit, id=f"new-{unit.id}", children=children)


def _new_document(consultation: Consultation, title: str, at: datetime) -> Document:
    taken = queries.document_addresses(consultation)
    document = Document(
        consultation_id=consultation.id,
        slug=address_from(title, taken),
        title=title,
        position=len(taken) + 1,
        created_at=at,
    )
    db.session.add(document)
    db.session.flush()
    touch(consultation.id)
    return document


def _on_its_way(draft: DraftImport, by: User, at: datetime) -> DraftImport:
    draft = queries.locked_import(draft.id)
    require(
        can_fix_import(by, draft, at),
        _l("This draft is already confirmed or dropped, so it cannot be changed."),
    )
    return draft


def _locked(draft: DraftImport, revision: int, by: User, at: datetime) -> DraftImport:
    draft = _on_its_way(draft, by, at)
    if draft.revision != revision:
        raise StaleDraft
    return draft


def _changed(draft: DraftImport, at: datetime) -> None:
    draft.revision += 1
    draft.updated_at = at
