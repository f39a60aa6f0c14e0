"""The app as a process: it ends when told to, and a second one gives way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.config import Settings
from motp_desktop.services.settings import Choices, Managed
from motp_desktop.ui import run


def start(folder: Path) -> subprocess.Popen[str]:
    """The app, without a screen, for a verifier that is not there."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "motp_desktop", "--data-dir", str(folder)),
            *("--verifier", "http://127.0.0.1:9"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def wait_for(path: Path, seconds: float = 20) -> None:
    """Until a file is there."""
    until = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > until:
            pytest.fail(f"{path.name} did not appear")
        time.sleep(0.02)


def test_a_second_start_gives_way_and_a_signal_ends_the_first(tmp_path: Path) -> None:
    first = start(tmp_path / "data")
    try:
        wait_for(tmp_path / "data" / "instance.lock")
        second = start(tmp_path / "data")
        second.communicate(timeout=20)
        assert second.returncode == 0
        before = time.monotonic()
        first.send_signal(signal.SIGTERM)
        _, said = first.communicate(timeout=20)
    finally:
        first.kill()
    assert first.returncode == 0, said
    assert time.monotonic() - before < 5
    assert "unexpected" not in said
    assert not (tmp_path / "data" / "instance.lock").exists()


def test_a_language_that_was_locked_is_spoken_whatever_was_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    managed = Managed(locked=Choices(language="ko"))
    settings = Settings("http://127.0.0.1:9", tmp_path, managed=managed)
    desktop = run.make_desktop(qapp, settings, "en")
    state = desktop.view_models.app.state
    desktop.close()
    assert (state.language, state.language_locked) == ("ko", True)


_REOPEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from motp_desktop.config import Settings
from motp_desktop.ui import run
from motp_desktop.ui.fonts import text_scale
make, made = run.make_desktop, []

def watched(app, settings, lang=None):
    desktop = make(app, settings, lang)
    made.append(desktop)
    QTimer.singleShot(0, first if len(made) == 1 else second)
    return desktop

def first():
    settings = made[0].view_models.settings
    settings.open()
    settings.state_changed.connect(lambda: chosen(settings))

def chosen(settings):
    state = settings.state
    if state.now is None or state.working:
        return
    if state.now.values.text_percent == 100:
        settings.choose_text(200)
    elif not state.must_reopen:
        settings.choose_proxy("none")
    else:
        settings.finish()

def second():
    values = made[1].services.settings_desk.look().values
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    print(len(made), text_scale(), values.text_percent, values.proxy.mode, len(tops))
    QApplication.quit()

run.make_desktop = watched
sys.exit(run.run(Settings("http://127.0.0.1:9", Path(sys.argv[1]))))
"""


def test_new_settings_open_the_app_anew_in_its_place(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _REOPEN, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["2", "2.0", "200", "none", "1"]


def test_a_broken_setting_shows_a_window_where_there_is_no_terminal(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('lanugage = "ko"\n')
    app = subprocess.Popen(
        [sys.executable, "-c", _CLOSES_AT_ONCE, "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    told, said = app.communicate(timeout=60)
    assert app.returncode == 2
    assert told == "shown\n"
    assert "lanugage is not a setting" in said


_CLOSES_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from motp_desktop import cli
from motp_desktop.ui.views import settings_problem
show = settings_problem.SettingsProblemWindow.show

def shown(window):
    show(window)
    print("shown", flush=True)
    QTimer.singleShot(0, window.page.primary.click)

settings_problem.SettingsProblemWindow.show = shown
sys.exit(cli.main(sys.argv[1:]))
"""
