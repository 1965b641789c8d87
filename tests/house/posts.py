"""What a real request to change something is answered: a row for every view that takes one.

Each row sends what its form would send, and says who is answered what, in each phase, of those who
pass the gate of the view in ``access_table``. What is allowed is done and leads on (303); what is
not is refused as the row says, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.accounts.models import OFFICE, Role
from app.consultations.phases import Phase
from tests.events.scene import TYPED as EVENT
from tests.festival.scene import POINT, SLOT, STAGE, STAND
from tests.house.access_table import (
    AUTHOR,
    MISSING,
    REFUSED,
    UNTIL_ANSWERED,
    VISITOR,
    Answer,
    if_visible,
)

DONE, SHOWN, TOO_LATE, SHOWN_AGAIN = 303, 200, 409, 422

NO_QUEUE = 400  # a device sends JSON, see tests/door
NO_PICTURE = 400  # a camera sends a grey square, see tests/door

MODERATES = {Role.FACILITATOR, Role.COORDINATOR}

#: The password of everybody in the town of these tests.
PASSWORD = "niebieski rower pod lipą"

Values = Mapping[str, object]


def always_done(who: str, phase: Phase) -> int:
    return DONE


def done(
    allowed: Callable[[str, Phase], bool], refusal: int = REFUSED, *, seen: Answer = if_visible
) -> Answer:
    """Done if it is allowed; refused, or missing, to everybody else."""

    def answer(who: str, phase: Phase) -> int:
        if seen(who, phase) == MISSING:
            return MISSING
        return DONE if allowed(who, phase) else refusal

    return answer


until_concluded = done(lambda who, phase: phase is not Phase.CONCLUDED)
while_entered = done(lambda who, phase: phase in UNTIL_ANSWERED)
at_any_time = done(lambda who, phase: True)
while_open = done(lambda who, phase: phase is Phase.OPEN)
others_while_open = done(lambda who, phase: phase is Phase.OPEN and who != AUTHOR)
own_while_open = done(lambda who, phase: phase is Phase.OPEN and who == AUTHOR)
own_until_concluded = done(lambda who, phase: phase in UNTIL_ANSWERED and who == AUTHOR)
talk = done(lambda who, phase: phase is Phase.OPEN or (who in OFFICE and phase in UNTIL_ANSWERED))
once_published = done(lambda who, phase: phase is Phase.DRAFT, TOO_LATE)
report_makers = done(lambda who, phase: phase is not Phase.DRAFT)
after_rounds = done(lambda who, phase: phase in {Phase.CONSIDERED, Phase.CONCLUDED})


def kept_until_concluded(who: str, phase: Phase) -> int:
    """What is typed is kept without leaving the page."""
    answer = until_concluded(who, phase)
    return SHOWN if answer == DONE else answer


def nothing_to_redo(who: str, phase: Phase) -> int:
    """Nothing has been undone in the town of these tests."""
    answer = until_concluded(who, phase)
    return TOO_LATE if answer == DONE else answer


def after_rounds_if_made(who: str, phase: Phase) -> int:
    """There is no report of a consultation in preparation."""
    return MISSING if phase is Phase.DRAFT else after_rounds(who, phase)


def key_while_open(who: str, phase: Phase) -> int:
    """Whoever holds the secret link is the author."""
    return DONE if phase is Phase.OPEN else REFUSED


def key_until_concluded(who: str, phase: Phase) -> int:
    return DONE if phase in UNTIL_ANSWERED else REFUSED


def with_key(who: str, phase: Phase) -> int:
    """Whoever holds the secret link of a sign-up has made it, whatever becomes of the rounds."""
    return DONE


def with_key_of_visible(who: str, phase: Phase) -> int:
    """Nobody joins what is hidden again, not even with a link that was sent before."""
    return REFUSED if phase is Phase.DRAFT else DONE


def noted_today(who: str, phase: Phase) -> int:
    """What was noted today becomes a remark if remarks are taken today."""
    return DONE if phase is Phase.OPEN else TOO_LATE


def own(who: str, phase: Phase) -> int:
    """The seat in an organisation is the author's."""
    return DONE if who == AUTHOR else REFUSED


def own_application(who: str, phase: Phase) -> int:
    """What an organisation has asked for is there for those who speak for it."""
    return DONE if who == AUTHOR else MISSING


#: The author alone has an organisation to speak for.
speaks = done(lambda who, phase: who == AUTHOR)


def not_the_only_coordinator(who: str, phase: Phase) -> int:
    return TOO_LATE if who == Role.COORDINATOR else DONE


@dataclass(frozen=True)
class Post:
    """What is sent, what it is answered, and which things of the town its address names."""

    sends: Mapping[str, object] = field(default_factory=dict)
    answer: Answer = always_done
    names: Mapping[str, str] = field(default_factory=dict)  # part of the address -> thing
    as_visitor: Mapping[str, object] = field(default_factory=dict)  # sent besides, by a visitor

    def data(self, values: Values, who: str) -> dict[str, object]:
        """The form as this person fills it in; ``$name`` stands for a thing of the town."""
        given = {**self.sends, **(self.as_visitor if who == VISITOR else {})}
        return {
            name: values[value[1:]] if str(value).startswith("$") else value
            for name, value in given.items()
        }


NEW_PASSWORD = {"password": "zielony tramwaj za rogiem"}
REMARK = {"body": "Prosimy o ławki.", "submission_key": "formularz-zupelnie-nowy"}
CHANGE = {"change": "change"}
ACCEPTED, HIDDEN = {"number": "accepted"}, {"number": "hidden"}
ANEW = {"body": "Nadal.", "proposed_text": "Nowe słowa.", "edition": "2", "version": "1"}
AGREES = {"agrees": "1", "words": "", "position": "$position"}
QUIET = {"slug": "quiet", "document": "quiet_document", "number": "quiet_report"}
PARTICULARS = {"title": "Program", "year": "2016", "summary": "Po zmianie."}
OCCASION = {name: EVENT[name] for name in ("starts_at", "ends_at", "place")}
CHANGED_EVENT = {name: said for name, said in EVENT.items() if name not in OCCASION}
COMES = {"names": "Anna Nowak", "sequence": "0", "submission_key": "zapis-zupelnie-nowy"}
NOTE = {
    "kind": "comment",
    "body": "Za mało.",
    "submission_key": "notatka-zupelnie-nowa",
    "revision": "0",
}
DATES = {"number_1": "1", "opens_1": "$opens", "closes_1": "$closes"}

POSTS = {
    "accounts.change_password": Post({"current": PASSWORD, **NEW_PASSWORD}),
    "accounts.confirm_address": Post(),
    "accounts.confirm_membership": Post(),
    "accounts.forgot": Post({"email": "ktos@ngo.example"}),
    "accounts.join": Post({"organisation": "other", "organisation_name": "Koło Gospodyń"}),
    "accounts.leave": Post(answer=own),
    "accounts.register": Post({"name": "Ewa Lis", "email": "ewa@ngo.example", **NEW_PASSWORD}),
    "accounts.rename": Post({"name": "Inaczej Nazwana"}),
    "accounts.reset": Post(NEW_PASSWORD),
    "accounts.sign_in": Post({"email": "$author_email", "password": PASSWORD}),
    "accounts.sign_out": Post(),
    "consultations.change": Post({**PARTICULARS, "version": "$version", **DATES}, at_any_time),
    "consultations.create": Post(PARTICULARS),
    "consultations.publish": Post(answer=once_published),
    "demo.turn_clock": Post({"to": "day"}),
    "documents.confirmed": Post(
        {
            "target": "new",
            "title": "Inny projekt",
            "revision": "$import_revision",
            "accept_doubts": "y",
        },
        until_concluded,
    ),
    "documents.correct": Post({"fix": "$fix", "revision": "$import_revision"}, until_concluded),
    "documents.drop_import": Post(answer=until_concluded),
    "documents.restore_import": Post(answer=until_concluded, names={"id": "dropped"}),
    "documents.start_import": Post({"text": "§ 1. Nowy tekst.\n§ 2. Drugi."}, until_concluded),
    "documents.undo_correction": Post(
        {"revision": "$corrected_revision"}, until_concluded, {"id": "corrected"}
    ),
    "door.catch_up": Post(answer=lambda who, phase: NO_QUEUE),
    "door.let_in": Post(),
    "door.read_picture": Post(answer=lambda who, phase: NO_PICTURE),
    "door.take_back": Post(),
    "door.walk_in": Post({"key": "formularz-przy-drzwiach", "name": "Ewa Lis"}),
    "drafting.explain": Post({"reason": "Literówka."}, until_concluded, CHANGE),
    "drafting.give_reasons": Post(
        {"chosen": "$accepted", "common": "Projekt już tak mówi."}, until_concluded
    ),
    "drafting.let_watch": Post(answer=until_concluded),
    "drafting.name_cause": Post({"change": "$change"}, until_concluded, ACCEPTED),
    "drafting.needs_no_change": Post({"reason": "Już tak jest."}, until_concluded, ACCEPTED),
    "drafting.publish": Post(
        {"note": "", "revision": "$draft_revision"},
        until_concluded,
        {"slug": "quiet", "document": "drafted_document"},
    ),
    "drafting.publish_stored": Post(answer=until_concluded),
    "drafting.put_aside": Post(
        {"reason": "Nowy tekst z rady.", "revision": "$draft_revision"},
        until_concluded,
        {"slug": "quiet", "document": "drafted_document"},
    ),
    "drafting.redo": Post({"deed": "$deed"}, nothing_to_redo),
    "drafting.start": Post(answer=until_concluded, names=QUIET),
    "drafting.switch_in": Post(answer=until_concluded, names=CHANGE),
    "drafting.switch_out": Post(answer=until_concluded, names=CHANGE),
    "drafting.take_all_in": Post(answer=until_concluded),
    "drafting.take_in": Post(answer=until_concluded, names=ACCEPTED),
    "drafting.typed": Post({"text": "Zaczęte."}, kept_until_concluded),
    "drafting.undo": Post({"deed": "$deed"}, until_concluded),
    "drafting.write": Post(
        {"amendment_kind": "strike", "reason": "Zbędne.", "seen": "$wording"}, until_concluded
    ),
    "events.accept": Post(answer=with_key, names={"key": "offered_key"}),
    "events.confirm": Post(answer=with_key_of_visible, names={"key": "unconfirmed_key"}),
    "events.confirm_call_off": Post(
        {"reason": "Choroba.", "seen": "$seen", "send": "y"}, at_any_time
    ),
    "events.confirm_cancel": Post(answer=with_key),
    "events.confirm_move": Post({**OCCASION, "seen": "$seen", "send": "y"}, at_any_time),
    "events.confirm_remove": Post({"reason": "Na prośbę."}, at_any_time),
    "events.confirm_remove_material": Post(
        {"reason": "Jest nowsze."}, at_any_time, {"number": "material"}
    ),
    "events.move_material": Post({"act": "up"}, at_any_time, {"number": "material"}),
    "events.put_up_material": Post(
        {"title": "Nagranie", "url": "https://gmina.example/film"}, at_any_time
    ),
    "events.confirm_thank": Post(
        {"words": "Dziękujemy.", "send": "y"}, at_any_time, {"slug": "past_event"}
    ),
    "events.create": Post({**EVENT, "submission_key": "formularz-wydarzenia-1"}),
    "events.drop_calendar": Post(),
    "events.forget": Post(answer=with_key),
    "events.invite": Post({"emails": "ala@ngo.example"}, at_any_time),
    "events.publish": Post(answer=at_any_time, names={"slug": "planned_event"}),
    "events.release": Post({"places": "1"}, at_any_time, {"slug": "crowded_event"}),
    "events.renew_calendar": Post(),
    "events.save": Post({**CHANGED_EVENT, "version": "$event_version"}, at_any_time),
    "events.save_change": Post(COMES, with_key),
    "events.save_copy": Post({"starts_at": OCCASION["starts_at"]}, at_any_time),
    "events.save_entry": Post({**COMES, "organisation": "0"}, at_any_time),
    "events.save_order": Post(
        {"number": "1", "reason": "Prowadzi stolik."},
        at_any_time,
        {"slug": "crowded_event", "number": "last_in_line"},
    ),
    "events.stand_on_list": Post(answer=with_key),
    "events.send_sign_up": Post(
        {**COMES, "behalf": "0"},
        at_any_time,
        as_visitor={"name": "Jan Kos", "email": "j@ngo.example"},
    ),
    "festival.add_point": Post(POINT, at_any_time),
    "festival.confirm_withdraw": Post({"reason": ""}, own_application),
    "festival.decide": Post({"outcome": "accept", "version": "0"}, at_any_time),
    "festival.give_place": Post(
        {"place": "$free_place", "version": "$placed_version"},
        at_any_time,
        {"number": "placed_stand"},
    ),
    "festival.lay_out": Post({"rows": "1", "columns": "2", "metres": "3"}, at_any_time),
    "festival.name_stages": Post({"names": "Scena główna\nMała scena"}, at_any_time),
    "festival.publish": Post(answer=at_any_time, names={"slug": "quiet_festival"}),
    "festival.remove_place": Post(answer=at_any_time),
    "festival.remove_point": Post(answer=at_any_time),
    "festival.save_change": Post(STAND, own_application),
    "festival.save_place": Post({"label": "Przy fontannie", "metres": "4"}, at_any_time),
    "festival.save_point": Post({**POINT, "version": "$point_version"}, at_any_time),
    "festival.save_slot": Post({**SLOT, "version": "$point_version"}, at_any_time),
    "festival.send_stage": Post(STAGE, speaks),
    "festival.send_stand": Post(STAND, speaks, {"slug": "quiet_festival"}),
    "festival.take_arrangement": Post(
        {"pair": "$pair", "revision": "$festival_revision"}, at_any_time
    ),
    "festival.take_back": Post(answer=at_any_time),
    "festival.take_off": Post({"version": "$point_version"}, at_any_time),
    "minutes.confirm_drop_note": Post({"reason": "Dwa razy to samo."}, at_any_time),
    "minutes.correct_note": Post({**NOTE, "body": "Inaczej.", "revision": "1"}, at_any_time),
    "minutes.make_remark": Post(answer=noted_today),
    "minutes.make_remarks": Post({"note": "$note"}, noted_today),
    "minutes.note_down": Post(NOTE, at_any_time),
    "minutes.publish": Post({"note": "Poprawki.", "revision": "1"}, at_any_time),
    "minutes.save": Post({"introduction": "Inaczej.", "revision": "1"}, at_any_time),
    "minutes.restore_note": Post(answer=at_any_time, names={"number": "dropped_note"}),
    "moderation.confirm_hide": Post({"reason": "Dane osobowe."}, at_any_time),
    "moderation.decide": Post({"outcome": "accepted"}, while_entered),
    "moderation.restore": Post(answer=at_any_time, names=HIDDEN),
    "privacy.close": Post({"current": PASSWORD, "sure": "y"}, not_the_only_coordinator),
    "remarks.confirm_withdraw": Post({"reason": ""}, own_until_concluded),
    "remarks.confirm_withdraw_by_key": Post({"reason": ""}, key_until_concluded),
    "remarks.difference": Post({"current": "a", "proposed": "b"}, lambda who, phase: SHOWN),
    "remarks.hide_reply": Post({"reason": "Obraża."}, at_any_time, ACCEPTED),
    "remarks.reply": Post(REMARK, talk),
    "remarks.restore_reply": Post(
        answer=at_any_time, names={**ACCEPTED, "reply_id": "hidden_reply"}
    ),
    "remarks.save_edit": Post({"body": "Inaczej.", "version": "1"}, own_while_open),
    "remarks.save_edit_by_key": Post({"body": "Inaczej.", "version": "1"}, key_while_open),
    "remarks.save_response": Post(AGREES, own_until_concluded, {"number": "reworded"}),
    "remarks.save_response_by_key": Post(
        {**AGREES, "position": "$position_of_guest"}, key_until_concluded, {"key": "reworded_key"}
    ),
    "remarks.save_restated": Post(ANEW, own_until_concluded, {"number": "collided"}),
    "remarks.save_restated_by_key": Post(ANEW, key_until_concluded, {"key": "collided_key"}),
    "remarks.send": Post(REMARK, while_open, as_visitor={"name": "Jan", "email": "j@ngo.example"}),
    "remarks.support": Post(answer=others_while_open),
    "reports.make": Post(answer=report_makers),
    "reports.publish": Post(answer=after_rounds_if_made, names=QUIET),
}

_ONCE_BEGUN = {
    **dict.fromkeys(
        (
            "events.accept",
            "events.confirm",
            "events.confirm_cancel",
            "events.confirm_move",
            "events.confirm_remove",
            "events.confirm_thank",
            "events.save_order",
        ),
        REFUSED,
    ),
    "events.send_sign_up": TOO_LATE,
    "events.save_change": SHOWN_AGAIN,
    "events.save_entry": SHOWN_AGAIN,
}

#: What requests about an event are answered, to whoever may send them, where that is not as above:
#: the event has begun, is over, or is called off. Calling off twice is the same as once.
WITH_EVENTS: Mapping[str, Mapping[str, int]] = {
    "begun": _ONCE_BEGUN,
    "over": {
        **_ONCE_BEGUN,
        "events.confirm_call_off": REFUSED,
        "events.confirm_thank": DONE,
        "events.publish": REFUSED,
    },
    "called off": {**_ONCE_BEGUN, "events.publish": REFUSED, "events.save": SHOWN_AGAIN},
}
