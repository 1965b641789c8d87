"""What a comparison lists: set once by each worker, because a published comparison never changes.

Only what is known of the causes may become another; it is a part of the key under which the list
is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from markupsafe import Markup

from app.documents.models import Comparison, Edition
from app.platform.caching import kept_part
from app.platform.language import locale_name
from app.reading import queries, whole_text
from app.reading.changes import Changes, parts

#: Lists that one worker keeps, each of up to a megabyte.
LISTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Listing:
    """The provisions of a comparison: those that differ, or all of them."""

    stored: Comparison
    old: Edition
    new: Edition
    changes: Changes

    def html(self, view: str, *, whole: bool) -> Markup:
        """The list in one of its views; ``whole`` with what stayed between the changes."""
        document = self.new.document
        key = (
            self.old.id,
            self.new.id,
            view,
            whole,
            locale_name(),
            request.script_root,
            document.consultation.slug,
            document.slug,
            *self.changes.seen,
        )
        return kept_part("listing", key, lambda: self._made(view, whole), room=LISTS_KEPT)

    def _made(self, view: str, whole: bool) -> Markup:
        document = self.new.document
        page = render_template(
            "reading/_whole.html" if whole else "reading/_changed.html",
            view=view,
            old=self.old,
            new=self.new,
            changes=self.changes,
            whole=self._entries() if whole else (),
            parts=parts(self.changes.changed, *queries.chapters_of(self.new, self.old)),
            consultation=document.consultation,
            names={"slug": document.consultation.slug, "document": document.slug},
        )
        return Markup(page)  # noqa: S704 – a template escapes

    def _entries(self) -> list[whole_text.Entry]:
        order, standing = queries.order_of(self.old), queries.standing_in(self.new)
        return whole_text.entries(self.stored.rows, order, standing)
