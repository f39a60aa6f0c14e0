"""`check` and `backup`: faults in plain sentences, and copies that can be served."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert, text, update

from motp_verifier.cli import main
from motp_verifier.store.backup import BackupFailed, back_up
from motp_verifier.store.location import SqliteFile
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import institution, trainee
from tests.unit.verifier.device_world import Device, World, running


def _run(world: World, *arguments: str) -> Result:
    environment = {"MOTP_VERIFIER_DATABASE_URL": world.config.database_url}
    return CliRunner(env=environment).invoke(
        main, [*arguments, "--data-dir", world.config.data_dir]
    )


def _now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motp_verifier.commands.care.system_clock", lambda: world.now)


def test_a_verifier_in_order_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _now(world, monkeypatch)
    Device(world).enrol()
    result = _run(world, "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "in order" in result.stdout


def test_values_that_do_not_open_are_counted_and_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _now(world, monkeypatch)
    world.database(lambda c: c.execute(update(trainee).values(name_sealed=b"-")))
    result = _run(world, "check")
    assert result.exit_code == 1
    assert "1 of 1 values of trainee.name_sealed do not open" in result.stderr


def test_a_clock_that_is_behind_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Device(world).enrol()
    world.pass_seconds(-600)
    _now(world, monkeypatch)
    assert "clock is 600 s behind" in _run(world, "check").stderr
    world.clock[0] = 0
    assert "before this version was made" in _run(world, "check").stderr


def test_another_revision_is_noticed_and_left_alone(world: World) -> None:
    world.database(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    result = _run(world, "check")
    assert (result.exit_code, "another version" in result.stderr) == (1, True)


def test_a_row_that_refers_to_nothing_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        _now(world, monkeypatch)
        with sqlite3.connect(world.config.data_folder() / "motp.sqlite3") as connection:
            connection.execute("DELETE FROM institution")
        connection.close()
        assert "a row of roster_entry refers to one of institution" in _run(world, "check").stderr


def test_checking_nothing_makes_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--data-dir", str(tmp_path / "data")])
    assert result.exit_code == 1
    assert "does not exist" in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_backup_taken_while_writes_go_on_is_served_again(tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "motp.sqlite3"
    copy.parent.mkdir()
    with running(tmp_path) as world:
        world.add_trainee()
        device = Device(world).enrol()
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                name = f"more-{number}"
                with maintaining(world.config.database()) as connection:
                    connection.execute(insert(institution).values(id=name, name="", created_at=1))

        writer = threading.Thread(target=write)
        writer.start()
        result = _run(world, "backup", str(copy))
        stop.set()
        writer.join()
        assert result.exit_code == 0, result.output
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert [path.name for path in copy.parent.iterdir()] == [copy.name]
        device.unlock()
    data = tmp_path / "data"
    for file in data.glob("motp.sqlite3*"):
        file.unlink()
    (data / "motp.sqlite3").write_bytes(copy.read_bytes())
    with running(tmp_path) as restored:
        device.world = restored
        assert device.sync().status_code == 200


def test_a_backup_replaces_no_file_and_leaves_none_where_it_fails(tmp_path: Path) -> None:
    source, copy = tmp_path / "motp.sqlite3", tmp_path / "copy"
    with pytest.raises(BackupFailed, match="does not exist"):
        back_up(source, copy)
    migrate(SqliteFile(source))
    back_up(source, copy)
    before = copy.read_bytes()
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(source, copy)
    assert copy.read_bytes() == before
    source.write_bytes(b"no database" * 1000)
    with pytest.raises(BackupFailed, match="cannot be copied"):
        back_up(source, tmp_path / "other")
    assert not list(tmp_path.glob("*other*"))


def test_a_postgresql_database_is_left_to_pg_dump(world: World, tmp_path: Path) -> None:
    if not world.config.database_url:
        return
    result = _run(world, "backup", str(tmp_path / "copy"))
    assert (result.exit_code, "pg_dump" in result.stderr) == (1, True)
