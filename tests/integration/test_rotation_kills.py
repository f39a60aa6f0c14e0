"""`kill -9` of `keys rotate` at each of its steps: everything opens, and the next run goes on."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from motp_verifier.key_file import KeyFile
from motp_verifier.sealing import MasterKeys, load_or_create
from motp_verifier.store.location import Database
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import maintaining
from motp_verifier.store.sealed import SEALED
from tests.released.loading import dumps, read
from tests.support.databases import database_of
from tests.support.nursery import Nursery
from tests.support.rotating import KEY_FILE_DRAFTED, KEY_FILE_RENAMED

NOT_YET = ("keys-reseal:begin", "keys-reseal:commit")
DONE = "keys-reseal:answer"
"""One column more is done: the next run that is killed there dies a column later."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as started:
        yield started


def open_all(database: Database, keys: MasterKeys) -> dict[str, set[str]]:
    """Open every value there is; which keys each column's are under."""
    found: dict[str, set[str]] = {}

    def work(connection: Connection) -> None:
        for where in SEALED:
            query = select(*where.key, where.column).where(where.column.is_not(None))
            for *key, sealed in connection.execute(query):
                keys.open(sealed, where.place(*key))
                name = bytes(sealed).partition(b":")[0].decode()
                found.setdefault(str(where), set()).add(name)

    with maintaining(database) as connection:
        work(connection)
    return found


def test_a_rotation_that_is_killed_at_any_step_is_gone_on_with(
    tmp_path: Path, database_url: str, nursery: Nursery
) -> None:
    database, key_file = database_of(tmp_path, database_url), KeyFile(tmp_path / "master.key")
    dump = read(dumps()[-1])
    migrate(database)
    with maintaining(database) as connection:
        dump.load(connection)
    migrate(database)
    key_file.path.write_text(dump.master_key_file, "ascii")
    key_file.path.chmod(0o600)
    config = tmp_path / "config.toml"
    named = f'database_url = "{database_url}"\n' if database_url else ""
    config.write_text(f'data_dir = "{tmp_path}"\n{named}', "utf-8")
    log = tmp_path / "log"

    def rotate(dies_at: str = "") -> bool:
        """Whether it was killed; whatever it had done, everything opens."""
        child = nursery.start(
            "tests.support.rotating:run", log, config=str(config), dies_at=dies_at
        )
        ended = nursery.wait(child)
        assert ended in {0, -signal.SIGKILL}, log.read_text("utf-8")
        open_all(database, load_or_create(key_file.path))
        return ended != 0

    assert rotate(KEY_FILE_DRAFTED)
    assert list(key_file.read()) == ["k1"]
    assert rotate(KEY_FILE_RENAMED)
    assert list(key_file.read()) == ["k2", "k1"]
    columns = open_all(database, load_or_create(key_file.path))
    for step in NOT_YET:
        assert rotate(step)
    assert open_all(database, load_or_create(key_file.path)) == columns
    for number, _ in enumerate(columns, start=1):
        assert rotate(DONE)
        now = open_all(database, load_or_create(key_file.path))
        assert sum(names == {"k2"} for names in now.values()) == number
    assert list(key_file.read()) == ["k2", "k1"], "an unfinished rotation makes no further key"
    only_new = open_all(database, MasterKeys({"k2": key_file.read()["k2"]}))
    assert set.union(*only_new.values()) == {"k2"}
