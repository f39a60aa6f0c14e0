"""`motp-verifier keys`, as a person runs it."""

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from motp_verifier.cli import main
from motp_verifier.key_file import KeyFile
from motp_verifier.services.key_rotation import RETIRE_AFTER_SECONDS
from motp_verifier.store.location import SqliteFile
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import trainee

VALUES = 3
"""The root of the indexes, a name and a number."""


@pytest.fixture(autouse=True)
def nobody_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody has to be waited for."""
    monkeypatch.setattr("motp_verifier.services.key_rotation.LOOK_AGAIN_SECONDS", 0.0)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster = tmp_path / "roster.csv"
    roster.write_text("이름,전화번호\n홍길동,010-1234-5678\n", "utf-8")
    data = tmp_path / "data"
    for words in (
        ("institution", "add", "--id", "school", "--name", "한빛훈련원"),
        ("roster", "import", "--institution", "school", str(roster)),
    ):
        done = CliRunner().invoke(main, [*words, "--data-dir", str(data)])
        assert done.exit_code == 0, done.output
    return data


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["keys", *words, "--data-dir", str(folder)])


def assert_refused(result: Result, sentence: str) -> None:
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert result.stderr.splitlines()[-1] == f"Error: {sentence}"
    assert "Traceback" not in result.output


def key_file_is_old(folder: Path) -> None:
    changed = time.time() - RETIRE_AFTER_SECONDS
    os.utime(folder / "master.key", (changed, changed))


def test_a_key_is_handed_out_rotated_to_and_the_old_one_retired(folder: Path) -> None:
    assert run(folder, "list").stdout == f"k1\tseals\t{VALUES}\n"
    added = run(folder, "add")
    assert added.stdout.splitlines() == [
        f"Added k2. Copy {folder / 'master.key'} to every machine, then",
        "motp-verifier keys rotate --to k2",
    ]
    assert run(folder, "list").stdout == f"k1\tseals\t{VALUES}\nk2\topens\t0\n"
    rotated = run(folder, "rotate", "--to", "k2")
    assert rotated.stdout == f"Sealed {VALUES} values again under k2.\n"
    assert rotated.stderr.splitlines() == [
        "trainee.name_sealed: 1", "trainee.phone_sealed: 1", "secret.value_sealed: 1",
    ]  # fmt: skip
    assert run(folder, "list").stdout == f"k2\tseals\t{VALUES}\nk1\topens\t0\n"
    key_file_is_old(folder)
    assert run(folder, "retire", "k1").stdout == "Retired k1.\n"
    assert run(folder, "list").stdout == f"k2\tseals\t{VALUES}\n"


def test_a_rotation_without_a_name_makes_the_key(folder: Path) -> None:
    assert run(folder, "rotate").stdout == f"Sealed {VALUES} values again under k2.\n"
    assert run(folder, "rotate").stdout == f"Sealed {VALUES} values again under k3.\n"


def test_a_rotation_that_goes_on_says_so(folder: Path) -> None:
    KeyFile(folder / "master.key").add(first=True)
    assert run(folder, "rotate").stdout.splitlines() == [
        "Went on with a rotation that was not finished.",
        f"Sealed {VALUES} values again under k2.",
    ]


def test_keys_that_cannot_go_are_refused_with_what_to_do(folder: Path) -> None:
    assert_refused(run(folder, "retire", "k9"), "the key file has no key 'k9'.")
    assert_refused(run(folder, "retire", "k1"), "k1 seals new values: rotate to another key first.")
    KeyFile(folder / "master.key").add(first=True)
    assert_refused(run(folder, "retire", "k1"), f"{VALUES} values are under k1: run keys rotate.")
    assert run(folder, "rotate").exit_code == 0
    too_soon = run(folder, "retire", "k1")
    assert too_soon.exit_code == 1
    assert "the key file changed a short time ago: try again in " in too_soon.stderr
    assert list(KeyFile(folder / "master.key").read()) == ["k2", "k1"]


def test_a_key_that_is_not_there_cannot_be_rotated_to(folder: Path) -> None:
    path = folder / "master.key"
    assert_refused(run(folder, "rotate", "--to", "k7"), f"the key file {path} has no key 'k7'")


def spoil_the_name(folder: Path, value: bytes) -> str:
    with maintaining(SqliteFile(folder / "motp.sqlite3")) as connection:
        connection.execute(update(trainee).values(name_sealed=value))
        return str(connection.execute(select(trainee.c.id)).scalar_one())


def test_a_value_that_does_not_open_is_named_and_ends_the_command_with_1(folder: Path) -> None:
    trainee_id = spoil_the_name(folder, b"k1:x")
    done = run(folder, "rotate")
    assert done.exit_code == 1
    assert done.stdout == f"Sealed {VALUES - 1} values again under k2.\n"
    place = f"trainee.name_sealed:{trainee_id}"
    assert f"{place} does not open and was left as it is.\n" in done.stderr
    assert run(folder, "rotate").exit_code == 1


def test_values_whose_key_is_gone_are_counted(folder: Path) -> None:
    spoil_the_name(folder, b"k9:x")
    listed = run(folder, "list")
    assert (listed.exit_code, listed.stdout) == (1, f"k1\tseals\t{VALUES - 1}\n")
    sentence = "1 values name a key that is not in the key file."
    assert listed.stderr.splitlines()[-1] == f"Error: {sentence}"
