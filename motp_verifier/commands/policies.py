"""`motp-verifier policy`: what institutions demand of their trainees."""

from pathlib import Path

import click

from motp_verifier.services.site_policy.folder import policy_files
from motp_verifier.services.site_policy.reading import BadPolicy, read_policy


@click.group()
def policy() -> None:
    """Policy files."""


@policy.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> None:
    """Say what is wrong with a policy file, or with each in a folder."""
    files = policy_files(path) if path.is_dir() else [path]
    if not files:
        raise click.ClickException(f"there is no file *.toml in {path}.")
    wrong = False
    for file in files:
        found = read_policy(file)
        if isinstance(found, BadPolicy):
            wrong = True
            for fault in found.faults:
                click.echo(fault, err=True)
        else:
            click.echo(f"{file}: right")
    if wrong:
        raise SystemExit(1)
