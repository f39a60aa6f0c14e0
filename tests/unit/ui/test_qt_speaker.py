"""Reading a code aloud by the speech program of the PC."""

import os
import stat
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.ui.qt_speaker import ENGINES, QtSpeaker, spoken_digits
from motp_protocol.fields import Language


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, the only one that is searched."""
    monkeypatch.setenv("PATH", f"{tmp_path}")
    return tmp_path


def install(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def noting(folder: Path) -> str:
    """A body that notes its arguments and what it was told, whole when the second is there."""
    return (
        f'echo "$@" >{folder}/asked\n/bin/cat >{folder}/part\n/bin/mv {folder}/part {folder}/said'
    )


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "spd-say"), ("darwin", "say"), ("win32", "powershell")]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_code_goes_by_a_pipe_and_never_as_an_argument(
    qtbot: QtBot, programs: Path, platform: str, name: str, language: Language
) -> None:
    install(programs, name, noting(programs))
    speaker = QtSpeaker(platform=platform)
    assert speaker.can_speak()
    speaker.say_code("482917", language)
    qtbot.waitUntil((programs / "said").exists, timeout=5_000)
    speaker.stop()
    assert (programs / "said").read_text() == spoken_digits("482917", language) + "\n"
    asked = (programs / "asked").read_text()
    assert not any(word in asked for word in ("482917", *spoken_digits("482917", language).split()))
    assert {"ko": "Yuna", "en": "Samantha"}[language] in asked or language in asked


def test_a_pc_without_a_speech_program_cannot_speak(qtbot: QtBot, programs: Path) -> None:
    for platform in (*ENGINES, "haiku"):
        speaker = QtSpeaker(platform=platform)
        assert not speaker.can_speak()
        speaker.say_code("482917", "ko")
        speaker.stop()


def test_a_new_reading_and_a_lock_end_the_one_before(qtbot: QtBot, programs: Path) -> None:
    install(programs, "spd-say", f"echo $$ >>{programs}/started\nexec /bin/sleep 60")
    speaker = QtSpeaker(platform="linux")
    speaker.say_code("482917", "ko")
    qtbot.waitUntil(lambda: len(started(programs)) == 1, timeout=5_000)
    speaker.say_code("482917", "ko")
    qtbot.waitUntil(lambda: len(started(programs)) == 2, timeout=5_000)
    speaker.stop()
    qtbot.waitUntil(lambda: not any(map(is_alive, started(programs))), timeout=5_000)


def started(folder: Path) -> list[int]:
    file = folder / "started"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("482917", "ko", "사, 팔, 이. 구, 일, 칠."),
        ("036554", "ko", "공, 삼, 육. 오, 오, 사."),
        ("036554", "en", "zero, three, six. five, five, four."),
    ],
)
def test_digits_are_read_one_by_one_in_two_groups(
    code: str, language: Language, words: str
) -> None:
    assert spoken_digits(code, language) == words
