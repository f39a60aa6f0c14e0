"""What the operator's guide and the privacy document say is so: settings, commands, figures."""

import re
from pathlib import Path
from typing import get_args

import click
import msgspec
import pytest

from motp_protocol.kiosks import KioskClaims
from motp_verifier.cli import main
from motp_verifier.config import Config
from motp_verifier.services.audit.record import AuditKind

DOCS = Path(__file__).parents[3] / "docs"
OPERATOR = ("operator.md", "en/operator.md")
PRIVACY = ("privacy.md", "en/privacy.md")
PAGES = (*OPERATOR, *PRIVACY)
SETTINGS = {each.name: each.default for each in msgspec.structs.fields(Config)}
OTHERS_WORDS = {"max_connections", "synchronous_commit"}
"""PostgreSQL's."""


def read(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def commands(text: str) -> list[str]:
    """What follows `motp-verifier` in code, up to the end of the code or line."""
    return re.findall(r"motp-verifier ((?:[a-z-]+ ?)+(?:-[^`\n]*)?)", "\n".join(code(text)))


def code(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [*blocks, *re.findall(r"`([^`\n]+)`", text)]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", read(page)):
        file, _, anchor = target.partition("#")
        there = (DOCS / page).parent / file
        assert there.is_file(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in heads}


@pytest.mark.parametrize("page", PAGES)
def test_commands_are_there(page: str) -> None:
    found = commands(read(page))
    assert found
    for each in found:
        words = each.split()
        command: click.Command = main
        while words and isinstance(command, click.Group):
            assert words[0] in command.commands, each
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, each


@pytest.mark.parametrize("page", PAGES)
def test_settings_are_there(page: str) -> None:
    named = re.findall(r"`([a-z]+(?:_[a-z]+)+)(?: = [^`]*)?`", read(page))
    named += re.findall(r"^([a-z_]+) = ", read(page), re.MULTILINE)
    unknown = {each for each in named if not each.startswith("motp_")} - SETTINGS.keys()
    assert unknown <= OTHERS_WORDS


@pytest.mark.parametrize("page", PRIVACY)
def test_times_are_the_defaults(page: str) -> None:
    told = dict(re.findall(r"^\|[^|]*\| `(retention_\w+)`[^|]*\| (\d+)", read(page), re.MULTILINE))
    kept = {name: str(value) for name, value in SETTINGS.items() if name.startswith("retention_")}
    assert told == kept
    kiosk = {each.name: each.default for each in msgspec.structs.fields(KioskClaims)}
    assert re.search(rf"\b{kiosk['unused_days']}(일| days) ?\(", read(page))


@pytest.mark.parametrize("page", PRIVACY)
def test_events_are_the_audits(page: str) -> None:
    named = set(re.findall(r"(?:`|--event )((?:staff|trainee)-[a-z-]+)", read(page)))
    assert named
    assert named <= set(get_args(AuditKind))


@pytest.mark.parametrize("page", OPERATOR)
def test_figures_are_the_measured_ones(page: str) -> None:
    measured = read("performance.md")
    rows = {
        "PostgreSQL | 32": r"\| PostgreSQL \| 32 \| ([\d,]+)",
        "SQLite | 32": r"\| SQLite \| 32 \| ([\d,]+)",
        "PostgreSQL rest": r"\| PostgreSQL \| 2 \| (\d+) \|.* MiB",
        "SQLite rest": r"\| SQLite \| 1 \| (\d+) \|.* MiB",
        "PostgreSQL memory": r"\| PostgreSQL \| 2 \|[^\n]*?(\d+ MiB)",
        "SQLite memory": r"\| SQLite \| 1 \|[^\n]*?(\d+ MiB)",
        "size": r"\| 10,000,000 \| (\d+%)",
    }
    for name, pattern in rows.items():
        found = re.search(pattern, measured)
        assert found is not None, name
        assert f" {found[1]}" in read(page), name


@pytest.mark.parametrize(("korean", "english"), [OPERATOR, PRIVACY])
def test_both_languages_name_the_same(korean: str, english: str) -> None:
    def named(page: str) -> set[str]:
        return {each for each in code(read(page)) if each.isascii() and "\n" not in each}

    assert named(korean) == named(english)
