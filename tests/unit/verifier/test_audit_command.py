"""`motp-verifier audit`, over what a real verifier sealed."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text, update

from motp_protocol.encoding import b64url_encode
from motp_verifier.cli import main
from motp_verifier.commands.audit_words import DOUBTS, FAULTS
from motp_verifier.services.audit.checking import Doubt
from motp_verifier.services.audit.findings import Fault
from motp_verifier.store import sqlite
from motp_verifier.store.tables import audit_head, audit_row
from tests.unit.verifier.device_world import Device, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A verifier that served, and was started again: then it seals what there is."""
    with running(tmp_path) as world:
        world.add_trainee()
        Device(world).begin()
    with running(tmp_path) as world:
        deadline = time.monotonic() + 20
        while not world.database(lambda c: c.execute(select(audit_head.c.number)).all()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments, "--data-dir", str(folder / "data")])


def change_first_row(folder: Path) -> None:
    """As somebody does who owns the database."""
    engine = sqlite.writing_engine(folder / "data" / "motp.sqlite3")
    with engine.begin() as connection:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in connection.execute(triggers).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(update(audit_row).where(audit_row.c.id == 1).values(reason="x"))
    engine.dispose()


def test_what_a_running_verifier_sealed_is_whole(folder: Path) -> None:
    heads = run(folder, "heads")
    assert heads.exit_code == 0, heads.output
    assert heads.stdout.count("\n") >= 1
    kept = folder / "heads.txt"
    kept.write_text(heads.stdout, "utf-8")
    checked = run(folder, "verify", "--heads", str(kept))
    assert checked.exit_code == 0, checked.output
    assert "Nothing was changed" in checked.stdout
    assert "0 compared" not in checked.stdout


def test_a_changed_row_is_named_and_ends_with_1(folder: Path) -> None:
    change_first_row(folder)
    checked = run(folder, "verify")
    assert checked.exit_code == 1
    assert "head 1, row 1: was changed after it was sealed (row-changed)" in checked.stderr


def test_heads_cut_off_are_found_by_the_list(folder: Path) -> None:
    kept = folder / "heads.txt"
    token = run(folder, "heads").stdout.split()[-1]
    header, _, signature = token.split(".")
    more = b64url_encode(
        b'{"iss":"x","iat":1,"head":9000,"first":1,"last":1,"size":1,"root":"'
        + b"A" * 43
        + b'","previous":null}'
    )
    kept.write_text(f"{header}.{more}.{signature}\n", "utf-8")
    checked = run(folder, "verify", "--heads", str(kept))
    assert checked.exit_code == 1
    assert "heads-cut-off" in checked.stderr


def test_a_list_that_holds_no_heads_is_one_sentence(folder: Path) -> None:
    kept = folder / "heads.txt"
    kept.write_text("nothing\n", "utf-8")
    checked = run(folder, "verify", "--heads", str(kept))
    assert checked.exit_code == 1
    assert "not a head" in checked.stderr
    assert "Traceback" not in checked.output


def test_there_is_a_sentence_for_every_fault_and_doubt() -> None:
    assert set(FAULTS) == set(Fault)
    assert set(DOUBTS) == set(Doubt)
