"""From the address and the fields of a remark form to what the actions take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice

from app.accounts.models import Organisation, User, Visitor
from app.consultations.models import Consultation
from app.documents.models import Document, Edition, Provision
from app.documents.queries import edition_by_number, wordings_of_section
from app.events.models import Event
from app.events.queries import events_of
from app.legaltext.diff import normalise
from app.legaltext.units import Unit
from app.platform.db import db
from app.platform.errors import DomainError, NotFound
from app.platform.links import number as row_number
from app.platform.security import new_submission_key
from app.remarks import several, wording
from app.remarks.content import Author, Content, Origin, mistakes, was_open_on
from app.remarks.forms import EntryForm, RemarkForm, SeveralForm
from app.remarks.models import AmendmentKind, Channel, RemarkKind
from app.remarks.queries import Ground, organisations_to_choose


@dataclass(frozen=True, slots=True)
class Place:
    """What a form is about. ``stale`` says that the text has changed since it was opened.

    ``choices`` are the parts of the provision that may be changed apart, ``parts`` those chosen.
    """

    consultation: Consultation
    document: Document
    edition: Edition
    kind: RemarkKind
    provision: Provision | None = None
    row: wording.Standing | None = None
    current: str = ""
    entering: bool = False
    stale: bool = False
    unit: Unit | None = None
    choices: tuple[several.Part, ...] = ()
    parts: tuple[several.Part, ...] = ()

    @property
    def address(self) -> dict[str, Any]:
        """The arguments of the form's own address."""
        amends = self.kind is RemarkKind.AMENDMENT
        return {
            "slug": self.consultation.slug,
            "document": self.document.slug,
            "przepis": self.provision.number if self.provision else None,
            "rodzaj": "zmiana" if amends else "komentarz",
            "wersja": self.edition.number,
            "wpis": 1 if self.entering else None,
            "czesci": [part.number for part in self.parts] or None,
        }

    @property
    def autosave_key(self) -> str:
        """Where a browser keeps what is typed: the same for a comment and an amendment."""
        parts = "".join(f":{part.number}" for part in self.parts)
        return f"remark:{self.document.id}:{self.provision.number if self.provision else 0}{parts}"


def place_of(ground: Ground, args: MultiDict[str, str], *, entering: bool) -> Place:
    """What the address of a form names. Raises ``NotFound`` and ``DomainError``."""
    document, newest, provision = ground
    if newest is None or (provision is None and asked_provision(args)):
        raise NotFound
    asked = args.get("wersja", newest.number, type=row_number)
    seen = newest if asked == newest.number else edition_by_number(document, asked)
    if seen is None or seen.published_at is None:
        raise NotFound
    edition = seen if entering else newest
    row = _standing(edition, provision) if provision is not None else None
    unit, current = (row.unit, row.text) if row is not None else (None, "")
    amends = args.get("rodzaj") == "zmiana" and provision is not None
    choices = _choices(edition, row) if amends and row is not None and not entering else ()
    moved_on = provision is not None and edition.id != seen.id
    then = wording.text_of(wording.unit_of(seen, provision)) if moved_on and provision else current
    return Place(
        consultation=document.consultation,
        document=document,
        edition=edition,
        kind=RemarkKind.AMENDMENT if amends else RemarkKind.COMMENT,
        provision=provision,
        row=row,
        current=current,
        entering=entering,
        stale=normalise(then) != normalise(current),
        unit=unit,
        choices=choices,
        parts=several.chosen(unit, choices, args.getlist("czesci", type=row_number)),
    )


def asked_provision(args: MultiDict[str, str]) -> int:
    """The number of the provision that an address names, 0 for the whole document."""
    return args.get("przepis", 0, type=row_number)


def _choices(edition: Edition, row: wording.Standing) -> tuple[several.Part, ...]:
    if not row.unit.children:
        return ()
    section = wordings_of_section(edition, row.section_id)
    return several.parts_of(row.unit, {w.provision.number: w.citation for w in section})


def _standing(edition: Edition, provision: Provision) -> wording.Standing:
    row = wording.standing(edition, provision)
    if row is None:
        raise DomainError(
            _l(
                "This provision does not stand in the newest edition of the draft. "
                "Open the draft and choose the provision you want to speak about."
            )
        )
    return row


def form_for(place: Place, user: User | Visitor, args: MultiDict[str, str]) -> RemarkForm:
    """The form of a place for a person, filled in with what was sent or with a fresh start."""
    form = _kind_of_form(place)()
    _offer_names(form, user)
    if isinstance(form, EntryForm):
        _offer_sources(form, place.consultation)
    if place.kind is RemarkKind.AMENDMENT:
        form.body.label.text = _("Why is the change needed?")
    else:
        del form.amendment_kind, form.proposed_text
    if isinstance(form, SeveralForm):
        _offer_parts(form, place, args.getlist("czesci"))
    if place.provision is None:
        form.quote.data = ""
    if not form.is_submitted():
        form.submission_key.data = new_submission_key()
        form.quote.data = (args.get("cytat") or "")[:2000] if place.provision else ""
        if "proposed_text" in form:
            form.proposed_text.data = place.current
    return form


def _kind_of_form(place: Place) -> type[RemarkForm]:
    if place.entering:
        return EntryForm
    return SeveralForm if place.parts else RemarkForm


def _offer_parts(form: SeveralForm, place: Place, asked: Sequence[str]) -> None:
    """A field for each part that was chosen; words for a part that is gone go to the reasons."""
    del form.amendment_kind, form.proposed_text
    sent = [field.data or "" for field in form.parts] if form.is_submitted() else []
    typed = dict(zip(asked, sent, strict=False))
    while len(form.parts):
        form.parts.pop_entry()
    for part in place.parts:
        field = form.parts.append_entry(typed.pop(str(part.number), part.current))
        field.label.text = part.citation
    form.body.data = "\n\n".join([form.body.data or "", *typed.values()]).strip()


def _offer_names(form: RemarkForm, user: User | Visitor) -> None:
    if isinstance(form, EntryForm) or not user.memberships:
        del form.behalf
    else:
        spoken_for = [
            SelectChoice(m.organisation_id, m.organisation.name) for m in user.memberships
        ]
        form.behalf.choices = [SelectChoice(0, _("In my own name")), *spoken_for]
        if not form.is_submitted():
            form.behalf.data = spoken_for[0].value
    if user.is_authenticated and not isinstance(form, EntryForm):
        del form.name, form.email


def _offer_sources(form: EntryForm, consultation: Consultation) -> None:
    none = SelectChoice("", _("none"))
    organisations = organisations_to_choose()
    form.organisation.choices = [none, *(SelectChoice(o.id, o.name) for o in organisations)]
    form.event.choices = [none, *(SelectChoice(e.id, e.title) for e in events_of(consultation))]


def content_of(place: Place, form: RemarkForm) -> Content:
    """What the form says."""
    amends = place.kind is RemarkKind.AMENDMENT
    if isinstance(form, SeveralForm) and place.unit is not None:
        texts = [field.data or "" for field in form.parts]
        return Content(
            kind=place.kind,
            body=form.body.data or "",
            provision=place.provision,
            amendment_kind=AmendmentKind.REWORD,
            proposed_text=several.composed(place.unit, place.parts, texts),
        )
    chosen = form.amendment_kind.data if amends else None
    return Content(
        kind=place.kind,
        body=form.body.data or "",
        provision=place.provision,
        amendment_kind=AmendmentKind(chosen) if chosen in set(AmendmentKind) else None,
        proposed_text=(form.proposed_text.data or "") if amends else "",
        quote=form.quote.data or "",
    )


def author_of(form: RemarkForm, user: User | Visitor) -> Author:
    """In whose name the form is sent."""
    named = bool(form.named.data)
    if isinstance(form, EntryForm):
        organisation = _chosen(Organisation, form.organisation.data)
        return Author(
            organisation=organisation,
            name=form.name.data or "",
            email=form.email.data or "",
            named_in_public=named,
        )
    if not isinstance(user, User):
        return Author(name=form.name.data or "", email=form.email.data or "", named_in_public=named)
    wanted = form.behalf.data if "behalf" in form else 0
    organisation = _chosen(Organisation, wanted)
    return Author(person=user, organisation=organisation, named_in_public=named)


def origin_of(form: RemarkForm) -> Origin | None:
    """How a remark typed in by the office came to it."""
    if not isinstance(form, EntryForm):
        return None
    received: date = form.received_on.data
    return Origin(Channel(form.channel.data), received, _chosen(Event, form.event.data))


def _chosen(table: Any, key: int | None) -> Any:
    return db.session.get(table, key) if key else None


def is_right(form: RemarkForm, place: Place) -> bool:
    """Whether the form can be sent; if not, its fields say what to do."""
    fits = form.validate_on_submit()
    problems = list(mistakes(content_of(place, form), place.current))
    if form.named.data and "name" in form and not (form.name.data or "").strip():
        problems.append(("name", _("Write the name that should be published, or untick consent.")))
    if (
        isinstance(form, EntryForm)
        and form.received_on.data
        and not was_open_on(place.consultation.rounds, form.received_on.data)
    ):
        problems.append(
            (
                "received_on",
                _("On that day remarks were not taken. Check the day on which it was received."),
            )
        )
    if place.stale:
        problems.append(
            (
                "",
                _(
                    "A new edition of the draft was published while you were writing. Check your "
                    "remark against the present wording and send it again."
                ),
            )
        )
    form.say(problems)
    return bool(fits) and not problems
