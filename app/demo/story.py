"""What has been told of the demo so far, and how its moments are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.models import Organisation, Role, User
from app.consultations.models import Consultation
from app.demo.town import SHOWN_ON, Moment
from app.documents.models import Document, Edition
from app.events.models import Event
from app.events.models_signups import SignUp
from app.minutes.models import Note
from app.remarks.models import Remark


@dataclass
class Story:
    """What has been told so far, under the keys of the demo's files."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    signups: dict[int, SignUp] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)  # by the remark that each becomes
    consultation: Consultation | None = None

    @property
    def clerk(self) -> User:
        """The coordinator."""
        return next(p for p in self.people.values() if p.role is Role.COORDINATOR)

    @property
    def facilitator(self) -> User:
        """The facilitator."""
        return next(p for p in self.people.values() if p.role is Role.FACILITATOR)

    @property
    def document(self) -> Document:
        """The draft programme."""
        return self.editions[1].document


def when(moment: Moment) -> datetime:
    """The moment in the year of the story."""
    return moment.on(SHOWN_ON)


Deed = tuple[datetime, int, Callable[[], object]]
