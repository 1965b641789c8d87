"""one consultation for one form"""

import sqlalchemy as sa
from alembic import op


revision = '5c0b7e4a9d21'
down_revision = '7c1f0e5a92bd'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('submission_key', sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_consultation_submission_key'), ['submission_key'])


def downgrade() -> None:
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_consultation_submission_key'), type_='unique')
        batch_op.drop_column('submission_key')
