"""`motp-verifier staff`: what operators do with accounts."""

import asyncio
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from motp_protocol.keys import Argon2Parameters
from motp_verifier.cli import main
from motp_verifier.services.staff.passwords import (
    MIN_LENGTH,
    Passwords,
    is_too_common,
    new_first_password,
)


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["staff", *words, "--data-dir", str(folder)])
    return done.exit_code, done.output


def test_accounts_are_added_listed_reset_and_disabled(tmp_path: Path) -> None:
    code, said = run(tmp_path, "add", "--name", "김민지", "--role", "auditor")
    assert code == 0
    first = said.splitlines()[-1]
    assert len(first) > MIN_LENGTH
    assert run(tmp_path, "add", "--name", "김민지", "--role", "admin")[0] == 1
    assert run(tmp_path, "add", "--name", "a b", "--role", "admin")[0] == 2
    assert run(tmp_path, "add", "--name", "x", "--role", "owner")[0] == 2
    code, listed = run(tmp_path, "list")
    assert listed.split("\t")[:3] == ["김민지", "auditor", "new"]
    assert first not in listed
    assert run(tmp_path, "disable", "김민지")[0] == 0
    assert run(tmp_path, "list")[1].split("\t")[2] == "disabled"
    code, said = run(tmp_path, "reset", "김민지")
    assert (code, said.splitlines()[-1] != first) == (0, True)
    assert run(tmp_path, "list")[1].split("\t")[2] == "new"
    for word in ("reset", "disable"):
        assert run(tmp_path, word, "nobody")[0] == 1


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password!2026", "PASSWORDPASSWORD", "qwertyuiop!!", "123456789012",
        "aaaaaaaaaaaa", "abcabcabcabc", "kim.minji2026", "kim.minjikim.minji",
        "비밀번호비밀번호비밀번호",
        "1q2w3e4r1q2w3e4r", "helpdesk2026!", "qlalfqjsgh12",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert is_too_common(password, "kim.minji")


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "말벌과 숟가락 열두 개", "vX9$kq2!mWz7"],
)
def test_anything_else_is_taken_whatever_it_is_made_of(password: str) -> None:
    assert not is_too_common(password, "kim")
    assert not is_too_common(new_first_password(), "kim")


async def _matches(password: str, given: str) -> tuple[bool, bool]:
    passwords = Passwords(Argon2Parameters(1, 64, 1))
    kept = await passwords.hash(password)
    assert password not in kept
    return await passwords.matches(given, kept), await passwords.matches(given, None)


def test_a_password_matches_in_every_composition_and_nobody_has_one() -> None:
    password = "가나다라마바사아자차카타"
    composed = asyncio.run(_matches(password, unicodedata.normalize("NFD", password)))
    assert composed == (True, False)
    assert asyncio.run(_matches(password, password + "!")) == (False, False)
