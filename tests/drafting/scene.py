"""Builders for tests of drafting: a text, remarks decided by the office, and a working draft."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from app.accounts.models import Role, User
from app.consultations.phases import Phase
from app.documents.models import Document, Provision
from app.documents.queries import latest_edition, wordings_of
from app.drafting import actions
from app.drafting.models import ChangeKind, DraftChange, WorkingDraft
from app.platform.clock import now
from app.platform.db import db
from app.remarks import positions
from app.remarks.content import Content
from app.remarks.models import AmendmentKind, Outcome, Remark, RemarkKind
from tests import town
from tests.remarks.scene import sent

_serial = itertools.count(1)


@dataclass
class Bench:
    """A document, the clerk who works on it, and the working draft."""

    document: Document
    clerk: User
    draft: WorkingDraft

    def provision(self, citation: str) -> Provision:
        """The provision that bears an address in the newest edition."""
        edition = latest_edition(self.document)
        assert edition is not None
        rows = {w.citation.replace("\N{NO-BREAK SPACE}", " "): w for w in wordings_of(edition)}
        return rows[citation].provision

    def amendment(
        self,
        at: str,
        proposed: str = "",
        kind: AmendmentKind = AmendmentKind.REWORD,
        outcome: Outcome | None = Outcome.ACCEPTED,
    ) -> Remark:
        """An amendment that somebody sent and the office has decided."""
        content = Content(
            RemarkKind.AMENDMENT, "Tak będzie lepiej.", self.provision(at), kind, proposed
        )
        return self.decided(sent(self.document, content), outcome)

    def decided(self, remark: Remark, outcome: Outcome | None) -> Remark:
        """A remark with the office's position on it."""
        if outcome is not None:
            positions.decide(remark, outcome, "Uzasadnienie.", by=self.clerk, at=now())
        return remark

    def take_in(self, remark: Remark) -> DraftChange:
        """Take an amendment in as proposed."""
        return actions.take_in(self.draft, remark, by=self.clerk, at=now())

    def write(
        self,
        at: str | Provision,
        text: str = "",
        *causes: Remark,
        kind: ChangeKind = ChangeKind.REWORD,
        reason: str = "Poprawka redakcyjna.",
        seen: str | None = None,
    ) -> DraftChange:
        """Write a change by hand, with a reason unless there are causes."""
        provision = at if isinstance(at, Provision) else self.provision(at)
        wish = actions.Wish(provision, kind, text, seen=seen)
        reason = "" if causes else reason
        return actions.write(
            self.draft, wish, causes=causes, reason=reason, by=self.clerk, at=now()
        )

    def take_back(self, change: DraftChange) -> None:
        """Undo a change."""
        actions.take_back(change, by=self.clerk, at=now())

    def publish(self):
        """Publish the working draft."""
        return actions.publish(self.draft, note="Po uwagach.", by=self.clerk, at=now())


def bench(phase: Phase = Phase.OPEN) -> Bench:
    """A working draft on the small act, with nothing changed."""
    document = town.document(town.consultation(phase))
    clerk = town.person(Role.COORDINATOR)
    draft = actions.start_draft(document, by=clerk, at=now())
    db.session.flush()
    return Bench(document, clerk, draft)
