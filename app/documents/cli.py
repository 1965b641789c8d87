"""The command that shows how a draft is understood, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import Flask

from app.documents.drafts import outline_of
from app.documents.refusals import CannotRead
from app.legaltext.outline import to_json


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(outline)


@click.command("outline")
@click.argument("file", type=click.Path(path_type=Path))
def outline(file: Path) -> None:
    """Print how the draft in FILE (.docx, .odt or text) is understood, as JSON."""
    try:
        understood = outline_of(file.read_bytes(), file.name)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    except CannotRead as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(to_json(understood), ensure_ascii=False, indent=2))
