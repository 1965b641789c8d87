"""Who may open what, and when: a row for every view of the house.

A row names the gate at which people are asked who they are, and for pages that depend on more
than that, what each person is answered in each phase of the consultation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.accounts.models import OFFICE, Role
from app.consultations.phases import Phase

VISITOR, AUTHOR = "visitor", "author"
PEOPLE = (VISITOR, AUTHOR, *(role.value for role in Role))

OPENS, MISSING, REFUSED, SIGN_IN = 200, 404, 403, 303

Answer = Callable[[str, Phase], int]

PUBLIC = ("public",)
SIGNED_IN = ("signed_in",)


def staff(*roles: Role) -> tuple[str, ...]:
    return ("staff", *roles)


COORDINATOR = staff(Role.COORDINATOR)
MODERATORS = staff(Role.FACILITATOR, Role.COORDINATOR)
DECIDERS = staff(Role.COORDINATOR, Role.EXECUTIVE)
ALL_OFFICE = staff(Role.FACILITATOR, Role.COORDINATOR, Role.EXECUTIVE)


def always(who: str, phase: Phase) -> int:
    return OPENS


def redirects_who_is_in(who: str, phase: Phase) -> int:
    return OPENS if who == VISITOR else SIGN_IN


def if_visible(who: str, phase: Phase) -> int:
    """A consultation in preparation is for the office; for others it does not exist."""
    return MISSING if phase is Phase.DRAFT and who not in OFFICE else OPENS


def unpublished_report(who: str, phase: Phase) -> int:
    """A report not published yet is for the office and for councillors."""
    knows = who in OFFICE or who == Role.COUNCILLOR
    return if_visible(who, phase) if knows else MISSING


def not_yet(who: str, phase: Phase) -> int:
    """What can be done only once something is over, and it is not."""
    return REFUSED


def own_application(who: str, phase: Phase) -> int:
    """What an organisation has asked for is there for those who speak for it."""
    return OPENS if who == AUTHOR else MISSING


def shown_their_stand(who: str, phase: Phase) -> int:
    """Whoever has asked for a stand already is led to it."""
    seen = if_visible(who, phase)
    return SIGN_IN if who == AUTHOR and seen == OPENS else seen


def _only(allowed: Callable[[str, Phase], bool]) -> Answer:
    def answer(who: str, phase: Phase) -> int:
        seen = if_visible(who, phase)
        return seen if seen == MISSING or allowed(who, phase) else REFUSED

    return answer


UNTIL_ANSWERED = {Phase.OPEN, Phase.BETWEEN, Phase.CONSIDERED}

while_open = _only(lambda who, phase: phase is Phase.OPEN)
own_while_open = _only(lambda who, phase: who == AUTHOR and phase is Phase.OPEN)
own_until_concluded = _only(lambda who, phase: who == AUTHOR and phase in UNTIL_ANSWERED)


def key_while_open(who: str, phase: Phase) -> int:
    """Whoever holds the secret link is the author."""
    return OPENS if phase is Phase.OPEN else REFUSED


def key_until_concluded(who: str, phase: Phase) -> int:
    return OPENS if phase in UNTIL_ANSWERED else REFUSED


@dataclass(frozen=True)
class Row:
    """The gate of a view, and what a GET answers to those who pass it."""

    gate: tuple[str, ...]
    answer: Answer = always


VIEWS = {
    "accounts.change_password": Row(SIGNED_IN),
    "accounts.check_mail": Row(PUBLIC),
    "accounts.confirm": Row(PUBLIC),
    "accounts.confirm_address": Row(PUBLIC),
    "accounts.confirm_membership": Row(COORDINATOR),
    "accounts.forgot": Row(PUBLIC),
    "accounts.join": Row(SIGNED_IN),
    "accounts.leave": Row(SIGNED_IN),
    "accounts.organisations": Row(COORDINATOR),
    "accounts.profile": Row(SIGNED_IN),
    "accounts.register": Row(PUBLIC),
    "accounts.rename": Row(SIGNED_IN),
    "accounts.reset": Row(PUBLIC),
    "accounts.sign_in": Row(PUBLIC, redirects_who_is_in),
    "accounts.sign_out": Row(PUBLIC),
    "consultations.change": Row(COORDINATOR),
    "consultations.create": Row(COORDINATOR),
    "consultations.edit": Row(COORDINATOR),
    "consultations.new": Row(COORDINATOR),
    "consultations.prepared": Row(COORDINATOR),
    "consultations.publish": Row(COORDINATOR),
    "demo.mail": Row(PUBLIC),
    "demo.mails": Row(PUBLIC),
    "demo.show_clock": Row(PUBLIC),
    "demo.turn_clock": Row(PUBLIC),
    "documents.confirm": Row(COORDINATOR),
    "documents.confirmed": Row(COORDINATOR),
    "documents.correct": Row(COORDINATOR),
    "documents.drop_import": Row(COORDINATOR),
    "documents.new_import": Row(COORDINATOR),
    "documents.original": Row(COORDINATOR),
    "documents.outline": Row(COORDINATOR),
    "documents.publish_edition": Row(COORDINATOR),
    "documents.restore_import": Row(COORDINATOR),
    "documents.start_import": Row(COORDINATOR),
    "documents.undo_correction": Row(COORDINATOR),
    "door.attendance_list": Row(MODERATORS),
    "door.badges": Row(MODERATORS),
    "door.catch_up": Row(MODERATORS),
    "door.event_figures": Row(ALL_OFFICE),
    "door.let_in": Row(MODERATORS),
    "door.papers": Row(MODERATORS),
    "door.participants_file": Row(MODERATORS),
    "door.people": Row(MODERATORS),
    "door.read_picture": Row(MODERATORS),
    "door.show": Row(MODERATORS),
    "door.take_back": Row(MODERATORS),
    "door.walk_in": Row(MODERATORS),
    "door.worker": Row(PUBLIC),
    "door.year_figures": Row(ALL_OFFICE),
    "door.year_file": Row(ALL_OFFICE),
    "drafting.aside": Row(COORDINATOR),
    "drafting.bench": Row(COORDINATOR),
    "drafting.explain": Row(COORDINATOR),
    "drafting.name_cause": Row(COORDINATOR),
    "drafting.needs_no_change": Row(COORDINATOR),
    "drafting.preview": Row(COORDINATOR),
    "drafting.publish": Row(COORDINATOR),
    "drafting.publish_stored": Row(COORDINATOR),
    "drafting.put_aside": Row(COORDINATOR),
    "drafting.give_reasons": Row(COORDINATOR),
    "drafting.reasons": Row(COORDINATOR),
    "drafting.redo": Row(COORDINATOR),
    "drafting.slot": Row(COORDINATOR),
    "drafting.start": Row(COORDINATOR),
    "drafting.switch_in": Row(COORDINATOR),
    "drafting.switch_out": Row(COORDINATOR),
    "drafting.take_all_in": Row(COORDINATOR),
    "drafting.take_in": Row(COORDINATOR),
    "drafting.typed": Row(COORDINATOR),
    "drafting.undo": Row(COORDINATOR),
    "drafting.write": Row(COORDINATOR),
    "drafting.let_watch": Row(COORDINATOR),
    "drafting.watch": Row(PUBLIC, if_visible),
    "events.accept": Row(PUBLIC),
    "events.all_calendar": Row(PUBLIC),
    "events.call_off": Row(COORDINATOR),
    "events.cancel": Row(PUBLIC),
    "events.change": Row(PUBLIC),
    "events.check_mail": Row(PUBLIC, if_visible),
    "events.confirm": Row(PUBLIC),
    "events.confirm_call_off": Row(COORDINATOR),
    "events.confirm_cancel": Row(PUBLIC),
    "events.confirm_move": Row(COORDINATOR),
    "events.confirm_remove": Row(COORDINATOR),
    "events.confirm_thank": Row(COORDINATOR),
    "events.copy": Row(COORDINATOR),
    "events.create": Row(COORDINATOR),
    "events.confirm_remove_material": Row(MODERATORS),
    "events.download_material": Row(PUBLIC, if_visible),
    "events.materials_desk": Row(MODERATORS),
    "events.move_material": Row(MODERATORS),
    "events.put_up_material": Row(MODERATORS),
    "events.remove_material": Row(MODERATORS),
    "events.drop_calendar": Row(SIGNED_IN),
    "events.edit": Row(COORDINATOR),
    "events.enter": Row(COORDINATOR),
    "events.event_calendar": Row(PUBLIC, if_visible),
    "events.forget": Row(PUBLIC),
    "events.index": Row(PUBLIC),
    "events.invitations": Row(COORDINATOR),
    "events.invite": Row(COORDINATOR),
    "events.mine": Row(SIGNED_IN),
    "events.move": Row(COORDINATOR),
    "events.new": Row(COORDINATOR),
    "events.office": Row(COORDINATOR),
    "events.own": Row(PUBLIC),
    "events.own_calendar": Row(PUBLIC),
    "events.people": Row(MODERATORS),
    "events.publish": Row(COORDINATOR),
    "events.release": Row(COORDINATOR),
    "events.remove": Row(COORDINATOR),
    "events.renew_calendar": Row(SIGNED_IN),
    "events.reorder": Row(COORDINATOR),
    "events.save": Row(COORDINATOR),
    "events.save_change": Row(PUBLIC),
    "events.save_copy": Row(COORDINATOR),
    "events.save_entry": Row(COORDINATOR),
    "events.save_order": Row(COORDINATOR),
    "events.send_sign_up": Row(PUBLIC),
    "events.show": Row(PUBLIC, if_visible),
    "events.sign_up": Row(PUBLIC, if_visible),
    "events.stand_on_list": Row(PUBLIC),
    "events.thank": Row(COORDINATOR, not_yet),
    "events.ticket": Row(PUBLIC),
    "events.ticket_pdf": Row(PUBLIC),
    "festival.add_point": Row(COORDINATOR),
    "festival.application": Row(COORDINATOR),
    "festival.apply_for_stage": Row(SIGNED_IN, if_visible),
    "festival.apply_for_stand": Row(SIGNED_IN, shown_their_stand),
    "festival.arrangement": Row(COORDINATOR),
    "festival.change": Row(SIGNED_IN, own_application),
    "festival.confirm_withdraw": Row(SIGNED_IN),
    "festival.decide": Row(COORDINATOR),
    "festival.desk": Row(COORDINATOR),
    "festival.edit_point": Row(COORDINATOR),
    "festival.give_place": Row(COORDINATOR),
    "festival.lay_out": Row(COORDINATOR),
    "festival.mine": Row(SIGNED_IN),
    "festival.name_stages": Row(COORDINATOR),
    "festival.new_point": Row(COORDINATOR),
    "festival.own": Row(SIGNED_IN, own_application),
    "festival.place": Row(COORDINATOR),
    "festival.plan": Row(COORDINATOR),
    "festival.programme": Row(PUBLIC, if_visible),
    "festival.programme_pdf": Row(PUBLIC, if_visible),
    "festival.publication": Row(COORDINATOR),
    "festival.publish": Row(COORDINATOR),
    "festival.remove_place": Row(COORDINATOR),
    "festival.remove_point": Row(COORDINATOR),
    "festival.save_change": Row(SIGNED_IN),
    "festival.save_place": Row(COORDINATOR),
    "festival.save_point": Row(COORDINATOR),
    "festival.save_slot": Row(COORDINATOR),
    "festival.send_stage": Row(SIGNED_IN),
    "festival.send_stand": Row(SIGNED_IN),
    "festival.slot": Row(COORDINATOR),
    "festival.stages": Row(COORDINATOR),
    "festival.take_arrangement": Row(COORDINATOR),
    "festival.take_back": Row(COORDINATOR),
    "festival.take_off": Row(COORDINATOR),
    "festival.withdraw": Row(SIGNED_IN, own_application),
    "home.about": Row(PUBLIC),
    "home.accessibility": Row(PUBLIC),
    "home.health": Row(PUBLIC),
    "home.index": Row(PUBLIC),
    "home.language": Row(PUBLIC),
    "home.privacy": Row(PUBLIC),
    "minutes.afterwards": Row(MODERATORS),
    "minutes.confirm_drop_note": Row(MODERATORS),
    "minutes.correct_note": Row(MODERATORS),
    "minutes.drop_note": Row(MODERATORS),
    "minutes.make_remark": Row(MODERATORS),
    "minutes.make_remarks": Row(MODERATORS),
    "minutes.new_note": Row(MODERATORS),
    "minutes.note": Row(MODERATORS),
    "minutes.note_down": Row(MODERATORS),
    "minutes.notes": Row(MODERATORS),
    "minutes.preview": Row(MODERATORS),
    "minutes.protocol": Row(PUBLIC, if_visible),
    "minutes.protocol_file": Row(PUBLIC, if_visible),
    "minutes.publish": Row(MODERATORS),
    "minutes.restore_note": Row(MODERATORS),
    "minutes.save": Row(MODERATORS),
    "minutes.version": Row(PUBLIC, if_visible),
    "minutes.write": Row(MODERATORS),
    "moderation.answer": Row(DECIDERS),
    "moderation.confirm_hide": Row(MODERATORS),
    "moderation.decide": Row(DECIDERS),
    "moderation.desk": Row(ALL_OFFICE),
    "moderation.hide": Row(MODERATORS),
    "moderation.queue": Row(ALL_OFFICE),
    "moderation.restore": Row(MODERATORS),
    "privacy.close": Row(SIGNED_IN),
    "reading.comparison": Row(PUBLIC, if_visible),
    "reading.comparisons": Row(PUBLIC, if_visible),
    "reading.consultation": Row(PUBLIC, if_visible),
    "reading.consultations": Row(PUBLIC),
    "reading.document": Row(PUBLIC, if_visible),
    "reading.edition": Row(PUBLIC, if_visible),
    "reading.provision": Row(PUBLIC, if_visible),
    "reading.source_file": Row(PUBLIC, if_visible),
    "reading.sources": Row(PUBLIC, if_visible),
    "reading.tracked": Row(PUBLIC, if_visible),
    "remarks.by_key": Row(PUBLIC),
    "remarks.confirm_withdraw": Row(PUBLIC),
    "remarks.confirm_withdraw_by_key": Row(PUBLIC),
    "remarks.difference": Row(PUBLIC),
    "remarks.edit": Row(PUBLIC, own_while_open),
    "remarks.edit_by_key": Row(PUBLIC, key_while_open),
    "remarks.hide_reply": Row(MODERATORS),
    "remarks.index": Row(PUBLIC, if_visible),
    "remarks.paper_form": Row(PUBLIC, if_visible),
    "remarks.mine": Row(SIGNED_IN),
    "remarks.new": Row(PUBLIC, while_open),
    "remarks.received": Row(PUBLIC, if_visible),
    "remarks.reply": Row(SIGNED_IN),
    "remarks.respond": Row(PUBLIC, own_until_concluded),
    "remarks.respond_by_key": Row(PUBLIC, key_until_concluded),
    "remarks.restate": Row(PUBLIC, own_until_concluded),
    "remarks.restate_by_key": Row(PUBLIC, key_until_concluded),
    "remarks.restore_reply": Row(MODERATORS),
    "remarks.save_edit": Row(PUBLIC),
    "remarks.save_edit_by_key": Row(PUBLIC),
    "remarks.save_response": Row(PUBLIC),
    "remarks.save_response_by_key": Row(PUBLIC),
    "remarks.save_restated": Row(PUBLIC),
    "remarks.save_restated_by_key": Row(PUBLIC),
    "remarks.send": Row(PUBLIC),
    "remarks.show": Row(PUBLIC, if_visible),
    "remarks.support": Row(SIGNED_IN),
    "remarks.versions": Row(PUBLIC, if_visible),
    "remarks.withdraw": Row(PUBLIC, own_until_concluded),
    "remarks.withdraw_by_key": Row(PUBLIC, key_until_concluded),
    "reports.download": Row(PUBLIC, unpublished_report),
    "reports.index": Row(DECIDERS),
    "reports.make": Row(COORDINATOR),
    "reports.publish": Row(COORDINATOR),
    "reports.show": Row(PUBLIC, unpublished_report),
}

#: Views that are so new that nobody has decided yet; each must get a row before it is published.
PENDING: frozenset[str] = frozenset()
