"""working drafts that may be watched"""

import sqlalchemy as sa
from alembic import op


revision = 'd2b7f0a1c964'
down_revision = '3f9a61d07e58'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('watched_since', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('is_watched', sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.alter_column('is_watched', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_column('is_watched')
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.drop_column('watched_since')
