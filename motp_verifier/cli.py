"""`motp-verifier`: arguments into use cases, outcomes into sentences."""

import asyncio
from pathlib import Path
from typing import assert_never

import click

from motp_protocol.fields import Language
from motp_verifier.commands.api_keys import api_key
from motp_verifier.commands.audit import audit
from motp_verifier.commands.care import backup, check
from motp_verifier.commands.group import PlainErrors
from motp_verifier.commands.keys import keys
from motp_verifier.commands.kiosks import kiosk
from motp_verifier.commands.policies import policy
from motp_verifier.commands.purge import purge
from motp_verifier.commands.roster_report import report_import
from motp_verifier.commands.settings import opened, operator, operator_language, with_config
from motp_verifier.commands.signing_keys import signing_key
from motp_verifier.commands.staff import staff
from motp_verifier.config import Config
from motp_verifier.services.institutions import (
    BadInstitutionId,
    BadInstitutionName,
    InstitutionAdded,
    InstitutionExists,
    Institutions,
)
from motp_verifier.services.roster.importing import RosterImport
from motp_verifier.services.roster.text import MAX_BYTES


@click.group(cls=PlainErrors)
def main() -> None:
    """Checks one-time codes of supervised remote training."""


main.add_command(audit)
main.add_command(purge)
main.add_command(keys)
main.add_command(check)
main.add_command(backup)


@main.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=int, help="The port to listen on; 0 takes a free one.")
@click.option("--public-origin", help="Where devices reach the verifier: https://host[:port].")
@click.option("--workers", type=int, help="How many processes serve; PostgreSQL only.")
@click.option("--tls-cert", "tls_cert_file", help="A PEM file: serve TLS by this certificate.")
@click.option("--tls-key", "tls_key_file", help="A PEM file with the certificate's private key.")
@with_config("host", "port", "public_origin", "workers", "tls_cert_file", "tls_key_file")
def serve(config: Config) -> None:
    """Serve until told to stop."""
    # Only this command needs a web server, and that takes long to import.
    from motp_verifier.serve import serve as serve_until_told  # noqa: PLC0415

    serve_until_told(config)


@main.command()
@with_config()
def migrate(config: Config) -> None:
    """Create the database, or bring it up to date."""
    with opened(config):
        click.echo(f"{config.database()} is up to date.")


@main.group()
def institution() -> None:
    """Institutions and their API keys."""


@institution.command("add")
@click.option("--id", "institution_id", required=True, help="1 to 64 of A-Z, a-z, 0-9, _ and -.")
@click.option("--name", required=True, help="How people know it.")
@with_config()
def add_institution(config: Config, institution_id: str, name: str) -> None:
    """Add an institution, and print its API key: this once and never again."""
    with opened(config) as runtime:
        institutions = Institutions(runtime.store, runtime.now, operator())
        outcome = asyncio.run(institutions.add(institution_id, name))
    match outcome:
        case InstitutionAdded():
            click.echo(f"Added {outcome.id}. Its API key, which is not shown again:")
            click.echo(outcome.api_key)
        case InstitutionExists():
            raise click.ClickException(f"there is an institution '{institution_id}' already.")
        case BadInstitutionId():
            raise click.BadParameter("use 1 to 64 of A-Z, a-z, 0-9, _ and -.", param_hint="--id")
        case BadInstitutionName():
            raise click.BadParameter("use 1 to 100 printable characters.", param_hint="--name")
        case never:
            assert_never(never)


@institution.command("list")
@with_config()
def list_institutions(config: Config) -> None:
    """List institutions: id, trainees, valid keys and name, separated by tabs."""
    with opened(config) as runtime:
        for each in asyncio.run(Institutions(runtime.store, runtime.now).all()):
            click.echo(f"{each.id}\t{each.trainees}\t{each.keys}\t{each.name}")


@main.group()
def roster() -> None:
    """Who an institution's trainees are."""


@roster.command("import")
@click.option("--institution", "institution_id", required=True, help="The institution's id.")
@click.option("--skip-bad-lines", is_flag=True, help="Import the others if lines are refused.")
@click.option(
    "--lang", type=click.Choice(["ko", "en"]), help="The report's language; by default LANG's."
)
@click.argument("file", type=click.Path(path_type=Path))
@with_config()
def import_roster(
    config: Config,
    institution_id: str,
    skip_bad_lines: bool,
    lang: Language | None,
    file: Path,
) -> None:
    """Import trainees from FILE: CSV with a header, in UTF-8 or CP949.

    Columns: 이름 (name), 전화번호 (phone) and, if the institution has ids of its own,
    훈련생ID (id). If any line is refused nothing is imported.
    """
    with file.open("rb") as opened_file:
        data = opened_file.read(MAX_BYTES + 1)
    with opened(config) as runtime:
        importing = RosterImport(runtime.store, runtime.keys, runtime.now, operator())
        outcome = asyncio.run(importing.run(institution_id, data, skip_bad_lines=skip_bad_lines))
    report = report_import(outcome, institution_id, lang or operator_language())
    for line in report.err:
        click.echo(line, err=True)
    for line in report.out:
        click.echo(line)
    if not report.succeeded:
        raise SystemExit(1)


for _group in (api_key, kiosk, policy, signing_key, staff):
    main.add_command(_group)
