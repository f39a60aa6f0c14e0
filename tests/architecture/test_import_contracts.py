"""The contracts of import-linter in pyproject.toml, which see chains of imports."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.imports import ROOT

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]


def test_every_contract_is_kept() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, (
        "An import breaks a rule; the contract's name says the rule and the fix.\n"
        + run.stdout
        + run.stderr
    )
    assert re.search(rf"\b{len(CONTRACTS)} kept, 0 broken", run.stdout)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_a_contract_names_its_rule_and_the_fix(contract: dict[str, str]) -> None:
    rule, colon, fix = contract["name"].partition(": ")
    assert rule
    assert colon
    assert fix
