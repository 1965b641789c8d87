"""Who may do what with a remark: permission × phase × role."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.accounts.models import Role, Visitor
from app.consultations.phases import Phase
from app.platform.clock import now
from app.remarks import permissions
from app.remarks.fate import Fate, Response
from app.remarks.permissions import KeyHolder
from tests import town
from tests.remarks import scene

pytestmark = pytest.mark.usefixtures("context")

EVERYBODY = {str(role) for role in Role} | {"visitor", "author"}
OPEN, BETWEEN, CONSIDERED, CONCLUDED = (
    Phase.OPEN,
    Phase.BETWEEN,
    Phase.CONSIDERED,
    Phase.CONCLUDED,
)
OFFICE = {"facilitator", "coordinator", "executive"}
MODERATORS = {"facilitator", "coordinator"}
ANSWERING = {"coordinator", "executive"}

#: Permission on a standing, unanswered remark → phase → who may.
TABLE: dict[str, dict[Phase, set[str]]] = {
    "can_change_remark": {OPEN: {"author"}},
    "can_withdraw_remark": {p: {"author"} for p in (OPEN, BETWEEN, CONSIDERED)},
    "can_read_remark": dict.fromkeys(Phase, EVERYBODY),
    "can_reply_to_remark": {
        OPEN: EVERYBODY - {"visitor"},
        BETWEEN: OFFICE,
        CONSIDERED: OFFICE,
    },
    "can_support_remark": {OPEN: EVERYBODY - {"visitor", "author"}},
    "can_hide_remark": dict.fromkeys(Phase, MODERATORS),
    "can_restore_remark": {},
    "can_answer_remark": dict.fromkeys((OPEN, BETWEEN, CONSIDERED), ANSWERING),
}
ON_CONSULTATION: dict[str, dict[Phase, set[str]]] = {
    "can_submit_remark": {OPEN: EVERYBODY},
    "can_enter_remark": dict.fromkeys((OPEN, BETWEEN, CONSIDERED), MODERATORS),
}


def people() -> dict[str, Any]:
    made: dict[str, Any] = {str(role): town.person(role) for role in Role}
    return made | {"author": town.person(), "visitor": Visitor()}


def remark_in(phase: Phase, author: Any, **fields: Any) -> Any:
    standing = {"withdrawn_at": None, "hidden_at": None, "outcome": None}
    of = {
        "id": 1,
        "author_id": author.id,
        "entered_by_id": None,
        "moved_along": None,
        "response": None,
    }
    return SimpleNamespace(**{**standing, **of, "consultation": town.consultation(phase), **fields})


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_what_with_a_remark(name: str, phase: Phase) -> None:
    who = people()
    remark = remark_in(phase, who["author"])
    may = getattr(permissions, name)
    allowed = {key for key, user in who.items() if may(user, remark, now())}
    assert allowed == TABLE[name].get(phase, set())


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("name", sorted(ON_CONSULTATION))
def test_who_may_send_and_enter(name: str, phase: Phase) -> None:
    consultation = town.consultation(phase)
    may = getattr(permissions, name)
    allowed = {key for key, user in people().items() if may(user, consultation, now())}
    assert allowed == ON_CONSULTATION[name].get(phase, set())


@pytest.mark.parametrize(
    ("fields", "nobody"),
    [
        (
            {"withdrawn_at": 1},
            {"can_change_remark", "can_withdraw_remark", "can_answer_remark"}
            | {"can_support_remark", "can_reply_to_remark"},
        ),
        (
            {"hidden_at": 1},
            {"can_change_remark", "can_support_remark", "can_reply_to_remark", "can_hide_remark"},
        ),
        ({"outcome": "rejected"}, {"can_change_remark", "can_withdraw_remark"}),
    ],
)
def test_what_nobody_may_any_more(fields: dict[str, Any], nobody: set[str]) -> None:
    who = people()
    remark = remark_in(OPEN, who["author"], **fields)
    for name in TABLE:
        allowed = {
            key for key, user in who.items() if getattr(permissions, name)(user, remark, now())
        }
        if name in nobody or (name == "can_restore_remark" and "hidden_at" not in fields):
            assert allowed == set(), name
        else:
            assert allowed, name


def test_hidden_words_are_for_the_office_and_the_author() -> None:
    who = people()
    remark = remark_in(OPEN, who["author"], hidden_at=1)
    readers = {k for k, user in who.items() if permissions.can_read_remark(user, remark, now())}
    assert readers == OFFICE | {"author"}


def test_a_key_opens_one_remark() -> None:
    remark = remark_in(OPEN, Visitor())
    assert permissions.can_change_remark(KeyHolder(1), remark, now())
    assert not permissions.can_change_remark(KeyHolder(2), remark, now())
    assert not permissions.can_change_remark(Visitor(), remark, now())


def test_who_typed_a_paper_in_corrects_it_until_the_end() -> None:
    clerk, other = scene.coordinator(), town.person(Role.FACILITATOR)
    for phase in (OPEN, BETWEEN, CONSIDERED, CONCLUDED):
        remark = remark_in(phase, Visitor(), entered_by_id=clerk.id)
        may = permissions.can_change_remark
        assert may(clerk, remark, now()) is (phase is not CONCLUDED)
        assert not may(other, remark, now())


def moved(fate: Fate, provision: int | None = 1) -> SimpleNamespace:
    return SimpleNamespace(fate=fate, provision_id=provision)


IN_TIME = {phase: {"author"} for phase in (OPEN, BETWEEN, CONSIDERED)}

#: What a remark has lived through → permission → phase → who may.
LIVED: dict[str, tuple[dict[str, Any], dict[str, dict[Phase, set[str]]]]] = {
    "nothing": ({}, {"can_change_remark": {OPEN: {"author"}}}),
    "its provision stands in a newer edition": (
        {"moved_along": moved(Fate.STANDS)},
        {"can_restate_remark": {OPEN: {"author"}}},
    ),
    "it was rebased": (
        {"moved_along": moved(Fate.REBASED)},
        {"can_restate_remark": {OPEN: {"author"}}},
    ),
    "it was changed beneath": (
        {"moved_along": moved(Fate.CHANGED_BENEATH)},
        {"can_restate_remark": IN_TIME},
    ),
    "it was changed beneath and answered": (
        {"moved_along": moved(Fate.CHANGED_BENEATH), "outcome": "accepted"},
        {},
    ),
    "it was changed beneath and hidden": (
        {"moved_along": moved(Fate.CHANGED_BENEATH), "hidden_at": 1},
        {},
    ),
    "it was orphaned": (
        {"moved_along": moved(Fate.ORPHANED, None)},
        {"can_change_remark": {OPEN: {"author"}}},
    ),
    "the office gave a wording": (
        {"response": Response.AWAITED, "outcome": "accepted"},
        {"can_respond_to_wording": IN_TIME},
    ),
    "its author agreed and may think again": (
        {"response": Response.AGREES, "outcome": "accepted"},
        {"can_respond_to_wording": IN_TIME},
    ),
    "the office gave a wording and it was withdrawn": (
        {"response": Response.AWAITED, "withdrawn_at": 1},
        {},
    ),
}


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("what", sorted(LIVED))
def test_who_may_write_anew_and_answer_the_office(what: str, phase: Phase) -> None:
    fields, table = LIVED[what]
    who = people()
    remark = remark_in(phase, who["author"], **fields)
    for name in ("can_change_remark", "can_restate_remark", "can_respond_to_wording"):
        may = getattr(permissions, name)
        allowed = {key for key, user in who.items() if may(user, remark, now())}
        assert allowed == table.get(name, {}).get(phase, set()), name


def test_the_clerk_who_typed_a_paper_in_writes_anew_but_never_agrees_for_its_author() -> None:
    clerk = scene.coordinator()
    fields = {"entered_by_id": clerk.id, "response": Response.AWAITED}
    remark = remark_in(CONSIDERED, Visitor(), moved_along=moved(Fate.CHANGED_BENEATH), **fields)
    assert permissions.can_restate_remark(clerk, remark, now())
    assert not permissions.can_respond_to_wording(clerk, remark, now())


def test_a_key_speaks_for_its_author() -> None:
    remark = remark_in(OPEN, Visitor(), moved_along=moved(Fate.CHANGED_BENEATH), response="awaited")
    for may in (permissions.can_restate_remark, permissions.can_respond_to_wording):
        assert may(KeyHolder(1), remark, now())
        assert not may(KeyHolder(2), remark, now())
        assert not may(Visitor(), remark, now())
