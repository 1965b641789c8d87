"""Working drafts put aside.

Revision ID: 9c3e7d51b08a
Revises: 6d1f0a4c8b27
Create Date: 2026-11-26 19:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = '9c3e7d51b08a'
down_revision = '6d1f0a4c8b27'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('abandoned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('abandoned_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column('abandoned_reason', sa.Text(), server_default='', nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_working_draft_abandoned_by_id_user_account'),
            'user_account',
            ['abandoned_by_id'],
            ['id'],
        )
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.alter_column('abandoned_reason', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_working_draft_abandoned_by_id_user_account'), type_='foreignkey'
        )
        batch_op.drop_column('abandoned_reason')
        batch_op.drop_column('abandoned_by_id')
        batch_op.drop_column('abandoned_at')
