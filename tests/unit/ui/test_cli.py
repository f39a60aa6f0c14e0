"""The command: what it says without a window, and that it needs no Qt to say it."""

import subprocess
import sys
from pathlib import Path

import pytest

from motp_desktop import preflight
from motp_desktop.cli import main

_RUN = """
import sys
from motp_desktop.cli import main
try:
    status = main(sys.argv[1:])
except SystemExit as ended:
    status = ended.code
print("Qt" if any(name.startswith("PySide6") for name in sys.modules) else "no Qt")
sys.exit(status)
"""


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a display."""
    return subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **environ},
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["--nonsense"], 2),
        (["--lang", "fr"], 2),
        (["--verifier", "http://verifier.example"], 2),
        (["--verifier", "ftp://x"], 2),
        (["--config", "/nonexistent/file.toml"], 2),
        (["open", "no link"], 2),
        (["open", "--"], 3),  # as the desktop's menu starts it, without a link
        (["kiosk", "--help"], 0),
        (["kiosk", "enrol", "--help"], 0),
        (["kiosk", "nonsense"], 2),
        ([], 3),
    ],
)
def test_no_qt_is_needed_where_no_window_shows(arguments: list[str], status: int) -> None:
    done = run(*arguments, PYTHONIOENCODING="utf-8")
    assert done.returncode == status, done.stderr
    assert done.stdout.splitlines()[-1] == "no Qt"
    assert "Traceback" not in done.stderr
    if status:
        korean, english = done.stderr.splitlines()
        assert korean.startswith("motp-desktop: ")
        assert any("가" <= letter <= "힣" for letter in korean)
        assert english.startswith("motp-desktop: ")


def test_a_bad_setting_names_its_variable() -> None:
    done = run(MOTP_DESKTOP_LANGUAGE="fr", PYTHONIOENCODING="utf-8")
    assert done.returncode == 2
    assert "MOTP_DESKTOP_LANGUAGE" in done.stderr


def test_missing_libraries_are_named_by_their_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(preflight, "_loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(["--data-dir", str(tmp_path)]) == 3
    assert "apt-get install libegl1\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_looked_for_on_linux_only(
    environ: dict[str, str], platform: str, expected: bool
) -> None:
    assert preflight.has_display(environ, platform) is expected


def test_x11_libraries_are_wanted_only_on_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "_loads", lambda library: "xcb" not in library)
    assert "libxcb-cursor0" in preflight.missing_packages({"DISPLAY": ":0"}, "linux")
    assert preflight.missing_packages({"QT_QPA_PLATFORM": "offscreen"}, "linux") == []
    assert preflight.missing_packages({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux") == []
    assert preflight.missing_packages({}, "win32") == []
