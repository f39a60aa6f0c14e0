"""The frozen app, as `make freeze` leaves it: it runs without Python, from any folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT

FROZEN = ROOT / "build/frozen/motp-desktop"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in a folder with a blank and Hangul in its name."""
    folder = tmp_path_factory.mktemp("프로그램 files") / "motp-desktop"
    shutil.copytree(FROZEN, folder, symlinks=True)
    return folder / "motp-desktop"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of somebody who has no Python, and whose keychain is not running."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        **(
            {"FONTCONFIG_FILE": os.environ["FONTCONFIG_FILE"]}
            if "FONTCONFIG_FILE" in os.environ
            else {}
        ),
    }


def test_doctor_finds_its_libraries_and_typeface(
    program: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    done = run(program, environment, tmp_path, "doctor", "--json")
    found = {each["part"]: each["verdict"] for each in json.loads(done.stdout)["findings"]}
    assert {found[part] for part in ("libraries", "font", "data-folder")} == {"ok"}, done.stdout
    assert found["key-store"] == "bad"  # there is none here, and it could be asked
    assert done.returncode == 1  # by the verifier that is away


def test_the_workflow_s_trial_finds_it_well(program: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "packaging/pyinstaller/try_it.py", program],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("motp-desktop 0.")


def test_backends_of_keychains_are_packed(program: Path) -> None:
    there = (program.parent / "_internal").iterdir()
    assert "cryptography" in {file.name for file in there}  # SecretService speaks by it
    listed = (ROOT / "build/pyinstaller/motp-desktop/PYZ-00.toc").read_text("utf-8")
    for name in ("keyring.backends.SecretService", "secretstorage", "jeepney"):
        assert f"'{name}'" in listed


def test_its_window_opens_and_stays(
    program: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    for arguments in ((), ("helpdesk",)):
        started = subprocess.Popen(
            [program, *arguments],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        try:
            deadline = time.monotonic() + 5
            while time.monotonic() < deadline and started.poll() is None:
                time.sleep(0.1)
            assert started.poll() is None, started.communicate()[0]
        finally:
            started.terminate()
            said, _ = started.communicate(timeout=20)
        assert "unexpected" not in said
        assert "Traceback" not in said


def run(
    program: Path, environment: dict[str, str], folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """A command of it to its end."""
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
