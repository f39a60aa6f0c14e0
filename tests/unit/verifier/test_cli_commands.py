import os
import re
import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motp_verifier.cli import main

HONG = "이름,전화번호\n홍길동,010-1234-5678\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data-dir", str(folder / "data")])


def add_school(folder: Path) -> str:
    result = run(folder, "institution", "add", "--id", "school", "--name", "한빛훈련원")
    assert result.exit_code == 0, result.output
    return result.stdout.split()[-1]


def import_file(folder: Path, content: bytes | str, *options: str) -> Result:
    file = folder / "roster.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return run(folder, "roster", "import", "--institution", "school", *options, str(file))


def assert_plain_error(result: Result, words: str, code: int = 1) -> None:
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_adding_an_institution_prints_its_key_once_and_the_list_never_shows_it(
    tmp_path: Path,
) -> None:
    key = add_school(tmp_path)
    assert re.fullmatch(r"motp_[A-Za-z0-9_-]{43}", key)
    listed = run(tmp_path, "institution", "list")
    assert listed.stdout == "school\t0\t1\t한빛훈련원\n"
    assert key not in listed.output


def test_everything_in_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    add_school(tmp_path)
    data = tmp_path / "data"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_taken_id_is_one_sentence(tmp_path: Path) -> None:
    add_school(tmp_path)
    result = run(tmp_path, "institution", "add", "--id", "school", "--name", "x")
    assert_plain_error(result, "there is an institution 'school' already.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("institution", "add", "--id", "a b", "--name", "x"), "--id"),
        (("institution", "add", "--id", "a", "--name", " "), "--name"),
        (("institution", "add", "--name", "x"), "--id"),
        (("roster", "import", "x.csv"), "--institution"),
        (("roster", "import", "--institution", "x"), "FILE"),
        (("serve", "--port", "many"), "--port"),
        (("fly",), "No such command"),
    ],
)
def test_wrong_usage_exits_with_2(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    assert_plain_error(run(tmp_path, *arguments), words, code=2)


def test_a_roster_is_imported_and_imported_again(tmp_path: Path) -> None:
    add_school(tmp_path)
    first = import_file(tmp_path, HONG.encode("cp949"))
    assert (first.exit_code, first.stdout) == (0, "imported: 1 added, 0 changed, 0 unchanged.\n")
    second = import_file(tmp_path, HONG)
    assert second.stdout == "imported: 0 added, 0 changed, 1 unchanged.\n"


def test_a_bad_line_stops_the_import_unless_told_otherwise(tmp_path: Path) -> None:
    add_school(tmp_path)
    bad = HONG + "김철수,02-123-4567\n"
    assert_plain_error(import_file(tmp_path, bad), "line 3, phone (02-1**-****): not a Korean")
    assert run(tmp_path, "institution", "list").stdout.startswith("school\t0\t")
    skipping = import_file(tmp_path, bad, "--skip-bad-lines")
    assert skipping.exit_code == 0
    assert skipping.stdout.startswith("imported: 1 added")
    assert "line 3" in skipping.stderr
    assert "123-4567" not in skipping.output


@pytest.mark.parametrize(
    ("environment", "options", "words"),
    [
        ({"LC_ALL": "ko_KR.UTF-8"}, (), "등록: 추가 1명"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ko_KR.UTF-8"}, (), "등록: 추가 1명"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "ko_KR.UTF-8"}, (), "imported: 1"),
        ({"LC_ALL": "ko_KR.UTF-8"}, ("--lang", "en"), "imported: 1"),
        ({"LC_ALL": "en_GB.UTF-8"}, ("--lang", "ko"), "등록: 추가 1명"),
    ],
)
def test_the_report_speaks_the_operators_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: tuple[str, ...],
    words: str,
) -> None:
    add_school(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert words in import_file(tmp_path, HONG, *options).stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04", "workbook"),
        (b"name,phone\n\xff\xff,010\n", "line 2 is neither UTF-8 nor CP949"),
        (b"name,phone\n\0,010\n", "line 2 has a NUL"),
        (b'name,phone\n"A,010\n', "quotes do not match from line 2"),
        (b"who,where\nA,B\n", "the header lacks name, phone"),
    ],
)
def test_an_unreadable_file_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    add_school(tmp_path)
    assert_plain_error(import_file(tmp_path, content), words)


def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    add_school(tmp_path)
    for file in (tmp_path / "missing.csv", tmp_path):
        result = run(tmp_path, "roster", "import", "--institution", "school", str(file))
        assert_plain_error(result, str(file))


def test_an_unknown_institution_is_one_sentence(tmp_path: Path) -> None:
    assert_plain_error(import_file(tmp_path, HONG), "there is no institution 'school'")


def test_migrating_twice_is_no_error(tmp_path: Path) -> None:
    for _ in range(2):
        result = run(tmp_path, "migrate")
        assert result.exit_code == 0
        assert "is up to date" in result.stdout


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "motp.sqlite3").write_bytes(os.urandom(9000))
    assert_plain_error(run(tmp_path, "migrate"), "file is not a database")


def test_a_database_of_a_newer_version_is_one_sentence(tmp_path: Path) -> None:
    run(tmp_path, "migrate")
    database = sqlite3.connect(tmp_path / "data" / "motp.sqlite3")
    database.execute("UPDATE alembic_version SET version_num = 'v9999'")
    database.commit()
    database.close()
    assert_plain_error(run(tmp_path, "institution", "list"), "newer version")


def test_a_master_key_that_others_can_read_is_one_sentence(tmp_path: Path) -> None:
    add_school(tmp_path)
    (tmp_path / "data" / "master.key").chmod(0o644)
    assert_plain_error(run(tmp_path, "institution", "list"), "can be read by others")


def test_a_folder_that_cannot_be_made_and_a_wrong_setting_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert_plain_error(run(tmp_path, "migrate"), "cannot make this folder")
    settings = tmp_path / "motp.toml"
    settings.write_text("colour = 'red'\n")
    assert_plain_error(run(tmp_path, "migrate", "--config", str(settings)), "colour")
    assert_plain_error(run(tmp_path, "serve", "--port", "70000"), "port")


def test_settings_of_a_file_are_used_and_an_option_goes_before_them(tmp_path: Path) -> None:
    settings = tmp_path / "motp.toml"
    settings.write_text(f"data_dir = '{tmp_path / 'elsewhere'}'\n")
    CliRunner().invoke(main, ["migrate", "--config", str(settings)])
    assert (tmp_path / "elsewhere" / "motp.sqlite3").exists()
    run(tmp_path, "migrate", "--config", str(settings))
    assert (tmp_path / "data" / "motp.sqlite3").exists()
