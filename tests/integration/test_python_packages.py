"""The wheel and the sdist: all that belongs to them, and a wheel that runs once installed."""

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from motp_verifier.config import BUILT_IN_CONSENT
from tests.architecture.imports import ROOT
from tests.support.fresh_environment import FreshEnvironment

pytestmark = pytest.mark.xdist_group("python-packages")

RESOURCES = {"desktop": "motp_desktop/resources", "verifier": "motp_verifier/resources"}
PACKAGES = ("motp_protocol", "motp_desktop", "motp_verifier")


@dataclass(frozen=True)
class Built:
    """What was built from one folder of sources."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def desktop(built: Built, tmp_path_factory: pytest.TempPathFactory) -> FreshEnvironment:
    return FreshEnvironment(tmp_path_factory.mktemp("app") / "venv", built.wheel, "desktop")


@pytest.fixture(scope="module")
def verifier(built: Built, tmp_path_factory: pytest.TempPathFactory) -> FreshEnvironment:
    return FreshEnvironment(tmp_path_factory.mktemp("server") / "venv", built.wheel, "verifier")


def build(source: Path, target: Path) -> Built:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(target)],
        cwd=source,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = target.glob("*.whl")
    (sdist,) = target.glob("*.tar.gz")
    return Built(wheel, sdist)


def source_files() -> set[str]:
    """What of the sources is to be in the wheel, by the names that it has there."""
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    for folder, place in RESOURCES.items():
        here = ROOT / "resources" / folder
        wanted |= {
            f"{place}/{path.relative_to(here).as_posix()}"
            for path in here.rglob("*")
            if path.is_file()
        }
    return wanted


def test_the_wheel_has_every_module_and_resource_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == source_files()
    assert "motp_desktop/resources/i18n/motp_desktop_en.qm" in packed


def test_the_wheel_built_from_the_sdist_is_the_same_byte_for_byte(
    built: Built, tmp_path: Path
) -> None:
    with tarfile.open(built.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = build(source, tmp_path / "dist")
    assert again.wheel.read_bytes() == built.wheel.read_bytes()


def test_nothing_is_built_without_its_translations(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (source / "resources/desktop/i18n/motp_desktop_en.qm").unlink()
    with pytest.raises(AssertionError, match=r"run `sh tools/translate\.sh release` first"):
        build(source, tmp_path / "dist")


@contextmanager
def serving(environment: FreshEnvironment, folder: Path) -> Iterator[str]:
    """The installed verifier; where it listens."""
    program = str(environment.program("motp-verifier"))
    command = [program, "serve", "--port", "0", "--data-dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.match(r"listening on (\S+)", said)
            assert found is not None, said
            yield found[1]
        finally:
            process.terminate()
        process.stdout.read()
    assert process.returncode == 0


def test_the_installed_app_finds_itself_well_at_the_installed_verifier(
    desktop: FreshEnvironment, verifier: FreshEnvironment, tmp_path: Path
) -> None:
    with serving(verifier, tmp_path / "verifier") as origin:
        consent = requests.get(f"{origin}/v1/consents/{BUILT_IN_CONSENT}", timeout=10)
        done = subprocess.run(
            [
                *(desktop.program("motp-desktop"), "doctor", "--json", "--lang", "en"),
                *("--verifier", origin, "--data-dir", tmp_path / "app"),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
    assert consent.status_code == 200
    assert verdicts(done.stdout) == {
        "data-folder": "ok",
        "key-store": "bad",  # there is no session bus here
        "network": "ok",
        "certificate": "ok",
        "clock": "ok",
        "libraries": "ok",
        "font": "ok",
    }, done.stderr


def verdicts(said: str) -> dict[str, str]:
    findings: list[dict[str, Any]] = json.loads(said)["findings"]
    return {each["part"]: each["verdict"] for each in findings}


def test_the_installed_app_has_its_icons_and_its_english(desktop: FreshEnvironment) -> None:
    look = (
        "from motp_desktop.resources import resource\n"
        "print(resource('i18n', 'motp_desktop_en.qm').is_file(),"
        " resource('icons', 'app.svg').is_file(), resource())"
    )
    done = subprocess.run(
        [desktop.program("python"), "-I", "-c", look],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    *there, where = done.stdout.split()
    assert there == ["True", "True"]
    assert Path(where).is_relative_to(desktop.folder)
