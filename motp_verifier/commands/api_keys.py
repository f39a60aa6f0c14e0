"""`motp-verifier api-key`: the keys of institutions' sites."""

import asyncio
from typing import assert_never

import click

from motp_protocol.encoding import format_time
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.services.api_keys import (
    KEPT_MS,
    ApiKeyAdded,
    ApiKeyInfo,
    ApiKeyRevoked,
    ApiKeys,
    BadLabel,
    NoSuchInstitution,
    NoSuchKey,
)

_TEN_YEARS = 3653


@click.group()
def api_key() -> None:
    """API keys: several of an institution may be valid at once."""


@api_key.command("add")
@click.option("--institution", "institution_id", required=True, help="The institution's id.")
@click.option("--label", default="", help="What the key is for, in up to 64 characters.")
@click.option(
    "--days",
    type=click.IntRange(1, _TEN_YEARS),
    help="For how many days it is valid; by default until it is revoked.",
)
@with_config()
def add(config: Config, institution_id: str, label: str, days: int | None) -> None:
    """Give an institution one more key, and print it: this once and never again."""
    with opened(config) as runtime:
        keys = ApiKeys(runtime.store, runtime.now, operator())
        outcome = asyncio.run(keys.add(institution_id, label, days))
    match outcome:
        case ApiKeyAdded(expires_at=expires_at):
            until = "" if expires_at is None else f", valid until {format_time(expires_at)}"
            click.echo(f"Added {outcome.id}{until}. The key, which is not shown again:")
            click.echo(outcome.api_key)
        case NoSuchInstitution():
            raise click.ClickException(f"there is no institution '{institution_id}'.")
        case BadLabel():
            raise click.BadParameter("use up to 64 printable characters.", param_hint="--label")
        case never:
            assert_never(never)


@api_key.command("list")
@click.option("--institution", "institution_id", help="Only this institution's.")
@with_config()
def list_keys(config: Config, institution_id: str | None) -> None:
    """List keys: id, institution, how it ends, state, created, expires, last used, label.

    Separated by tabs. Last used is told to the hour. A key itself is never shown.
    """
    with opened(config) as runtime:
        for each in asyncio.run(ApiKeys(runtime.store, runtime.now).all(institution_id)):
            click.echo(_line(each))


@api_key.command("revoke")
@click.argument("key_id")
@with_config()
def revoke(config: Config, key_id: str) -> None:
    """Stop the key KEY_ID (see `api-key list`) for good."""
    with opened(config) as runtime:
        outcome = asyncio.run(ApiKeys(runtime.store, runtime.now, operator()).revoke(key_id))
    match outcome:
        case ApiKeyRevoked(institution_id, at):
            click.echo(
                f"{key_id} of {institution_id} is revoked since {format_time(at)}; running "
                f"verifiers stop taking it within {KEPT_MS // 1000} seconds."
            )
        case NoSuchKey():
            raise click.ClickException(f"there is no API key '{key_id}': see api-key list.")
        case never:
            assert_never(never)


def _line(key: ApiKeyInfo) -> str:
    return "\t".join(
        (
            key.id,
            key.institution_id,
            f"…{key.ending}" if key.ending else "-",
            key.state,
            format_time(key.created_at),
            "never" if key.expires_at is None else format_time(key.expires_at),
            "never" if key.last_used_at is None else format_time(key.last_used_at),
            key.label,
        )
    )
