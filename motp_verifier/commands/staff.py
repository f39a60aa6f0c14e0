"""`motp-verifier staff`: the accounts of the people who help."""

import asyncio
from typing import assert_never

import click

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import StaffRole
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.runtime import Runtime
from motp_verifier.services.staff.accounts import (
    BadStaffName,
    FirstPassword,
    NoSuchStaff,
    StaffAccounts,
    StaffDisabled,
    StaffExists,
)
from motp_verifier.services.staff.passwords import Passwords


@click.group()
def staff() -> None:
    """Accounts for the helpdesk's console."""


@staff.command("add")
@click.option("--name", required=True, help="1 to 64 letters, digits and . _ @ + -")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["helpdesk", "auditor", "admin"]),
    help="helpdesk looks and acts, auditor reads and exports the audit, admin does both.",
)
@with_config()
def add(config: Config, name: str, role: StaffRole) -> None:
    """Make an account, and print its first password: this once and never again."""
    with opened(config) as runtime:
        outcome = asyncio.run(_accounts(runtime).add(name, role))
    match outcome:
        case FirstPassword():
            _print(outcome)
        case StaffExists():
            raise click.ClickException(f"there is an account '{name}' already: see staff list.")
        case BadStaffName():
            raise click.BadParameter(
                "use 1 to 64 letters, digits and . _ @ + -", param_hint="--name"
            )
        case never:
            assert_never(never)


@staff.command("list")
@with_config()
def list_staff(config: Config) -> None:
    """List accounts: name, role, state and since when, separated by tabs.

    new: not yet signed in. locked: too many wrong tries, until a quarter of an hour is over.
    """
    with opened(config) as runtime:
        for each in asyncio.run(_accounts(runtime).all()):
            since = format_time(each.created_at)
            click.echo(f"{each.name}\t{each.role}\t{each.state}\t{since}")


@staff.command("reset")
@click.argument("name")
@with_config()
def reset(config: Config, name: str) -> None:
    """Give NAME a new first password. Second factor, lock and sessions end; it is enabled."""
    with opened(config) as runtime:
        outcome = asyncio.run(_accounts(runtime).reset(name))
    match outcome:
        case FirstPassword():
            _print(outcome)
        case NoSuchStaff():
            raise _nobody(name)
        case never:
            assert_never(never)


@staff.command("disable")
@click.argument("name")
@with_config()
def disable(config: Config, name: str) -> None:
    """Let NAME sign in no more, and end what they have open at once."""
    with opened(config) as runtime:
        outcome = asyncio.run(_accounts(runtime).disable(name))
    match outcome:
        case StaffDisabled(sessions):
            click.echo(f"{name} is disabled; {sessions} sessions ended.")
        case NoSuchStaff():
            raise _nobody(name)
        case never:
            assert_never(never)


def _accounts(runtime: Runtime) -> StaffAccounts:
    return StaffAccounts(runtime.store, Passwords(), runtime.now, operator())


def _print(first: FirstPassword) -> None:
    until = format_time(first.expires_at)
    click.echo(f"The first password of {first.name}, valid until {until} and not shown again:")
    click.echo(first.password)


def _nobody(name: str) -> click.ClickException:
    return click.ClickException(f"there is no account '{name}': see staff list.")
