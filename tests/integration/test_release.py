"""What `make release` makes, and what it takes its parts from."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.imports import ROOT
from tools.release.licences import UnknownLicence, licence_list, licence_of
from tools.release.packages import build_twice, commit_time
from tools.release.pins import Pin, parse_pins, runtime_pins
from tools.release.sbom import sbom

FILES = {"a.whl": "0" * 64}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="releases are made of commits")
def test_two_builds_of_a_commit_are_alike_and_complete(tmp_path: Path) -> None:
    files = build_twice("HEAD", tmp_path)
    assert sorted(Path(name).suffix for name in files) == [".gz", ".whl"]
    for name, digest in files.items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert commit_time("HEAD") > 0


def test_the_parts_are_the_same_document_for_the_same_commit() -> None:
    pins = runtime_pins()
    told = sbom("1.2.0", 1_700_000_000, pins, FILES)
    assert told == sbom("1.2.0", 1_700_000_000, pins, FILES)
    assert told != sbom("1.2.0", 1_700_000_001, pins, FILES)
    document = json.loads(told)
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    assert document["metadata"]["component"]["components"][0]["name"] == "a.whl"
    named = {(part["name"], part["version"]) for part in document["components"]}
    assert named == {(pin.name, pin.version) for pin in pins}
    assert all(part["licenses"] for part in document["components"])


def test_every_package_that_is_installed_at_run_time_is_listed_with_a_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"]]
    for extra in ("desktop", "helpdesk", "verifier", "postgres"):
        asked += extras[extra]
    direct = {canonicalize_name(Requirement(each).name) for each in asked}
    pins = runtime_pins()
    assert direct <= {canonicalize_name(pin.name) for pin in pins}
    rows = licence_list(pins).splitlines()
    for pin in pins:
        (row,) = [row for row in rows if row.startswith(f"| {pin.name} | {pin.version} |")]
        assert row.split(" | ")[2].strip()


def test_a_package_without_a_known_licence_stops_the_release() -> None:
    with pytest.raises(UnknownLicence, match="no-such-package"):
        licence_of("no-such-package")


@settings(max_examples=30)
@given(
    st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,4}){0,3}", fullmatch=True),
    st.sampled_from(["", "sys_platform == 'win32'", "python_full_version < '3.12'"]),
    st.lists(st.from_regex(r"[0-9a-f]{64}", fullmatch=True), min_size=1, max_size=4),
)
def test_a_pin_is_read_as_it_is_written(
    name: str, version: str, marker: str, hashes: list[str]
) -> None:
    told = f"{name}=={version}{f' ; {marker}' if marker else ''}"
    lines = " \\\n".join((told, *(f"    --hash=sha256:{each}" for each in hashes)))
    assert parse_pins(f"# by a test\n{lines}\n") == [Pin(name, version, marker)]


@pytest.mark.parametrize("line", ["requests", "requests>=2", "requests==2.34.2"])
def test_what_is_not_pinned_by_its_hash_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a pinned requirement"):
        parse_pins(line)


def test_the_changelog_can_be_built_from_every_fragment() -> None:
    fragments = [file for file in (ROOT / "changelog.d").glob("*.md") if file.name != "README.md"]
    done = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "## 9.9.9 (" in done.stdout
    for fragment in fragments:
        assert fragment.read_text("utf-8").split("\n")[0] in done.stdout, fragment.name
