"""A running verifier with devices in every state, written down for `tests.fuzz.hooks`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from demo.stack import INSTITUTION, VerifierProcess, add_institution
from motp_protocol.encoding import b64url_encode
from motp_verifier.config import load_config
from motp_verifier.store import tables
from motp_verifier.store.location import Database
from motp_verifier.store.opening import maintaining
from tests.fuzz.devices import SEATS, Devices, person
from tests.fuzz.kiosks import kiosks_of_the_world
from tests.fuzz.staff import staff_of_the_world
from tests.support.raw_client import RawClient

# Enough of everything that a long run is not one of refusals to send messages.
_SETTINGS = """\
messages_per_number = 1_000_000
messages_per_device = 1_000_000
messages_per_address = 1_000_000
messages_per_day = 1_000_000
staff_sign_ins = "1000000/minute"
staff_requests = "1000000/minute"
identity = "outbox"
"""
_POLICY = """\
[form_interface]
enabled = true
addresses = ["127.0.0.1", "::1"]
browser = true
origins = ["https://www.example.kr"]

[popup]
origins = ["https://www.example.kr"]
"""
_METRICS_TOKEN = "metrics-token-of-the-fuzzer"
_OF_THE_WORLD = 100
"""The first seats are the world's, the others the hooks'."""

_A_MINUTE = 60_000
_AN_HOUR = 60 * _A_MINUTE


@dataclass(frozen=True, slots=True)
class World:
    """A verifier that waits to be fuzzed."""

    origin: str
    file: Path
    log: Path


@contextmanager
def fuzz_world(folder: Path, database_url: str) -> Iterator[World]:
    """Start a verifier over a database (SQLite where its address is empty) and fill it."""
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    token = data_dir / "metrics.token"
    token.write_text(_METRICS_TOKEN, "utf-8")
    policies = folder / "policies"
    policies.mkdir()
    (policies / f"{INSTITUTION}.toml").write_text(_POLICY, "utf-8")
    settings = data_dir / "config.toml"
    settings.write_text(
        f'{_SETTINGS}database_url = "{database_url}"\nmetrics_token_file = "{token}"\n'
        f'policy_dir = "{policies}"\n',
        "utf-8",
    )
    configured = ("--config", str(settings))
    roster = "\n".join(
        ["이름,전화번호", *(f"{each.name},{each.phone}" for each in map(person, range(SEATS)))]
    )
    api_key = add_institution(data_dir, *configured, roster=roster)
    config = load_config(settings, {}, {"data_dir": str(data_dir)})
    database = config.database()
    with VerifierProcess(data_dir, *configured) as verifier:
        devices = Devices(verifier.origin, data_dir / "outbox.jsonl", range(_OF_THE_WORLD))
        world = World(verifier.origin, folder / "world.json", verifier.log)
        world.file.write_text(
            json.dumps(
                {
                    "origin": verifier.origin,
                    "outbox": str(data_dir / "outbox.jsonl"),
                    "seats": [_OF_THE_WORLD, SEATS],
                    "api_key": api_key,
                    "institution": INSTITUTION,
                    "metrics_token": _METRICS_TOKEN,
                    "registrations": _registrations(devices, database),
                    "enrolments": _enrolments(devices, database),
                    "resending": _resending(devices, database),
                    "proving": _name_proofs(devices, database),
                    "staff": staff_of_the_world(config, verifier.origin),
                    "trainees": _trainees(database),
                    **kiosks_of_the_world(config, verifier.origin),
                }
            ),
            "utf-8",
        )
        yield world


def _trainees(database: Database) -> list[str]:
    with maintaining(database) as connection:
        query = select(tables.registration.c.trainee_id).distinct()
        return list(connection.execute(query).scalars())


def _registrations(devices: Devices, database: Database) -> dict[str, str]:
    """Keys by the ids of devices in every state, two of each that are in use."""
    active = [devices.enrol() for _ in range(2)]
    suspended, locked, replaced = (devices.enrol() for _ in range(3))
    active.append(devices.enrol(replaced.person))
    with maintaining(database) as connection:
        _change(connection, tables.registration, suspended.client, state="suspended")
        _change(connection, tables.registration, locked.client, pin_failures=5)
    everyone = [*active, suspended, locked, replaced]
    return {each.client.registration_id: _raw(each.client) for each in everyone}


def _enrolments(devices: Devices, database: Database) -> dict[str, str]:
    """Keys by the ids of enrolments at every step."""
    begun, over, proven = devices.begin(), devices.begin(), devices.prove()
    columns = tables.enrolment.c
    with maintaining(database) as connection:
        ended = {"expires_at": columns.expires_at - _AN_HOUR}
        mine = columns.id == over.enrolment_id
        connection.execute(update(tables.enrolment).where(mine).values(ended))
    return {
        begun.enrolment_id: _raw(begun.client),
        over.enrolment_id: _raw(over.client),
        proven.enrolment_id: _raw(proven.client),
    }


def _resending(devices: Devices, database: Database) -> dict[str, str]:
    """Keys by the ids of enrolments whose code was sent a while ago."""
    begun = [devices.begin() for _ in range(4)]
    columns = tables.enrolment.c
    with maintaining(database) as connection:
        aged = {"code_sent_at": columns.code_sent_at - _A_MINUTE}
        ids = [each.enrolment_id for each in begun]
        connection.execute(update(tables.enrolment).where(columns.id.in_(ids)).values(aged))
    return {each.enrolment_id: _raw(each.client) for each in begun}


def _name_proofs(devices: Devices, database: Database) -> dict[str, str]:
    """Keys by the ids of devices whose name proof was begun a while ago."""
    proving = [devices.enrol() for _ in range(4)]
    for each in proving:
        devices.begin_name_proof(each)
    sent = tables.name_proof.c.code_sent_at
    with maintaining(database) as connection:
        connection.execute(update(tables.name_proof).values(code_sent_at=sent - _A_MINUTE))
    return {each.client.registration_id: _raw(each.client) for each in proving}


def _change(connection: Connection, table: Any, client: RawClient, **values: Any) -> None:
    connection.execute(update(table).filter_by(id=client.registration_id).values(values))


def _raw(client: RawClient) -> str:
    return b64url_encode(client.key.private_bytes_raw())
