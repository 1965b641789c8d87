"""Two editions of a document as a file for Word, with the way from one to the other tracked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import lazyload

from app.documents.models import Document, Edition
from app.documents.queries import units_of, wordings_of
from app.drafting.models import DraftChange
from app.platform.db import db
from app.platform.language import day, site_language
from app.platform.links import absolute
from app.reading.causes import signs_of
from app.reading.queries import causes_between
from app.reading.word.act import Act, Frame, render
from app.remarks.models import Position


def tracked_file(document: Document, old: Edition, new: Edition) -> bytes:
    """The bytes of the file, in the town's language; a number of queries that does not grow."""
    causes = causes_between(document, old, new)
    positions = last_positions(change for changes in causes.values() for change in changes)
    with force_locale(site_language()):
        office = str(current_app.config["SITE_NAME"])
        signs = signs_of(causes, positions, office=office, edition=new)
        return render(act_of(old), act_of(new), signs, _frame(document, old, new, office))


def name_of(document: Document, old: Edition, new: Edition) -> str:
    """What the file is called: Polish words without diacritics, as in addresses."""
    slug = f"{document.consultation.slug}-{document.slug}"
    return f"{slug}-zmiany-od-wydania-{old.number}-do-{new.number}.docx"


def last_positions(changes: Iterable[DraftChange]) -> dict[int, Position]:
    """The office's last position on each remark that caused a change, under the remark's id."""
    remarks = {remark.id for change in changes for remark in change.causes}
    found: Sequence[Position] = db.session.scalars(
        sa.select(Position)
        .where(Position.remark_id.in_(remarks))
        .options(lazyload(Position.responses))
        .order_by(Position.id)
    ).all()
    return {position.remark_id: position for position in found}


def act_of(edition: Edition) -> Act:
    """An edition as it is set in the file."""
    on = day(edition.published_at or edition.created_at)
    line = _("Edition %(number)s of %(day)s", number=edition.number, day=on)
    return Act(edition.title, str(line), units_of(wordings_of(edition)))


def _frame(document: Document, old: Edition, new: Edition, office: str) -> Frame:
    names = {"slug": document.consultation.slug, "document": document.slug}
    address = absolute("reading.comparison", old=old.number, new=new.number, **names)
    before, between, after = (
        part.strip() for part in _("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    )
    return Frame(
        title=f"{new.title}: {_pair(old, new)}",
        author=office,
        note=str(_("What changed, and why: %(address)s", address=address)),
        footer=f"{office}. {document.title}",
        page=(before, between, after),
        made_at=new.published_at or new.created_at,
    )


def _pair(old: Edition, new: Edition) -> str:
    return str(_("Edition %(old)s and edition %(new)s", old=old.number, new=new.number))
