"""drafting by change sets"""

import json

import sqlalchemy as sa
from alembic import op

from app.documents.crossings import references_astray
from app.drafting.acts import touched
from app.drafting.composition import fold
from app.drafting.steps import Asked, from_json, shown_unit, step_of, to_json, told
from app.legaltext import editing
from app.legaltext.units import Kind


revision = '696900c76d2c'
down_revision = 'a94d1c07e5f3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('draft_deed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_by_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['done_by_id'], ['user_account.id'], name=op.f('fk_draft_deed_done_by_id_user_account')),
    sa.ForeignKeyConstraint(['draft_id'], ['working_draft.id'], name=op.f('fk_draft_deed_draft_id_working_draft')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_deed'))
    )
    with op.batch_alter_table('draft_deed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_deed_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_no_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('remark_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['working_draft.id'], name=op.f('fk_draft_no_change_draft_id_working_draft')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_draft_no_change_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_draft_no_change_remark_id_remark')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_no_change'))
    )
    with op.batch_alter_table('draft_no_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_no_change_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_no_change_remark_id'), ['remark_id'], unique=False)

    op.create_table('draft_typing',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('target', sa.String(length=60), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('here_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['working_draft.id'], name=op.f('fk_draft_typing_draft_id_working_draft')),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_draft_typing_person_id_user_account')),
    sa.PrimaryKeyConstraint('draft_id', 'person_id', 'target', name=op.f('pk_draft_typing'))
    )
    with op.batch_alter_table('draft_change', schema=None) as batch_op:
        batch_op.add_column(sa.Column('target', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('after', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('seen', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('event_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('event_note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('made', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('verdict', sa.String(length=40), nullable=False, server_default='clean'))
        batch_op.add_column(sa.Column('met', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('clash', sa.String(length=40), nullable=False, server_default=''))
        batch_op.alter_column('provision_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_draft_change_event_id_event'), 'event', ['event_id'], ['id'])

    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('base_text', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('text', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('astray', sa.JSON(), nullable=False, server_default='[]'))
    _forget_defaults()
    op.execute(
        "UPDATE draft_change SET target = (SELECT CAST(number AS VARCHAR(60)) FROM provision "
        "WHERE provision.id = draft_change.provision_id)"
    )
    connection = op.get_bind()
    drafts = connection.execute(
        sa.text("SELECT id, base_id FROM working_draft WHERE edition_id IS NULL ORDER BY id")
    )
    for draft_id, base_id in drafts.all():
        _fold_anew(connection, draft_id, base_id)


def _forget_defaults() -> None:
    """The columns had to be filled; from now on the application says what is in them."""
    columns = {
        'draft_change': ('target', 'after', 'seen', 'event_note', 'made', 'verdict', 'met', 'clash'),
        'working_draft': ('base_text', 'text', 'astray'),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.alter_column(name, server_default=None)


def _fold_anew(connection, draft_id, base_id):
    """An open draft gets its working text, and each of its changes the trees it was made of.

    Until now a change put a whole new wording in place of the one it found.
    """
    base = _text_of(connection, base_id)
    current, steps = base, []
    changes = connection.execute(
        sa.text(
            "SELECT id, kind, target, text, unit_kind, taken_back_at FROM draft_change "
            "WHERE draft_id = :draft ORDER BY id"
        ),
        {"draft": draft_id},
    )
    for change_id, what, target, text, kind, taken_back_at in changes.all():
        # what is gone already stands aside, as it would if it were changed now
        unit = shown_unit(current, target, what) or shown_unit(base, target, what)
        seen = editing.as_text(unit)
        asked = Asked(what, target, seen, text, Kind(kind) if kind else None)
        step = step_of(change_id, asked, (current, base))
        said = told(step, base, current)
        made = {
            "old": to_json([step.old] if step.old else []),
            "new": to_json([step.new] if step.new else []),
            "html": said.html,
            "place": said.place,
            "formula": list(said.formula),
            "touched": sorted(touched(step)),
        }
        connection.execute(
            sa.text("UPDATE draft_change SET seen = :seen, made = :made WHERE id = :id"),
            {"seen": seen, "made": json.dumps(made), "id": change_id},
        )
        if taken_back_at is not None:
            continue
        connection.execute(
            sa.text(
                "INSERT INTO draft_deed (draft_id, verb, changes, done_at, done_by_id, state) "
                "SELECT draft_id, 'make', :ids, made_at, made_by_id, 'done' FROM draft_change "
                "WHERE id = :id"
            ),
            {"ids": json.dumps([change_id]), "id": change_id},
        )
        steps.append(step)
        current = fold(base, steps).units
    for change_id, standing in fold(base, steps).standings.items():
        connection.execute(
            sa.text(
                "UPDATE draft_change SET verdict = :verdict, clash = :clash, met = :met "
                "WHERE id = :id"
            ),
            {
                "verdict": str(standing.verdict),
                "clash": standing.clash,
                "met": json.dumps(list(standing.met)),
                "id": change_id,
            },
        )
    astray = [
        [each.unit_id, each.place, each.words, each.meant, each.never]
        for each in references_astray(base, current)
    ]
    connection.execute(
        sa.text(
            "UPDATE working_draft SET base_text = :base, text = :text, astray = :astray "
            "WHERE id = :id"
        ),
        {
            "base": json.dumps(to_json(base)),
            "text": json.dumps(to_json(current)),
            "astray": json.dumps(astray),
            "id": draft_id,
        },
    )


def _text_of(connection, edition_id):
    rows = connection.execute(
        sa.text(
            "SELECT w.provision_id, w.parent_id, p.number, w.kind, w.mark, w.text FROM wording w "
            "JOIN provision p ON p.id = w.provision_id WHERE w.edition_id = :edition "
            "ORDER BY w.position"
        ),
        {"edition": edition_id},
    ).all()
    nodes = {row[0]: [str(row[2]), row[3], row[4], row[5], []] for row in rows}
    roots = []
    for provision, parent, *_ in rows:
        (nodes[parent][4] if parent in nodes else roots).append(nodes[provision])
    return from_json(roots)


def _refuse_what_the_old_form_cannot_hold(connection):
    """Before any table is touched, so that going back up is always possible.

    The old form knew neither moves nor changes of provisions that are new themselves.
    """
    left = connection.execute(
        sa.text(
            "SELECT id FROM draft_change WHERE kind = 'move' OR provision_id IS NULL ORDER BY id"
        )
    ).scalars()
    if ids := ", ".join(str(each) for each in left):
        raise RuntimeError(
            f"draft_change {ids}: moves, and changes of provisions that came with a change of the "
            "same draft, have no place in the tables of before, and nothing is thrown away here. "
            "Restore a backup made before this migration instead."
        )


def _name_provisions(connection):
    """Now a change gets its provision when it is published; before, it had one from the start."""
    connection.execute(
        sa.text(
            "UPDATE draft_change SET provision_id = (SELECT provision.id FROM provision "
            "JOIN working_draft ON working_draft.document_id = provision.document_id "
            "WHERE working_draft.id = draft_change.draft_id "
            "AND CAST(provision.number AS VARCHAR(60)) = draft_change.target) "
            "WHERE provision_id IS NULL"
        )
    )


def downgrade() -> None:
    connection = op.get_bind()
    _name_provisions(connection)
    _refuse_what_the_old_form_cannot_hold(connection)
    with op.batch_alter_table('working_draft', schema=None) as batch_op:
        batch_op.drop_column('astray')
        batch_op.drop_column('text')
        batch_op.drop_column('base_text')

    with op.batch_alter_table('draft_change', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_draft_change_event_id_event'), type_='foreignkey')
        batch_op.alter_column('provision_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('clash')
        batch_op.drop_column('met')
        batch_op.drop_column('verdict')
        batch_op.drop_column('made')
        batch_op.drop_column('event_note')
        batch_op.drop_column('event_id')
        batch_op.drop_column('seen')
        batch_op.drop_column('after')
        batch_op.drop_column('target')

    op.drop_table('draft_typing')
    with op.batch_alter_table('draft_no_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_no_change_remark_id'))
        batch_op.drop_index(batch_op.f('ix_draft_no_change_draft_id'))

    op.drop_table('draft_no_change')
    with op.batch_alter_table('draft_deed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_deed_draft_id'))

    op.drop_table('draft_deed')
