"""A consultation whose rounds are over, with remarks that were sent in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.models import User
from app.consultations.phases import Phase
from app.documents.models import Document
from app.drafting import actions as drafting
from app.drafting import causes, publishing, queries
from app.drafting.actions import Why, Wish
from app.drafting.models import ChangeKind
from app.platform.clock import now
from app.remarks.models import AmendmentKind, Outcome, Remark
from app.remarks.positions import decide, hide
from tests import town
from tests.remarks import scene as remarks

#: After the rounds of a consultation that is considered, before now.
AFTER = timedelta(days=-1)


def considered() -> Document:
    """The document of a consultation whose rounds are over."""
    return town.document(town.consultation(Phase.CONSIDERED))


def in_time() -> datetime:
    """A moment in the round."""
    return now() - timedelta(days=5)


def answered(document: Document, count: int, *, by: User) -> list[Remark]:
    """So many amendments of § 1 by as many people, with every outcome in turn."""
    outcomes = list(Outcome)
    made = []
    for n in range(count):
        content = remarks.amendment(document) if n % 2 else remarks.comment(document, "§ 1")
        remark = remarks.sent(document, content, at=in_time())
        decide(remark, outcomes[n % 4], "Bo tak stanowi ustawa.", by=by, at=now() + AFTER)
        made.append(remark)
    return made


def second_edition(document: Document, *, by: User) -> None:
    """An edition in which a remark rewords § 1, a provision is struck out and one is added."""
    at = now() + AFTER
    remark = remarks.sent(document, remarks.amendment(document, "§ 1"), at=in_time())
    decide(remark, Outcome.ACCEPTED, by=by, at=at)
    strike = remarks.amendment(document, "§ 2 ust. 2 pkt 1", AmendmentKind.STRIKE, proposed="")
    struck = remarks.sent(document, strike, at=in_time())
    decide(struck, Outcome.ACCEPTED, by=by, at=at)
    draft = drafting.start_draft(document, by=by, at=at)
    drafting.take_in(draft, remark, by=by, at=at)
    drafting.take_in(draft, struck, by=by, at=at)
    place = remarks.provision(document, "§ 2 ust. 1")
    wish = Wish(str(place.number), ChangeKind.INSERT, "Program ocenia się co roku.")
    drafting.write(draft, wish, Why(reason="Zmiana redakcyjna."), by=by, at=at)
    for left in queries.without_trace(document):
        causes.needs_no_change(draft, left, "Tekst już to mówi.", by=by, at=at)
    publishing.publish(draft, note="Po uwagach.", by=by, at=at)


def hidden(document: Document, *, by: User) -> Remark:
    """A remark that was hidden and answered."""
    remark = remarks.sent(document, remarks.comment(document, body="Obraźliwe."), at=in_time())
    hide(remark, reason="Narusza dobra osobiste.", by=by, at=now() + AFTER)
    decide(remark, Outcome.OUT_OF_SCOPE, "Nie dotyczy projektu.", by=by, at=now() + AFTER)
    return remark
