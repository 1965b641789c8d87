"""wordings that move along, and the office's own"""

import sqlalchemy as sa
from alembic import op


revision = '7c1f0e5a92bd'
down_revision = '15201207505c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('carried_wording',
    sa.Column('remark_id', sa.Integer(), nullable=False),
    sa.Column('whose', sa.String(length=40), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('fate', sa.String(length=40), nullable=False),
    sa.Column('to_read', sa.Boolean(), nullable=False),
    sa.Column('provision_id', sa.Integer(), nullable=True),
    sa.Column('seen', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_carried_wording_edition_id_edition')),
    sa.ForeignKeyConstraint(['provision_id'], ['provision.id'], name=op.f('fk_carried_wording_provision_id_provision')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_carried_wording_remark_id_remark')),
    sa.PrimaryKeyConstraint('remark_id', 'whose', name=op.f('pk_carried_wording'))
    )
    with op.batch_alter_table('carried_wording', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carried_wording_edition_id'), ['edition_id'], unique=False)
    op.create_table('position_response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('responded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('responded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['position_id'], ['position.id'], name=op.f('fk_position_response_position_id_position')),
    sa.ForeignKeyConstraint(['responded_by_id'], ['user_account.id'], name=op.f('fk_position_response_responded_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position_response'))
    )
    with op.batch_alter_table('position_response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_position_response_position_id'), ['position_id'], unique=False)
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wording', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('wording_seen', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('edition_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('provision_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_position_edition_id_edition'), 'edition', ['edition_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_position_provision_id_provision'), 'provision', ['provision_id'], ['id'])
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.add_column(sa.Column('taken_into_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_remark_taken_into_id_edition'), 'edition', ['taken_into_id'], ['id'])
    with op.batch_alter_table('remark_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('edition_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('provision_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('citation', sa.String(length=200), nullable=False, server_default=''))
        batch_op.create_foreign_key(batch_op.f('fk_remark_version_edition_id_edition'), 'edition', ['edition_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_remark_version_provision_id_provision'), 'provision', ['provision_id'], ['id'])
    _say_where_the_versions_were_made()
    _say_what_was_taken_in()
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.alter_column('wording', server_default=None)
        batch_op.alter_column('wording_seen', server_default=None)
    with op.batch_alter_table('remark_version', schema=None) as batch_op:
        batch_op.alter_column('edition_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('citation', server_default=None)


def _say_where_the_versions_were_made() -> None:
    """Until now no version was made on another edition than its remark."""
    op.execute(
        """
        UPDATE remark_version SET
            edition_id = (SELECT edition_id FROM remark WHERE remark.id = remark_id),
            provision_id = (SELECT provision_id FROM remark WHERE remark.id = remark_id),
            citation = (SELECT citation FROM remark WHERE remark.id = remark_id)
        """
    )


def _say_what_was_taken_in() -> None:
    op.execute(
        """
        UPDATE remark SET taken_into_id = (
            SELECT MIN(working_draft.edition_id)
            FROM draft_cause
            JOIN draft_change ON draft_change.id = draft_cause.change_id
            JOIN working_draft ON working_draft.id = draft_change.draft_id
            WHERE draft_cause.remark_id = remark.id
                AND draft_change.taken_back_at IS NULL
                AND working_draft.edition_id IS NOT NULL
        )
        """
    )


def downgrade() -> None:
    with op.batch_alter_table('remark_version', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_remark_version_provision_id_provision'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_remark_version_edition_id_edition'), type_='foreignkey')
        batch_op.drop_column('citation')
        batch_op.drop_column('provision_id')
        batch_op.drop_column('edition_id')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_remark_taken_into_id_edition'), type_='foreignkey')
        batch_op.drop_column('taken_into_id')
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_position_provision_id_provision'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_position_edition_id_edition'), type_='foreignkey')
        batch_op.drop_column('provision_id')
        batch_op.drop_column('edition_id')
        batch_op.drop_column('wording_seen')
        batch_op.drop_column('wording')
    with op.batch_alter_table('position_response', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_position_response_position_id'))
    op.drop_table('position_response')
    with op.batch_alter_table('carried_wording', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carried_wording_edition_id'))
    op.drop_table('carried_wording')
