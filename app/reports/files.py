"""The files of a report: made once, by the worker, and then the same bytes for every reader.

Until the worker has come to a file, whoever asks for it has it made on the spot, so that a town
without a worker has its files too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from types import ModuleType

import structlog
from flask_babel import force_locale

from app.platform.db import db, transaction
from app.platform.language import site_language
from app.reports import queries
from app.reports.content import from_json
from app.reports.formats import docx, pdf, xlsx
from app.reports.models import ReportFile, ReportSnapshot

log = structlog.get_logger()

FORMATS: dict[str, ModuleType] = {"pdf": pdf, "docx": docx, "xlsx": xlsx}

#: For how long a file that could not be made is tried again.
PERSISTENCE = timedelta(hours=1)


def rendered(snapshot: ReportSnapshot, kind: str) -> bytes:
    """A file of a report, in the town's language whoever asks."""
    with force_locale(site_language()):
        data = FORMATS[kind].render(from_json(snapshot.content))
    assert isinstance(data, bytes)
    return data


def see_to(at: datetime) -> None:
    """Make the files that new reports lack; nobody waits for the database meanwhile."""
    with transaction():
        lacking = queries.files_lacking(tuple(FORMATS), at - PERSISTENCE)
    for report_id, kind in lacking:
        with transaction():
            snapshot = queries.report_by_id(report_id)
        try:
            data = rendered(snapshot, kind)
        except Exception:  # whatever it is, the other files and rooms must not suffer from it
            log.exception("a file of a report could not be made", report=report_id, kind=kind)
            continue
        with transaction():
            if db.session.get(ReportFile, (report_id, kind)) is None:
                size = len(data)
                kept = ReportFile(
                    report_id=report_id, kind=kind, made_at=at, size=size, content=data
                )
                db.session.add(kept)
