"""`motp-verifier audit export`."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from motp_verifier.commands.audit_filters import Choice, Chosen, find_people, with_choice
from motp_verifier.commands.audit_words import fault_sentence, many
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.runtime import Runtime
from motp_verifier.services.audit.access import AuditAccess, describe
from motp_verifier.services.audit.export_files import Csv, ExportFile, ExportTerms, JsonLines
from motp_verifier.services.audit.exporting import AuditExport
from motp_verifier.services.audit.proving import NotAsSealed
from motp_verifier.services.signing_keys import SigningKeys


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    help="JSON Lines, which `audit check` checks; or CSV for a spreadsheet.",
)
@click.option("--addresses", is_flag=True, help="With the clients' addresses that are kept.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A new file, which only its owner may read; by default what is printed.",
)
@with_choice
@with_config()
def export(config: Config, choice: Choice, form: str, addresses: bool, out: Path | None) -> None:
    """Export sealed audit rows, oldest first, and note that it was done.

    People are named by what the audit calls them, never by name or number.
    """
    with opened(config) as runtime:
        chosen = find_people(runtime, choice)
        asyncio.run(
            AuditAccess(runtime.store, runtime.now, operator()).note(
                "audit-exported",
                chosen.rows,
                choice.reason,
                {"by": choice.by, "format": form, "addresses": int(addresses)},
            )
        )
        if chosen.people == []:
            raise click.ClickException("nobody is known by this number.")
        terms = ExportTerms(config.origin(), runtime.now(), describe(chosen.rows), addresses)
        with _target(out) as file:
            try:
                told = asyncio.run(_export(runtime, terms, chosen, form, file.write))
            except NotAsSealed as error:
                raise click.ClickException(
                    f"{fault_sentence(error.finding)}; the export ends here."
                ) from error
    click.echo(told, err=True)


async def _export(
    runtime: Runtime, terms: ExportTerms, chosen: Chosen, form: str, write: Callable[[bytes], int]
) -> str:
    file = await _file(runtime, terms, form)
    reading = AuditExport(runtime.store, chosen.rows)
    rows = heads = 0
    write(file.begin())
    async for batch in reading.batches():
        rows += len(batch.rows)
        heads += 1
        write(file.batch(batch))
    write(file.end())
    newer = await reading.unsealed()
    return f"{many(rows, 'row')} under {many(heads, 'head')}; {newer} more not sealed yet."


async def _file(runtime: Runtime, terms: ExportTerms, form: str) -> ExportFile:
    if form == "csv":
        return Csv(terms)
    keys = SigningKeys(runtime.store, runtime.keys, runtime.now, operator())
    await keys.refresh()
    return JsonLines(terms, keys.sign)


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """Where to write. A file is new, and is gone again where it could not be finished."""
    if out is None:
        yield sys.stdout.buffer
        return
    number = os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(number)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
