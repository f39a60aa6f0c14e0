"""What the guides have an operator type at a verifier is run as it stands there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT
from tests.support.pages import Block, blocks, pages

PROGRAM = "motp-verifier "
BACKUPS = "/var/backups"
ROSTER = "이름,전화번호\n홍길동,010-1234-5678\n"


def lines(block: Block) -> list[str]:
    """The lines of a shell's block that are an operator's."""
    return [line.strip() for line in block.text.splitlines() if line.strip().startswith(PROGRAM)]


BLOCKS = list(
    # Each once: both languages of a page have the same.
    {
        tuple(lines(block)): block
        for page in pages()
        for block in blocks(page)
        if block.language in {"sh", "console"} and lines(block)
    }.values()
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.place)
def test_an_operator_s_commands_do_what_their_page_says(block: Block, tmp_path: Path) -> None:
    bin_dir, backups = tmp_path / "bin", tmp_path / "backups"
    bin_dir.mkdir()
    backups.mkdir()
    program = bin_dir / PROGRAM.strip()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m motp_verifier "$@"\n', "utf-8")
    program.chmod(0o755)
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    environment = os.environ | {
        "PATH": f"{bin_dir}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "MOTP_VERIFIER_DATA_DIR": str(tmp_path / "data"),
        "LC_ALL": "C.UTF-8",
    }
    if "institution add" not in block.text:
        _run("motp-verifier institution add --id hanbit --name 한빛훈련원", tmp_path, environment)
    for line in lines(block):
        _run(line.replace(BACKUPS, str(backups)), tmp_path, environment)
    assert bool(list(backups.iterdir())) == ("motp-verifier backup" in block.text)


def test_there_are_such_blocks() -> None:
    assert len(BLOCKS) >= 6


def _run(line: str, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)
