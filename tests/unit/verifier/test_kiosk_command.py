"""`motp-verifier kiosk`, as an operator types it."""

import re
from pathlib import Path

import pytest

from tests.unit.verifier.test_cli_commands import add_school, assert_plain_error, run


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    add_school(tmp_path)
    return tmp_path


def add(office: Path) -> str:
    added = run(office, "kiosk", "add", "--institution", "school", "--label", "1층 로비")
    assert added.exit_code == 0, added.output
    found = re.fullmatch(
        r"Added (kio_\S+)\. Its code, for 10 minutes \(until \S+Z\), which is not shown again:\n"
        r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\n",
        added.stdout,
    )
    assert found, added.stdout
    return found[1]


def test_a_kiosk_is_awaited_listed_configured_and_revoked(office: Path) -> None:
    kiosk_id = add(office)
    listed = run(office, "kiosk", "list").stdout
    assert listed == f"{kiosk_id}\tschool\tawaited\tnever\t-\t0\t0/1\t1층 로비\n"
    done = run(
        office, "kiosk", "configure", kiosk_id, "--idle", "60", "--hours", "mon-fri 09:00-18:00",
        "--languages", "ko, en", "--message-ko", "가", "--message-en", "a", "--scramble",
    )  # fmt: skip
    assert done.stdout == f"{kiosk_id} is configured: version 2.\n", done.output
    again = run(office, "kiosk", "configure", kiosk_id, "--idle", "60")
    assert again.stdout == f"{kiosk_id} was configured so before: version 2.\n"
    done = run(office, "kiosk", "configure", kiosk_id, "--hours", "none", "--no-message")
    assert "version 3" in done.stdout
    revoked = run(office, "kiosk", "revoke", kiosk_id)
    assert revoked.stdout == f"{kiosk_id} is revoked for good.\n"
    assert "\trevoked\t" in run(office, "kiosk", "list", "--institution", "school").stdout
    assert run(office, "kiosk", "list", "--institution", "other").stdout == ""


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("lock", "kio_none"), "there is no kiosk 'kio_none': see kiosk list.", 1),
        (("configure", "kio_none", "--idle", "60"), "there is no kiosk 'kio_none'", 1),
        (("configure", "ID", "--idle", "5"), "Nothing was changed.", 1),
        (("configure", "ID"), "name at least one setting", 2),
        (("configure", "ID", "--hours", "always"), "write days and hours like", 2),
        (("configure", "ID", "--message-ko", "가"), "in both languages", 2),
        (("lock", "ID"), "ID is awaited: it cannot be locked.", 1),
        (("unlock", "ID"), "ID is awaited: it cannot be unlocked.", 1),
        (("add", "--institution", "none", "--label", "x"), "there is no institution 'none'.", 1),
        (("add", "--institution", "school", "--label", " "), "1 to 64 printable characters", 2),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    office: Path, words: tuple[str, ...], said: str, code: int
) -> None:
    kiosk_id = add(office)
    result = run(office, "kiosk", *(word.replace("ID", kiosk_id) for word in words))
    assert_plain_error(result, said.replace("ID", kiosk_id), code)
