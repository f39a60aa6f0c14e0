"""`motp-verifier audit`: what happened, for whoever checks it."""

import asyncio
from functools import partial
from pathlib import Path

import click

from motp_verifier.commands.audit_export import export
from motp_verifier.commands.audit_proofs import check, heads_in, prove
from motp_verifier.commands.audit_search import search
from motp_verifier.commands.audit_words import fault_sentence
from motp_verifier.commands.settings import opened, with_config
from motp_verifier.config import Config
from motp_verifier.runtime import Runtime
from motp_verifier.services.audit.chain import UnsortedHeads
from motp_verifier.services.audit.findings import AuditReport
from motp_verifier.services.audit.heads import NotAHead
from motp_verifier.services.audit.verifying import AuditVerification
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store import audit_heads

_AT_ONCE = 1000


@click.group()
def audit() -> None:
    """What happened, sealed so that nobody can change it unseen."""


@audit.command("verify")
@click.option(
    "--heads",
    "heads_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Heads that were kept elsewhere, one a line, as `audit heads` prints them.",
)
@with_config()
def verify(config: Config, heads_file: Path | None) -> None:
    """Recompute every seal, and name the first row changed, removed or put in.

    Without --heads, whoever owns the database and every key could still have made the whole
    chain anew. Ends with 1 where anything was found.
    """
    with opened(config) as runtime:
        try:
            report = asyncio.run(_verify(runtime, heads_file))
        except (NotAHead, UnsortedHeads) as error:
            raise click.ClickException(f"{heads_file}: {error}.") from error
    for finding in report.findings:
        click.echo(fault_sentence(finding), err=True)
    click.echo(
        f"{report.heads} heads over {report.rows} rows, {report.dropped} of them without rows "
        f"by retention; {report.compared} compared with the list; "
        f"{report.unsealed} rows not sealed yet."
    )
    if report.findings:
        raise SystemExit(1)
    click.echo("Nothing was changed, removed or put in.")


@audit.command("heads")
@click.option("--after", type=click.IntRange(min=0), default=0, help="Only heads beyond this one.")
@with_config()
def heads(config: Config, after: int) -> None:
    """Print the signed heads, one a line. Keep them where the verifier's owner cannot write."""
    with opened(config) as runtime:
        while found := asyncio.run(
            runtime.store.read(partial(audit_heads.heads_after, number=after, limit=_AT_ONCE))
        ):
            for row in found:
                click.echo(row.token)
            after = found[-1].number


async def _verify(runtime: Runtime, heads_file: Path | None) -> AuditReport:
    known = await SigningKeys(runtime.store, runtime.keys, runtime.now).public_keys()
    return await AuditVerification(runtime.store, runtime.keys).run(known, heads_in(heads_file))


for _command in (export, search, prove, check):
    audit.add_command(_command)
