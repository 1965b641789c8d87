"""minutes in versions, and what is removed from materials"""

import sqlalchemy as sa
from alembic import op


revision = 'e6b1c94d27fa'
down_revision = 'f41d7c9a2b60'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'event_minutes_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('minutes_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('published_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['minutes_id'],
            ['event_minutes.id'],
            name=op.f('fk_event_minutes_version_minutes_id_event_minutes'),
        ),
        sa.ForeignKeyConstraint(
            ['published_by_id'],
            ['user_account.id'],
            name=op.f('fk_event_minutes_version_published_by_id_user_account'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_event_minutes_version')),
        sa.UniqueConstraint(
            'minutes_id', 'number', name=op.f('uq_event_minutes_version_minutes_id_number')
        ),
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('minutes_published_at', sa.DateTime(timezone=True), nullable=True)
        )
    with op.batch_alter_table('event_note', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
    with op.batch_alter_table('event_note', schema=None) as batch_op:
        batch_op.alter_column('revision', server_default=None)
    with op.batch_alter_table('event_material', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column('removed_reason', sa.Text(), server_default='', nullable=False)
        )
    with op.batch_alter_table('event_material', schema=None) as batch_op:
        batch_op.alter_column('removed_reason', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('event_material', schema=None) as batch_op:
        batch_op.drop_column('removed_reason')
        batch_op.drop_column('removed_at')
    with op.batch_alter_table('event_note', schema=None) as batch_op:
        batch_op.drop_column('revision')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('minutes_published_at')
    op.drop_table('event_minutes_version')
