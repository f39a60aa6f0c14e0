"""The voice of this PC: its screen reader where one runs, else its speech program.

Qt's own text-to-speech is not in PySide6-Essentials. The code goes to the program by a pipe,
never as an argument, which other users of the PC could list.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication

from motp_protocol.fields import Language

_WORDS: dict[Language, tuple[str, ...]] = {
    "ko": ("공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_SAPI = (
    "Add-Type -AssemblyName System.Speech;"
    "$v=New-Object System.Speech.Synthesis.SpeechSynthesizer;"
    "$v.Rate=-2;"
    "try{{$v.SelectVoiceByHints('NotSet','NotSet',0,[cultureinfo]'{culture}')}}catch{{}};"
    "[Console]::InputEncoding=[Text.Encoding]::UTF8;"
    "$v.Speak([Console]::In.ReadToEnd())"
)
_CULTURES: dict[Language, str] = {"ko": "ko-KR", "en": "en-US"}
_MAC_VOICES: dict[Language, str] = {"ko": "Yuna", "en": "Samantha"}


_MOST_MS = 40
"""How long the end of a killed program is waited for: nothing may hold the screen up."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A speech program that reads aloud what comes in by its standard input."""

    program: str
    arguments: Callable[[Language], list[str]]


ENGINES: dict[str, Engine] = {
    "linux": Engine(
        "spd-say",
        lambda lang: ["--pipe-mode", "--language", lang, "--rate", "-20", "--wait"],
    ),
    "darwin": Engine("say", lambda lang: ["-v", _MAC_VOICES[lang], "-r", "140", "-f", "-"]),
    "win32": Engine(
        "powershell",
        lambda lang: [
            *("-NoProfile", "-NonInteractive", "-Command"),
            _SAPI.format(culture=_CULTURES[lang]),
        ],
    ),
}


class QtSpeaker(QObject):
    """Implements `speaker.Speaker`."""

    def __init__(self, parent: QObject | None = None, platform: str = sys.platform) -> None:
        super().__init__(parent)
        self._engine = ENGINES.get(platform)
        self._program = shutil.which(self._engine.program) if self._engine else None
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())

    def can_speak(self) -> bool:
        """Whether there is a voice on this PC."""
        return self._program is not None or QAccessible.isActive()

    def say_code(self, code: str, language: Language) -> None:
        """Read these digits in this language; what was being said stops."""
        self.say(spoken_digits(code, language), language)

    def say(self, text: str, language: Language) -> None:
        """Read this text in this language; what was being said stops."""
        self.stop()
        listener = QGuiApplication.focusObject()
        if QAccessible.isActive() and listener is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(listener, text))
        elif self._engine is not None and self._program is not None:
            self._start(self._engine, self._program, text, language)

    def stop(self) -> None:
        """Say no more."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_MOST_MS)

    def _start(self, engine: Engine, program: str, text: str, language: Language) -> None:
        self._process.start(program, engine.arguments(language))
        self._process.write(f"{text}\n".encode())
        self._process.closeWriteChannel()


def spoken_digits(code: str, language: Language) -> str:
    """A code as it is read aloud: word by word, with a pause between its halves."""
    words = [_WORDS[language][int(digit)] for digit in code]
    half = len(words) // 2
    return ", ".join(words[:half]) + ". " + ", ".join(words[half:]) + "."
