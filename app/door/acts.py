"""What a device at the door tells, as values, and what it is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.door.models import CheckInWay
from app.events.content import LONGEST_NAME

LONGEST_REASON = 500

#: Acts that one request may bring; a device sends the rest with the next.
MOST_ACTS = 100

_KEY = re.compile(r"[A-Za-z0-9:_-]{16,64}")


class Deed(StrEnum):
    """What was done at the door."""

    LET_IN = "let_in"
    TAKE_BACK = "take_back"
    WALK_IN = "walk_in"


class Outcome(StrEnum):
    """What came of it."""

    IN = "in"
    ALREADY = "already"  # somebody had let the person in before: at another device, or here
    OUT = "out"
    OVERTAKEN = "overtaken"  # something later was told of this person before


class UnreadableAct(ValueError):
    """What was sent is no act of the door."""


@dataclass(frozen=True, slots=True)
class Act:
    """One deed. ``key`` is made by the device; the same key again is the same deed.

    ``happened_at`` is the moment at the door. ``reason`` says why somebody was let in although
    there was no place; ``offline`` that the device could not know whether there was one.
    """

    key: str
    deed: Deed
    happened_at: datetime
    way: CheckInWay = CheckInWay.NAME
    participant_id: int = 0
    name: str = ""
    reason: str = ""
    offline: bool = False


def act_from(sent: Any) -> Act:
    """An act from what a device has sent; raises ``UnreadableAct``."""
    if not isinstance(sent, Mapping):
        raise UnreadableAct
    try:
        happened_at = datetime.fromisoformat(_text(sent, "at", 40))
        deed, way = Deed(sent.get("deed")), CheckInWay(sent.get("way", "name"))  # type: ignore[arg-type]
    except ValueError:
        raise UnreadableAct from None
    key, participant = _text(sent, "key", 64), sent.get("participant", 0)
    if not _KEY.fullmatch(key) or happened_at.tzinfo is None:
        raise UnreadableAct
    if type(participant) is not int or not 0 <= participant < 2**31:
        raise UnreadableAct
    return Act(
        key=key,
        deed=deed,
        happened_at=happened_at,
        way=way,
        participant_id=participant,
        name=_text(sent, "name", LONGEST_NAME),
        reason=_text(sent, "reason", LONGEST_REASON),
        offline=sent.get("offline") is True,
    )


def _text(sent: Mapping[str, Any], name: str, longest: int) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise UnreadableAct
    return " ".join(value.split())
