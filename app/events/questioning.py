"""The questions of an event, and what becomes of them when the office changes its mind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.events.models import Event, Question
from app.events.models_signups import Answer
from app.events.planning import Asked, Host
from app.events.queries import questions_of
from app.platform.db import db


def asked_by(event: Event) -> tuple[Asked, ...]:
    """What an event asks now."""
    return tuple(
        Asked(q.kind, q.text, tuple(q.choices), q.required, q.id) for q in questions_of(event)
    )


def hosts_of(event: Event) -> tuple[Host, ...]:
    """Who runs an event now."""
    return tuple(Host(f.name, f.about, f.user_id) for f in event.facilitators)


def set_questions(event: Event, wanted: Sequence[Asked], *, at: datetime) -> None:
    """Ask these questions from now on, in this order.

    A question that was answered is retired when its words change or it is dropped, so that
    answers keep the question they were given to; one that nobody has answered is simply changed.
    """
    known = {question.id: question for question in questions_of(event)}
    answered = set(
        db.session.scalars(
            sa.select(Answer.question_id).where(Answer.question_id.in_(known)).distinct()
        )
    )
    kept = set()
    for position, asked in enumerate(wanted, 1):
        question = known.get(asked.id)
        if question is not None and question.id in answered and _means(question) != _meant(asked):
            question = None
        if question is None:
            question = Question(event_id=event.id)
            db.session.add(question)
        else:
            kept.add(question.id)
        question.position, question.required = position, asked.required
        question.kind, question.text = asked.kind, asked.text
        question.choices = list(asked.choices)
    for question in known.values():
        if question.id in kept:
            continue
        if question.id in answered:
            question.retired_at = at
        else:
            db.session.delete(question)
    db.session.flush()
    db.session.expire(event, ["questions"])


def _means(question: Question) -> tuple[object, ...]:
    return question.kind, question.text, tuple(question.choices)


def _meant(asked: Asked) -> tuple[object, ...]:
    return asked.kind, asked.text, asked.choices
