"""What a purge deletes, what it leaves, and what shows that it did."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, delete, func, insert, select, update

from motp_verifier.cli import main
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.retention.policy import DAY_MS, PurgeCounts, RetentionPolicy
from motp_verifier.services.retention.purge import LEASE, LEASE_MS, Purge
from motp_verifier.store import audit, leases, tables
from motp_verifier.store.compacting import compact
from tests.support.overtaken import Overtaken
from tests.unit.verifier.audit_world import Audit
from tests.unit.verifier.device_world import E164, Device, World, running
from tests.unit.verifier.site_world import World as SiteWorld

SHORT = RetentionPolicy(
    withdrawn_days=0, unused_days=100, verification_days=60, address_days=10, audit_days=365
)


def _purge(world: World, policy: RetentionPolicy = SHORT) -> PurgeCounts | None:
    return asyncio.run(Purge(world.runtime.store, policy, lambda: world.now).run())


def _plan(world: World, policy: RetentionPolicy = SHORT) -> PurgeCounts:
    return asyncio.run(Purge(world.runtime.store, policy, lambda: world.now).plan())


def _rows(world: World, table: Any) -> list[dict[str, Any]]:
    return world.database(lambda c: [dict(row) for row in c.execute(select(table)).mappings()])  # type: ignore[no-any-return]


def _audited(world: World, kind: str) -> list[dict[str, Any]]:
    return [row for row in _rows(world, tables.audit_row) if row["kind"] == kind]


def _check(world: World, device: Device, **values: Any) -> str:
    """A check of the device's trainee, as the hot path leaves it."""
    registration = next(
        row for row in _rows(world, tables.registration) if row["id"] == device.registration_id
    )
    number = len(_rows(world, tables.verification))
    row = {
        "id": f"ver_{number}",
        "at": world.now,
        "institution_id": "inst",
        "trainee_id": registration["trainee_id"],
        "registration_id": registration["id"],
        "course": "C-1",
        "class": "1",
        "session": 1,
        "occasion": "lesson",
        "method": "code",
        "client_ip": "192.0.2.7",
        "result": "accepted",
    }
    world.database(lambda c: c.execute(insert(tables.verification).values(row | values)))
    return f"ver_{number}"


def test_who_withdraws_is_erased_and_the_audit_says_so_without_a_name(world: World) -> None:
    device = Device(world).enrol()
    _check(world, device)
    [trainee] = _rows(world, tables.trainee)
    device.reset(withdraw=True)
    world.pass_seconds(1)
    assert _plan(world).withdrawn == 1
    done = _purge(world)
    assert done is not None and done.withdrawn == 1
    for table in (tables.trainee, tables.registration, tables.consent, tables.roster_entry):
        assert _rows(world, table) == []
    assert _rows(world, tables.enrolment) == []
    [check] = _rows(world, tables.verification)
    assert (check["trainee_id"], check["registration_id"], check["client_ip"]) == (None,) * 3
    assert (check["course"], check["result"]) == ("C-1", "accepted")
    [erased] = _audited(world, "trainee-erased")
    assert erased["subject"] == subject_of(trainee["subject_key"])
    assert erased["reason"] == "withdrawn"
    detail = msgspec.json.decode(erased["detail"])
    assert detail["consent"] == detail["registration"] == detail["verification"] == 1
    # The rows about the person before that stay, under a name that means nothing now.
    assert _audited(world, "registration-withdrawn")[0]["subject"] == erased["subject"]


def test_a_reset_alone_erases_nobody(world: World) -> None:
    Device(world).enrol().reset()
    world.pass_seconds(1)
    done = _purge(world)
    assert done is not None and done.withdrawn == 0
    assert len(_rows(world, tables.trainee)) == 1


def test_who_consents_again_after_withdrawing_stays(world: World) -> None:
    Device(world).enrol().reset(withdraw=True)
    world.pass_seconds(60)
    Device(world).enrol()
    world.pass_seconds(60)
    done = _purge(world)
    assert done is not None and done.withdrawn == 0


def test_a_withdrawal_may_wait_for_some_days(world: World) -> None:
    Device(world).enrol().reset(withdraw=True)
    patient = RetentionPolicy(withdrawn_days=3)
    world.pass_seconds(2 * DAY_MS / 1000)
    assert _plan(world, patient).withdrawn == 0
    world.pass_seconds(2 * DAY_MS / 1000)
    assert _plan(world, patient).withdrawn == 1


def test_after_withdrawing_and_a_purge_the_same_person_can_be_listed_and_enrol_anew(
    world: World,
) -> None:
    Device(world).enrol().reset(withdraw=True)
    world.pass_seconds(60)
    [before] = _rows(world, tables.trainee)
    _purge(world)
    world.add_trainee()
    Device(world).enrol()
    [after] = _rows(world, tables.trainee)
    assert after["subject_key"] != before["subject_key"]


def test_whom_nobody_saw_for_long_is_erased_with_the_device(world: World) -> None:
    device = Device(world).enrol()
    world.pass_seconds(99 * DAY_MS / 1000)
    assert _plan(world).unused == 0
    world.pass_seconds(2 * DAY_MS / 1000)
    assert _plan(world).unused == 1
    done = _purge(world)
    assert done is not None and done.unused == 1
    assert _rows(world, tables.trainee) == []
    assert _audited(world, "trainee-erased")[0]["reason"] == "unused"
    assert device.sync().status_code == 401


@pytest.mark.parametrize("sign", ["a contact", "a check", "a roster file"])
def test_each_sign_of_life_keeps_a_person(world: World, sign: str) -> None:
    device = Device(world).enrol()
    world.pass_seconds(50 * DAY_MS / 1000)
    if sign == "a contact":
        device.sync()
    elif sign == "a check":
        _check(world, device)
    else:
        listed = update(tables.roster_entry).values(listed_at=world.now)
        world.database(lambda c: c.execute(listed))
    world.pass_seconds(60 * DAY_MS / 1000)
    assert _plan(world).unused == 0
    _purge(world)
    assert len(_rows(world, tables.trainee)) == 1


def test_a_device_that_ended_long_ago_is_erased_and_its_owner_stays(world: World) -> None:
    old = Device(world).enrol()
    new = Device(world).enrol(replaces=old.registration_id)
    kept = _check(world, new)
    gone = _check(world, old)
    for _ in range(11):
        world.pass_seconds(10 * DAY_MS / 1000)
        new.sync()
    assert _plan(world).registrations == 1
    done = _purge(world, RetentionPolicy(unused_days=100, verification_days=1000))
    assert done is not None and done.registrations == 1
    assert [row["id"] for row in _rows(world, tables.registration)] == [new.registration_id]
    checks = {row["id"]: row["registration_id"] for row in _rows(world, tables.verification)}
    assert checks == {kept: new.registration_id, gone: None}
    [erased] = _audited(world, "registration-erased")
    assert erased["registration_id"] == old.registration_id


def test_old_checks_are_deleted_and_addresses_before_that(world: World) -> None:
    device = Device(world).enrol()
    _check(world, device)
    world.pass_seconds(11 * DAY_MS / 1000)
    recent = _check(world, device)
    assert _plan(world).addresses == 1
    done = _purge(world)
    assert done is not None and (done.addresses, done.checks) == (1, 0)
    addresses = {row["id"]: row["client_ip"] for row in _rows(world, tables.verification)}
    assert addresses == {"ver_0": None, recent: "192.0.2.7"}
    world.pass_seconds(50 * DAY_MS / 1000)
    assert _plan(world).checks == 1
    done = _purge(world)
    assert done is not None and (done.addresses, done.checks) == (1, 1)
    assert [row["id"] for row in _rows(world, tables.verification)] == [recent]


def test_a_roster_entry_that_no_file_has_any_more_goes_and_the_person_stays(world: World) -> None:
    device = Device(world).enrol()
    for _ in range(11):
        world.pass_seconds(10 * DAY_MS / 1000)
        device.sync()
    assert _plan(world).roster_entries == 1
    done = _purge(world)
    assert done is not None and done.roster_entries == 1
    assert _rows(world, tables.roster_entry) == []
    assert len(_rows(world, tables.trainee)) == 1


def test_a_plan_changes_nothing_and_names_what_a_run_then_does(world: World) -> None:
    world.database(lambda c: c.execute(update(tables.roster_entry).values(listed_at=world.now)))
    Device(world).enrol().reset(withdraw=True)
    world.pass_seconds(1)
    people = (tables.trainee, tables.registration, tables.consent, tables.roster_entry)
    before = [_rows(world, table) for table in people]
    planned = _plan(world)
    assert [_rows(world, table) for table in people] == before
    done = _purge(world)
    assert done is not None and asdict(done) == asdict(planned)
    [noted] = _audited(world, "purged")
    assert msgspec.json.decode(noted["detail"]) == asdict(done)


def test_one_process_purges_at_a_time_and_a_killed_one_holds_nobody_up(world: World) -> None:
    until = world.now + LEASE_MS
    world.database(lambda c: leases.claim(c, LEASE, "killed", world.now, until))
    assert _purge(world) is None
    world.pass_seconds(LEASE_MS / 1000)
    assert _purge(world) is not None


def test_the_daily_purge_runs_once_a_day_and_first_a_day_after_the_start(world: World) -> None:
    def purged() -> int:
        purge = Purge(world.runtime.store, SHORT, lambda: world.now)
        asyncio.run(purge.daily())
        return len(_audited(world, "purged"))

    assert [purged(), purged()] == [0, 0]
    world.pass_seconds(DAY_MS / 1000)
    assert [purged(), purged()] == [1, 1]
    world.pass_seconds(DAY_MS / 1000)
    assert purged() == 2


def test_a_purge_that_another_process_did_meanwhile_is_not_done_again(world: World) -> None:
    store = world.runtime.store
    asyncio.run(Purge(store, SHORT, lambda: world.now).daily())
    world.pass_seconds(DAY_MS / 1000)
    faster = Purge(store, SHORT, lambda: world.now)

    async def purge_first(operation: str) -> None:
        if operation == "purge-claim":
            await faster.daily()

    slower = Purge(Overtaken(store, purge_first), SHORT, lambda: world.now)
    asyncio.run(slower.daily())
    assert len(_audited(world, "purged")) == 1
    world.pass_seconds(DAY_MS / 1000)
    asyncio.run(faster.daily())
    assert len(_audited(world, "purged")) == 2, "the lease was given back"


def test_many_people_are_erased_in_several_transactions(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motp_verifier.services.retention.people.CHUNK", 3)
    for number in range(7):
        world.add_trainee(name="김철수", phone=f"+8210555500{number:02}")
    world.pass_seconds(200 * DAY_MS / 1000)
    done = _purge(world)
    assert done is not None and done.unused == 8
    assert len(_audited(world, "trainee-erased")) == 8
    count = select(func.count()).select_from(tables.trainee)
    assert world.database(lambda c: c.execute(count).scalar_one()) == 0


def test_every_column_that_names_a_person_or_a_device_is_erased_by_its_key() -> None:
    """A table that names either without a foreign key would be passed over."""
    by_hand = {
        ("audit_row", "registration_id"),
        ("enrolment", "registration_id"),
        ("verification", "registration_id"),
    }
    for table in tables.metadata.sorted_tables:
        for column in table.columns:
            if column.name in ("trainee_id", "registration_id"):
                known = bool(column.foreign_keys) or (table.name, column.name) in by_hand
                assert known, f"{table.name}.{column.name}: see motp_verifier/store/erasure.py"


def test_the_keys_by_which_people_are_found_are_in_no_other_table() -> None:
    """`erase_person` deletes from these tables what such a key finds."""
    found = {
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if column.name in ("person_index", "phone_index", "subject")
    }
    assert found == {
        ("audit_row", "subject"),
        ("browser_refusal", "person_index"),
        ("enrolment", "person_index"),
        ("enrolment", "phone_index"),
        ("popup", "person_index"),
        ("send_quota", "subject"),
        ("trainee", "person_index"),
        ("trainee", "phone_index"),
    }


def test_a_number_leaves_no_count_of_its_messages_behind(world: World) -> None:
    Device(world).enrol().reset(withdraw=True)
    world.pass_seconds(1)
    [trainee] = _rows(world, tables.trainee)
    counted = {row["subject"] for row in _rows(world, tables.send_quota)}
    assert trainee["phone_index"] in counted
    _purge(world)
    counted = {row["subject"] for row in _rows(world, tables.send_quota)}
    assert trainee["phone_index"] not in counted


def test_the_audit_finds_a_person_by_name_and_number_until_they_are_erased(world: World) -> None:
    device = Device(world).enrol()
    key = world.database(lambda c: audit.subject_key_of_registration(c, device.registration_id))
    assert subject_of(key) == _audited(world, "registration-activated")[0]["subject"]
    device.reset(withdraw=True)
    world.pass_seconds(1)
    _purge(world)
    assert E164 not in str(_rows(world, tables.audit_row))


def test_after_a_purge_no_file_of_the_database_has_a_byte_of_the_person(
    world: World, request: pytest.FixtureRequest
) -> None:
    device = Device(world).enrol()
    [trainee] = _rows(world, tables.trainee)
    [registration] = _rows(world, tables.registration)
    [enrolment] = _rows(world, tables.enrolment)
    shares = [row["value_sealed"] for row in _rows(world, tables.share)]
    names = ("person_index", "phone_index", "name_sealed", "phone_sealed", "subject_key")
    needles = [bytes(trainee[name]) for name in names]
    needles += [bytes(registration[name]) for name in ("seed_sealed", "public_key")]
    needles += [trainee["id"].encode(), registration["keyid"].encode(), *map(bytes, shares)]
    needles += [bytes(enrolment["proof_hash"]), "연구실 PC".encode()]
    files = _files(world, request)
    _flush(world)
    assert all(any(needle in file.read_bytes() for file in files()) for needle in needles[:5])
    device.reset(withdraw=True)
    world.pass_seconds(3 * DAY_MS / 1000)
    done = _purge(world)
    assert done is not None and done.withdrawn == 1
    world.runtime.store.close()
    compact(world.config.database())
    _flush(world)
    left = [number for number, needle in enumerate(needles)
            if any(needle in file.read_bytes() for file in files())]  # fmt: skip
    assert left == []


def _flush(world: World) -> None:
    """Bring what PostgreSQL holds in memory into its files."""

    def work(connection: Any) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("CHECKPOINT")

    world.database(work)


def _files(world: World, request: pytest.FixtureRequest) -> Any:
    """The database's own files, found anew at each call; not the logs of PostgreSQL."""
    if not world.config.database_url:
        return lambda: [
            path for path in world.config.data_folder().iterdir() if "sqlite3" in path.name
        ]
    cluster = request.getfixturevalue("cluster")
    number = world.database(
        lambda c: c.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    )
    folder: Path = cluster.folder / "data" / "base" / str(number)
    return lambda: [path for path in folder.iterdir() if path.is_file()]


def test_the_command_says_what_it_would_do_and_then_does_it(tmp_path: Path) -> None:
    def run(*options: str) -> str:
        words = ["purge", *options, "--data-dir", str(tmp_path / "data")]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        return result.output

    with running(tmp_path) as world:
        world.add_trainee()
        Device(world).enrol().reset(withdraw=True)
    planned = run("--dry-run")
    assert "1\tpeople who withdrew consent" in planned
    assert "Nothing was deleted." in planned
    assert "1\tpeople who withdrew consent" in run("--compact")
    assert "0\tpeople who withdrew consent" in run()


@pytest.fixture
def sealed(tmp_path: Path, database_url: str) -> Iterator[Audit]:
    site = SiteWorld(tmp_path, database_url=database_url)
    found = Audit(site)
    found.fill()
    yield found
    site.close()


def _purge_site(audit_: Audit) -> PurgeCounts:
    site = audit_.world
    done = site.run(Purge(site.store, SHORT, lambda: site.now).run())
    assert done is not None
    return done


def test_old_audit_batches_go_whole_and_the_chain_still_verifies(sealed: Audit) -> None:
    exported = sealed.exported()
    sealed.world.now += 366 * DAY_MS
    sealed.add(3)
    done = _purge_site(sealed)
    # The newest head stays with its rows, whatever its age.
    assert done.audit_heads == 3
    assert done.audit_rows == sum(head.claims.size for head in exported[:3])
    report = sealed.verify(exported)
    assert (report.findings, report.heads, report.dropped) == ((), 4, 3)
    assert min(row.id for row in sealed.rows()) == exported[3].claims.first
    sealed.seal()
    assert sealed.verify(exported).findings == ()
    assert _purge_site(sealed).audit_heads == 1


def test_batches_that_are_gone_without_a_record_are_found(sealed: Audit) -> None:
    def work(connection: Connection) -> None:
        head = tables.audit_head.c
        connection.execute(update(tables.audit_head).where(head.number <= 2).values(dropped_at=1))
        last = select(head.last_id).where(head.number == 2).scalar_subquery()
        connection.execute(delete(tables.audit_row).where(tables.audit_row.c.id <= last))

    sealed.tamper(work)
    assert sealed.found() == [("dropped-unrecorded", 2, None)]


def test_a_later_batch_marked_as_dropped_is_found(sealed: Audit) -> None:
    change = update(tables.audit_head).where(tables.audit_head.c.number == 3).values(dropped_at=1)
    sealed.tamper(lambda c: c.execute(change))
    assert sealed.found() == [("dropped-unrecorded", 3, None)]


def test_addresses_leave_the_audit_and_its_seal_holds(sealed: Audit) -> None:
    sealed.add(600, source="192.0.2.7")
    sealed.seal()
    sealed.world.now += 11 * DAY_MS
    sealed.add(2, source="192.0.2.8")
    assert _purge_site(sealed).addresses == 600
    assert [row.source for row in sealed.rows() if row.source] == ["192.0.2.8"] * 2
    assert all(row.source_salt is None for row in sealed.rows() if row.source_hash)
    assert sealed.found(sealed.exported()) == []
    assert _purge_site(sealed).addresses == 0
