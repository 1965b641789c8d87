"""The address where a stored edition is looked at once more before it is published.

Publishing it is the drafting room's work, which stands above remarks and carries them along.
"""

from __future__ import annotations

from collections import Counter

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.accounts.models import Role
from app.consultations.permissions import phase_of
from app.documents import queries
from app.documents.blueprint import blueprint
from app.documents.comparison import rows_between
from app.documents.crossings import references_astray
from app.documents.verdicts import Verdict
from app.platform.access import staff
from app.platform.clock import now
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
    edition = queries.edition_by_id(id, with_body=True)
    if edition is None:
        raise NotFound
    latest = queries.latest_edition(edition.document)
    new = queries.wordings_of(edition)
    old = queries.wordings_of(latest) if latest and latest.number < edition.number else ()
    changes: Counter[Verdict] = Counter()
    for row in rows_between(old, new) if old else ():
        changes.update(Verdict(name) for name in row["verdicts"])
    return render_template(
        "documents/publish.html",
        edition=edition,
        consultation=edition.document.consultation,
        phase=phase_of(edition.document.consultation, now()),
        latest=latest,
        provisions=len(new),
        astray=references_astray(queries.units_of(old), queries.units_of(new)),
        changes=", ".join(f"{VERDICTS[name]}: {count}" for name, count in changes.items()),
        # The pieces were escaped when the edition was made.
        text=Markup("").join(Markup(html) for _slot, html, _address in edition.body),  # noqa: S704
    )
