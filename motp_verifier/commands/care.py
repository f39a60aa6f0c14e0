"""`motp-verifier check` and `motp-verifier backup`."""

import asyncio
from pathlib import Path
from typing import assert_never

import click

from motp_verifier.app import load_consents
from motp_verifier.commands.settings import with_config
from motp_verifier.config import Config, ConfigError
from motp_verifier.providers import open_sender
from motp_verifier.runtime import system_clock
from motp_verifier.sealing import load_or_create
from motp_verifier.services.checkup import faults
from motp_verifier.store.backup import BackupFailed, back_up
from motp_verifier.store.location import PostgresDatabase, SqliteFile
from motp_verifier.store.opening import open_store
from motp_verifier.tls import open_certificate


@click.command()
@with_config()
def check(config: Config) -> None:
    """Look at the settings, the keys, the database and the clock, and change nothing."""
    load_consents(config)
    open_certificate(config)
    open_sender(config, system_clock)
    database = config.database()
    needed = [config.master_keys()]
    if isinstance(database, SqliteFile):
        needed.append(database.path)
    for path in needed:
        if not path.exists():
            raise ConfigError(f"{path} does not exist: run motp-verifier migrate first")
    store = open_store(database)
    try:
        found = asyncio.run(faults(store, load_or_create(config.master_keys()), system_clock))
    finally:
        store.close()
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise SystemExit(1)
    click.echo("The settings, the keys, the database and the clock are in order.")


@click.command()
@click.argument("destination", type=click.Path(path_type=Path))
@with_config()
def backup(config: Config, destination: Path) -> None:
    """Copy the SQLite database to DESTINATION, a new file, while the verifier serves.

    The copy holds no master key: keep that too, and elsewhere.
    """
    match config.database():
        case SqliteFile(path):
            try:
                back_up(path, destination)
            except BackupFailed as error:
                raise click.ClickException(f"{error}.") from error
        case PostgresDatabase():
            raise click.ClickException("back up a PostgreSQL database with pg_dump.")
        case never:
            assert_never(never)
    click.echo(f"{destination} is a whole copy. It opens only with {config.master_keys()}.")
