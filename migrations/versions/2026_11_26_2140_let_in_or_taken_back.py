"""Who has been let in stands with the participant; what was taken back holds nobody in a party.

Revision ID: 7d1f40c2be96
Revises: 4be1c09f7a35
Create Date: 2026-11-26 21:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = '7d1f40c2be96'
down_revision = '4be1c09f7a35'
branch_labels = None
depends_on = None

REFERENCE = 'fk_check_in_participant_id_event_participant'


def upgrade() -> None:
    with op.batch_alter_table('event_participant', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('let_in', sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(
        "UPDATE event_participant SET let_in = true WHERE id IN "
        "(SELECT participant_id FROM check_in WHERE undone_at IS NULL)"
    )
    with op.batch_alter_table('event_participant', schema=None) as batch_op:
        batch_op.alter_column('let_in', server_default=None)
    _refer(ondelete='CASCADE')


def downgrade() -> None:
    _refer(ondelete=None)
    with op.batch_alter_table('event_participant', schema=None) as batch_op:
        batch_op.drop_column('let_in')


def _refer(*, ondelete: str | None) -> None:
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(REFERENCE), type_='foreignkey')
        batch_op.create_foreign_key(
            op.f(REFERENCE), 'event_participant', ['participant_id'], ['id'], ondelete=ondelete
        )
