"""When an event last changed, for calendars.

Revision ID: 6d1f0a4c8b27
Revises: a90e5c27d3f1
Create Date: 2026-11-26 18:15:00
"""

import sqlalchemy as sa
from alembic import op

revision = '6d1f0a4c8b27'
down_revision = 'a90e5c27d3f1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('changed_at')
