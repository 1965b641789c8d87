"""Who wrote a remark is forgotten at their wish; what they signed in public stays signed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.permissions import can_change_account
from app.platform.db import db
from app.platform.errors import require
from app.remarks.models import Remark


def forget_author(person: User, *, by: User, at: datetime) -> None:
    """Erase the name and the address that only the office sees from all that a person sent."""
    require(can_change_account(by, person, at))
    db.session.execute(
        sa.update(Remark)
        .where(Remark.author_id == person.id)
        .values(author_name="", author_email="")
    )
