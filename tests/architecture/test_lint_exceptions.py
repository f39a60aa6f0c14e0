"""An exception from a rule says why, where it is made."""

import re

from tests.architecture.imports import ROOT

_SHIPPED = ("motp_protocol", "motp_desktop", "motp_verifier", "demo", "examples", "tools", "bench")
_SECURITY = re.compile(r"# noqa: (?:[A-Z]+[0-9]+, ?)*S[0-9]+")
_WITH_REASON = re.compile(r"# noqa: [A-Z0-9, ]+ - \S")


def test_every_exception_from_a_security_rule_has_its_reason() -> None:
    without = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in _SHIPPED
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if _SECURITY.search(line) and not _WITH_REASON.search(line)
    ]
    assert without == []


def test_no_exception_is_from_all_rules() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in _SHIPPED
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"# noqa(?!:)|# ruff: noqa|# type: ignore(?!\[)", line)
    ]
    assert bare == []
