"""files of reports"""

import sqlalchemy as sa
from alembic import op


revision = '3f9a61d07e58'
down_revision = 'c3f2a7d9e614'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_file',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report_snapshot.id'], name=op.f('fk_report_file_report_id_report_snapshot')),
    sa.PrimaryKeyConstraint('report_id', 'kind', name=op.f('pk_report_file'))
    )


def downgrade() -> None:
    op.drop_table('report_file')
