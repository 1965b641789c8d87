"""where remarks are shown, and what authors say to the office's wording"""

import sqlalchemy as sa
from alembic import op


revision = 'b40d9c6e17f3'
down_revision = '696900c76d2c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('carried_wording', schema=None) as batch_op:
        batch_op.add_column(sa.Column('html', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.add_column(sa.Column('home_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('response', sa.String(length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_remark_home_id_provision'), 'provision', ['home_id'], ['id'])
        batch_op.create_index('ix_remark_home', ['home_id', 'number'], unique=False)
    with op.batch_alter_table('carried_wording', schema=None) as batch_op:
        batch_op.alter_column('html', server_default=None)
    op.execute(
        """
        UPDATE remark SET home_id = COALESCE(
            (SELECT remark_place.provision_id FROM remark_place WHERE remark_place.remark_id = remark.id),
            provision_id
        )
        """
    )
    op.execute("DELETE FROM remark_tally")
    op.execute(
        """
        INSERT INTO remark_tally (document_id, provision_number, remarks, amendments)
        SELECT remark.document_id, COALESCE(provision.number, 0), COUNT(*),
            SUM(CASE WHEN remark.kind = 'amendment' THEN 1 ELSE 0 END)
        FROM remark LEFT OUTER JOIN provision ON provision.id = remark.home_id
        WHERE remark.withdrawn_at IS NULL
        GROUP BY remark.document_id, COALESCE(provision.number, 0)
        """
    )


def downgrade() -> None:
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index('ix_remark_home')
        batch_op.drop_constraint(batch_op.f('fk_remark_home_id_provision'), type_='foreignkey')
        batch_op.drop_column('response')
        batch_op.drop_column('home_id')
    with op.batch_alter_table('carried_wording', schema=None) as batch_op:
        batch_op.drop_column('html')
