"""Addresses where a stored edition is looked at once more and published."""

from __future__ import annotations

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from app.accounts.models import Role
from app.consultations.permissions import phase_of
from app.documents import actions, queries
from app.documents.blueprint import blueprint
from app.documents.comparison import rows_between
from app.documents.models import Edition
from app.documents.verdicts import Verdict
from app.platform.access import staff
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import NotFound

#: What happened to provisions, as it is counted.
VERDICTS = {
    Verdict.ADDED: _l("provisions added"),
    Verdict.REPEALED: _l("provisions struck out"),
    Verdict.REWORDED: _l("provisions reworded"),
    Verdict.MOVED: _l("provisions moved"),
    Verdict.RENUMBERED: _l("provisions renumbered"),
}


@blueprint.get("/biurko/wersje/<int:id>/publikuj")
@staff(Role.COORDINATOR)
def publish_edition(id: int) -> ResponseReturnValue:
    """The text as readers will see it, and what publishing it will do."""
    edition = _edition(id)
    latest = queries.latest_edition(edition.document)
    new = queries.wordings_of(edition)
    changes: Counter[Verdict] = Counter()
    if latest is not None and latest.number < edition.number:
        for row in rows_between(queries.wordings_of(latest), new):
            changes.update(Verdict(name) for name in row["verdicts"])
    return render_template(
        "documents/publish.html",
        edition=edition,
        consultation=edition.document.consultation,
        phase=phase_of(edition.document.consultation, now()),
        latest=latest,
        provisions=len(new),
        changes=", ".join(f"{VERDICTS[name]}: {count}" for name, count in changes.items()),
        # The pieces were escaped when the edition was made.
        text=Markup("").join(Markup(html) for _slot, html, _address in edition.body),  # noqa: S704
    )


@blueprint.post("/biurko/wersje/<int:id>/publikuj")
@staff(Role.COORDINATOR)
def published(id: int) -> ResponseReturnValue:
    """Publish an edition."""
    edition = _edition(id)
    with transaction():
        actions.publish_edition(edition, by=current_user, at=now())
        slug, document = edition.document.consultation.slug, edition.document.slug
    flash(_("The edition is published."), "success")
    return redirect(url_for("reading.document", slug=slug, document=document), 303)


def _edition(id: int) -> Edition:
    edition = queries.edition_by_id(id, with_body=True)
    if edition is None:
        raise NotFound
    return edition
