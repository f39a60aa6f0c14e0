"""Modules stay small enough to be read at one sitting."""

import statistics
from pathlib import Path

import pytest

from tests.architecture.imports import PACKAGES, ROOT, source_files

LONGEST = 400
MEDIAN = 100

# Longer modules, each with the reason why it is one.
EXCEPTIONS: dict[str, str] = {
    "motp_desktop/ui/navigation.py": "every screen and all that leads from one to another, on "
    "one page: a third of it is the list of the screens",
    "motp_protocol/helpdesk.py": "every message of the helpdesk on one page, and no code",
    "motp_verifier/store/tables.py": "every table on one page: what there is in the database, "
    "and no code",
}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("package", PACKAGES)
def test_half_of_a_packages_modules_are_short(package: str) -> None:
    sizes = [size for path in source_files(package) if (size := lines(path)) > 1]
    median = statistics.median(sizes) if sizes else 0
    assert median < MEDIAN, f"{package}: the median module has {median} lines; split the longest"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_long_without_a_reason(package: str) -> None:
    long = {
        str(path.relative_to(ROOT)): size
        for path in source_files(package)
        if (size := lines(path)) > LONGEST
    }
    unexplained = {name: size for name, size in long.items() if name not in EXCEPTIONS}
    assert not unexplained, (
        f"{unexplained}: split them along what they decide, or list the reason in EXCEPTIONS"
    )


def test_no_exception_outlives_its_module() -> None:
    stale = [n for n in EXCEPTIONS if not (ROOT / n).is_file() or lines(ROOT / n) <= LONGEST]
    assert not stale, f"no longer long, take them off the list: {stale}"
