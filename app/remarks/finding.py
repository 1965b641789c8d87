"""Finding what an address names, for the person who asks."""

from __future__ import annotations

from flask_login import current_user

from app.consultations.permissions import can_see
from app.consultations.visible import visible_consultation
from app.platform.clock import now
from app.platform.errors import NotFound
from app.remarks.models import Remark
from app.remarks.permissions import KeyHolder
from app.remarks.queries import Ground, ground_of, remark_by_key, remark_by_number


def visible_ground(slug: str, name: str, number: int) -> Ground:
    """What the address of a form names, or ``NotFound`` when there is no such document."""
    found = ground_of(slug, name, number)
    if found is None or not can_see(current_user, found.document.consultation, now()):
        raise NotFound
    return found


def visible_remark(slug: str, number: int) -> Remark:
    """The remark of an address, or ``NotFound``."""
    consultation = visible_consultation(slug, current_user, now())
    remark = remark_by_number(consultation, number)
    if remark is None:
        raise NotFound
    return remark


def remark_of_key(key: str) -> tuple[Remark, KeyHolder]:
    """The remark of a secret link and its author, or ``NotFound``."""
    remark = remark_by_key(key)
    if remark is None:
        raise NotFound
    return remark, KeyHolder(remark.id)
