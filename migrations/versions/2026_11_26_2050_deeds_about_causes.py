"""Deeds about causes and reasons, so that they can be undone, too.

Revision ID: 4be1c09f7a35
Revises: 4b7f2e90c6d5
Create Date: 2026-11-26 20:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = '4be1c09f7a35'
down_revision = '4b7f2e90c6d5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('draft_deed', schema=None) as batch_op:
        batch_op.add_column(sa.Column('why', sa.JSON(), server_default='{}', nullable=False))
    with op.batch_alter_table('draft_deed', schema=None) as batch_op:
        batch_op.alter_column('why', server_default=None)


def downgrade() -> None:
    """What was said stays said; only the way back to what was said before is forgotten."""
    op.execute(
        "DELETE FROM draft_deed WHERE verb IN "
        "('explain', 'name_cause', 'say_no_change', 'take_reason_back')"
    )
    with op.batch_alter_table('draft_deed', schema=None) as batch_op:
        batch_op.drop_column('why')
