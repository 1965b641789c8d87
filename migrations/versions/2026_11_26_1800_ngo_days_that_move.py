"""ngo days that move"""

import sqlalchemy as sa
from alembic import op


revision = 'a90e5c27d3f1'
down_revision = 'e6b1c94d27fa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.add_column(sa.Column('begins_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
    op.execute(
        'UPDATE festival SET'
        ' begins_at = (SELECT starts_at FROM event WHERE event.id = festival.event_id),'
        ' sequence = (SELECT sequence FROM event WHERE event.id = festival.event_id)'
    )
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.alter_column('begins_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('sequence', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('festival', schema=None) as batch_op:
        batch_op.drop_column('sequence')
        batch_op.drop_column('begins_at')
