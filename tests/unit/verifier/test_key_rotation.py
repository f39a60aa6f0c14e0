"""Master keys change while everything goes on, and nothing is lost on the way."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, delete, select, update

from motp_verifier.key_file import KeyFile, KeyFileError
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.key_rotation import (
    RETIRE_AFTER_SECONDS,
    KeyRotation,
    Retired,
    RetireOutcome,
    Rotated,
    StillNamed,
    StillSeals,
    TooSoon,
    UnknownKey,
    Usage,
)
from motp_verifier.services.messages.port import TextMessage
from motp_verifier.services.notices import enqueue
from motp_verifier.services.people import Person, person_index
from motp_verifier.store.sealed import SEALED, TRAINEE_NAME
from motp_verifier.store.tables import metadata, registration, secret, trainee
from tests.support.overtaken import Overtaken
from tests.unit.verifier.device_world import E164, NAME, Device, World, running
from tests.unit.verifier.popup_world import make_popup
from tests.unit.verifier.staff_world import new_helper, signed_in


async def at_once() -> None:
    """Other processes see the key file at once."""


class Operator:
    """Somebody at the command line of a verifier that serves."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.file = KeyFile(world.config.master_keys())
        self.rotation = KeyRotation(
            world.runtime.store,
            world.runtime.keys,
            self.file,
            lambda: world.now,
            until_seen=at_once,
        )

    def rotate(self, to: str | None = None) -> Rotated:
        return asyncio.run(self.rotation.rotate(to))

    def usage(self) -> Usage:
        return asyncio.run(self.rotation.usage())

    def retire(self, *ids: str) -> RetireOutcome:
        return asyncio.run(self.rotation.retire(ids))

    def file_changed_seconds_ago(self, seconds: float) -> None:
        changed = (self.world.now / 1000) - seconds
        os.utime(self.file.path, (changed, changed))


@pytest.fixture
def operator(world: World) -> Operator:
    return Operator(world)


def fill(world: World) -> Device:
    """A value in every sealed column there is."""
    device = Device(world).enrol()
    waiting = Device(world)
    waiting.begin()
    world.phones.code()
    waiting.prove()
    Device(world).begin()
    make_popup(world)
    signed_in(world)
    new_helper(world, "lee").begin()
    # Else the notice may leave before anybody has looked at it.
    world.phones.broken = True
    keys = world.runtime.keys
    world.database(lambda c: enqueue(c, keys, TextMessage(E164, "text", "replaced"), world.now))
    return device


def sealed_values(world: World) -> dict[str, list[tuple[tuple[Any, ...], bytes]]]:
    found = {}
    for where in SEALED:
        rows = world.database(lambda c, w=where: c.execute(select(*w.key, w.column)).all())
        found[str(where)] = [(tuple(row[:-1]), row[-1]) for row in rows if row[-1] is not None]
    return found


def test_every_sealed_column_is_in_the_table_of_sealed_columns() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert {str(where) for where in SEALED} == named, "add it to motp_verifier/store/sealed.py"
    assert all(isinstance(where.column.type, LargeBinary) for where in SEALED)


def test_what_the_table_says_opens_every_value_that_the_services_sealed(world: World) -> None:
    fill(world)
    values = sealed_values(world)
    for where in SEALED:
        if where.column.table.name in WRITTEN_ELSEWHERE:
            continue
        assert values[str(where)], f"{where} has no value to try: make `fill` seal one"
        for key, sealed in values[str(where)]:
            world.runtime.keys.open(sealed, where.place(*key))


WRITTEN_ELSEWHERE: set[str] = set()
"""Tables whose own tests open what lies in them after a rotation."""


def test_a_rotation_seals_everything_under_the_new_key(operator: Operator) -> None:
    world = operator.world
    device = fill(world)
    before = sum(map(len, sealed_values(world).values()))
    done = operator.rotate()
    assert (done.key_id, done.continued, done.finished) == ("k2", False, True)
    assert (done.resealed, done.broken) == (before, ())
    after = [sealed for values in sealed_values(world).values() for _, sealed in values]
    assert len(after) == before
    assert all(sealed.startswith(b"k2:") for sealed in after)
    assert device.unlock().status_code == 200
    assert device.sync().status_code == 200


def test_indexes_stay_the_same_when_the_oldest_key_goes(operator: Operator) -> None:
    world = operator.world
    device = fill(world)
    index = person_index(world.runtime.keys, Person(NAME, E164))
    operator.rotate()
    operator.file_changed_seconds_ago(RETIRE_AFTER_SECONDS)
    assert operator.retire("k1") == Retired(("k1",))
    assert list(operator.file.read()) == ["k2"]
    world.runtime.keys.look_again()
    assert person_index(world.runtime.keys, Person(NAME, E164)) == index
    assert device.unlock().status_code == 200


def test_a_verifier_starts_with_the_new_key_alone(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        device = Device(world).enrol()
        operator = Operator(world)
        operator.rotate()
        operator.file_changed_seconds_ago(RETIRE_AFTER_SECONDS)
        operator.retire("k1")
        index = person_index(world.runtime.keys, Person(NAME, E164))
    with running(tmp_path) as world:
        device.world = world
        assert person_index(world.runtime.keys, Person(NAME, E164)) == index
        assert device.sync().status_code == 200
        Device(world).begin()


def test_a_database_from_before_the_root_lay_in_it_keeps_its_indexes(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        world.database(lambda c: c.execute(delete(secret)))
        old_root = world.runtime.keys.first_index_root()
        world.runtime.keys.use_index_root(old_root)
        index = person_index(world.runtime.keys, Person(NAME, E164))
    with running(tmp_path) as world:
        assert person_index(world.runtime.keys, Person(NAME, E164)) == index


def test_a_new_databases_root_follows_from_no_key(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        index = person_index(world.runtime.keys, Person(NAME, E164))
        world.runtime.keys.use_index_root(world.runtime.keys.first_index_root())
        assert person_index(world.runtime.keys, Person(NAME, E164)) != index


def test_another_databases_key_file_is_refused_at_the_start(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        file = world.config.master_keys()
    file.unlink()
    with pytest.raises(KeyFileError, match="not that of this database"), running(tmp_path):
        pass


def test_a_verifier_whose_keys_no_longer_open_the_database_is_not_ready(world: World) -> None:
    world.database(lambda c: c.execute(update(secret).values(value_sealed=b"k9:x")))
    refused = world.client.get("/readyz")
    assert refused.status_code == 503
    assert refused.json()["detail"] == "the key file is not that of the database"


def test_an_interrupted_rotation_is_gone_on_with_and_makes_no_further_key(
    operator: Operator,
) -> None:
    world = operator.world
    fill(world)
    operator.file.add(first=True)
    world.runtime.keys.look_again()
    done = operator.rotate()
    assert (done.key_id, done.continued, done.finished) == ("k2", True, True)
    assert list(operator.file.read()) == ["k2", "k1"]
    assert operator.rotate().key_id == "k3"


def test_a_key_can_be_given_out_before_it_seals(operator: Operator) -> None:
    fill(operator.world)
    operator.file.add(first=False)
    assert [key.id for key in operator.usage().keys if key.seals] == ["k1"]
    assert operator.rotate("k2").finished
    assert {key.id: key.seals for key in operator.usage().keys} == {"k2": True, "k1": False}
    with pytest.raises(KeyFileError, match="no key 'k7'"):
        operator.rotate("k7")


def test_a_value_that_does_not_open_is_named_and_keeps_its_key_from_retiring(
    operator: Operator,
) -> None:
    world = operator.world
    fill(world)
    ids = world.database(lambda c: c.execute(select(registration.c.id)).scalars().all())
    spoil = update(registration).where(registration.c.id == ids[0]).values(seed_sealed=b"k1:x")
    world.database(lambda c: c.execute(spoil))
    done = operator.rotate()
    assert (done.finished, done.broken) == (True, (f"registration.seed_sealed:{ids[0]}",))
    operator.file_changed_seconds_ago(RETIRE_AFTER_SECONDS)
    assert operator.retire("k1") == StillNamed("k1", 1)


def test_what_others_still_seal_under_the_old_key_is_sealed_again(operator: Operator) -> None:
    world = operator.world
    fill(world)
    old = MasterKeys(operator.file.read())
    held_up = iter([True])

    async def somebody_was_slow() -> None:
        if next(held_up, False):
            change_name(world, lambda place: old.seal(b"late", place))

    operator.rotation = KeyRotation(
        world.runtime.store,
        world.runtime.keys,
        operator.file,
        lambda: world.now,
        until_seen=somebody_was_slow,
    )
    assert operator.rotate().finished
    assert [key.values for key in operator.usage().keys if key.id == "k1"] == [0]


def test_a_key_in_use_is_not_retired(operator: Operator) -> None:
    fill(operator.world)
    assert operator.retire("k9") == UnknownKey("k9")
    assert operator.retire("k1") == StillSeals("k1")
    operator.file.add(first=True)
    assert operator.retire("k2") == StillSeals("k2")
    values = sum(map(len, sealed_values(operator.world).values()))
    assert operator.retire("k1") == StillNamed("k1", values)
    operator.rotate()
    operator.file_changed_seconds_ago(RETIRE_AFTER_SECONDS - 7)
    assert operator.retire("k1") == TooSoon(7)
    assert list(operator.file.read()) == ["k2", "k1"]


def test_values_under_a_key_that_is_gone_are_counted(operator: Operator) -> None:
    fill(operator.world)
    assert operator.usage().lost == 0
    change_name(operator.world, lambda _place: b"z99:x")
    assert operator.usage().lost == 1


def test_a_value_that_changes_under_the_rotations_hands_keeps_the_change(
    operator: Operator,
) -> None:
    world = operator.world
    fill(world)
    keys, old = world.runtime.keys, MasterKeys(operator.file.read())

    async def rename(_operation: str) -> None:
        change_name(world, lambda place: old.seal("새 이름".encode(), place))

    store = Overtaken(world.runtime.store, rename)
    operator.rotation = KeyRotation(
        store, keys, operator.file, lambda: world.now, until_seen=at_once
    )
    assert not operator.rotate().finished, "the old key seals for ever"
    place, sealed = name_of_one(world)
    assert keys.open(sealed, place).decode() == "새 이름"


def name_of_one(world: World) -> tuple[str, bytes]:
    row = world.database(
        lambda c: c.execute(select(trainee.c.id, trainee.c.name_sealed).limit(1)).one()
    )
    return TRAINEE_NAME.place(row[0]), bytes(row[1])


def change_name(world: World, seal: Callable[[str], bytes]) -> None:
    place, _ = name_of_one(world)
    world.database(lambda c: c.execute(update(trainee).values(name_sealed=seal(place))))
