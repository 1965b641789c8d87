"""Hours of NGO Day as minutes after it begins, so that they move along with it.

Revision ID: 4b7f2e90c6d5
Revises: 9c3e7d51b08a
Create Date: 2026-11-26 20:40:00
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = '4b7f2e90c6d5'
down_revision = '9c3e7d51b08a'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MINUTE = timedelta(minutes=1)
HOURS = {
    'not_before': 'earliest_after',
    'not_after': 'latest_after',
    'starts_at': 'starts_after',
}

event = sa.table('event', sa.column('id', sa.Integer), sa.column('starts_at', MOMENT))
festival = sa.table(
    'festival', sa.column('event_id', sa.Integer), sa.column('begins_at', MOMENT)
)
turn = sa.table(
    'stage_application',
    sa.column('id', sa.Integer),
    sa.column('event_id', sa.Integer),
    *(sa.column(name, MOMENT) for name in HOURS),
    *(sa.column(name, sa.Integer) for name in HOURS.values()),
)


def upgrade() -> None:
    with op.batch_alter_table('stage_application', schema=None) as batch_op:
        for name in HOURS.values():
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
    # Hours belong to the beginning by which they were set, also where the event was just moved.
    begins = sa.func.coalesce(festival.c.begins_at, event.c.starts_at, type_=MOMENT)
    joined = turn.join(event, event.c.id == turn.c.event_id).outerjoin(
        festival, festival.c.event_id == turn.c.event_id
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(turn, begins.label('begins')).select_from(joined)).all():
        set_by = {
            after: (getattr(row, at) - row.begins) // MINUTE
            for at, after in HOURS.items()
            if getattr(row, at) is not None
        }
        if set_by:
            bind.execute(turn.update().where(turn.c.id == row.id).values(set_by))
    with op.batch_alter_table('stage_application', schema=None) as batch_op:
        batch_op.drop_index('ix_stage_programme')
        for name in HOURS:
            batch_op.drop_column(name)
        batch_op.create_index(
            batch_op.f('ix_stage_application_event_id'), ['event_id'], unique=False
        )
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.drop_column('begins_at')


def downgrade() -> None:
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.add_column(sa.Column('begins_at', MOMENT, nullable=True))
    op.execute(
        'UPDATE festival SET'
        ' begins_at = (SELECT starts_at FROM event WHERE event.id = festival.event_id)'
    )
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.alter_column('begins_at', existing_type=MOMENT, nullable=False)
    with op.batch_alter_table('stage_application', schema=None) as batch_op:
        for name in HOURS:
            batch_op.add_column(sa.Column(name, MOMENT, nullable=True))
    bind = op.get_bind()
    joined = turn.join(event, event.c.id == turn.c.event_id)
    begins = event.c.starts_at.label('begins')
    for row in bind.execute(sa.select(turn, begins).select_from(joined)).all():
        set_at = {
            at: row.begins + getattr(row, after) * MINUTE
            for at, after in HOURS.items()
            if getattr(row, after) is not None
        }
        if set_at:
            bind.execute(turn.update().where(turn.c.id == row.id).values(set_at))
    with op.batch_alter_table('stage_application', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_application_event_id'))
        for name in HOURS.values():
            batch_op.drop_column(name)
        batch_op.create_index(
            'ix_stage_programme', ['event_id', 'stage', 'starts_at'], unique=False
        )
