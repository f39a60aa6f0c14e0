"""Audit rows: what is noted, that it stays, and what the move from events keeps."""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from motp_protocol.encoding import canonical_json
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.store import audit
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.location import Database
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import audit_head, audit_row
from tests.support.revisions import upgrade_to
from tests.unit.verifier.device_world import Device
from tests.unit.verifier.device_world import World as DeviceWorld
from tests.unit.verifier.site_world import World


@pytest.fixture
def site(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("inst-1")
    world.add_to_roster("inst-1", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


def _rows(connection: Connection) -> list[Any]:
    # The verifier makes the first key that signs receipts by itself, at its start.
    query = select(audit_row).where(audit_row.c.kind != "signing-key-added")
    return list(connection.execute(query.order_by(audit_row.c.id)).all())


def test_entries_are_added_in_their_order_and_whole(site: World) -> None:
    entries = [
        AuditEntry(
            at=site.now + number,
            kind="pin-locked",
            actor="device",
            subject=bytes([number]) * 32,
            institution_id="inst-1",
            registration_id=f"reg-{number}",
            source="192.0.2.7" if number % 2 else None,
            reason=None if number % 3 else "because, it said",
            detail={"b": number, "a": "과정\n", "n": None},
        )
        for number in range(64)
    ]
    before = len(site.do(_rows))
    site.do(lambda c: audit.append(c, entries))
    rows = site.do(_rows)[before:]
    assert [
        AuditEntry(
            row.at,
            row.kind,
            row.actor,
            row.subject,
            row.institution_id,
            row.registration_id,
            row.source,
            row.reason,
            msgspec.json.decode(row.detail),
        )
        for row in rows
    ] == entries
    assert rows[5].detail == '{"a":"과정\\n","b":5,"n":null}'
    assert [row.source_salt is not None for row in rows] == [e.source is not None for e in entries]
    assert len({row.source_salt for row in rows if row.source}) == 32


def test_adding_nothing_is_nothing(site: World) -> None:
    before = site.do(_rows)
    site.do(lambda c: audit.append(c, []))
    assert site.do(_rows) == before


@given(
    st.dictionaries(
        st.text(st.characters(max_codepoint=127), max_size=8),
        st.none() | st.text() | st.integers(-(2**53) + 1, 2**53 - 1),
    )
)
def test_details_are_canonical_json(detail: dict[str, Any]) -> None:
    assert audit._DETAIL.encode(detail) == canonical_json(detail)


def test_every_check_is_a_row_that_names_the_person_by_the_subject_alone(site: World) -> None:
    device = site.register("inst-1", "hong")
    before = len(site.do(_rows))
    accepted = site.check("inst-1", "hong", site.right_code(device))
    rejected = site.check("inst-1", "nobody", "000000")
    rows = site.do(_rows)[before:]
    assert [row.kind for row in rows] == ["verification", "verification"]
    key = site.do(lambda c: audit.subject_key_of_registration(c, device.id))
    assert rows[0].subject == subject_of(key)
    assert rows[0].registration_id == device.id
    assert rows[1].subject is None
    assert [row.actor for row in rows] == ["site:inst-1"] * 2
    details = [msgspec.json.decode(row.detail) for row in rows]
    assert [each["verification_id"] for each in details] == [
        accepted.verification_id,
        rejected.verification_id,
    ]
    assert [each["result"] for each in details] == ["accepted", "rejected"]
    assert [row.reason for row in rows] == [None, "not-registered"]


def test_a_code_lock_is_a_row_once(site: World) -> None:
    device = site.register("inst-1", "hong")
    wrong = site.wrong_code(device)
    for _ in range(7):
        site.check("inst-1", "hong", wrong)
    kinds = [row.kind for row in site.do(_rows)]
    assert kinds.count("code-locked") == 1
    assert kinds.count("verification") == 7


def test_what_operators_do_is_told_with_who_did_it(site: World) -> None:
    rows = site.do(_rows)
    assert [row.kind for row in rows] == ["institution-added", "api-key-added", "roster-imported"]
    assert msgspec.json.decode(rows[2].detail) == {
        "added": 1,
        "changed": 0,
        "refused": 0,
        "unchanged": 0,
    }


def test_a_life_of_a_registration_is_told_step_by_step(world: DeviceWorld) -> None:
    device = Device(world).enrol()
    device.change_pin("new")
    device.reset(withdraw=True)
    assert world.events() == [
        "enrolment-started",
        "identity-proven",
        "consent-given",
        "registration-activated",
        "pin-changed",
        "consent-withdrawn",
        "registration-withdrawn",
    ]
    rows = world.database(_rows)
    assert len({row.subject for row in rows[1:]}) == 1
    assert rows[0].subject is None and rows[1].subject is not None


def test_a_failed_enrolment_is_told_with_its_reason(world: DeviceWorld) -> None:
    device = Device(world)
    device.begin(name="고길동")
    device.prove()
    assert world.events() == ["enrolment-started", "enrolment-failed"]
    assert world.database(_rows)[1].reason == "roster-mismatch"


def test_rows_and_heads_cannot_be_changed_or_deleted(site: World) -> None:
    site.do(lambda c: audit.append(c, [AuditEntry(1, "x", "system", source="192.0.2.7")]))
    head = {"number": 1, "at": 1, "first_id": 1, "last_id": 2, "size": 2, "token": "t", "mac": b""}
    site.do(lambda c: c.execute(insert(audit_head).values(root=bytes(32), **head)))
    refused = [
        update(audit_row).values(kind="y"),
        update(audit_row).values(source=None, source_salt=None),
        update(audit_row).values(source_hash=bytes(32)),
        delete(audit_row),
        update(audit_head).values(root=bytes(31) + b"1"),
        delete(audit_head),
    ]
    for statement in refused:
        with pytest.raises(DBAPIError, match="only ever added"):
            site.do(lambda c, s=statement: c.execute(s))  # type: ignore[misc]


def test_retention_may_replace_an_address_by_its_hash_and_drop_a_marked_batch(site: World) -> None:
    site.do(lambda c: audit.append(c, [AuditEntry(1, "x", "system", source="192.0.2.7")]))
    last = site.do(_rows)[-1].id
    gone = {"source": None, "source_salt": None, "source_hash": bytes(32)}
    site.do(lambda c: c.execute(update(audit_row).where(audit_row.c.id == last).values(gone)))
    head = {
        "number": 1,
        "at": 1,
        "first_id": 1,
        "last_id": last - 1,
        "size": 3,
        "token": "t",
        "mac": b"",
    }
    site.do(lambda c: c.execute(insert(audit_head).values(root=bytes(32), **head)))
    site.do(lambda c: c.execute(update(audit_head).values(dropped_at=5)))
    site.do(lambda c: c.execute(delete(audit_row).where(audit_row.c.id < last)))
    assert [row.id for row in site.do(_rows)] == [last]
    with pytest.raises(DBAPIError, match="only ever added"):
        site.do(lambda c: c.execute(delete(audit_row)))


def test_events_of_the_first_version_become_rows(empty_database: Database) -> None:
    with maintaining(empty_database) as connection:
        upgrade_to(connection, "0001")
        _fill_first_version(connection)
    migrate(empty_database)
    with maintaining(empty_database) as connection:
        rows = _rows(connection)
        assert [(row.at, row.kind, row.actor, row.registration_id) for row in rows] == [
            (5, "registration-activated", "device", "r"),
            (6, "notice-sent", "system", None),
        ]
        key = audit.subject_key_of_trainee(connection, "t")
        assert key is not None and len(key) == 32
        expected = hmac.digest(key, b"motp/v1 audit subject", hashlib.sha256)
        assert [row.subject for row in rows] == [expected, None]
        other = audit.subject_key_of_trainee(connection, "u")
        assert other is not None and other != key


def _fill_first_version(connection: Connection) -> None:
    for trainee in "tu":
        connection.execute(
            text(
                "INSERT INTO trainee (id, person_index, phone_index, name_sealed, phone_sealed,"
                " created_at) VALUES (:id, :any, :any, :any, :any, 1)"
            ),
            {"id": trainee, "any": trainee.encode()},
        )
    connection.execute(
        text(
            "INSERT INTO registration (id, trainee_id, kind, state, public_key, keyid, platform,"
            " app_version, label, otp_algorithm, otp_digits, otp_period, created_at, skew_ms,"
            " share_base, share_last, share_presented_at, pin_failures) VALUES ('r', 't',"
            " 'personal', 'active', :key, 'k', '', '', '', 'SHA1', 6, 30, 1, 0, 1, 1, 0, 0)"
        ),
        {"key": bytes(32)},
    )
    connection.execute(
        text(
            "INSERT INTO event (at, kind, registration_id, institution_id, detail) VALUES"
            " (5, 'registration-activated', 'r', NULL, '{}'),"
            " (6, 'notice-sent', NULL, NULL, '{\"purpose\":\"replaced\"}')"
        )
    )
