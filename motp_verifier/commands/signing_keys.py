"""`motp-verifier signing-key`: the keys that sign receipts."""

import asyncio
from typing import assert_never

import click

from motp_protocol.encoding import format_time
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.services.signing_keys import (
    CACHE_SECONDS,
    PUBLISHED_AHEAD_MINUTES,
    RotationBegun,
    RotationUnderWay,
    SigningKeys,
)

_A_WEEK = 7 * 24 * 60


@click.group()
def signing_key() -> None:
    """Keys that sign receipts. Public ones stay published at /.well-known/jwks.json."""


@signing_key.command("rotate")
@click.option(
    "--after",
    "minutes",
    type=click.IntRange(0, _A_WEEK),
    default=PUBLISHED_AHEAD_MINUTES,
    show_default=True,
    help="For how many minutes the new key is published before it signs. 0 is for a key that "
    "leaked: sites that keep the published keys may then meet one that they do not know.",
)
@with_config()
def rotate(config: Config, minutes: int) -> None:
    """Publish a new key, which takes over after a while. Nothing needs a restart."""
    with opened(config) as runtime:
        keys = SigningKeys(runtime.store, runtime.keys, runtime.now, operator())
        outcome = asyncio.run(keys.rotate(minutes))
    match outcome:
        case RotationBegun(kid, active_at):
            click.echo(f"Published {kid}; it signs from {format_time(active_at)} on.")
            if 0 < minutes * 60 <= CACHE_SECONDS:
                click.echo(
                    f"Sites may keep the published keys for {CACHE_SECONDS // 60} minutes: "
                    "some may meet a key that they do not know.",
                    err=True,
                )
        case RotationUnderWay(kid, active_at):
            raise click.ClickException(
                f"{kid} is published already and signs from {format_time(active_at)} on."
            )
        case never:
            assert_never(never)


@signing_key.command("list")
@with_config()
def list_keys(config: Config) -> None:
    """List keys: kid, state, created and active since, separated by tabs."""
    with opened(config) as runtime:
        for each in asyncio.run(SigningKeys(runtime.store, runtime.keys, runtime.now).all()):
            times = f"{format_time(each.created_at)}\t{format_time(each.active_at)}"
            click.echo(f"{each.kid}\t{each.state}\t{times}")
