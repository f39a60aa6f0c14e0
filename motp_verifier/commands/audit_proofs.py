"""`motp-verifier audit prove` and `audit check`: evidence for whoever has no database."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

import click
import msgspec

from motp_verifier.commands.audit_words import doubt_sentence, fault_sentence, many
from motp_verifier.commands.settings import opened, with_config
from motp_verifier.config import Config
from motp_verifier.services.audit.chain import UnsortedHeads
from motp_verifier.services.audit.checking import CheckedFile, FileCheck
from motp_verifier.services.audit.heads import Head, NotAHead, read_head
from motp_verifier.services.audit.portable import Proof
from motp_verifier.services.audit.proving import (
    AuditProofs,
    NoSuchRow,
    NotAsSealed,
    NotSealedYet,
    TakenByRetention,
)
from motp_verifier.services.jws import NotAKeySet, read_key_set

_PROOF_BYTES = 256 * 1024
_KEY_SET_BYTES = 4 * 1024 * 1024
_LINE_BYTES = 1024 * 1024

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("row", type=click.IntRange(min=1))
@with_config()
def prove(config: Config, row: int) -> None:
    """Print a proof that audit ROW was sealed, for somebody who has no database.

    It holds the row as it was sealed, without its address; `audit check` checks it.
    """
    with opened(config) as runtime:
        try:
            outcome = asyncio.run(AuditProofs(runtime.store).prove(row))
        except NotAsSealed as error:
            raise click.ClickException(fault_sentence(error.finding)) from error
    match outcome:
        case Proof():
            click.echo(msgspec.json.encode(outcome))
        case NoSuchRow():
            raise click.ClickException(f"there is no row {row}.")
        case NotSealedYet():
            raise click.ClickException(
                f"row {row} is not sealed yet: a verifier that runs does so each minute."
            )
        case TakenByRetention(head):
            raise click.ClickException(
                f"retention took row {row}, if there was one; head {head} is all that stays."
            )
        case never:
            assert_never(never)


@click.command()
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--keys",
    "keys_file",
    type=EXISTING_FILE,
    required=True,
    help="The verifier's published keys, as /.well-known/jwks.json has them.",
)
@click.option(
    "--heads",
    "heads_file",
    type=EXISTING_FILE,
    help="Heads that were kept elsewhere, one a line, as `audit heads` prints them.",
)
def check(file: Path, keys_file: Path, heads_file: Path | None) -> None:
    """Check FILE, a proof or an export in JSON Lines, by the published keys alone.

    It needs neither the verifier nor its settings. Ends with 1 where anything is in doubt.
    """
    with keys_file.open("rb") as opened_file:
        data = opened_file.read(_KEY_SET_BYTES)
    try:
        known = read_key_set(data)
    except NotAKeySet as error:
        raise click.ClickException(f"{keys_file}: {error}.") from error
    try:
        checked = _check(file, FileCheck(known, heads_in(heads_file)))
    except (NotAHead, UnsortedHeads) as error:
        raise click.ClickException(f"{heads_file}: {error}.") from error
    for found in checked.doubts:
        click.echo(doubt_sentence(found), err=True)
    for line in _told(checked):
        click.echo(line)
    if checked.doubts:
        raise SystemExit(1)
    click.echo("Every row was sealed as it stands here.")


def heads_in(file: Path | None) -> Iterator[Head]:
    """The heads of a list. Raises NotAHead while it is read."""
    if file is None:
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if token := line.strip():
                yield read_head(token)


def _check(file: Path, checking: FileCheck) -> CheckedFile:
    with file.open("rb") as opened_file:
        start = opened_file.read(_PROOF_BYTES)
        try:
            proof = msgspec.json.decode(start, type=Proof)
        except (msgspec.DecodeError, UnicodeDecodeError):
            opened_file.seek(0)
            # A longer line is cut, and then cannot be read.
            return checking.export(iter(lambda: opened_file.readline(_LINE_BYTES), b""))
    return checking.proof(proof)


def _told(checked: CheckedFile) -> list[str]:
    seals = f"{many(checked.heads, 'head')} of {checked.issuer or 'nobody'}"
    lines = [
        f"{many(checked.rows, 'row')} under {seals}, {checked.compared} compared with the list."
    ]
    if checked.rows and checked.unbroken:
        lines.append(f"From row {checked.first} to row {checked.last} nothing is missing.")
    return lines
