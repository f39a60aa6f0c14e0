"""Backup and restore as `docs/operator.md` says them: under load, and onto another machine."""

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import httpx
import pytest
from click.testing import CliRunner

from motp_protocol.code import OtpProfile
from motp_verifier.cli import main
from motp_verifier.sealing import load_or_create
from motp_verifier.services.verification import Accepted, Rejected
from motp_verifier.store.audit_heads import newest_head
from motp_verifier.store.backup import back_up as back_up_file
from tests.chaos.evidence import audit_faults, gather, is_sealed
from tests.chaos.fleet import verifiers
from tests.chaos.history import Answered, Ask, Attempt, History
from tests.chaos.judge import faults
from tests.chaos.load import Load
from tests.chaos.trainees import SCHOOL, Trainees
from tests.unit.verifier.site_world import World

ANSWERS = 150


@dataclass(frozen=True)
class Site:
    """The machine that is lost, or the one that takes its place. `url` is empty for SQLite."""

    folder: Path
    url: str

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def world(self) -> World:
        keys = load_or_create(self.folder / "master.key")
        return World(self.folder, keys, time.time_ns() // 10**6, database_url=self.url)

    def run(self, *words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--config", str(self.config)])
        assert done.exit_code == 0, done.output
        return done.output


def back_up(site: Site, to: Path) -> None:
    """While the verifier serves."""
    if site.url:
        run("pg_dump", "--format=custom", f"--file={to}", site.url)
    else:
        site.run("backup", str(to))


def restore(backup: Path, folder: Path, url: str) -> Site:
    """On a machine that has nothing but the backup, the settings and a copy of the key file."""
    if url:
        away = urlsplit(url)._replace(path="/restored").geturl()
        run(
            *("createdb", f"--maintenance-db={url}", "--encoding=UTF8", "--template=template0"),
            "restored",
        )
        run("pg_restore", "--exit-on-error", f"--dbname={away}", str(backup))
        return Site(folder, away)
    shutil.copyfile(backup, folder / "motp.sqlite3")
    (folder / "motp.sqlite3").chmod(0o600)
    return Site(folder, "")


def run(*words: str) -> None:
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def lost(tmp_path: Path, database_url: str) -> Site:
    folder = tmp_path / "lost"
    folder.mkdir()
    return Site(folder, database_url)


def accepted(attempt: Attempt) -> bool:
    outcome = attempt.outcome
    return isinstance(outcome, Answered) and json.loads(outcome.body)["result"] == "accepted"


def id_of(attempt: Attempt) -> str:
    assert isinstance(attempt.outcome, Answered)
    return str(json.loads(attempt.outcome.body)["verification_id"])


def test_what_was_backed_up_under_load_is_restored_and_goes_on(lost: Site, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    number = 2 if lost.url else 1
    history = History()
    with verifiers(lost.folder, lost.url, number) as fleet:
        world = lost.world()
        world.add_institution(SCHOOL)
        trainees = Trainees(world, 40, seed=1)
        key = world.api_keys[SCHOOL]
        with Load([each.origin for each in fleet], key, trainees.next, history, sites=4):
            history.wait_for_more(ANSWERS)
            fleet[0].wait_for(lambda: is_sealed_somewhat(world))
            back_up(lost, backup)
            history.wait_for_more(ANSWERS)
        world.close()
        for each in fleet:
            each.stop()

    folder = tmp_path / "found"
    folder.mkdir()
    shutil.copy2(lost.folder / "master.key", folder)
    found = restore(backup, folder, lost.url)
    with verifiers(found.folder, found.url, number) as fleet:
        assert "are in order" in found.run("check")
        found.run("audit", "verify")
        world = found.world()
        kept = {each.id for each in gather(world, trainees, History()).checks}
        before = [
            each
            for each in history.attempts
            if isinstance(each.outcome, Answered) and id_of(each) in kept
        ]
        lost_ones = [each for each in history.attempts if each not in before]
        assert len(before) >= ANSWERS
        assert lost_ones, "nothing came after the backup"
        # Whatever was accepted before the backup is used, at once and for good.
        used = [each for each in before if accepted(each)]
        asked_again = [
            again(fleet[0].origin, key, each, -number)
            for number, each in enumerate(used[-40:], start=1)
        ]
        assert not any(map(accepted, asked_again))
        afterwards = History()
        with Load([each.origin for each in fleet], key, trainees.next, afterwards, sites=4):
            afterwards.wait_for_more(ANSWERS)
        assert any(accepted(each) for each in afterwards.attempts)
        assert twice(used, afterwards.attempts, kept) == set()
        for each in fleet:
            each.stop()
            assert each.errors() == []
        fleet[0].seal_all(lambda: is_sealed(world))
        assert audit_faults(found.config) == []
        # Nor is anything else other than one careful process would have made it.
        judged = History([*before, *asked_again, *afterwards.attempts])
        assert faults(gather(world, trainees, judged)) == []
        world.close()


@pytest.mark.parametrize("period", [30, 60])
def test_three_periods_after_the_end_no_code_that_the_backup_forgot_is_accepted_again(
    tmp_path: Path, period: Literal[30, 60]
) -> None:
    folder = tmp_path / "lost"
    folder.mkdir()
    world = World(folder)
    world.add_institution(SCHOOL)
    world.add_to_roster(SCHOOL, "홍길동,010-1234-5678,t1")
    device = world.register(SCHOOL, "t1", profile=OtpProfile(period=period))
    back_up_file(folder / "motp.sqlite3", tmp_path / "backup")
    # The newest code that is taken at the end, which the backup does not know of.
    code = world.right_code(device, steps=1)
    assert isinstance(world.check(SCHOOL, "t1", code), Accepted)
    end = world.now
    world.close()
    (tmp_path / "found").mkdir()
    shutil.copyfile(tmp_path / "backup", tmp_path / "found" / "motp.sqlite3")
    found = World(tmp_path / "found", now=end + 3 * period * 1000)
    assert isinstance(found.check(SCHOOL, "t1", code), Rejected)
    assert isinstance(found.check(SCHOOL, "t1", found.right_code(device)), Accepted)
    found.close()


def is_sealed_somewhat(world: World) -> bool:
    """Whether there is a head, so that the audit of the backup can be verified."""
    return world.run(world.store.read(newest_head)) is not None


def twice(used: list[Attempt], attempts: list[Attempt], kept: set[str]) -> set[tuple[str, str]]:
    """Whose code was accepted before the backup, and in another check after it."""
    anew = {
        (each.ask.trainee, each.ask.code)
        for each in attempts
        if accepted(each) and id_of(each) not in kept
    }
    return anew & {(each.ask.trainee, each.ask.code) for each in used}


def again(origin: str, key: str, attempt: Attempt, number: int) -> Attempt:
    """The same code, in another check."""
    asked = httpx.post(
        f"{origin}/v1/verifications",
        headers={"Authorization": f"Bearer {key}"},
        json={
            "trainee": {"id": attempt.ask.trainee},
            "course": "C-1",
            "class": "1",
            "session": 1,
            "occasion": "lesson",
            "code": attempt.ask.code,
        },
        trust_env=False,
        timeout=30,
    )
    assert asked.status_code == 200, asked.text
    ask = Ask(number, attempt.ask.trainee, attempt.ask.code)
    return Attempt(ask, Answered(asked.content))
