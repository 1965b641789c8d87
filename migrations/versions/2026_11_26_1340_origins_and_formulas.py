"""origins of words and the sentences of an amending act"""

import sqlalchemy as sa
from alembic import op


revision = '8c41d7a20e95'
down_revision = 'eb4d82a281ba'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origins', sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table('comparison', schema=None) as batch_op:
        batch_op.add_column(sa.Column('formulas', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('comparison', schema=None) as batch_op:
        batch_op.drop_column('formulas')
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_column('origins')
