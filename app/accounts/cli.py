"""The command that gives the town its first coordinator, and anybody a task later."""

from __future__ import annotations

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask

from app.accounts import actions, queries
from app.accounts.actions import NO_PASSWORD
from app.accounts.models import Role
from app.accounts.tokens import LIFETIME, Purpose, token_for
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.errors import DomainError
from app.platform.links import absolute


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(appoint)


@click.command("appoint")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--name", default="", help="First name and surname, for a new account.")
def appoint(email: str, role: str, name: str) -> None:
    """Give EMAIL the ROLE in the town, opening an account if there is none."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an e-mail address: {error}") from error
    at = now()
    with transaction():
        person = queries.person_by_email(email)
        if person is not None:
            try:
                actions.appoint(person, Role(role), at=at)
            except DomainError as error:
                raise click.ClickException(str(error.message)) from error
            click.echo(f"{person.email} is now {role}.")
            return
        if not name.strip():
            raise click.ClickException("This is a new account: give --name 'First Last' as well.")
        person = actions.open_account(email, name.strip()[:120], NO_PASSWORD, Role(role), at=at)
        link = absolute("accounts.reset", token=token_for(person, Purpose.RESET))
    hours = int(LIFETIME[Purpose.RESET].total_seconds() // 3600)
    click.echo(
        f"{person.email} is now {role}. Choose a password here within {hours} hours:\n{link}"
    )
