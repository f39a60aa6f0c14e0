"""`make audit` says "nothing known" only where it really looked."""

import json
from typing import Any

import pytest

from tools.audit import judge, read_accepted

FINE: dict[str, Any] = {"name": "fine", "version": "1", "vulns": []}
HOLED: dict[str, Any] = {
    "name": "holed",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["3"]}],
}
UNKNOWN: dict[str, Any] = {"name": "unknown", "skip_reason": "could not be audited"}


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_packages_that_were_all_looked_up_are_clean() -> None:
    assert judge(report(FINE), {}).code == 0


def test_a_known_vulnerability_fails_and_names_its_fix() -> None:
    verdict = judge(report(FINE, HOLED, UNKNOWN), {})
    assert verdict.code == 1
    assert verdict.lines == ["holed 2: PYSEC-1/CVE-1, fixed in ['3']"]


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_an_accepted_vulnerability_passes_with_its_reason(name: str) -> None:
    verdict = judge(report(HOLED), {name: "is never called"})
    assert verdict.code == 0
    assert "accepted: is never called" in verdict.lines[0]


@pytest.mark.parametrize("text", ["", "error", "[]", "{}", report(FINE, UNKNOWN)])
def test_what_was_not_looked_up_is_not_clean(text: str) -> None:
    assert judge(text, {}).code == 2


def test_an_acceptance_needs_a_reason() -> None:
    assert read_accepted("# note\n\nCVE-1  not used here\n") == {"CVE-1": "not used here"}
    with pytest.raises(ValueError, match="CVE-2: say why"):
        read_accepted("CVE-2\n")
