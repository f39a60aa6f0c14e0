"""`motp-verifier keys`: the master keys under which everything at rest lies."""

import asyncio
import logging
from typing import assert_never

import click

from motp_verifier.commands.settings import opened, with_config
from motp_verifier.config import Config
from motp_verifier.key_file import KeyFile
from motp_verifier.runtime import Runtime
from motp_verifier.services.key_rotation import (
    KeyRotation,
    Retired,
    StillNamed,
    StillSeals,
    TooSoon,
    UnknownKey,
)


@click.group()
def keys() -> None:
    """Master keys: list, add, rotate, retire."""


@keys.command("list")
@with_config()
def list_keys(config: Config) -> None:
    """List keys: id, `seals` or `opens`, and how many values are under it, by tabs."""
    with opened(config) as runtime:
        usage = asyncio.run(_rotation(config, runtime).usage())
    for key in usage.keys:
        click.echo(f"{key.id}\t{'seals' if key.seals else 'opens'}\t{key.values}")
    if usage.lost:
        raise click.ClickException(f"{usage.lost} values name a key that is not in the key file.")


@keys.command("add")
@with_config()
def add_key(config: Config) -> None:
    """Add a key that opens but does not seal yet: copy the file to every machine, then rotate."""
    with opened(config):
        name = KeyFile(config.master_keys()).add(first=False)
    click.echo(f"Added {name}. Copy {config.master_keys()} to every machine, then")
    click.echo(f"motp-verifier keys rotate --to {name}")


@keys.command("rotate")
@click.option("--to", "name", help="A key that `keys add` made; without it a new one is made.")
@with_config()
def rotate_keys(config: Config, name: str | None) -> None:
    """Seal everything at rest again under a new key, while the verifier serves.

    May be interrupted at any moment; run again, it goes on.
    """
    with opened(config) as runtime:
        done = asyncio.run(_rotation(config, runtime).rotate(name))
    if done.continued:
        click.echo("Went on with a rotation that was not finished.")
    click.echo(f"Sealed {done.resealed} values again under {done.key_id}.")
    for place in done.broken:
        click.echo(f"{place} does not open and was left as it is.", err=True)
    if not done.finished:
        raise click.ClickException(
            "another process goes on sealing under an older key: does it read this key file?"
        )
    if done.broken:
        raise SystemExit(1)


@keys.command("retire")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@with_config()
def retire_keys(config: Config, names: tuple[str, ...]) -> None:
    """Take keys out of the key file that no value needs any more.

    Backups from before the rotation need them: keep a copy as long as those.
    """
    with opened(config) as runtime:
        outcome = asyncio.run(_rotation(config, runtime).retire(names))
    match outcome:
        case Retired(ids):
            click.echo(f"Retired {', '.join(ids)}.")
        case UnknownKey(name):
            raise click.ClickException(f"the key file has no key '{name}'.")
        case StillSeals(name):
            raise click.ClickException(f"{name} seals new values: rotate to another key first.")
        case StillNamed(name, values):
            raise click.ClickException(f"{values} values are under {name}: run keys rotate.")
        case TooSoon(seconds):
            raise click.ClickException(
                f"the key file changed a short time ago: try again in {seconds} seconds."
            )
        case never:
            assert_never(never)


def _rotation(config: Config, runtime: Runtime) -> KeyRotation:
    # That the file changed is this command's own doing.
    logging.getLogger("motp_verifier.sealing").setLevel(logging.ERROR)
    return KeyRotation(
        runtime.store, runtime.keys, KeyFile(config.master_keys()), runtime.now, progress=_progress
    )


def _progress(where: str, done: int) -> None:
    click.echo(f"{where}: {done}", err=True)
