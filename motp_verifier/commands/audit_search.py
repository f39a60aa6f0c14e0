"""`motp-verifier audit search`."""

import asyncio
import ipaddress

import click

from motp_verifier.commands.audit_filters import Choice, Chosen, find_people, with_choice
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.runtime import Runtime
from motp_verifier.services.audit.access import AuditAccess
from motp_verifier.services.audit.people import FoundPerson
from motp_verifier.services.audit.searching import AuditSearch, FoundRows
from motp_verifier.services.days import seoul_time
from motp_verifier.store.audit import AuditRow

_SHOWN = 200
_MOST = 10_000
_HEADINGS = (
    "time",
    "row",
    "event",
    "person",
    "institution",
    "registration",
    "actor",
    "address",
    "reason",
    "detail",
)


@click.command()
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=_SHOWN,
    show_default=True,
    help="The most rows to show.",
)
@with_choice
@with_config()
def search(config: Config, choice: Choice, limit: int) -> None:
    """Show audit rows, the newest first, and note that somebody looked.

    Columns are separated by tabs. Names, numbers and addresses are masked.
    """
    with opened(config) as runtime:
        chosen = find_people(runtime, choice)
        found = asyncio.run(_search(runtime, choice, chosen, limit))
    if chosen.people == []:
        click.echo("Nobody is known by this number.", err=True)
        return
    names = {each.subject: _person(each) for each in chosen.people or []}
    click.echo("\t".join(_HEADINGS))
    for row in found.rows:
        click.echo("\t".join(_plain(cell) for cell in _cells(row, names)))
    if found.more:
        click.echo("There are older rows: narrow the search, or raise --limit.", err=True)


async def _search(runtime: Runtime, choice: Choice, chosen: Chosen, limit: int) -> FoundRows:
    searching = AuditSearch(runtime.store)
    newest = await searching.newest()
    access = AuditAccess(runtime.store, runtime.now, operator())
    await access.note("audit-searched", chosen.rows, choice.reason, {"by": choice.by})
    return await searching.run(chosen.rows, limit, newest)


def _person(person: FoundPerson) -> str:
    return f"{person.name_masked} {person.phone_masked}"


def _cells(row: AuditRow, names: dict[bytes | None, str]) -> tuple[str | None, ...]:
    return (
        seoul_time(row.at),
        str(row.id),
        row.kind,
        None if row.subject is None else names.get(row.subject, row.subject.hex()[:12]),
        row.institution_id,
        row.registration_id,
        row.actor,
        None if row.source is None else _masked(row.source),
        row.reason,
        row.detail,
    )


def _masked(address: str) -> str:
    """The network that an address is in: enough to see who shares one."""
    try:
        bits = 24 if ipaddress.ip_address(address).version == 4 else 48  # noqa: PLR2004
    except ValueError:
        return "?"
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _plain(cell: str | None) -> str:
    """A cell that ends no line and steers no terminal."""
    if cell is None:
        return "-"
    return "".join(character if character.isprintable() else "?" for character in cell)
