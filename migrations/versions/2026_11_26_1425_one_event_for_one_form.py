"""one event for one form"""

import sqlalchemy as sa
from alembic import op


revision = 'a94d1c07e5f3'
down_revision = '8c41d7a20e95'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('submission_key', sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_event_submission_key'), ['submission_key'])


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_event_submission_key'), type_='unique')
        batch_op.drop_column('submission_key')
