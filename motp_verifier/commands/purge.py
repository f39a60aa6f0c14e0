"""`motp-verifier purge`."""

import asyncio
from dataclasses import asdict

import click

from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.services.retention.policy import PurgeCounts
from motp_verifier.services.retention.purge import Purge
from motp_verifier.store.compacting import compact

_WORDS = {
    "withdrawn": "people who withdrew consent",
    "unused": "people of whom nothing was seen for long",
    "registrations": "devices that ended long ago",
    "roster_entries": "roster entries that no file had for long",
    "checks": "checks",
    "addresses": "addresses of clients",
    "failures": "wrong codes that no lock counts any more",
    "audit_heads": "audit batches, whose heads stay",
    "audit_rows": "audit rows under them",
}


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option(
    "--compact",
    "write_anew",
    is_flag=True,
    help="Write the database's files anew, so that no deleted byte is left. Others wait.",
)
@with_config()
def purge(config: Config, dry_run: bool, write_anew: bool) -> None:
    """Delete what was kept long enough: see `retention_…_days` in the settings.

    The verifier does so by itself once a day.
    """
    with opened(config) as runtime:
        work = Purge(runtime.store, config.retention(), runtime.now, operator())
        counts = asyncio.run(work.plan() if dry_run else work.run())
    if counts is None:
        raise click.ClickException("another process purges now; try again later.")
    for line in _lines(counts):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was deleted.")
    elif write_anew:
        compact(config.database())
        click.echo("The database's files were written anew.")


def _lines(counts: PurgeCounts) -> list[str]:
    """Numbers and what they count, separated by tabs."""
    return [f"{number}\t{_WORDS[name]}" for name, number in asdict(counts).items()]
