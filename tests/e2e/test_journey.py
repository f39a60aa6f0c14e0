"""The whole product as a trainee meets it: real windows, real keychain, real verifier."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"))
    and "CI" not in os.environ,
    reason="needs the Debian packages dbus and gnome-keyring",
)


@pytest.fixture(scope="module")
def journey(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("journey") / "demo"
    done = subprocess.run(
        [
            *("sh", "tools/with-keychain.sh", sys.executable, "-m", "demo"),
            *("--unattended", "--folder", str(folder)),
        ],
        check=False,
        cwd=ROOT,
        env=os.environ | {"MOTP_DEMO_KEYCHAIN": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    return folder, done


def test_a_code_from_the_real_windows_is_accepted_exactly_once(
    journey: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = journey
    assert done.returncode == 0, done.stdout + done.stderr
    assert "accepted; again: code-used" in done.stdout


def test_the_device_secret_lies_in_the_keychain_and_not_in_a_file(
    journey: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = journey
    kept = {path.name for path in (folder / "app").iterdir()}
    assert "active.vault" in kept
    assert "keys.json" not in kept


def test_every_screen_on_the_way_has_its_picture(
    journey: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = journey
    names = [path.stem[3:] for path in sorted(folder.glob("*.png"))]
    assert names == [
        "notice",
        "consent-summary",
        "consent-form",
        "details",
        "pin",
        "pin-again",
        "identity-code",
        "registered",
        "wrong-pin",
        "code",
        "reset-warning",
        "locked",
    ]


def test_nothing_on_the_way_is_worth_a_warning(
    journey: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = journey
    said = [line for line in done.stderr.splitlines() if "dbus-daemon" not in line]
    assert said == []
