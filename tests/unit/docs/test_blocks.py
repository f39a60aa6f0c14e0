"""Every block of every page says what it is, and is taken by what it is for."""

import ast
import csv
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from motp_desktop.services.adapters.managed import managed_from
from motp_desktop.services.adapters.setting_values import read_choices
from motp_verifier.config import load_config
from motp_verifier.services.site_policy.model import SitePolicy
from motp_verifier.services.site_policy.reading import read_policy
from tests.architecture.imports import ROOT
from tests.support.commands import commands, wrong_with, wrong_with_mention
from tests.support.pages import Block, blocks, pages, spans

BLOCKS = [block for page in pages() for block in blocks(page)]
POLICY = {"occasions", "popup", "form_interface", "courses", "limits", "require_name_verified"}
MANAGED = {"reason", "locked", "default"}
# Formulas and usages: nothing reads them but people. Other programs' files have tests of their
# own where they are shipped, in tests/integration.
FOR_PEOPLE = {"text", "nginx", "caddy", "http", "js", "ini", "xf86conf"}
# What a file leaves to the environment, as its page says.
SECRETS = {
    "MOTP_VERIFIER_SOLAPI_API_SECRET": "x" * 32,
    "MOTP_VERIFIER_PORTONE_API_SECRET": "x" * 32,
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.place)
def test_a_block_is_taken_by_what_it_is_for(block: Block, tmp_path: Path) -> None:
    match block.language:
        case "sh" | "console":
            check_commands(block.text, tmp_path)
        case "toml":
            check_settings(block.text, tmp_path)
        case "json":
            json.loads(block.text)
        case "python":
            ast.parse(block.text)
        case "csv":
            assert len({len(row) for row in csv.reader(block.text.splitlines())}) == 1
        case "yaml":
            check_yaml(block.text)
        case _:
            assert block.language in FOR_PEOPLE, f"```{block.language} is not a known kind"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_sentences_are_there(page: Path) -> None:
    for span in spans(page):
        if span.startswith(("motp-verifier ", "motp-desktop ", "make ")):
            assert (wrong := wrong_with_mention(span)) is None, f"`{span}`: {wrong}"


@pytest.mark.parametrize(
    "command",
    [
        "motp-verifier institution ad --id hanbit --name x",
        "motp-verifier institution add --identity hanbit",
        "motp-verifier institution add --id hanbit",
        "motp-verifier serve --port none",
        "motp-desktop dokter",
        "motp-desktop --verify https://otp.example.kr",
        "make everything",
        "sh tools/no-such.sh",
        "python -m no_such_module",
        "rm-everything",
    ],
)
def test_a_command_that_is_wrong_is_found(command: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        check_commands(command, tmp_path)


@pytest.mark.parametrize(
    "span", ["motp-verifier staf add", "motp-verifier staff add --nam N", "make no-such-thing"]
)
def test_a_wrong_command_in_a_sentence_is_found(span: str) -> None:
    assert wrong_with_mention(span) is not None


@pytest.mark.parametrize(
    "text", ["[occasions]\nlesson = 'daily'", "[locked]\nport = 1", "prot = 1"]
)
def test_settings_that_are_wrong_are_found(text: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r".+"):
        check_settings(text, tmp_path)


def check_commands(text: str, folder: Path) -> None:
    """The shell can read it, and each program takes its arguments."""
    done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for words in commands(text):
        wrong = wrong_with(words, folder)
        assert wrong is None, f"{' '.join(words)}: {wrong}"


def check_settings(text: str, folder: Path) -> None:
    """The loader that the file is for takes it."""
    values: dict[str, Any] = tomllib.loads(text)
    file = folder / "hanbit.toml"
    file.write_text(text, "utf-8")
    if values.keys() <= MANAGED:
        managed_from("a page", lambda: values)
    elif values.keys() <= POLICY:
        assert isinstance(found := read_policy(file), SitePolicy), found
    elif "verifier_origin" in values:
        read_choices(values)
    else:
        load_config(file, SECRETS)


def check_yaml(text: str) -> None:
    """It is YAML; what it says has tests where it is shipped."""
    yaml = pytest.importorskip("yaml")
    assert yaml.safe_load(text)
