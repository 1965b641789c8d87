"""programmes of ngo day"""

import sqlalchemy as sa
from alembic import op


revision = 'f41d7c9a2b60'
down_revision = 'd2b7f0a1c964'
branch_labels = None
depends_on = None

APPLICATIONS = ('stand_application', 'stage_application')


def upgrade() -> None:
    op.create_table(
        'festival',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('stages', sa.JSON(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_festival_event_id_event')),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_festival')),
    )
    for table in APPLICATIONS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column('announced', sa.String(length=120), server_default='', nullable=False)
            )
            batch_op.add_column(
                sa.Column('letters', sa.Integer(), server_default='0', nullable=False)
            )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('announced', server_default=None)
            batch_op.alter_column('letters', server_default=None)


def downgrade() -> None:
    for table in APPLICATIONS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('letters')
            batch_op.drop_column('announced')
    op.drop_table('festival')
