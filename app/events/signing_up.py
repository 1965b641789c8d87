"""What people do: sign up, confirm, change, cancel, answer an offer.

Everything happens with the event's row locked: lock, then count (ADR 0017).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.accounts.models import Organisation, User
from app.accounts.queries import person_by_email
from app.events import messages, places
from app.events.content import Applicant, Wish, largest_party, mistakes
from app.events.models import Audience, Event, Question
from app.events.models_signups import (
    LIVE,
    SignUp,
    SignUpState,
)
from app.events.permissions import (
    Person,
    can_answer_offer,
    can_cancel_signup,
    can_change_signup,
    can_erase_signup,
    can_sign_up,
)
from app.events.post import link_of, tell, tell_address
from app.events.queries import is_invited, locked_again, questions_of
from app.events.queries_crowd import Look, look
from app.events.queries_signups import held, live_signup_of, parties_of, unconfirmed_of
from app.events.records import forget, keep, lapse_guest, make, write
from app.journal.actions import record
from app.platform.db import db, id_of
from app.platform.errors import DomainError, NotAllowed, require
from app.platform.keys import hash_of

#: How long a guest has to confirm the address.
CONFIRM_WITHIN = timedelta(hours=24)

FOR_ORGANISATIONS = _l(
    "This event is for organisations. Sign in and choose the organisation that you speak for."
)

BY_INVITATION = _l(
    "This meeting is by invitation. If you were invited, sign up with the address to which the "
    "invitation came. If your organisation was, ask the office to confirm that you speak for it."
)


class EventMoved(DomainError):
    """The date or the place has changed since the form was opened: ask again."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The date or the place has changed while you were filling in the form. "
                "Check it and send the form again if it suits you."
            )
        )


class SignedUpAlready(DomainError):
    """The person has a sign-up that counts: show that one."""

    def __init__(self, signup: SignUp) -> None:
        super().__init__(_l("You are signed up for this event already."))
        self.signup = signup


def sign_up(
    event: Event,
    wish: Wish,
    applicant: Applicant,
    *,
    submission_key: str,
    by: Person,
    at: datetime,
) -> SignUp | None:
    """Sign somebody up: a place or a number on the waiting list at once.

    A guest may name an organisation of the directory and bring several of its people, within the
    same limits as an account does before the office has confirmed whom it speaks for; an event for
    organisations only asks for an account.

    For a guest it counts only once the address is confirmed, and nobody learns from the answer
    whether the address is known: ``None`` means that a letter says the rest. The same
    ``submission_key`` again gives the same sign-up. Raises ``EventMoved``, ``SignedUpAlready``.
    """
    event = locked_again(event)
    seen = look(event, applicant, submission_key)
    if seen.made is not None:
        made = db.session.get_one(SignUp, seen.made)
        require(made.event_id == event.id and made.email in {applicant.address, ""})
        return made
    require(can_sign_up(by, event, at), closed(event, at))
    require((id_of(applicant.person) if applicant.person else None) == id_of(by))
    if wish.sequence != event.sequence:
        raise EventMoved
    _check(event, wish, applicant, seen)
    if applicant.person is None:
        return _guest(event, wish, applicant, submission_key, at)
    if seen.known is not None:
        raise SignedUpAlready(db.session.get_one(SignUp, seen.known))
    _refuse_uninvited(event, applicant)
    signup = make(event, wish, applicant, submission_key=submission_key, at=at)
    where = places.join(event, signup, seen.crowd, at=at)
    places.answer(event, keep(signup, wish), where, by=applicant.person, at=at)
    return signup


def closed(event: Event, at: datetime) -> object:
    """Why sign-ups are not taken at this moment, and what to do, kindly."""
    if event.cancelled_at is not None:
        return _l("This event has been cancelled. See the other events.")
    if event.signup_opens_at is not None and at < event.signup_opens_at:
        return _l("Sign-ups have not begun yet. See on the page of the event when they do.")
    if at >= event.closes_at:
        return _l(
            "Sign-ups have just closed, we are sorry. Write to the office if you would still like "
            "to come: a place may be found."
        )
    return _l("Sign-ups are not taken for this event.")


def _check(event: Event, wish: Wish, applicant: Applicant, seen: Look) -> None:
    organisation, guest = applicant.organisation, applicant.person is None
    if organisation is not None and not guest and not seen.speaks:
        raise NotAllowed(_l("You can sign up people only of an organisation you belong to."))
    if event.audience is Audience.ORGANISATIONS and (organisation is None or guest):
        raise NotAllowed(FOR_ORGANISATIONS)
    refuse_mistakes(wish, seen.questions, largest_party(event, organisation))


def refuse_mistakes(wish: Wish, questions: Sequence[Question], largest: int) -> None:
    """Raise ``DomainError`` with the first thing that must be corrected."""
    for _field, problem in mistakes(wish, questions, largest=largest):
        raise DomainError(problem)


def _refuse_uninvited(event: Event, applicant: Applicant) -> None:
    if event.audience is not Audience.INVITED or applicant.person is None:
        return
    of = [m.organisation_id for m in applicant.person.memberships if m.confirmed_at]
    if not is_invited(event, applicant.address, of):
        raise NotAllowed(BY_INVITATION)


def _refuse_outsider(event: Event, address: str) -> None:
    """The office may have closed the event to guests since the form was sent."""
    if event.audience is Audience.ORGANISATIONS:
        raise NotAllowed(FOR_ORGANISATIONS)
    if event.audience is Audience.INVITED and not is_invited(event, address, ()):
        raise NotAllowed(BY_INVITATION)


def _guest(
    event: Event, wish: Wish, applicant: Applicant, submission_key: str, at: datetime
) -> SignUp | None:
    """The letter tells the owner of the address what nobody else should know."""
    address = applicant.address
    known = live_signup_of(event, address)
    if known is not None:
        link = link_of(known)
        tell(
            known,
            lambda: messages.signed_up_already(event, link),
            about=f"again:{at:%Y%m%d%H}",
            at=at,
        )
        return None
    if event.audience is Audience.INVITED and not is_invited(event, address, ()):
        cause = f"uninvited:{hash_of(address)[:20]}:{at:%Y%m%d%H}"
        tell_address(event, address, lambda: messages.not_invited(event), about=cause, at=at)
        return None
    for earlier in unconfirmed_of(event, address):
        lapse_guest(earlier, at=at)
    signup = keep(make(event, wish, applicant, submission_key=submission_key, at=at), wish)
    tell(
        signup,
        lambda: messages.please_confirm(event, link_of(signup)),
        about="confirm",
        at=at,
    )
    return signup


def confirm_address(signup: SignUp, *, by: Person, at: datetime) -> SignUp:
    """A guest confirms the address: from now on the sign-up counts.

    Confirming twice is the same as once. If the address belongs to an account, the sign-up is
    shown there too. Raises ``SignedUpAlready`` if another sign-up of the address counts.
    """
    signup = held(signup)
    if signup.state in LIVE:
        return signup
    event = signup.event
    require(can_sign_up(by, event, at), closed(event, at))
    if signup.state is not SignUpState.UNCONFIRMED:
        raise DomainError(
            _l("The time to confirm is over. Sign up again on the page of the event.")
        )
    known = live_signup_of(event, signup.email)
    if known is not None:
        lapse_guest(signup, at=at)
        raise SignedUpAlready(known)
    _refuse_outsider(event, signup.email)
    person = person_by_email(signup.email)
    if person is not None and person.is_active:
        signup.user_id = person.id
    places.arrive(event, signup, by=None, at=at)
    return signup


def change(signup: SignUp, wish: Wish, *, by: Person, at: datetime) -> SignUp:
    """Change who comes and what was answered.

    Fewer people free places at once. More are taken only if there is room for all of them: a
    place that somebody waits for cannot be taken past the line.
    """
    signup = held(signup)
    require(can_change_signup(by, signup, at), _l("This sign-up can no longer be changed."))
    event = signup.event
    organisation = signup.organisation
    largest = max(largest_party(event, organisation), signup.people)
    refuse_mistakes(wish, questions_of(event), largest)
    more = len(wish.names) - signup.people
    if more > 0 and signup.state is not SignUpState.WAITING:
        _refuse_growth(event, organisation, more)
    before = signup.people
    write(signup, wish)
    record(
        "changed",
        signup,
        by=_account(by),
        at=at,
        scope=event,
        before=before,
        people=signup.people,
        state=str(signup.state),
    )
    places.settle(event, at=at)
    return signup


def _refuse_growth(event: Event, organisation: Organisation | None, more: int) -> None:
    """Say why a party that has its places cannot become larger, if it cannot."""
    if event.free is not None and more > event.free:
        raise DomainError(
            _l(
                "There are not enough free places for a larger group (free: %(free)d). Leave "
                "your sign-up as it is and sign the others up separately: they will wait.",
                free=event.free,
            )
        )
    if organisation is not None and event.per_organisation is not None:
        of = sum(
            party.people
            for party in parties_of(event)
            if party.holds and party.organisation == organisation.id
        )
        if of + more > event.per_organisation:
            raise DomainError(
                _l(
                    "One organisation may have at most %(limit)d places here.",
                    limit=event.per_organisation,
                )
            )


def cancel(signup: SignUp, *, by: Person, at: datetime) -> SignUp:
    """Do not come after all; the place goes on at once. Cancelling twice is the same as once."""
    signup = held(signup)
    if signup.state in {SignUpState.CANCELLED, SignUpState.LAPSED}:
        return signup
    require(
        can_cancel_signup(by, signup, at),
        _l("The event has begun, so there is nothing to cancel any more."),
    )
    if signup.state is SignUpState.UNCONFIRMED:
        lapse_guest(signup, at=at)
        return signup
    event = signup.event
    places.leave(signup, by=_account(by), at=at)
    tell(signup, lambda: messages.cancelled(event), about=f"cancelled:{signup.version}", at=at)
    return signup


def accept_offer(signup: SignUp, *, by: Person, at: datetime) -> SignUp:
    """Take the offered place. Taking it twice is the same as once."""
    signup = held(signup)
    places.settle(signup.event, at=at)
    if signup.state is SignUpState.PLACED:
        return signup
    require(
        can_answer_offer(by, signup, at),
        _l("The time to answer is over. If you still want to come, sign up again."),
    )
    places.accept(signup, by=_account(by), at=at)
    return signup


def erase(signup: SignUp, *, by: Person, at: datetime) -> None:
    """Forget the person at their wish; a place that they had goes on. The count stays."""
    signup = held(signup)
    require(can_erase_signup(by, signup, at), _l("This sign-up has been erased already."))
    if signup.state in LIVE and at < signup.event.starts_at:
        places.leave(signup, by=_account(by), at=at)
    forget(signup, at=at)
    signup.event.revision += 1  # the name may stand on the public list
    record("erased", signup, by=_account(by), at=at, scope=signup.event)


def _account(by: Person) -> User | None:
    return by if isinstance(by, User) else None
