"""Commands of ``flask --app wsgi``."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade


def init_app(app: Flask) -> None:
    """Register the commands."""
    from app.accounts import cli as accounts
    from app.documents import cli as documents

    app.cli.add_command(demo_reset)
    accounts.init_app(app)
    documents.init_app(app)


@click.command("demo-reset")
def demo_reset() -> None:
    """Throw the demo town away and load it afresh."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("This is not a demo town: nothing was thrown away.")
    from app.demo.loader import load_if_empty

    upgrade()
    downgrade(revision="base")
    upgrade()
    load_if_empty()
    click.echo("The demo town is as new.")
