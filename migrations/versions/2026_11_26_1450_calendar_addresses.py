"""calendar addresses"""

import sqlalchemy as sa
from alembic import op


revision = 'c3f2a7d9e614'
down_revision = 'b40d9c6e17f3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('event_calendar_address',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_event_calendar_address_user_id_user_account')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_event_calendar_address')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_event_calendar_address_key_hash'))
    )


def downgrade() -> None:
    op.drop_table('event_calendar_address')
